import type { HeadedTable } from '#platform/documents/headed-table.ts';
import type { TableCell } from '#platform/documents/table-cell.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { isAddress, lettersOf, type TableFault } from './table-faults.ts';

/** The faults of cells, by address. */
export type Mark = readonly [address: string, comment: string];

const width = 18;

/**
 * The table as it was read, with every cell in its old place and faulty cells in red with a comment. Titles above the
 * headings and columns without a heading are left out, because they were not read.
 * @param explained further sheets that say how the table is filled in, as in its template
 */
export function markedTable(
  table: HeadedTable,
  marks: readonly Mark[],
  explained: readonly WorkbookSheet[] = [],
): WorkbookSheet[] {
  const rows: (WorkbookCell | null)[][] = [];
  const put = (address: string, cell: WorkbookCell) => {
    const { row, column } = positionOf(address);
    for (let missing = rows.length; missing <= row; missing += 1) rows.push([]);
    const line = rows[row]!;
    for (let missing = line.length; missing < column; missing += 1) line.push(null);
    line[column] = cell;
  };
  for (const { name, address } of table.headings) put(address, { value: name, look: 'heading' });
  const cells = table.rows.flatMap((row) => [...row.cells.values()]);
  for (const cell of cells) put(cell.address, { value: contentOf(cell), look: 'entry' });
  const values = new Map(cells.map((cell) => [cell.address, contentOf(cell)]));
  for (const [address, comment] of marks) {
    put(address, { value: values.get(address) ?? null, look: 'error', comment });
  }
  const columns = Math.max(...table.headings.map(({ address }) => positionOf(address).column)) + 1;
  const sheet = { name: table.sheet || '表格', columnWidths: Array.from({ length: columns }, () => width), rows };
  // Two sheets of a workbook cannot have one name.
  const others = explained.filter(({ name }) => name !== sheet.name);
  return [sheet, ...others];
}

/** Codes stay texts; a code that Excel stored as a number stays a number. */
function contentOf(cell: TableCell): string | number {
  return cell.number ?? cell.text;
}

/** The marks of faults. Where the table lacks the heading of a fault, the first column gets the mark. */
export function marksOf({ headings }: HeadedTable, faults: readonly TableFault[]): Mark[] {
  const first = lettersOf(headings[0]?.address ?? 'A1');
  const comments = new Map<string, string>();
  for (const { cell, row, rule, allowed } of faults) {
    const address = isAddress(cell) ? cell : `${first}${row}`;
    const comment = allowed === null ? `${rule}。` : `${rule}。应填：${allowed}`;
    const earlier = comments.get(address);
    comments.set(address, earlier === undefined ? comment : `${earlier}\n${comment}`);
  }
  return [...comments];
}

function positionOf(address: string): { row: number; column: number } {
  const letters = lettersOf(address);
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(address.slice(letters.length)) - 1, column };
}
