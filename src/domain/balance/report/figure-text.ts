import { exact, round } from '../../kit/decimal.ts';
import type { ComplianceResult } from '../run/result.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';

/** Further digits of a coefficient are rounding noise from adding doubles. */
const mostDecimals = 12;

/**
 * 差异系数 as text: three decimals (表Ⅲ), or as many as it takes to show on which side of its limit it lies, so that 0.4501
 * against 0.45 is never printed as 0.450. Rounded half up, as the official tables are.
 */
export function cvText(cv: number, limit: number | null = null): string {
  const known = exact(cv);
  for (let decimals = 3; limit !== null && decimals <= mostDecimals; decimals += 1) {
    const printed = round(known, decimals);
    if (Number(printed) > limit === cv > limit) return printed;
  }
  return round(known, 3);
}

/** A limit or threshold with the digits it has, at least two for a coefficient: `0.50`, `0.45`. */
export function limitText(limit: number): string {
  const text = String(limit);
  return (text.split('.')[1]?.length ?? 0) >= 2 ? text : limit.toFixed(2);
}

/**
 * Value over threshold with two decimals, cut and not rounded: a value below 1.00 or 0.85 is never printed as 1.00 or
 * 0.85.
 */
export function ratioText(ratio: number): string {
  return (Math.floor(ratio * 100 + 1e-9) / 100).toFixed(2);
}

/** `低于限值 0.028`, `超出限值 0.022`; `distance` as `distanceTo` gives it: negative exactly where the limit is exceeded. */
export function distanceText(distance: number): string {
  const size = Math.abs(distance);
  if (distance >= 0 && size < 10 ** -mostDecimals) return '正好等于限值';
  const side = distance < 0 ? '超出限值' : '低于限值';
  if (size < 1e-6) return `${side}不到 0.000001`;
  return `${side} ${size < 0.0005 ? size.toPrecision(1) : round(exact(size), 3)}`;
}

/** `优质均衡 2017`, `基本均衡 2012`: the short name of a standard in daily use. */
export function shortStandardName(standard: Pick<BalanceStandard, 'name' | 'document'>): string {
  const subject = standard.name.replace(/（[^）]*）/g, '').replace(/^县域义务教育/, '');
  return `${subject} ${standard.document.issued.slice(0, 4)}`;
}

/**
 * True if a school fails and would pass with one more indicator reached (教督〔2017〕6号: at least six of seven reached, the
 * rest at least 85 %). A school with an input missing is not counted.
 */
export function isOneShort(
  school: Pick<ComplianceResult, 'reached' | 'nearly' | 'minimumRatio' | 'pass'>,
  indicators: number,
  rule: NonNullable<BalanceStandard['compliance']>,
): boolean {
  if (school.pass !== false || school.minimumRatio === null) return false;
  const short = indicators - school.reached.length;
  return short - school.nearly.length <= 1 && short - 1 <= indicators - rule.minimumMet;
}
