import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { undecidedOf } from '#core/imports/table-faults.ts';
import { problem } from '#domain/kit/problem.ts';
import { type LeftOutRow, type RowRole, rowRoleWords } from '#domain/table/row-role.ts';
import { type HeadedTable, readHeadedTable, type TableRow } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { numberOf, type TableCell } from '#platform/documents/table-cell.ts';

/** A cell that cannot be used, and the sentence for it. */
export interface CellIssue {
  readonly address: string;
  readonly message: string;
}

/** A table from a file given on the command line. */
export interface InputTable extends HeadedTable {
  /** Notices for the person, although the table could be used. */
  readonly notices: readonly string[];
}

/**
 * Reads the table of a file.
 * @throws Problem `table.fileMissing`, `table.empty`, `table.doubtfulRows`, and those of `readHeadedTable`
 */
export async function readInputTable(file: string, columns: readonly Column[]): Promise<InputTable> {
  const fileName = path.basename(file);
  const bytes = await readFile(file).catch(() => {
    throw problem('table.fileMissing', { fileName: file });
  });
  const table = await readHeadedTable({ name: fileName, bytes }, columns);
  const refused = [...undecidedOf(table)].map(([row, sentence]) => ({ row, sentence }));
  if (refused.length > 0) throw problem('table.doubtfulRows', { rows: refused });
  if (table.rows.length === 0) throw problem('table.empty', { fileName });
  const quantities = columns.filter(({ quantity }) => quantity).map(({ name }) => name);
  return { ...table, notices: noticesOf(table, quantities).map((notice) => `提示：${notice}`) };
}

const namedRows = 5;

function noticesOf(table: HeadedTable, quantities: readonly string[]): string[] {
  const notices = [...table.notes];
  if (table.sheetsLeftOut.length > 0) {
    const others = table.sheetsLeftOut.map((name) => `“${name}”`).join('、');
    notices.push(`只读取了工作表“${table.sheet}”；工作表${others}有同样的列标题，没有读取。`);
  }
  for (const role of Object.keys(rowRoleWords) as RowRole[]) {
    const rows = table.leftOut.filter((row) => row.role === role);
    if (rows.length > 0) notices.push(`${rowsInWords(rows)}${rowRoleWords[role]}，没有作为学校计入。`);
  }
  notices.push(...table.doubtful.map(({ sentence }) => `${sentence}。`));
  // In a CSV file every number is a text.
  if (table.sheet === '') return notices;
  const texts = table.rows.flatMap((row) => quantities.map((heading) => row.cells.get(heading)).filter(isNumberAsText));
  const [first] = texts;
  if (first) notices.push(`有 ${texts.length} 个单元格把数字保存成了文本（如 ${first.address}），已按数字处理。`);
  return notices;
}

function rowsInWords(rows: readonly LeftOutRow[]): string {
  const named = rows.slice(0, namedRows).map(({ row, words }) => `第 ${row} 行（${words}）`);
  return `${named.join('、')}${rows.length > named.length ? `等 ${rows.length} 行` : ''}`;
}

function isNumberAsText(cell: TableCell | undefined): cell is TableCell {
  return cell?.kind === 'text' && numberOf(cell).kind === 'number';
}

/**
 * The number of a cell that holds a quantity: undefined if it is blank; an unreadable cell or a negative number is an
 * issue.
 */
export function quantityOf(row: TableRow, heading: string, issues: CellIssue[]): number | undefined {
  const cell = row.cells.get(heading);
  const number = numberOf(cell);
  if (number.kind === 'blank') return undefined;
  if (number.kind === 'number' && number.value >= 0) return number.value;
  const message = number.kind === 'fault' ? number.message : '不能为负数';
  issues.push({ address: `${cell!.address}“${heading}”`, message });
  return undefined;
}
