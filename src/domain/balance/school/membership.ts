import { evaluateTruth } from '../../formula/formula.ts';
import { isMissing, type Missing } from '../../kit/value.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '../../org/school-level.ts';
import { schoolType } from '../../org/school-type.ts';
import type { PreparedLevel } from '../standard/prepared-standard.ts';
import { type BalanceSchool, readSchool, type SchoolReader } from './school.ts';

/**
 * Whether a school belongs to a level: not at all, left out with a reason, included, or undecided because figures are
 * missing.
 */
export type Membership =
  | { readonly kind: 'absent' }
  | { readonly kind: 'excluded'; readonly reason: string }
  | { readonly kind: 'included' }
  | { readonly kind: 'undecided'; readonly lacks: readonly Missing[] };

export const stages = ['primary', 'junior', 'senior'] as const;
/** A stage whose pupils weigh in the split of a combined school. */
export type Stage = (typeof stages)[number];

/** The catalogue name of a stage's pupils: 小学在校生数, 初中在校生数, 高中在校生数. */
export function pupilsField(level: Stage): string {
  return `${schoolLevelNames[level]}在校生数`;
}

/** Pupils of a stage, or undefined where the cell is missing. */
export function pupilsOf(school: BalanceSchool, level: Stage): number | undefined {
  const value = school.values[pupilsField(level)];
  return typeof value === 'number' ? value : undefined;
}

/**
 * True where the school has the level: its type carries it, or it reports pupils there. A combined school without
 * pupils at a stage (a campus of one stage) does not have that stage; a special school has the stages it reports.
 */
export function hasLevel(school: BalanceSchool, level: CompulsoryLevel): boolean {
  const pupils = pupilsOf(school, level);
  if (pupils !== undefined && pupils > 0) return true;
  const type = school.type === null ? undefined : schoolType(school.type);
  const nothingReported = compulsoryLevels.every((one) => pupilsOf(school, one) === undefined);
  if (!type) return nothingReported;
  if (!type.levels.includes(level)) return false;
  if (type.category === 'special' && pupils === undefined) return nothingReported;
  if (pupils === undefined) return true;
  return stages.every((stage) => (pupilsOf(school, stage) ?? 0) === 0);
}

/**
 * Decides whether a school is in the set of a level. The edition's exclusions are tried in order, the first that holds
 * gives the reason; an exclusion that cannot be decided because a figure is missing leaves the school undecided, unless
 * a later one holds.
 * @param county the readers of all schools that have the level, for aggregates
 */
export function membershipOf(
  school: BalanceSchool,
  prepared: PreparedLevel,
  county: readonly SchoolReader[],
): Membership {
  if (!hasLevel(school, prepared.level)) return { kind: 'absent' };
  const reading = { read: readSchool(school), schools: county };
  const lacks: Missing[] = [];
  for (const { when, reason } of prepared.exclusions) {
    const holds = evaluateTruth(when, reading);
    if (isMissing(holds)) lacks.push(holds);
    else if (holds) return { kind: 'excluded', reason };
  }
  if (lacks.length > 0) return { kind: 'undecided', lacks };
  if (pupilsOf(school, prepared.level) === 0) {
    return { kind: 'excluded', reason: `${pupilsField(prepared.level)}为 0` };
  }
  return { kind: 'included' };
}
