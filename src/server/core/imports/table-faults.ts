import { rowRoleWords } from '#domain/table/row-role.ts';
import type { HeadedTable, TableRow } from '#platform/documents/headed-table.ts';
import type { TableCell } from '#platform/documents/table-cell.ts';
import { FindingGroups } from './finding-groups.ts';

/** A fault of a cell in a table with headings. */
export interface TableFault {
  readonly row: number;
  /** `C14`, or the row in words where the table lacks the column. */
  readonly cell: string;
  /** Heading of the cell's column. */
  readonly column: string;
  readonly value: string;
  readonly rule: string;
  readonly allowed: string | null;
}

/** The cell of a row below a heading, whether it is filled or not: an empty cell has no address of its own. */
export function addressOf({ headings }: HeadedTable, { number, cells }: TableRow, column: string): string {
  const heading = headings.find(({ name }) => name === column);
  return cells.get(column)?.address ?? (heading ? `${lettersOf(heading.address)}${number}` : `第 ${number} 行`);
}

export function isAddress(cell: string): boolean {
  return /^[A-Z]+\d+$/.test(cell);
}

/** `C` of `C14` */
export function lettersOf(address: string): string {
  return address.replace(/\d+$/, '');
}

/** A table in the form in which it waits to be taken: JSON has no maps. */
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

/** The first faults are enough to understand a hopeless table. */
const shownFaults = 500;

/**
 * Faults as findings of one cause.
 * @param title the heading of the group
 * @param subjectOf the person or thing that a row describes
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

/** The rows of which a person must first decide what they are, by number, each with the sentence that asks. */
export function undecidedOf({ doubtful }: Pick<HeadedTable, 'doubtful'>): ReadonlyMap<number, string> {
  return new Map(doubtful.filter(({ fate }) => fate === 'refused').map(({ row, sentence }) => [row, sentence]));
}

/**
 * The faults of rows of which a person must first decide what they are.
 * @param column the heading of the cells that get the mark
 */
export function undecidedFaults(table: HeadedTable, column: string): TableFault[] {
  const rows = new Map(table.rows.map((row) => [row.number, row]));
  return [...undecidedOf(table)].map(([row, sentence]) => {
    const cells = rows.get(row)?.cells ?? new Map<string, TableCell>();
    const cell = addressOf(table, { number: row, cells }, column);
    return { row, cell, column, value: cells.get(column)?.text ?? '', rule: sentence, allowed: null };
  });
}

/** The sheet that was read, as a preview names it. */
export function sheetsOf({ sheet, rows, headings }: HeadedTable) {
  return [{ name: sheet, rows: rows.length, columns: headings.length }];
}

const shownNotes = 20;

/** Notes on how a table was read: what was left out, what is in doubt but counted, then the notes of the feature. */
export function tableNotes(table: HeadedTable, more: readonly string[]): string[] {
  const { sheet, sheetsLeftOut, leftOut, doubtful } = table;
  const others = sheetsLeftOut.map((name) => `“${name}”`).join('、');
  const notes = [
    ...table.notes,
    ...(others === '' ? [] : [`只读取了工作表“${sheet}”；${others}有同样的列标题，没有读取，请并入一张表或分别导入。`]),
    ...leftOut.map(({ row, role, words }) => `第 ${row} 行（${words}）${rowRoleWords[role]}，没有读取。`),
    ...doubtful.filter(({ fate }) => fate === 'counted').map(({ sentence }) => `${sentence}。`),
    ...more,
  ];
  const rest = notes.length - shownNotes;
  return rest > 0 ? [...notes.slice(0, shownNotes), `另有 ${rest} 条类似的说明。`] : notes;
}
