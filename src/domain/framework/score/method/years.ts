import { type Exact, exact, zero } from '../../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../../kit/value.ts';
import { isNumber } from '../fact-reader.ts';
import { ends, type Given, type LeafScene, open, scored, stands } from './leaf.ts';

type Years = LeafScene<'years'>['method'];

const rules: Readonly<
  Record<Years['rule'], { readonly before: boolean; readonly by: '>' | '>=' | '<='; readonly words: string }>
> = {
  increase: { before: true, by: '>', words: '高于上年' },
  notDecrease: { before: true, by: '>=', words: '不低于上年' },
  notIncrease: { before: true, by: '<=', words: '不高于上年' },
  nonNegative: { before: false, by: '>=', words: '不低于零' },
};

/**
 * In how many years of the span the figure rose, did not fall, did not rise, or was not negative (每年提高、只增不减). A rule
 * that compares with the year before needs one year more than its span; a series that is too short leaves the leaf open
 * and fails nobody. Figures stand oldest first. Who holds his post for less than the span is judged by the years that he
 * has held it, with the same full points.
 */
export function years(scene: LeafScene<'years'>): Given {
  const { method, note, text, context } = scene;
  const span = spanOf(method, context.tenureMonths);
  const { before, by, words } = rules[method.rule];
  const series = seriesOf(scene, span + (before ? 1 : 0));
  const lacks: string[] = [];
  let [met, unmet, unknown] = [0, 0, 0];
  for (let year = before ? 1 : 0; year < series.length; year += 1) {
    const value = series[year]!;
    const other = before ? series[year - 1]! : zero;
    if (leftOut(method, value) || leftOut(method, other)) continue;
    if (isMissing(value) || isMissing(other)) {
      unknown += 1;
      lacks.push(...(isMissing(value) ? value.fields : isMissing(other) ? other.fields : []));
      continue;
    }
    const holds = stands(value, by, other);
    note(
      () => `${before ? `${text(other)} → ` : ''}${text(value)}：${holds ? '' : '未'}${holds ? words : `能${words}`}`,
    );
    if (holds) met += 1;
    else unmet += 1;
  }
  if (met + unmet + unknown === 0) return { kind: 'notApplicable' };
  const points = (count: number): Exact => pointsFor(method, count, count + unmet);
  if (unknown > 0) {
    const possible = Array.from({ length: unknown + 1 }, (_, more) =>
      pointsFor(method, met + more, met + unmet + unknown),
    );
    const [least, most] = ends(possible);
    return open(least, most, lacks);
  }
  note(
    () => `${met + unmet} 年中 ${met} 年${words}`,
    () => points(met),
  );
  return scored(scene.answer ? 'person' : 'facts', points(met), { verdict: unmet === 0 });
}

/** 没有的学段不计: a year in which nothing applies counts neither way. */
function leftOut({ skipNotApplicable }: Years, value: Exact | Missing): boolean {
  return skipNotApplicable === true && isMissing(value) && value.missing === 'not-applicable';
}

function spanOf({ span, spanBy }: Years, tenureMonths: number | undefined): number {
  if (spanBy !== 'tenure' || tenureMonths === undefined) return span;
  return Math.min(span, Math.max(1, Math.floor(tenureMonths / 12)));
}

/** Points stand for the whole span; with fewer years to judge, none met gives the first and all met the last of them. */
function pointsFor({ pointsByYearsMet, span }: Years, met: number, judged: number): Exact {
  const place = met === 0 ? 0 : met + Math.max(0, span - judged);
  return exact(pointsByYearsMet[Math.min(place, pointsByYearsMet.length - 1)] ?? 0);
}

/** The latest `length` figures, oldest first; what lies before the first answer is not known. */
function seriesOf(
  { answer, formula, reader, method }: LeafScene<'years'>,
  length: number,
): readonly (Exact | Missing)[] {
  const unknown = missing('not-filed');
  if (answer && 'series' in answer) {
    const given = answer.series.slice(-length).map((figure) => (figure === null ? unknown : exact(figure)));
    return [...Array.from({ length: length - given.length }, () => unknown), ...given];
  }
  if (formula === null || answer !== undefined) return Array.from({ length }, () => unknown);
  return Array.from({ length }, (_, at) => {
    const value = reader.valueOf(formula, length - 1 - at, method.skipNotApplicable === true);
    return isMissing(value) || isNumber(value) ? value : unknown;
  });
}
