import type { z } from 'zod';
import type { indicatorResult, levelResult, overviewRow, schoolResult, verdict } from '#contract/balance.ts';
import { formatNumber } from '#web/shared/format.ts';
import type { StateName } from '#web/shared/kit/StateMark.tsx';

export type Verdict = z.output<typeof verdict>;
export type OverviewRow = z.output<typeof overviewRow>;
export type LevelResult = z.output<typeof levelResult>;
export type IndicatorResult = z.output<typeof indicatorResult>;
export type SchoolResult = z.output<typeof schoolResult>;

export const verdictMarks: Record<Verdict, StateName> = {
  pass: 'pass',
  fail: 'fail',
  provisional: 'provisional',
  unavailable: 'unavailable',
};

export const urbanNames = { urban: '城区', town: '镇区', rural: '乡村' } as const;

/** The standard that is shown when the address names none. */
export const firstStandard = 'quality-2017';

/**
 * A coefficient with three decimals, or as many as it takes to show on which side of its limit it lies: 0.4501 against
 * 0.45 is never printed as 0.450.
 */
export function formatCv(cv: number, limit: number | null = null): string {
  for (let decimals = 3; limit !== null && decimals < 12; decimals += 1) {
    const printed = Number(cv.toFixed(decimals));
    if (printed > limit === cv > limit) return formatNumber(cv, decimals);
  }
  return formatNumber(cv, 3);
}

/** A ratio to the standard, cut and not rounded: what is below 1.00 or 0.85 never reads as if it were not. */
export function formatRatio(ratio: number): string {
  return formatNumber(Math.floor(ratio * 100 + 1e-9) / 100, 2);
}

/** `低于限值 0.028` or `超出限值 0.022`. */
export function distanceText(distance: number): string {
  const size = Math.abs(distance);
  const decimals = size > 0 && size < 0.0005 ? 6 : 3;
  if (distance === 0) return '正好等于限值';
  return `${distance < 0 ? '超出限值' : '低于限值'} ${formatNumber(size, decimals)}`;
}
