import type { Context } from '#core/access/serve.ts';
import {
  asksForCause,
  compositeKey,
  type Difference,
  differencesOf,
  type OurLevel,
  type PublishedLevel,
  type SchoolDifference,
  schoolDifference,
} from '#domain/balance-tracking/difference.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { listPublications, type Publication } from './publication.store.ts';
import {
  findIndicators,
  findRun,
  listMembers,
  type NamedRun,
  type StoredMember,
  type TrackHandle,
} from './published.store.ts';
import { type Cause, findReport, listCauses, type ReportRow } from './report.store.ts';
import type { TrackRow } from './track.store.ts';

/** The key under which the number of schools is published. */
export const schoolsKey = 'schools';

/** Our figures beside the published ones, with what the county has written of them. */
export interface Comparison {
  readonly run: NamedRun | undefined;
  readonly publication: Publication | undefined;
  readonly standardName: string;
  readonly names: ReadonlyMap<string, string>;
  readonly differences: readonly Difference[];
  readonly schools: readonly SchoolDifference[];
  readonly causes: ReadonlyMap<string, Cause>;
  readonly report: ReportRow | undefined;
  /** The report rests on another run or publication than stand now. */
  readonly outdated: boolean;
}

/** By what a cause belongs to its figure. */
export const causeKey = ({ level, indicator }: { level: CompulsoryLevel; indicator: string }) =>
  `${level}:${indicator}`;

/** Sets the figures of a track beside each other: from the run that its report froze, or else from the one that is shown. */
export async function compareTrack(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  track: TrackRow,
): Promise<Comparison> {
  const { placeId: countyId, periodId, standardKey } = track;
  const report = await findReport(ctx.db, track);
  const shown = await findRun(ctx.db, countyId, { periodId, standardKey });
  const frozen = report?.preparedAt && report.decision !== 'returned' ? report.runId : null;
  const run = frozen === null || frozen === shown?.id ? shown : await findRun(ctx.db, countyId, { id: frozen });
  const publications = await listPublications(ctx.db, { ...ctx.scope, places: [countyId] }, periodId, standardKey);
  const [publication] = publications;
  const { standardName, indicators } = await findIndicators(ctx.db, standardKey);
  const keys = [compositeKey, ...indicators.map(({ key }) => key)];
  const members = run === undefined ? [] : await listMembers(ctx.db, countyId, run.id);
  const sameEdition =
    publication === undefined || publication.edition === '' || run === undefined
      ? null
      : [run.edition, run.standardName].includes(publication.edition);
  const levels = compulsoryLevels.map((level) => ({
    level,
    ours: run === undefined ? null : ourLevel(run, members, level),
    published: publication === undefined ? null : publishedLevel(publication, level),
  }));
  return {
    ...{ run, publication, standardName, report },
    names: new Map([[compositeKey, '综合差异系数'], ...indicators.map(({ key, name }) => [key, name] as const)]),
    differences: levels.flatMap(({ level, ours, published }) =>
      differencesOf(level, keys, ours, published, sameEdition),
    ),
    schools: levels.flatMap(({ level, ours, published }) =>
      ours === null || published === null ? [] : [schoolDifference(level, ours, published)],
    ),
    causes: new Map((await listCauses(ctx.db, track)).map((cause) => [causeKey(cause), cause])),
    outdated:
      report?.preparedAt != null &&
      report.decision !== 'returned' &&
      ((report.runId !== null && report.runId !== shown?.id) || report.publicationId !== (publication?.id ?? null)),
  };
}

function ourLevel(run: NamedRun, members: readonly StoredMember[], level: CompulsoryLevel): OurLevel {
  const figures = run.figures.filter((one) => one.level === level);
  return {
    schools: figures[0]?.schools ?? 0,
    figures: new Map(figures.map(({ indicator, cv }) => [indicator, cv])),
    members: members.filter((one) => one.level === level),
  };
}

function publishedLevel(publication: Publication, level: CompulsoryLevel): PublishedLevel {
  const figures = new Map(
    publication.figures.filter((one) => one.level === level).map(({ indicator, value }) => [indicator, value]),
  );
  const schools = figures.get(schoolsKey);
  figures.delete(schoolsKey);
  return {
    schools: schools === undefined ? null : Number(schools),
    figures,
    members: publication.schools.filter((one) => one.level === level),
  };
}

/** What the self-report still needs, in words. */
export function lackingOf({ run, publication, differences, causes, report, names }: Comparison): string[] {
  const unexplained = differences.filter((one) => asksForCause(one.kind) && !causes.has(causeKey(one)));
  const [first] = unexplained;
  const open = report?.decision === null ? report : undefined;
  const texts = open ?? report;
  return [
    ...(publication === undefined ? ['省公布数据'] : []),
    ...(run === undefined ? ['本县测算结果'] : []),
    ...(first === undefined
      ? []
      : [
          `${unexplained.length} 项差异的原因（${schoolLevelNames[first.level]}${names.get(first.indicator) ?? first.indicator}${unexplained.length > 1 ? '等' : ''}）`,
        ]),
    ...((texts?.measures ?? '').length < 2 ? ['已采取的措施'] : []),
    ...((texts?.conclusion ?? '').length < 2 ? ['自评结论'] : []),
  ];
}
