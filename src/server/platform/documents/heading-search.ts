import { readNumberText } from '#domain/kit/number-text.ts';
import { headingKey } from '#domain/table/headings.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** A column of a table that the caller wants to read. */
export interface Column {
  /** Its heading, the key of its cells. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Units that may stand in brackets behind the heading (`教学仪器设备值（万元）`). With another unit it is another column. */
  readonly units?: readonly string[];
  /** Whether the table may lack this column. */
  readonly optional?: boolean;
  /** Whether the column holds quantities, which a sum row adds up. */
  readonly quantity?: boolean;
}

/** The possible spellings of the wanted headings, and the headings that a table must have. */
export interface Wanted {
  readonly needed: readonly string[];
  /**
   * Keyed by the form in which headings are compared. `rank` numbers the spellings of a heading, its own name first.
   */
  readonly known: ReadonlyMap<string, { readonly name: string; readonly rank: number }>;
}

/** The place of the headings on a sheet. */
export interface HeadingPlace {
  /** The row that names the columns, counted from zero; the lower one of two rows of headings. */
  readonly row: number;
  /** The upper row, where there are two rows of headings. */
  readonly upper: number | undefined;
  /** The heading of each column: the wanted name, or else the text of the cell. */
  readonly headings: ReadonlyArray<string | undefined>;
  /** The number of needed headings found there. */
  readonly found: number;
}

/** Titles and notes may stand above the headings, but no more rows than this. */
export const headingRows = 20;

export function wantedHeadings(columns: readonly Column[]): Wanted {
  return {
    needed: columns.filter(({ optional }) => !optional).map(({ name }) => name),
    known: new Map(
      columns.flatMap(({ name, aliases = [], units = [] }) =>
        [name, ...aliases].flatMap((heading, rank) =>
          [heading, ...units.map((unit) => `${heading}(${unit})`)].map(
            (written) => [headingKey(written), { name, rank }] as const,
          ),
        ),
      ),
    ),
  };
}

/**
 * The row among the first twenty that holds most of the needed headings. It may also be two rows together, where the
 * upper one only groups (在校生数 above 小学 and 初中) and the lower one names the columns.
 */
export function findHeadings(sheet: Sheet, wanted: Wanted): HeadingPlace {
  let best: HeadingPlace = { row: 0, upper: undefined, headings: [], found: 0 };
  const last = Math.min(sheet.rows.length, headingRows);
  for (let row = 0; row < last; row += 1) {
    const one = placeIn(
      shownCells(sheet, row).map((cell) => cell && [cell.text]),
      wanted,
      row,
    );
    if (one.found > best.found) best = one;
  }
  for (let upper = 0; upper + 1 < last; upper += 1) {
    const two = twoRows(sheet, upper);
    const place = two && placeIn(two, wanted, upper + 1);
    if (place && place.found > best.found) best = { ...place, upper };
  }
  return best;
}

/** @param ways the possible readings of each column's heading; the first wanted one is used */
function placeIn(
  ways: ReadonlyArray<readonly string[] | undefined>,
  { needed, known }: Wanted,
  row: number,
): HeadingPlace {
  const keys = ways.map((texts) => {
    const all = texts?.map(headingKey) ?? [];
    return all.find((key) => known.has(key)) ?? all[0];
  });
  // Where 电话 and 手机 stand side by side, 电话 is used. Two columns with the same name cannot be distinguished.
  const best = new Map<string, number>();
  for (const key of keys) {
    const column = known.get(key ?? '');
    if (column) best.set(column.name, Math.min(column.rank, best.get(column.name) ?? column.rank));
  }
  const headings = keys.map((key) => {
    const column = known.get(key ?? '');
    return column && column.rank === best.get(column.name) ? column.name : key;
  });
  const found = needed.filter((name) => headings.includes(name)).length;
  return { row, upper: undefined, headings, found };
}

/** The cells of a row that a person sees. What a merged cell covers names no column. */
export function shownCells(sheet: Sheet, row: number): Array<SheetCell | undefined> {
  return Array.from(sheet.rows[row] ?? [], (cell) => (cell?.covered ? undefined : cell));
}

/** A lower heading that only repeats the upper one as its total: 计 below 在校生数, beside 男 and 女. */
const again = /^(合计|小计|计|总数|数量)$/;

/** The name of each column from two rows together; undefined where the lower row cannot be a row of headings. */
function twoRows(sheet: Sheet, upper: number): Array<readonly string[] | undefined> | undefined {
  const lower = shownCells(sheet, upper + 1);
  const own = shownCells(sheet, upper);
  const above = filledRight(sheet, upper);
  if (lower.length === 0 || lower.some(isNumber)) return undefined;
  return Array.from({ length: Math.max(lower.length, above.length) }, (_, column) => {
    const bottom = lower[column]?.text;
    const single = own[column]?.text;
    if (bottom === undefined) return single === undefined ? undefined : [single];
    const top = above[column]?.text;
    if (top === undefined) return [bottom];
    return [bottom, `${bottom}${top}`, `${top}${bottom}`, `${top}(${bottom})`, ...(again.test(bottom) ? [top] : [])];
  });
}

function isNumber(cell: SheetCell | undefined): boolean {
  return cell !== undefined && (cell.number !== undefined || readNumberText(cell.text).kind === 'number');
}

/** A row in which a text extends to the right as far as its cell is merged; in CSV, over the empty cells beside it. */
function filledRight(sheet: Sheet, row: number): Array<SheetCell | undefined> {
  const cells = shownCells(sheet, row);
  const width = Math.max(cells.length, sheet.rows[row + 1]?.length ?? 0);
  // Looked up by column: a sheet may have very many merged ranges.
  const isMerged = new Uint8Array(width);
  for (const { top, left, bottom, right } of sheet.merges) {
    if (top <= row && row <= bottom) isMerged.fill(1, left + 1, right + 1);
  }
  for (let column = 1; column < width; column += 1) {
    if (cells[column] !== undefined) continue;
    if (isMerged[column] === 1 || sheet.merges.length === 0) cells[column] = cells[column - 1];
  }
  return cells;
}
