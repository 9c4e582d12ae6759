import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import {
  isTotalRow,
  numberOf,
  readTable,
  type Table,
  type TableCell,
  type TableRow,
} from '#platform/documents/table.ts';

/** A cell that cannot be used, and the sentence for it. */
export interface CellIssue {
  readonly address: string;
  readonly message: string;
}

/** A table from a file given on the command line, without its sum rows. */
export interface InputTable extends Table {
  /** What the person should know although the table could be used. */
  readonly notices: readonly string[];
}

/**
 * Reads the table of a file.
 * @throws Problem `table.fileMissing`, `table.empty`, and those of `readTable`
 */
export async function readInputTable(
  file: string,
  wanted: readonly string[],
  units?: ReadonlyMap<string, readonly string[]>,
): Promise<InputTable> {
  const fileName = path.basename(file);
  const bytes = await readFile(file).catch(() => {
    throw problem('table.fileMissing', { fileName: file });
  });
  const table = await readTable(bytes, fileName, wanted, units);
  const rows = table.rows.filter((row) => !isTotalRow(row));
  if (rows.length === 0) throw problem('table.empty', { fileName });
  return { ...table, rows, notices: noticesOf(table, rows, wanted) };
}

function noticesOf(table: Table, rows: readonly TableRow[], wanted: readonly string[]): string[] {
  const notices: string[] = [];
  const sums = table.rows.length - rows.length;
  if (sums > 0) notices.push(`提示：表末的合计行（${sums} 行）没有计入。`);
  // In a CSV file every number is a text.
  if (table.sheet === '') return notices;
  const texts = rows.flatMap((row) => wanted.map((heading) => row.cells.get(heading)).filter(isNumberAsText));
  const [first] = texts;
  if (first) notices.push(`提示：有 ${texts.length} 个单元格把数字保存成了文本（如 ${first.address}），已按数字处理。`);
  return notices;
}

/** Codes are texts by right; a text of digits only counts where a quantity is expected, which no code of ten digits is. */
function isNumberAsText(cell: TableCell | undefined): cell is TableCell {
  if (!cell || cell.number !== undefined || /^\d{3}$|^\d{10}$/.test(cell.text)) return false;
  return numberOf(cell).kind === 'number';
}

/** The number of a cell that holds a quantity: undefined where it is blank; a fault or a negative number is an issue. */
export function quantityOf(row: TableRow, heading: string, issues: CellIssue[]): number | undefined {
  const cell = row.cells.get(heading);
  const number = numberOf(cell);
  if (number.kind === 'blank') return undefined;
  if (number.kind === 'number' && number.value >= 0) return number.value;
  const message = number.kind === 'fault' ? number.message : '不能为负数';
  issues.push({ address: `${cell!.address}“${heading}”`, message });
  return undefined;
}
