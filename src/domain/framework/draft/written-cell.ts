import type { Indicator, Points } from '../edition.ts';

/**
 * The indicator with other points. What a city writes is known: it is no reading of a document any more, and a bonus may
 * come to as much as its points.
 */
export function withPoints(indicator: Indicator, points: Points): Indicator {
  const { reading: _, ...rest } = indicator;
  const { method } = rest;
  const isBonus = method?.kind === 'bonus' && typeof points === 'number';
  return { ...rest, ...(isBonus ? { method: { ...method, cap: points } } : {}), points };
}
