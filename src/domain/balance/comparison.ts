import type { CompulsoryLevel } from '../org/school-level.ts';
import type { BalanceResult, IndicatorResult, LevelResult } from './result.ts';
import type { Verdict } from './standard.ts';

/** What changed between two runs of one county: two years, or before and after a correction. */
export interface BalanceComparison {
  /** False where standard or formula version differ: then a change of figures may come from the rules. */
  readonly sameRules: boolean;
  readonly verdict: readonly [Verdict, Verdict];
  readonly levels: Readonly<Record<CompulsoryLevel, LevelComparison>>;
}

export interface LevelComparison {
  readonly verdict: readonly [Verdict, Verdict];
  readonly compositeCv: Change;
  readonly indicators: ReadonlyArray<{
    key: string;
    name: string;
    mean: Change;
    cv: Change;
    pass: Pair<boolean | null>;
  }>;
  /** Schools of the set by code, that are in only one of the two. */
  readonly entered: ReadonlyArray<{ code: string; name: string }>;
  readonly left: ReadonlyArray<{ code: string; name: string }>;
  /** Single values that differ, largest relative change first; schools in both sets only. */
  readonly values: ReadonlyArray<{ code: string; key: string; value: Change }>;
}

export type Pair<T> = readonly [before: T, after: T];

/** Two figures and after − before, null where one of them does not exist. */
export interface Change {
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: number | null;
}

/** Compares two results; indicators are matched by key, schools by code (a renamed school keeps its code). */
export function compareRuns(before: BalanceResult, after: BalanceResult): BalanceComparison {
  return {
    sameRules: before.standard === after.standard && before.formulaVersion === after.formulaVersion,
    verdict: [before.verdict, after.verdict],
    levels: {
      primary: compareLevel(before.levels.primary, after.levels.primary),
      junior: compareLevel(before.levels.junior, after.levels.junior),
    },
  };
}

function compareLevel(before: LevelResult, after: LevelResult): LevelComparison {
  const earlier = new Map(before.indicators.map((indicator) => [indicator.key, indicator]));
  const pairs = after.indicators.flatMap((indicator) => {
    const partner = earlier.get(indicator.key);
    return partner ? [[partner, indicator] as const] : [];
  });
  const codesBefore = new Set(before.included.map(({ code }) => code));
  const codesAfter = new Set(after.included.map(({ code }) => code));
  return {
    verdict: [before.verdict, after.verdict],
    compositeCv: changeOf(before.compositeCv, after.compositeCv),
    indicators: pairs.map(([one, other]) => ({
      key: other.key,
      name: other.name,
      mean: changeOf(one.mean, other.mean),
      cv: changeOf(one.cv, other.cv),
      pass: [one.pass, other.pass],
    })),
    entered: after.included.filter(({ code }) => !codesBefore.has(code)),
    left: before.included.filter(({ code }) => !codesAfter.has(code)),
    values: pairs
      .flatMap(([one, other]) => changedValues(one, other))
      .sort((a, b) => weightOf(b.value) - weightOf(a.value)),
  };
}

function changedValues(before: IndicatorResult, after: IndicatorResult) {
  const earlier = new Map(before.schools.map(({ code, value }) => [code, value]));
  return after.schools.flatMap(({ code, value }) => {
    const partner = earlier.get(code);
    if (partner === undefined || partner === value) return [];
    return [{ code, key: after.key, value: changeOf(partner, value) }];
  });
}

/** A value that came or went outweighs every change of size. */
function weightOf({ before, difference }: Change): number {
  if (difference === null) return Number.POSITIVE_INFINITY;
  return Math.abs(difference) / Math.max(Math.abs(before ?? 0), Number.EPSILON);
}

function changeOf(before: number | null, after: number | null): Change {
  return { before, after, difference: before === null || after === null ? null : after - before };
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
