import type { Verdict } from '../standard/standard.shape.ts';
import type { LevelResult } from './result.ts';

/** The same figure before and after. */
export type Pair<T> = [before: T, after: T];

/** One coefficient in two runs: its value, its limit, and on which side of the limit it lay. */
export interface ComparedCoefficient {
  readonly cv: Pair<number | null>;
  readonly limit: Pair<number | null>;
  readonly pass: Pair<boolean | null>;
}

/** What changed at one level between two runs of a county: two years, or before and after a correction. */
export interface LevelComparison {
  readonly verdict: Pair<Verdict>;
  /** 综合差异系数; null where neither run limits it. */
  readonly composite: ComparedCoefficient | null;
  readonly indicators: ReadonlyArray<
    ComparedCoefficient & { readonly key: string; readonly name: string; readonly mean: Pair<number | null> }
  >;
  /** Schools of the set that are in only one of the two. */
  readonly entered: ReadonlyArray<{ code: string; name: string }>;
  readonly left: ReadonlyArray<{ code: string; name: string }>;
}

/**
 * The school behind a code of a run. A school that has its code only in the later run has a mark in the earlier one.
 */
export type SchoolOfCode = (code: string) => number | string;

/**
 * Compares one level of two results. Indicators are matched by key.
 * @param schools how schools are matched, before and after; without it by their codes, which a renamed school keeps
 */
export function compareLevels(
  before: LevelResult,
  after: LevelResult,
  schools: Readonly<Pair<SchoolOfCode>> = [(code) => code, (code) => code],
): LevelComparison {
  const earlier = new Map(before.indicators.map((indicator) => [indicator.key, indicator]));
  const schoolsBefore = new Set(before.included.map(({ code }) => schools[0](code)));
  const schoolsAfter = new Set(after.included.map(({ code }) => schools[1](code)));
  return {
    verdict: [before.verdict, after.verdict],
    composite:
      before.compositeLimit === null && after.compositeLimit === null
        ? null
        : {
            cv: [before.compositeCv, after.compositeCv],
            limit: [before.compositeLimit, after.compositeLimit],
            // Runs of formula version 1 did not keep the side.
            pass: [before.compositePass ?? null, after.compositePass ?? null],
          },
    indicators: after.indicators.flatMap((other) => {
      const one = earlier.get(other.key);
      if (!one) return [];
      const { key, name } = other;
      const mean: Pair<number | null> = [one.mean, other.mean];
      return [
        { key, name, mean, cv: [one.cv, other.cv], limit: [one.limit, other.limit], pass: [one.pass, other.pass] },
      ];
    }),
    entered: after.included.filter(({ code }) => !schoolsBefore.has(schools[1](code))),
    left: before.included.filter(({ code }) => !schoolsAfter.has(schools[0](code))),
  };
}

/**
 * Where two results of the same inputs differ, as dotted paths (`levels.primary.indicators.0.cv`); empty when they are
 * identical to the last bit. At most `limit` places.
 */
export function differencesBetween(before: unknown, after: unknown, limit = 20): string[] {
  const found: string[] = [];
  const walk = (left: unknown, right: unknown, path: string): void => {
    if (found.length >= limit || Object.is(left, right)) return;
    if (isContainer(left) && isContainer(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
        walk(left[key], right[key], path === '' ? key : `${path}.${key}`);
      }
    } else found.push(path);
  };
  walk(before, after, '');
  return found;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
