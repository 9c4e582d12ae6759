import { columnName } from '../cell-address.ts';
import type { Sheet } from '../sheet.ts';

const named = 5;

/**
 * Notes for a person who does not see everything that was read of a sheet: rows that are hidden or filtered out, and
 * columns that are hidden.
 * @param rows rows that were read, from zero
 * @param columns columns that were read, from zero
 */
export function hiddenNotes(sheet: Sheet, rows: Iterable<number>, columns: Iterable<number>): string[] {
  const kinds = [...new Set(rows)].map((row) => ({ name: String(row + 1), hidden: sheet.hiddenRows.get(row) }));
  const of = (kind: 'hidden' | 'filtered') => kinds.filter(({ hidden }) => hidden === kind).map(({ name }) => name);
  const hiddenColumns = [...new Set(columns)].filter((column) => sheet.hiddenColumns.has(column)).map(columnName);
  return [
    note(sheet, of('hidden'), '行', '是隐藏的'),
    note(sheet, of('filtered'), '行', '被筛选隐藏'),
    note(sheet, hiddenColumns, '列', '是隐藏的'),
  ].filter((sentence) => sentence !== '');
}

function note(sheet: Sheet, names: readonly string[], unit: '行' | '列', how: string): string {
  if (names.length === 0) return '';
  const first = names.slice(0, named).join('、');
  const places = unit === '行' ? `第 ${first} 行` : ` ${first} 列`;
  const rest = names.length > named ? `等 ${names.length} ${unit}` : '';
  return `工作表“${sheet.name}”的${places}${rest}${how}，已照常读取。`;
}

/** The note about sheets that are hidden and therefore were not read. */
export function hiddenSheetNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`隐藏的工作表${names.map((name) => `“${name}”`).join('、')}没有读取；如需读取，请先取消隐藏。`];
}
