import { deviceName } from '#domain/access/device-name.ts';
import { together } from '#domain/text/together.ts';

/** What a feature says of its acts in the audit: on the screen and in the exported list. */
export interface AuditWords {
  /** The choice in the filter: the word before the dot of an act. */
  readonly subjects?: Readonly<Record<string, string>>;
  /** Kinds of object other than the subjects. */
  readonly objects?: Readonly<Record<string, string>>;
  /** By the act, `subject.act`. */
  readonly acts?: Readonly<Record<string, string>>;
  /** Names of fields. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a value of a field is called, by the field and the value. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The words of all features. */
export type AllAuditWords = Required<AuditWords>;

const rowChanges: Readonly<Record<string, string>> = {
  inserted: '新增记录',
  updated: '修改记录',
  deleted: '删除记录',
};

/** Whether a line reports a row that better-auth wrote, and not one of our own acts. */
export function isRowChange(action: string): boolean {
  return rowChanges[action.split('.')[1] ?? ''] !== undefined;
}

/** The act in words; an act without words is shown by its stored name. */
export function actionTitle(words: AllAuditWords, action: string): string {
  const known = words.acts[action];
  if (known !== undefined) return known;
  const [subject = '', act = ''] = action.split('.');
  const change = rowChanges[act];
  return change === undefined ? action : `${objectTitle(words, subject)}（${change}）`;
}

/** The kind of an object in words. */
export function objectTitle({ objects, subjects }: AllAuditWords, objectType: string): string {
  return objects[objectType] ?? subjects[objectType] ?? objectType;
}

/** The name of a field; the fields of filled forms have Chinese names already. */
export function fieldTitle(words: AllAuditWords, field: string): string {
  return words.fields[field] ?? field;
}

/** The fields of an act in one line. Columns of technical rows are only counted; fields that people fill in are named. */
export function fieldsLine(words: AllAuditWords, { fields, action }: { fields: readonly string[]; action: string }) {
  if (isRowChange(action)) return `${fields.length} 项`;
  const shown = fields
    .slice(0, 3)
    .map((field) => fieldTitle(words, field))
    .join('、');
  return fields.length > 3 ? `${shown} 等 ${fields.length} 项` : shown;
}

/** Kinds of object whose id is a word by itself: the year of a calendar, the key and the version of a standard. */
const speaking: ReadonlySet<string> = new Set(['calendar-year', 'balance-standard']);

/** The object of an act by name: the school, the person, the unit; null where nothing but its kind is known. */
export function objectName(row: { objectType: string; objectId: string; objectName: string | null }): string | null {
  return row.objectName ?? (speaking.has(row.objectType) ? row.objectId : null);
}

/**
 * A value of the audit in one line. A browser is told by its name and its system; whatever has parts is told by its
 * parts, without the signs of a program.
 */
export function valueText(words: AllAuditWords, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '空';
  if (value === true) return '是';
  if (value === false) return '否';
  if (Array.isArray(value))
    return value.length === 0 ? '无' : value.map((one) => valueText(words, field, one)).join('、');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, part]) => `${fieldTitle(words, key)} ${valueText(words, key, part)}`)
      .join('，');
  }
  if (browsers.has(field)) return deviceName(String(value));
  return words.values[field]?.[String(value)] ?? String(value);
}

/** Fields that hold what a browser says of itself. */
const browsers: ReadonlySet<string> = new Set(['user_agent', 'device']);

/** The words of all features in one object; two features must not word a thing in two ways. */
export function allAuditWords(all: readonly AuditWords[]): AllAuditWords {
  return {
    subjects: together(all.map((words) => words.subjects)),
    objects: together(all.map((words) => words.objects)),
    acts: together(all.map((words) => words.acts)),
    fields: together(all.map((words) => words.fields)),
    values: together(all.map((words) => words.values)),
  };
}
