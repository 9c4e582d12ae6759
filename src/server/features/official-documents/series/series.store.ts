import { sql } from 'kysely';
import type { Revised } from '#core/audit/last-change.ts';
import type { Actor } from '#domain/access/actor.ts';
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

/** What changes the row of a series. */
export const seriesRevised: Revised = {
  ...{ table: 'letter_series', type: 'letter-series' },
  acts: ['letter.seriesOpened', 'letter.seriesChanged'],
};

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

/** Sets or changes the first number of a year; false where the platform gave numbers, or one on paper is not below it. */
export async function writeFirstNumber(
  db: LetterHandle,
  { placeId, id }: Pick<SeriesRow, 'placeId' | 'id'>,
  { year, first }: { readonly year: number; readonly first: number },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select begin_letter_numbers(${placeId}, ${id}, ${year}::smallint, ${first}) as done`.execute(db);
  return rows[0]!.done;
}

/** Another place of the city that uses this code; whoever asks meanwhile waits for the end of this transaction. */
export async function findCodePlace(db: LetterHandle, placeId: number, code: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`select letter_code_place(${placeId}, ${code}) as name`.execute(
    db,
  );
  return rows[0]!.name;
}

/** The roles whose posts open series of a unit of this level, by name. */
export async function listManagingRoles(db: LetterHandle, level: Actor['level']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from roles where 'letter.manage' = any(permissions) and reach = ${level}
     order by sort_order limit 50`.execute(db);
  return rows.map(({ name }) => name);
}
