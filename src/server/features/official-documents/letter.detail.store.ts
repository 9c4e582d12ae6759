import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { among, inChineseOrder, searched } from '#platform/db/listing.ts';
import type { LetterHandle, LetterRow, LetterTie, RecipientRef } from './letter.store.ts';

type Named = Pick<LetterRow, 'placeId' | 'id'>;

/** An addressee of a letter, and when it was received. */
export interface Recipient extends RecipientRef {
  readonly name: string;
  readonly receivedAt: Date | null;
  readonly receivedBy: string | null;
  /** Whether there is still somebody who can receive it. */
  readonly isOpen: boolean;
}

/** In their order; a school under the name that it has where it lies now. */
export async function listRecipients(db: LetterHandle, { placeId, id }: Named): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select r.unit_id as "unitId", r.school_id as "schoolId", u.name, u.active as "isOpen", r.received_at as "receivedAt",
           r.received_by_name as "receivedBy"
      from letter_recipients r join org_units u on u.id = r.unit_id
     where r.place_id = ${placeId} and r.letter_id = ${id}
     order by r.position, r.id`.execute(db);
  const ids = rows.flatMap(({ schoolId }) => schoolId ?? []);
  if (ids.length === 0) return rows;
  const schools = await sql<{ id: number; name: string; isOpen: boolean }>`
    select s.id, s.name, s.status = 'open' as "isOpen" from school_places l
      join schools s on s.county_id = l.county_id and s.id = l.school_id
     where l.school_id = any(${ids}::int[])`.execute(db);
  const known = new Map(schools.rows.map((school) => [school.id, school]));
  return rows.map((row) => {
    if (row.schoolId === null) return row;
    const { name = row.name, isOpen = false } = known.get(row.schoolId) ?? {};
    return { ...row, name, isOpen };
  });
}

export async function listTies(db: LetterHandle, { placeId, id }: Named): Promise<LetterTie[]> {
  const { rows } = await sql<LetterTie>`
    select subject_type as "subjectType", subject_place_id as "subjectPlaceId", subject_id as "subjectId", title
      from letter_ties where place_id = ${placeId} and letter_id = ${id} order by title, subject_id limit 200`.execute(
    db,
  );
  return rows;
}

/** A frozen file of an issued letter. */
export interface LetterPrint {
  readonly format: 'pdf' | 'word';
  readonly digest: string;
}

export async function listPrints(db: LetterHandle, { placeId, id }: Named): Promise<LetterPrint[]> {
  const { rows } = await sql<LetterPrint>`
    select format, digest from letter_prints where place_id = ${placeId} and letter_id = ${id} order by format`.execute(
    db,
  );
  return rows;
}

/** A font that was not there when the letter was printed. */
export interface PrintFont {
  readonly wanted: string;
  readonly used: string;
}

export async function listPrintFonts(db: LetterHandle, { placeId, id }: Named): Promise<PrintFont[]> {
  const { rows } = await sql<PrintFont>`
    select wanted, used from letter_print_fonts where place_id = ${placeId} and letter_id = ${id} order by wanted`.execute(
    db,
  );
  return rows;
}

/** Units and schools to which a unit can write: those in its reach, and the city above it. */
const reached = (scope: Scope, unitId: number) => sql`
  select u.id as "unitId", null::int as "schoolId", u.name, u.search, u.sort_order as position
    from org_units u
   where u.active and u.kind in ('city', 'county') and u.id <> ${unitId}
     and (u.id = ${among(scope.places)} or u.id = (select p.parent_id from org_units p where p.id = ${unitId}) and u.kind = 'city')
  union all
  select s.county_id, s.id, s.name, s.search, 100000 from schools s
   where s.status = 'open' and s.county_id = ${among(scope.places)}`;

export async function listAddressees(
  db: LetterHandle,
  scope: Scope,
  unitId: number,
  asked: { readonly search: string; readonly limit: number },
): Promise<(RecipientRef & { readonly name: string })[]> {
  const { rows } = await sql<RecipientRef & { name: string }>`
    select a."unitId", a."schoolId", a.name from (${reached(scope, unitId)}) a
     where ${searched(sql`a.search`, asked.search)}
     order by a.position, ${inChineseOrder(sql`a.name`)}, a."schoolId" limit ${asked.limit + 1}`.execute(db);
  return rows;
}

/** How many of these addressees the unit can write to. */
export async function countAddressees(
  db: LetterHandle,
  scope: Scope,
  unitId: number,
  wanted: readonly RecipientRef[],
): Promise<number> {
  if (wanted.length === 0) return 0;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) w("unitId" int, "schoolId" int)
     where exists (
       select 1 from (${reached(scope, unitId)}) a
        where a."unitId" = w."unitId" and a."schoolId" is not distinct from w."schoolId")`.execute(db);
  return rows[0]!.n;
}

/** The full name of the unit that writes letters. */
export async function findUnitName(db: LetterHandle, unitId: number): Promise<string> {
  const unit = await db.selectFrom('org_units').where('id', '=', unitId).select('name').executeTakeFirstOrThrow();
  return unit.name;
}
