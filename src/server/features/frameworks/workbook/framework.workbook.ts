import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { type Grid, placeText } from '#domain/framework/workbook/grid.ts';
import { pointsWords } from '#domain/framework/workbook/level-text.ts';
import { carriedPieces, carrierMark, writtenTable } from '#domain/framework/workbook/written-edition.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';

/** The names of the two sheets: one that people read and change, and one that carries what a table cannot say. */
export const sheetNames = { indicators: '指标', carrier: '版本数据' } as const;

/** Title, note and headings above the indicators. */
const headRows = 3;

const widths: Readonly<Record<string, number>> = {
  编号: 8,
  分值: 8,
  权重: 8,
  计分办法: 48,
  内容: 40,
  佐证材料: 30,
  备注: 24,
};

/**
 * The workbook of an edition: its table, and on a hidden sheet the whole edition with methods, rules and documents. Reading
 * it back gives the same content; a cell that somebody changed counts before what is carried.
 * @param words conditions of the edition in words, by their text
 */
export function frameworkWorkbook(
  edition: Edition,
  hash: string,
  words: Readonly<Record<string, string>>,
): WorkbookSheet[] {
  const table = writtenTable(edition, words);
  const points = table.headings.indexOf('分值');
  const sum = table.headings.map(
    (_, at): WorkbookCell => ({
      value: at === 0 ? '合计' : at === points ? (edition.max ?? pointsWords.unknown) : null,
      look: 'heading',
    }),
  );
  const rows: (WorkbookCell | null)[][] = [
    [{ value: edition.title, look: 'title' }],
    [
      {
        value: `${edition.edition} · ${editionMark(edition)} · 校验码 ${hash.slice(0, 16)} · 改过的单元格导入时以所见为准；增加一行须写没有用过的编号。`,
        look: 'note',
      },
    ],
    table.headings.map((value) => ({ value, look: 'heading' as const })),
    ...table.rows.map(({ cells }) => cells.map((value): WorkbookCell => ({ value, look: 'label' }))),
    ...(edition.max === null && edition.indicators.every((one) => one.points === 'none') ? [] : [sum]),
  ];
  return [
    {
      name: sheetNames.indicators,
      columnWidths: table.headings.map((heading) => widths[heading] ?? (heading.endsWith('级指标') ? 26 : 16)),
      rows,
      frozen: { rows: headRows, columns: 1 + table.levels },
      merges: table.merges.map(({ top, bottom, ...columns }) => ({
        ...{ top: top + headRows, bottom: bottom + headRows },
        ...columns,
      })),
      landscape: true,
    },
    {
      name: sheetNames.carrier,
      hidden: true,
      columnWidths: [80],
      rows: [carrierMark, ...carriedPieces(edition)].map((value) => [{ value }]),
    },
  ];
}

/** A fault or a guess at a cell, for the workbook that goes back with its findings. */
export interface CellNote {
  readonly place: string;
  readonly comment: string;
  readonly look: 'error' | 'doubt';
}

/** The sheets as they came, with faulty cells in red and guesses in yellow, each with its comment. */
export function markedSheets(grids: readonly KeptGrid[], notes: readonly CellNote[]): WorkbookSheet[] {
  const byPlace = new Map<string, CellNote>();
  for (const note of notes) {
    const before = byPlace.get(note.place);
    const comment = before === undefined ? note.comment : `${before.comment}\n${note.comment}`;
    byPlace.set(note.place, { ...note, look: before?.look === 'error' ? 'error' : note.look, comment });
  }
  return grids.map(({ name, hidden, rows }) => ({
    name,
    ...(hidden ? { hidden } : {}),
    columnWidths: Array.from({ length: Math.max(1, ...rows.map((cells) => cells.length)) }, () => 18),
    rows: rows.map((cells, row) => {
      const width = Math.max(cells.length, ...[...byPlace.values()].map((note) => columnOf(note, name, row) + 1));
      return Array.from({ length: width }, (_, column): WorkbookCell | null => {
        const value = cells[column] ?? null;
        const note = byPlace.get(placeText({ sheet: name, row, column }));
        if (note === undefined) return value === null ? null : { value, look: 'entry' };
        return { value, look: note.look, comment: note.comment };
      });
    }),
  }));
}

/** A sheet as it waits with its preview: what stands in its cells, row by row. */
export interface KeptGrid {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: ReadonlyArray<ReadonlyArray<string | number | null>>;
}

export function keptGrid({ name, hidden, rows }: Grid): KeptGrid {
  const cells = Array.from({ length: rows.length }, (_, at) =>
    Array.from(rows[at] ?? [], (cell) => (cell === undefined || cell.covered ? null : (cell.number ?? cell.text))),
  );
  return { name, hidden, rows: cells };
}

/** The column of a note in a row of a sheet; -1 where it stands elsewhere. */
function columnOf({ place }: CellNote, sheet: string, row: number): number {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(place.slice(sheet.length + 1)) ?? [];
  if (!place.startsWith(`${sheet}!`) || Number(digits) !== row + 1) return -1;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
