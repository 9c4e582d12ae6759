import { csvText } from '#domain/text/csv.ts';
import { save } from '../action/Download.tsx';
import type { Column } from './table-columns.ts';

const inChinese = new Intl.Collator('zh-CN-u-co-pinyin', { numeric: true });

/** The rows in the order of a column's values, texts by pinyin; what is missing stands last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  sort: string | undefined,
): readonly Row[] {
  const descending = sort?.startsWith('-') ?? false;
  const value = columns.find(({ key }) => key === (descending ? sort!.slice(1) : sort))?.value;
  if (!value) return rows;
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : inChinese.compare(String(a), String(b));
    return descending ? -order : order;
  });
}

/** What a table shows as the text of a CSV file: the columns that have values, numbers unrounded, missing cells empty. */
export function csvOfRows<Row>(rows: readonly Row[], columns: ReadonlyArray<Column<Row>>): string {
  const written = columns.flatMap(({ title, unit, value }) => (value ? [{ title, unit, value }] : []));
  return csvText([
    written.map(({ title, unit }) => (unit ? `${title}（${unit}）` : title)),
    ...rows.map((row) => written.map(({ value }) => value(row))),
  ]);
}

/** Passes the rows to the browser as a file under the name of the table. */
export function saveRows<Row>(caption: string, rows: readonly Row[], columns: ReadonlyArray<Column<Row>>): void {
  const body = new TextEncoder().encode(csvOfRows(rows, columns)) as Uint8Array<ArrayBuffer>;
  save({ fileName: `${caption.replaceAll(/[/\\:*?"<>|]/g, ' ')}.csv`, contentType: 'text/csv', body });
}
