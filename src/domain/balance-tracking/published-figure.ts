import { type CompulsoryLevel, compulsoryLevels } from '../org/school-level.ts';

/** The key under which the number of schools is published. */
export const schoolsKey = 'schools';

/** How a published figure is written. */
export const printedFigure = /^\d{1,4}(\.\d{1,6})?$/;

/**
 * From here on a 差异系数 is no coefficient: the limits of the standards are below one, and a figure in per cent is a hundred
 * times as large.
 */
const largestCoefficient = 5;

/**
 * Why a figure cannot be what the province published, with a way out; null where it can be. A coefficient in per cent and a
 * number of schools in the column of a coefficient are seen by their size, a coefficient in the column of the schools by its
 * decimals.
 * @param indicator `composite`, an indicator of the standard, or `schools`
 */
export function figureFault(
  indicator: string,
  value: string,
): { readonly rule: string; readonly allowed: string } | null {
  if (!printedFigure.test(value)) return { rule: `“${value}”不是小数`, allowed: '如 0.512，最多六位小数' };
  if (indicator === schoolsKey) {
    if (/^0*[1-9]\d*$/.test(value)) return null;
    return { rule: `学校数“${value}”不是整数，可能与差异系数填反了`, allowed: '大于 0 的整数，如 31；没有公布的留空' };
  }
  const size = Number(value);
  if (size < largestCoefficient) return null;
  const ratio = (size / 100).toFixed(4);
  return {
    rule: `差异系数“${value}”过大，可能填成了百分数或学校数`,
    allowed: `小于 ${largestCoefficient} 的小数；${value}% 请填 ${ratio.replace(/0+$/, '').replace(/\.$/, '')}`,
  };
}

/** A figure of a level, as the province published it or as a run has it. */
interface LevelFigure {
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  readonly value: string | number | null;
}

/** As far as this a published coefficient may be from ours and still be the same figure. */
const sameCoefficient = 0.005;

/**
 * Whether the figures of 小学 and 初中 stand in each other's place: exchanged every one of them fits ours, and as they stand at
 * least one does not. Figures that fit both ways, because the levels are alike, speak for neither; one that fits as it
 * stands and not exchanged, or for one level alone, speaks against it. Asked of figures that both sides have for both levels.
 * @param ours coefficients with all decimals, numbers of schools
 */
export function looksExchanged(published: readonly LevelFigure[], ours: readonly LevelFigure[]): boolean {
  const [one, other] = compulsoryLevels;
  const figureOf = (from: readonly LevelFigure[], level: CompulsoryLevel, indicator: string) => {
    const value = from.find((figure) => figure.level === level && figure.indicator === indicator)?.value ?? null;
    return value === null || value === '' ? null : Number(value);
  };
  const compared = [...new Set(published.map(({ indicator }) => indicator))].flatMap((indicator) => {
    const figures = [
      figureOf(published, one, indicator),
      figureOf(published, other, indicator),
      figureOf(ours, one, indicator),
      figureOf(ours, other, indicator),
    ] as const;
    if (figures.some((figure) => figure === null)) return [];
    const [first, second, ourFirst, ourSecond] = figures as readonly [number, number, number, number];
    const near = (a: number, b: number) => Math.abs(a - b) <= (indicator === schoolsKey ? 0 : sameCoefficient);
    const stands = [near(first, ourFirst), near(second, ourSecond)];
    return {
      crossed: near(first, ourSecond) && near(second, ourFirst),
      alike: stands.every(Boolean),
      straight: stands.some(Boolean),
    };
  });
  const speaking = compared.filter(({ crossed, alike }) => !(crossed && alike));
  return speaking.length > 0 && speaking.every(({ straight, crossed }) => crossed && !straight);
}

/** What is asked of somebody who is about to enter such figures. */
export const exchangedText = '小学、初中的数据可能填反了：对调后与本平台的测算一致，照现在这样都不一致。';
