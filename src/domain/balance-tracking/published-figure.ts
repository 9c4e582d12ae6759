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
