import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { problem } from '#domain/kit/problem.ts';
import { numberOf, readTable, type Table, type TableCell, type TableRow } from '#platform/documents/table.ts';

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

/** The columns that a command needs: which of them hold quantities, and the units that their headings may name. */
export interface WantedColumns {
  readonly headings: readonly string[];
  readonly quantities: readonly string[];
  readonly units: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the table of a file.
 * @throws Problem `table.fileMissing`, `table.empty`, `table.cells` for texts that cannot be read, and those of `readTable`
 */
export async function readInputTable(file: string, wanted: WantedColumns): Promise<InputTable> {
  const fileName = path.basename(file);
  const bytes = await readFile(file).catch(() => {
    throw problem('table.fileMissing', { fileName: file });
  });
  const table = await readTable(bytes, fileName, wanted.headings, wanted.units);
  const rows = table.rows.filter((row) => row.total === undefined);
  if (rows.length === 0) throw problem('table.empty', { fileName });
  const issues = textFaults(rows, wanted);
  if (issues.length > 0) throw problem('table.cells', { issues });
  return { ...table, rows, notices: noticesOf(table, rows, wanted.quantities) };
}

/** Cells of texts from which nothing may be read; those of quantities are told with the other faults of quantities. */
function textFaults(rows: readonly TableRow[], { headings, quantities }: WantedColumns): CellIssue[] {
  const texts = headings.filter((heading) => !quantities.includes(heading));
  return rows.flatMap((row) =>
    texts.flatMap((heading) => {
      const cell = row.cells.get(heading);
      return cell?.fault === undefined ? [] : [{ address: `${cell.address}“${heading}”`, message: cell.fault }];
    }),
  );
}

const namedRows = 5;

function noticesOf(table: Table, rows: readonly TableRow[], quantities: readonly string[]): string[] {
  const notices: string[] = [];
  if (table.sheetsLeftOut.length > 0) {
    const others = table.sheetsLeftOut.map((name) => `“${name}”`).join('、');
    notices.push(`提示：只读取了工作表“${table.sheet}”；工作表${others}有同样的列标题，没有读取。`);
  }
  const totals = table.rows.filter((row) => row.total !== undefined);
  if (totals.length > 0) {
    const named = totals.slice(0, namedRows).map((row) => `第 ${row.number} 行（${row.total}）`);
    const rest = totals.length > named.length ? `等 ${totals.length} 行` : '';
    notices.push(`提示：${named.join('、')}${rest}是合计或平均，没有作为学校计入。`);
  }
  notices.push(...table.hiddenNotes.map((sentence) => `提示：${sentence}`));
  // In a CSV file every number is a text.
  if (table.sheet === '') return notices;
  const texts = rows.flatMap((row) => quantities.map((heading) => row.cells.get(heading)).filter(isNumberAsText));
  const [first] = texts;
  if (first) notices.push(`提示：有 ${texts.length} 个单元格把数字保存成了文本（如 ${first.address}），已按数字处理。`);
  return notices;
}

function isNumberAsText(cell: TableCell | undefined): cell is TableCell {
  return cell !== undefined && cell.number === undefined && numberOf(cell).kind === 'number';
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
