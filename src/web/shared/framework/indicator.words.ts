import type { Indicator, Points } from '#domain/framework/edition.ts';

/** `6 分`, `不计分`, or undefined for what nobody knows. */
export function pointsText(points: Points): string | undefined {
  if (points === null) return undefined;
  return points === 'none' ? '不计分' : `${points} 分`;
}

/** How many decimals of a result a page shows; the steps below it hold all digits. */
const shownDecimals = 2;

/** `96.8` as it is; a fraction, and a result of more decimals, is rounded and says so: `≈19.66`. */
export function figureText(exact: string): string {
  const [part, whole] = exact.split('/');
  if (whole !== undefined) return `≈${Number((Number(part) / Number(whole)).toFixed(shownDecimals))}`;
  const [, decimals = ''] = exact.split('.');
  return decimals.length > shownDecimals ? `≈${Number(Number(exact).toFixed(shownDecimals))}` : exact;
}

/** The number of an exact text, for comparing and drawing alone. */
export function numberOf(points: string): number {
  const [part, whole] = points.split('/');
  return whole === undefined ? Number(part) : Number(part) / Number(whole);
}

/** The difference between two exact texts in words: `−2`, `+0.5`; undefined where one is missing or they are the same. */
export function differenceText(from: string | null, to: string | null): string | undefined {
  if (from === null || to === null) return undefined;
  const difference = Number((numberOf(to) - numberOf(from)).toFixed(shownDecimals));
  if (difference === 0) return undefined;
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

/** What a figure of a survey is called behind the name of the survey. */
const surveyTitles: Readonly<Record<string, string>> = { share: '满意比例', mean: '均分', answers: '有效份数' };

/** What of another evaluation is asked. */
const earlierTitles: Readonly<Record<string, string>> = {
  grade: '有关督导评估的等次',
  rate: '有关督导评估的得分率',
  total: '有关督导评估的得分',
};

/** The name of a fact as people say it, without its source: `在园幼儿数` for `事实:在园幼儿数`. */
export function openNameText(name: string): string {
  return bareNames(name);
}

/** A sentence that names facts, as people say them: without the names of their sources. */
export function bareNames(sentence: string): string {
  return sentence
    .replaceAll(/(事实|均衡|履职):/g, '')
    .replaceAll(
      /survey\.([^.、]+)\.(share|mean|answers)(?:\.([^.、，；（）\s]+))?/g,
      (_, survey, measure, group = '') => `${survey}${group}${surveyTitles[measure]}`,
    )
    .replaceAll(/evaluation\.[a-z0-9-]+\.(grade|rate|total)/g, (_, measure) => earlierTitles[measure]!);
}

/** The title of an indicator; a row that was seen without its name says so. */
export function titleOf({ title, placeholder }: Pick<Indicator, 'title' | 'placeholder'>): string {
  return title ?? (placeholder ? '当年确定' : '名称未见');
}

/** Between which ends a total can still lie: `46.5–89`. */
export const endsText = ({ from, to }: { readonly from: string; readonly to: string | null }) =>
  `${figureText(from)}–${to === null ? '？' : figureText(to)}`;
