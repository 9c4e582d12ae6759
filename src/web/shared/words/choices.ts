import { schoolLevelNames } from '#domain/org/school-level.ts';

/** Names by value as the choices of a select. */
export const choices = <Value extends string>(names: Readonly<Record<Value, string>>) =>
  (Object.entries(names) as [Value, string][]).map(([value, label]) => ({ value, label }));

/** The parts that a school may have and file for: three levels, and two kinds of schools that stand beside them. */
export const schoolPartNames = {
  primary: schoolLevelNames.primary,
  junior: schoolLevelNames.junior,
  senior: schoolLevelNames.senior,
  special: '特殊教育',
  vocational: '职业教育',
} as const;

export const schoolPartChoices = choices(schoolPartNames);
