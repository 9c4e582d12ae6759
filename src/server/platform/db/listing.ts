import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { searchWords } from '#domain/text/search.ts';

/** One page of a list with the number of all matching rows, also for a page beyond the last one. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly total: number;
}

/** The requested page of a list; the first is 1. */
export interface Paging {
  readonly page: number;
  readonly pageSize: number;
}

/** `limit … offset …` of a page. */
export function limited({ page, pageSize }: Paging): RawBuilder<unknown> {
  return sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;
}

/**
 * A page whose rows each carry the total. A page behind the last one has no row to carry it; only then is `count`
 * called.
 */
export async function pageOf<Row extends { readonly total: number }>(
  rows: Row[],
  { page }: Pick<Paging, 'page'>,
  count: () => Promise<number>,
): Promise<Page<Row>> {
  const [first] = rows;
  if (first || page === 1) return { rows, total: Number(first?.total ?? 0) };
  return { rows, total: await count() };
}

/** The sort key of a list; `-name` sorts in descending order. An unknown key is replaced by the `usual` one. */
export function sortOf<Key extends string>(
  asked: string | undefined,
  known: Readonly<Record<Key, unknown>>,
  usual: NoInfer<Key> | `-${NoInfer<Key>}`,
): { readonly by: Key; readonly descending: boolean } {
  const wanted = asked ?? usual;
  const name = wanted.replace(/^-/, '');
  const by = Object.hasOwn(known, name) ? name : usual.replace(/^-/, '');
  return { by: by as Key, descending: wanted.startsWith('-') };
}

/** `order by` of a sorted list, with missing values last; `tie` orders equal rows, so that pages do not overlap. */
export function orderBy<Key extends string>(
  asked: string | undefined,
  columns: Readonly<Record<Key, RawBuilder<unknown>>>,
  usual: NoInfer<Key> | `-${NoInfer<Key>}`,
  tie: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { by, descending } = sortOf(asked, columns, usual);
  return descending ? sql`${columns[by]} desc nulls last, ${tie}` : sql`${columns[by]} asc nulls last, ${tie}`;
}

/**
 * The condition of a search in a list: the row holds every word of the typed text. The column is one text of the row,
 * folded as the words are (`search` of schools, people and units).
 */
export function searched(column: RawBuilder<unknown>, text: string): RawBuilder<SqlBool> {
  const words = searchWords(text).map((word) => sql<SqlBool>`${column} like ${patternsOf(word).anywhere}`);
  return words.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(words, sql` and `)})`;
}

/** The patterns of a search for a function of the database: one for each word of the typed text; null without a word. */
export function searchPatterns(text: string | undefined): string[] | null {
  const words = searchWords(text ?? '').map((word) => patternsOf(word).anywhere);
  return words.length === 0 ? null : words;
}

/** Whether a column begins with the first word of the typed text, for an order that puts such rows first. */
export function beginsAsSearched(column: RawBuilder<unknown>, text: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} like ${patternsOf(searchWords(text)[0] ?? '').start}`;
}

/**
 * A name as a list sorts it: by the pinyin of each character and then by its strokes, whatever the database sorts by
 * otherwise.
 */
export function inChineseOrder(name: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${name} collate "zh-x-icu"`;
}

/** Patterns for LIKE that match the typed text literally, including `%` and `_`. */
export function patternsOf(text: string): { readonly anywhere: string; readonly start: string } {
  const literal = text.replaceAll(/[\\%_]/g, '\\$&');
  return { anywhere: `%${literal}%`, start: `${literal}%` };
}

/**
 * Narrows a list to one unit: a county-level unit to itself, every unit above it to all the places in reach. The
 * condition is written so that it can use an index on the place.
 */
export function ofUnit(place: RawBuilder<unknown>, unitId: number, places: readonly number[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`${place} = any(
    case when (select kind from org_units where id = ${unitId}) <> 'county' then ${[...places]}::int[]
         else array[${unitId}]::int[] end)`;
}

/** `column = among(places)`: a condition that is true for no row where there are no places. */
export function among(places: readonly number[]): RawBuilder<number> {
  return sql<number>`any(${[...places]}::int[])`;
}
