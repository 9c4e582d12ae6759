import { auditWords, here } from '#web/shared/desk/registry.ts';

const rowChanges: Readonly<Record<string, string>> = {
  inserted: '新增记录',
  updated: '修改记录',
  deleted: '删除记录',
};

/** Whether a line reports a row that better-auth wrote, and not one of our own acts. */
export function isRowChange(action: string): boolean {
  return rowChanges[action.split('.')[1] ?? ''] !== undefined;
}

/** Subjects of acts, for the filter: the word before the dot. */
export function subjectOptions(): Array<{ value: string; label: string }> {
  return Object.entries(here(auditWords).subjects).map(([value, label]) => ({ value, label }));
}

/** The act in words; an act without words is shown by its stored name. */
export function actionTitle(action: string): string {
  const known = here(auditWords).acts[action];
  if (known !== undefined) return known;
  const [subject = '', act = ''] = action.split('.');
  const change = rowChanges[act];
  return change === undefined ? action : `${objectTitle(subject)}（${change}）`;
}

export function objectTitle(objectType: string): string {
  const { objects, subjects } = here(auditWords);
  return objects[objectType] ?? subjects[objectType] ?? objectType;
}

/** The name of a field for display; the fields of filled forms have Chinese names already. */
export function fieldTitle(field: string): string {
  return here(auditWords).fields[field] ?? field;
}

/** A value of the audit in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '空';
  if (value === true) return '是';
  if (value === false) return '否';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
