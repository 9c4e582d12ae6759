import { rowRoleWords } from '#domain/table/row-role.ts';
import type { HeadedTable } from '#platform/documents/headed-table.ts';
import type { TableCell } from '#platform/documents/table-cell.ts';
import { FindingGroups } from './finding-groups.ts';

/** What is wrong with a cell of a table with headings. */
export interface TableFault {
  readonly row: number;
  /** `C14`, or the row in words where the cell is empty. */
  readonly cell: string;
  /** Its heading. */
  readonly column: string;
  readonly value: string;
  readonly rule: string;
  readonly allowed: string | null;
}

/** A table as it waits to be taken: JSON holds no maps. */
export type KeptTable = Omit<HeadedTable, 'rows'> & {
  readonly rows: ReadonlyArray<{
    readonly number: number;
    readonly cells: ReadonlyArray<readonly [string, TableCell]>;
  }>;
};

export function keptTable(table: HeadedTable): KeptTable {
  return { ...table, rows: table.rows.map(({ number, cells }) => ({ number, cells: [...cells] })) };
}

export function tableOf(kept: KeptTable): HeadedTable {
  return { ...kept, rows: kept.rows.map(({ number, cells }) => ({ number, cells: new Map(cells) })) };
}

/** A hopeless table is understood from its first faults. */
const shownFaults = 500;

/**
 * Faults as findings of one cause.
 * @param title what they are headed with
 * @param subjectOf whom a row is about
 */
export function foundFaults(
  faults: readonly TableFault[],
  title: string,
  subjectOf: (row: number) => string = () => '',
): FindingGroups {
  const groups = new FindingGroups({ cells: title }, shownFaults);
  for (const { row, cell, column, value, rule, allowed } of faults) {
    groups.add('cells', 'hard', { place: cell, subject: subjectOf(row), part: column, value, rule, allowed });
  }
  return groups;
}

/** The sheet that was read, as a preview says it. */
export function sheetsOf({ sheet, rows, headings }: HeadedTable) {
  return [{ name: sheet, rows: rows.length, columns: headings.length }];
}

const shownNotes = 20;

/** What a person should know of how a table was read: what was left out, then what the feature has to say. */
export function tableNotes(table: HeadedTable, more: readonly string[]): string[] {
  const { sheet, sheetsLeftOut, leftOut } = table;
  const others = sheetsLeftOut.map((name) => `“${name}”`).join('、');
  const notes = [
    ...table.notes,
    ...(others === '' ? [] : [`只读取了工作表“${sheet}”；${others}有同样的列标题，没有读取，请并入一张表或分别导入。`]),
    ...leftOut.map(({ row, role, words }) => `第 ${row} 行（${words}）${rowRoleWords[role]}，没有读取。`),
    ...more,
  ];
  const rest = notes.length - shownNotes;
  return rest > 0 ? [...notes.slice(0, shownNotes), `另有 ${rest} 条类似的说明。`] : notes;
}
