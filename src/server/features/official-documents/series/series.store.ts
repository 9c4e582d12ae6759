import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import type { LetterHandle } from '../letter.store.ts';

/** A 机关代字 with the head and the signature of its letters. */
export interface SeriesRow {
  readonly id: string;
  readonly placeId: number;
  readonly code: string;
  readonly kind: LetterKind | null;
  readonly head: string;
  readonly signer: string;
  readonly printedBy: string;
  readonly active: boolean;
  readonly revision: number;
}

const seriesColumns = sql`
  s.id, s.place_id as "placeId", s.code, s.kind, s.head, s.signer, s.printed_by as "printedBy", s.active, s.revision`;

/** The series of a place with the numbers of a year; those in use first. */
export async function listSeries(
  db: LetterHandle,
  placeId: number,
  year: number,
): Promise<(SeriesRow & { readonly first: number; readonly last: number; readonly lastIssuedOn: Day | null })[]> {
  const found = await sql<SeriesRow & { first: number; last: number; lastIssuedOn: Day | null }>`
    select ${seriesColumns}, coalesce(c.first, 1)::int as first, coalesce(c.last, 0)::int as last,
           c.last_issued_on as "lastIssuedOn"
      from letter_series s
      left join letter_counters c on c.place_id = s.place_id and c.series_id = s.id and c.year = ${year}::smallint
     where s.place_id = ${placeId}
     order by not s.active, s.kind is not null, s.code, s.id limit 200`.execute(db);
  return found.rows;
}

export async function findSeries(db: LetterHandle, placeId: number, id: string): Promise<SeriesRow | undefined> {
  const found = await sql<SeriesRow>`
    select ${seriesColumns} from letter_series s where s.place_id = ${placeId} and s.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The series that a letter of this kind usually takes: one of the kind itself, else one of every kind. */
export async function findUsualSeries(
  db: LetterHandle,
  placeId: number,
  kind: LetterKind,
): Promise<SeriesRow | undefined> {
  const found = await sql<SeriesRow>`
    select ${seriesColumns} from letter_series s
     where s.place_id = ${placeId} and s.active and (s.kind = ${kind} or s.kind is null)
     order by s.kind is null, s.code, s.id limit 1`.execute(db);
  return found.rows[0];
}

export type NewSeries = Omit<SeriesRow, 'active' | 'revision'>;

/** Enters a series; false where the place has one of this code. */
export async function insertSeries(db: LetterHandle, one: NewSeries): Promise<boolean> {
  const written = await db
    .insertInto('letter_series')
    .values({
      place_id: one.placeId,
      id: one.id,
      code: one.code,
      kind: one.kind,
      head: one.head,
      signer: one.signer,
      printed_by: one.printedBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return written.length === 1;
}

/** Writes new values where the revision is the one that was read; false where it is another. */
export async function updateSeries(
  db: LetterHandle,
  { placeId, id }: Pick<SeriesRow, 'placeId' | 'id'>,
  revision: number,
  { head, signer, printedBy, active }: Pick<SeriesRow, 'head' | 'signer' | 'printedBy' | 'active'>,
): Promise<boolean> {
  const written = await db
    .updateTable('letter_series')
    .set((row) => ({ head, signer, printed_by: printedBy, active, revision: row('revision', '+', 1) }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .returning('id')
    .execute();
  return written.length === 1;
}

/** Sets the first number of a year; false where numbers were given, or it was set before. */
export async function insertCounter(
  db: LetterHandle,
  { placeId, id }: Pick<SeriesRow, 'placeId' | 'id'>,
  { year, first }: { readonly year: number; readonly first: number },
): Promise<boolean> {
  const written = await db
    .insertInto('letter_counters')
    .values({ place_id: placeId, series_id: id, year, first, last: first - 1, last_issued_on: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('last')
    .execute();
  return written.length === 1;
}

/**
 * Takes the next number of a series in the year of the day. Whoever comes meanwhile waits for the end of this transaction,
 * so no number is given twice, and one whose transaction fails is given to the next.
 * @returns the number, or the day of the last letter where it lies behind this day
 */
export async function writeNextNumber(
  db: LetterHandle,
  { placeId, id }: Pick<SeriesRow, 'placeId' | 'id'>,
  day: Day,
): Promise<{ readonly ordinal: number } | { readonly lastIssuedOn: Day }> {
  const year = Number(day.slice(0, 4));
  const taken = await sql<{ ordinal: number }>`
    insert into letter_counters as c (place_id, series_id, year, first, last, last_issued_on)
    values (${placeId}, ${id}, ${year}, 1, 1, ${day})
    on conflict (place_id, series_id, year) do update
       set last = c.last + 1, last_issued_on = excluded.last_issued_on
     where c.last_issued_on is null or c.last_issued_on <= excluded.last_issued_on
    returning c.last as ordinal`.execute(db);
  const [one] = taken.rows;
  if (one) return one;
  const { rows } = await sql<{ lastIssuedOn: Day }>`
    select last_issued_on as "lastIssuedOn" from letter_counters
     where place_id = ${placeId} and series_id = ${id} and year = ${year}`.execute(db);
  return rows[0]!;
}

/** The first number that the platform gives in a year; null where nothing was set or given. */
export async function findFirstNumber(
  db: LetterHandle,
  { placeId, id }: Pick<SeriesRow, 'placeId' | 'id'>,
  year: number,
): Promise<number | null> {
  const found = await sql<{ first: number }>`
    select first from letter_counters where place_id = ${placeId} and series_id = ${id} and year = ${year}`.execute(db);
  return found.rows[0]?.first ?? null;
}
