import type { FieldValues } from '../catalogue.ts';
import type { PeerMedians } from '../peers.ts';

/** What a reviewer compares: the values of a filing, last year's, and the medians of similar schools. */
export interface Compared {
  readonly values: FieldValues;
  readonly reference: FieldValues;
  readonly peers: PeerMedians;
}

/** From this score on a reviewer should look: a fifth off, or a quarter more than last year. */
export const oddFrom = 0.2;

/** Added to the larger of two numbers, so that one teacher more in a small school is no great leap. */
const small = 5;

/** How far apart two numbers are: 0 for equal ones, towards 1 the farther one is from the other. */
function distance(one: number, other: number): number {
  const larger = Math.max(Math.abs(one), Math.abs(other));
  return Math.min(1, Math.abs(one - other) / (larger + small));
}

/** The ratio of the school to schools of its kind in the middle of its fields: large schools are large everywhere. */
function sizeOf({ values, peers }: Compared): number {
  const ratios = Object.entries(peers)
    .flatMap(([key, { median }]) => {
      const value = values[key];
      return typeof value === 'number' && value > 0 && median > 0 ? [value / median] : [];
    })
    .sort((left, right) => left - right);
  return ratios[Math.floor(ratios.length / 2)] ?? 1;
}

/**
 * How odd each of these fields is, from 0 (as expected) to 1: the larger of its distance from last year and half of its
 * distance from what schools of its kind and of its size have. A value that came or went, or a choice that changed, is 1.
 * Null where there is nothing to compare with.
 */
export function oddities(keys: readonly string[], compared: Compared): ReadonlyMap<string, number | null> {
  const size = sizeOf(compared);
  return new Map(
    keys.map((key) => {
      const value = compared.values[key] ?? null;
      const before = compared.reference[key] ?? null;
      const median = compared.peers[key]?.median;
      const scores = [
        ...(before === null ? [] : [sinceLastYear(value, before)]),
        ...(median === undefined || typeof value !== 'number' ? [] : [distance(value, median * size) / 2]),
      ];
      return [key, scores.length === 0 ? null : Math.max(...scores)];
    }),
  );
}

function sinceLastYear(value: number | string | null, before: number | string): number {
  if (typeof value === 'number' && typeof before === 'number') return distance(value, before);
  return value === before ? 0 : 1;
}

/** How odd a filing is as a whole, for the order of a queue: its three oddest fields, and a tenth for each doubt. */
export function filingOddity(keys: readonly string[], compared: Compared, doubts: number): number {
  const scores = [...oddities(keys, compared).values()].map((score) => score ?? 0).sort((a, b) => b - a);
  return scores.slice(0, 3).reduce((sum, score) => sum + score, 0) + doubts / 10;
}
