import { problem } from '#domain/kit/problem.ts';
import { lookAlikes } from '#domain/text/look-alike.ts';
import { foldedName, foldingsIn, foldingWords, tidyName } from '#domain/text/name-folding.ts';
import type { TableRow } from '#platform/documents/headed-table.ts';
import { ownText } from '#platform/documents/table-cell.ts';
import type { CellIssue, InputTable } from './input-table.workbook.ts';

const heading = '县级单位';
const namedRows = 5;

/**
 * The rows of the wanted county. Names that differ only in invisible characters are one county, and a notice reports
 * the folding. A row without 县级单位 could belong to any county, so it is reported and not skipped.
 * @throws Problem `table.counties`, `table.countyUnknown`
 */
export function rowsOfCounty(
  table: InputTable,
  county: string | undefined,
  issues: CellIssue[],
): { readonly rows: readonly TableRow[]; readonly notices: readonly string[] } {
  const written = new Map(table.rows.map((row) => [row, ownText(row.cells.get(heading))]));
  const keyOf = (row: TableRow): string => foldedName(written.get(row)!);
  /** The plain form of each name, by the form in which names are compared. */
  const names = new Map<string, string>();
  for (const text of written.values()) {
    const key = foldedName(text);
    if (key !== '' && !names.has(key)) names.set(key, tidyName(text));
  }
  const counties = [...names.values()];
  if (county === undefined && counties.length > 1) throw problem('table.counties', { counties });
  const wanted = county === undefined ? [...names.keys()][0] : foldedName(county);
  if (county !== undefined && !names.has(wanted!)) throw problem('table.countyUnknown', { county, counties });
  for (const row of table.rows) {
    const cell = row.cells.get(heading);
    if (cell?.fault !== undefined) issues.push({ address: `${cell.address}“${heading}”`, message: cell.fault });
    else if (keyOf(row) === '') {
      const message = '县级单位为空；如果是合并的单元格，请取消合并，在每一行填写';
      issues.push({ address: `第 ${row.number} 行`, message });
    }
  }
  const rows = table.rows.filter((row) => [wanted, ''].includes(keyOf(row)));
  return { rows, notices: [...foldedNotices(rows, written, names), ...alikeNotices(counties)] };
}

function foldedNotices(
  rows: readonly TableRow[],
  written: ReadonlyMap<TableRow, string>,
  names: ReadonlyMap<string, string>,
): string[] {
  const folded = rows.flatMap((row) => {
    const text = written.get(row)!;
    const foldings = foldingsIn(text);
    if (foldings.length === 0) return [];
    const name = names.get(foldedName(text));
    return [`第 ${row.number} 行的${heading}含有${foldingWords(foldings)}，已按“${name}”计入`];
  });
  if (folded.length === 0) return [];
  const rest = folded.length > namedRows ? `；……共 ${folded.length} 行` : '';
  return [`提示：${folded.slice(0, namedRows).join('；')}${rest}。`];
}

function alikeNotices(counties: readonly string[]): string[] {
  return lookAlikes(counties).map(
    ([left, right]) => `提示：${heading}“${left}”和“${right}”写法相近，按两个单位处理；如是同一个，请改为同一写法。`,
  );
}
