import { missing } from '../../kit/value.ts';
import { schoolType } from '../../org/school-type.ts';
import { pupilsField, type Stage } from './membership.ts';
import type { BalanceSchool } from './school.ts';

/** The fields of a school's 附设 classes, by catalogue name: their kind and their number of pupils. */
export const attachedFields = { kind: '附设班类型', pupils: '附设班在校生数' } as const;

/** The stage of each kind. 附设特教班 has no stage: the split rules give its pupils no weight, so they have no share. */
const stageOfKind: ReadonlyMap<string, Stage> = new Map([
  ['附设小学班', 'primary'],
  ['附设普通初中班', 'junior'],
  ['附设普通高中班', 'senior'],
]);

/**
 * Brings a school whose 附设 classes are filed apart to the form of a table with a column for each stage: their pupils
 * become pupils of a stage that the host does not have itself. So they share the host's material and are listed as left
 * out, whichever way they were filed. A school that reports the stage in its own right stays as it is.
 */
export function withAttachedClasses(school: BalanceSchool): BalanceSchool {
  const kind = school.values[attachedFields.kind];
  const stage = typeof kind === 'string' ? stageOfKind.get(kind) : undefined;
  if (stage === undefined || typeof school.values[pupilsField(stage)] === 'number') return school;
  if (school.type !== null && schoolType(school.type)?.levels.includes(stage)) return school;
  const pupils = school.values[attachedFields.pupils] ?? missing('not-filed', [attachedFields.pupils]);
  return { ...school, values: { ...school.values, [pupilsField(stage)]: pupils } };
}
