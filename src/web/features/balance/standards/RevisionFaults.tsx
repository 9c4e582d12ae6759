import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import type { ProblemError } from '#web/shared/call/problem.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';

interface Issue {
  readonly path: string;
  readonly message: string;
}

interface RevisionFaultsProps {
  problem: ProblemError;
  draft: BalanceStandard;
  /** What was refused. */
  act: '试算' | '发布';
}

/** All problems at once, each with its place in words. */
export function RevisionFaults({ problem, draft, act }: RevisionFaultsProps) {
  const issues = issuesOf(problem);
  return (
    <Band tone="fails" alert>
      <p>{issues ? `不能${act}，请改正：` : problem.message}</p>
      {issues && (
        <ul>
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {placeOf(path, draft)}：{message}
            </li>
          ))}
        </ul>
      )}
    </Band>
  );
}

/**
 * What is wrong with the conditions besides their reasons, by their number, so that each is said where it is mended.
 * @param sent the numbers of the conditions in the order in which they were sent
 */
export function exclusionFaults(
  problem: ProblemError | null | undefined,
  sent: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  return faultsByNumber(problem, sent, (part) => part !== 'reason');
}

/** What is wrong with the reasons of the conditions, by their number. */
export function reasonFaults(
  problem: ProblemError | null | undefined,
  sent: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  return faultsByNumber(problem, sent, (part) => part === 'reason');
}

function faultsByNumber(
  problem: ProblemError | null | undefined,
  sent: readonly number[],
  isAsked: (part: string | undefined) => boolean,
) {
  const found = new Map<number, string[]>();
  for (const { path, message } of (problem && issuesOf(problem)) ?? []) {
    const { list, at, part } = partsOf(path);
    const id = sent[at];
    if (list !== 'exclusions' || id === undefined || !isAsked(part)) continue;
    // A condition of two levels is read for each, and the same sentence is said once.
    found.set(id, [...new Set([...(found.get(id) ?? []), message])]);
  }
  return found;
}

/** What is wrong with an indicator, by its place: a draft does not move them. */
export function indicatorFaults(problem: ProblemError | null | undefined, index: number): readonly string[] {
  const issues = (problem && issuesOf(problem)) ?? [];
  return issues.flatMap(({ path, message }) => {
    const { list, at } = partsOf(path);
    return list === 'indicators' && at === index ? [message] : [];
  });
}

function issuesOf(problem: ProblemError): readonly Issue[] | undefined {
  return (problem.details as { issues?: readonly Issue[] } | undefined)?.issues;
}

function partsOf(path: string) {
  const place = /^(?:definition\.)?(indicators|exclusions|assumptions)(?:\[|\.)(\d+)\]?(?:\.(\w+))?/;
  const [, list, at, part] = path.match(place) ?? [];
  return { list, at: Number(at), part };
}

function placeOf(path: string, draft: BalanceStandard): string {
  const { list, at } = partsOf(path);
  if (list === 'indicators') return draft.indicators[at]?.name ?? path;
  if (list === 'exclusions') return `第 ${at + 1} 个排除条件`;
  if (list === 'assumptions') return `第 ${at + 1} 项规定未明的处理`;
  return path;
}
