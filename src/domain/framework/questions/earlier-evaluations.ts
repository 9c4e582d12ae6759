import { isMissing, type Missing } from '../../kit/value.ts';
import type { Context, Fact } from '../answer.ts';
import type { Prepared } from '../result.ts';
import { earlierFact, earlierMeasures, readEarlierName, rulingFact } from '../score/earlier-fact.ts';
import { factsOfEdition, rulesToRule } from './read-facts.ts';

/** The frameworks whose evaluations an edition looks at: its own, and those that its formulas and rules name. */
function frameworksOf(prepared: Prepared): ReadonlySet<string> {
  const named = factsOfEdition(prepared).flatMap(({ name }) => readEarlierName(name)?.key ?? []);
  return new Set([prepared.edition.key, ...named]);
}

/** The names under which the results of these evaluations, and what the office has ruled, are found among the facts. */
export function earlierNames(prepared: Prepared): string[] {
  return [
    ...[...frameworksOf(prepared)].flatMap((key) => earlierMeasures.map((measure) => earlierFact(key, measure))),
    ...rulesToRule(prepared).map(({ code }) => rulingFact(prepared.edition.key, code)),
  ];
}

/**
 * What the earlier evaluations of a subject came to by framework, the latest first, and whether this one is its first. Of the own
 * framework the product knows every round, so none is said as none; of another one without a result nothing is known.
 * @param read one fact of the subject, some years before the assessed one
 * @param years how many years before the assessed one are looked at
 */
export function earlierEvaluations(
  prepared: Prepared,
  read: (name: string, yearsBack: number) => Fact | Missing,
  years: number,
): Required<Pick<Context, 'occasion' | 'evaluations'>> {
  const own = prepared.edition.key;
  const evaluations: Record<string, { grade?: string; rate?: number; total?: number }[]> = {};
  for (const key of frameworksOf(prepared)) {
    const rounds = Array.from({ length: years + 1 }, (_, yearsBack) => {
      const of = (measure: (typeof earlierMeasures)[number]) => {
        const fact = read(earlierFact(key, measure), yearsBack);
        return isMissing(fact) ? undefined : fact.value;
      };
      const [grade, rate, total] = earlierMeasures.map(of);
      return {
        ...(typeof grade === 'string' ? { grade } : {}),
        ...(typeof rate === 'number' ? { rate } : {}),
        ...(typeof total === 'number' ? { total } : {}),
      };
    }).filter((one) => Object.keys(one).length > 0);
    if (key === own || rounds.length > 0) evaluations[key] = rounds;
  }
  return { occasion: (evaluations[own] ?? []).length > 0 ? 'again' : 'first', evaluations };
}
