import type { z } from 'zod';
import type { movedSchool } from '#contract/balance/balance.ts';
import { compareLevels, type LevelComparison } from '#domain/balance/run/comparison.ts';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, schoolLevelNames } from '#domain/org/school-level.ts';
import type { RunInputs } from './inputs.shape.ts';

/** What was computed and from what: one of two sides that are compared. */
export interface ComputedSide {
  readonly inputs: RunInputs;
  readonly result: BalanceResult;
}

type MovedSchool = z.output<typeof movedSchool>;

/**
 * What changed at one level, with the schools that joined or left the set: one that left has the reason why the later
 * side does not count it, one that joined the reason why the earlier side did not.
 */
export function movesBetween(
  level: CompulsoryLevel,
  before: ComputedSide,
  after: ComputedSide,
): Omit<LevelComparison, 'entered' | 'left'> & { joined: MovedSchool[]; left: MovedSchool[] } {
  const { entered, left, ...changes } = compareLevels(before.result.levels[level], after.result.levels[level], [
    idsOf(before),
    idsOf(after),
  ]);
  const named = (inside: ComputedSide, outside: ComputedSide) => (school: { code: string; name: string }) => {
    const schoolId = idsOf(inside)(school.code);
    return {
      schoolId,
      code: codeOfMark(school.code),
      name: school.name,
      reason: whyOutside(outside, level, schoolId),
    };
  };
  return { ...changes, joined: entered.map(named(after, before)), left: left.map(named(before, after)) };
}

/** Schools are matched by their number, because a 学校标识码 may be given or replaced between two years. */
export function idsOf({ inputs }: ComputedSide): (code: string) => number {
  const known = numbers.get(inputs) ?? new Map(inputs.schools.map((school) => [school.code, school.schoolId]));
  numbers.set(inputs, known);
  return (code) => known.get(code)!;
}

const numbers = new WeakMap<RunInputs, ReadonlyMap<string, number>>();

/** Why a side does not count a school at a level. */
function whyOutside({ inputs, result }: ComputedSide, level: CompulsoryLevel, schoolId: number): string {
  const school = inputs.schools.find((one) => one.schoolId === schoolId);
  if (!school) return '不在当年的学校名单';
  if (school.exempt !== null) return school.exempt;
  const excluded = result.levels[level].excluded.find(({ code }) => code === school.code);
  return excluded?.reason ?? `没有${schoolLevelNames[level]}学生`;
}
