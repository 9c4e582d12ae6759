import { type CompulsoryLevel, schoolLevelNames } from '../org/school-level.ts';
import { asksForCause, type Difference } from './difference.ts';

/** By what a cause belongs to its figure. */
export const causeKey = ({ level, indicator }: { level: CompulsoryLevel; indicator: string }) =>
  `${level}:${indicator}`;

/** Whether the province counted by the edition of our run; null where it named none, or where there is no run. */
export function isSameEdition(
  named: string | undefined,
  run: { readonly edition: string; readonly standardName: string } | undefined,
): boolean | null {
  if (named === undefined || named === '' || run === undefined) return null;
  return [run.edition, run.standardName].includes(named);
}

/** On what a report rests from the moment at which it was passed on. */
interface Resting {
  readonly preparedAt: Date | null;
  readonly decision: 'accepted' | 'returned' | null;
  readonly runId: string | null;
  readonly publicationId: string | null;
}

/** Whether a report is passed on and not returned, so that what it rests on is frozen. */
export const isFrozen = (report: Pick<Resting, 'preparedAt' | 'decision'> | undefined): boolean =>
  report !== undefined && report.preparedAt !== null && report.decision !== 'returned';

/** Whether a frozen report rests on another run or publication than stand now. */
export function isOutdated(
  report: Resting | undefined,
  now: { readonly runId: string | undefined; readonly publicationId: string | undefined },
): boolean {
  if (report === undefined || !isFrozen(report)) return false;
  return (report.runId !== null && report.runId !== now.runId) || report.publicationId !== (now.publicationId ?? null);
}

/** What a self-report is made of. */
export interface ReportMaterial {
  readonly run: unknown;
  readonly publication: unknown;
  readonly differences: readonly Pick<Difference, 'level' | 'indicator' | 'kind'>[];
  /** The causes that were written, by `causeKey`. */
  readonly causes: ReadonlyMap<string, unknown>;
  readonly report: { readonly measures: string; readonly conclusion: string } | undefined;
  /** The names of the indicators. */
  readonly names: ReadonlyMap<string, string>;
}

/** What the self-report still needs, in words. */
export function lackingOf({ run, publication, differences, causes, report, names }: ReportMaterial): string[] {
  const unexplained = differences.filter((one) => asksForCause(one.kind) && !causes.has(causeKey(one)));
  const [first] = unexplained;
  return [
    ...(publication === undefined ? ['省公布数据'] : []),
    ...(run === undefined ? ['本县测算结果'] : []),
    ...(first === undefined
      ? []
      : [
          `${unexplained.length} 项差异的原因（${schoolLevelNames[first.level]}${names.get(first.indicator) ?? first.indicator}${unexplained.length > 1 ? '等' : ''}）`,
        ]),
    ...((report?.measures ?? '').length < 2 ? ['已采取的措施'] : []),
    ...((report?.conclusion ?? '').length < 2 ? ['自评结论'] : []),
  ];
}
