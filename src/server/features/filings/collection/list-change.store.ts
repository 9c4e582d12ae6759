import { sql } from 'kysely';
import { type SchoolFacts, writeFrozenSchool } from '#core/calendar/register.store.ts';
import type { FilingHandle } from '../filing.store.ts';

/** A school on the list of an open collection. */
export interface ListedSchool {
  readonly placeId: number;
  readonly collectionId: number;
  readonly periodId: number;
  readonly schoolId: number;
  readonly filingId: string;
}

/** The filings of these schools in open collections, wherever they lie; looked up first, then locked place by place. */
async function findListed(db: FilingHandle, schoolIds: readonly number[]): Promise<ListedSchool[]> {
  const found = await sql<ListedSchool>`
    select f.place_id as "placeId", f.collection_id as "collectionId", c.period_id as "periodId",
           f.school_id as "schoolId", f.id as "filingId"
      from filings f
      join collections c on c.id = f.collection_id and c.state = 'open'
     where f.school_id = any(${[...schoolIds]}::int[])
     order by f.place_id, f.id`.execute(db);
  return found.rows;
}

/** Locks the filing of a line, as every act on it does, and returns whether its figures are or were approved. */
async function lockLine(db: FilingHandle, listed: ListedSchool): Promise<{ approved: boolean } | undefined> {
  const locked = await sql<{ approved: boolean }>`
    select f.approved is not null or f.state in ('approved', 'accepted') as approved from filings f
     where f.place_id = ${listed.placeId} and f.id = ${listed.filingId} for update of f`.execute(db);
  return locked.rows[0];
}

async function isOpen(db: FilingHandle, schoolId: number): Promise<boolean> {
  const found = await db
    .selectFrom('school_standings')
    .where('school_id', '=', schoolId)
    .where('status', '=', 'open')
    .select('school_id')
    .execute();
  return found.length > 0;
}

/** Whether a school owes, written on the list and in its filing by one statement; false where it stood so already. */
async function writeOwes(
  db: FilingHandle,
  { placeId, collectionId, schoolId }: ListedSchool,
  reason: string | null,
): Promise<boolean> {
  const owes = reason === null;
  const found = await sql`
    with listed as (
      update collection_subjects s set owes = ${owes}, reason = ${reason}
       where s.place_id = ${placeId} and s.collection_id = ${collectionId} and s.subject_type = 'school'
         and s.subject_id = ${schoolId} and s.owes <> ${owes}
      returning s.place_id
    ), filed as (
      update filings f set owes = ${owes}
       where f.place_id = ${placeId} and f.collection_id = ${collectionId} and f.subject_type = 'school'
         and f.subject_id = ${schoolId} and f.owes <> ${owes}
      returning f.place_id
    )
    select place_id from listed union all select place_id from filed`.execute(db);
  return found.rows.length > 0;
}

/**
 * Takes closed schools off the lists of the open collections, unless a filing of theirs was already approved. The
 * filings are locked first, as in every act on them: an approval at the same time finishes first, and then the school
 * stays on the list. The register is asked as it stands now, so that the jobs of closing and reopening may run in any
 * order.
 */
export async function writeExemptions(
  db: FilingHandle,
  schoolIds: readonly number[],
  reason: string,
): Promise<ListedSchool[]> {
  const freed: ListedSchool[] = [];
  for (const listed of await findListed(db, schoolIds)) {
    const line = await lockLine(db, listed);
    if (!line || line.approved || (await isOpen(db, listed.schoolId))) continue;
    if (await writeOwes(db, listed, reason)) freed.push(listed);
  }
  return freed;
}

/** Why the lists have let these schools go, by the id of their filing. */
export async function findReasons(
  db: FilingHandle,
  filings: readonly {
    readonly id: string;
    readonly placeId: number;
    readonly collectionId: number;
    readonly schoolId: number;
  }[],
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  for (const { id, placeId, collectionId, schoolId } of filings) {
    const row = await db
      .selectFrom('collection_subjects')
      .where('place_id', '=', placeId)
      .where('collection_id', '=', collectionId)
      .where('subject_type', '=', 'school')
      .where('subject_id', '=', schoolId)
      .select('reason')
      .executeTakeFirst();
    reasons.set(id, row?.reason ?? '');
  }
  return reasons;
}

/** Gives a school that is open again its filing of each open collection back: the draft was hidden, not taken away. */
export async function writeRestoration(db: FilingHandle, schoolId: number): Promise<ListedSchool[]> {
  const restored: ListedSchool[] = [];
  for (const listed of await findListed(db, [schoolId])) {
    await lockLine(db, listed);
    if ((await isOpen(db, schoolId)) && (await writeOwes(db, listed, null))) restored.push(listed);
  }
  return restored;
}

export interface CorrectedSchool extends Pick<ListedSchool, 'placeId' | 'collectionId' | 'periodId'> {
  readonly before: SchoolFacts;
  readonly after: SchoolFacts;
}

/**
 * Freezes a school anew in the registers of the open collections, and returns the lists with a correction: they name
 * the school as its register does.
 */
export async function writeCorrection(db: FilingHandle, schoolId: number): Promise<CorrectedSchool[]> {
  const lists = await sql<{ placeId: number; collectionId: number; periodId: number; day: string }>`
    select s.place_id as "placeId", s.collection_id as "collectionId", c.period_id as "periodId", p.frozen_on as day
      from collection_subjects s
      join collections c on c.id = s.collection_id and c.state = 'open'
      join periods p on p.id = c.period_id and p.frozen_on is not null
     where s.school_id = ${schoolId}
     order by s.place_id, s.collection_id`.execute(db);
  const corrected: CorrectedSchool[] = [];
  const frozen = new Map<string, Awaited<ReturnType<typeof writeFrozenSchool>>>();
  for (const { placeId, collectionId, periodId, day } of lists.rows) {
    const register = `${placeId} ${periodId}`;
    if (!frozen.has(register)) {
      frozen.set(register, await writeFrozenSchool(db, { countyId: placeId, periodId, schoolId, day }));
    }
    const change = frozen.get(register);
    if (!change) continue;
    const { name, initials } = change.after;
    await sql`
      with listed as (
        update collection_subjects s set name = ${name}, initials = ${initials}
         where s.place_id = ${placeId} and s.collection_id = ${collectionId} and s.subject_type = 'school'
           and s.subject_id = ${schoolId}
        returning s.place_id
      )
      update filings f set name = ${name}, initials = ${initials}
       where f.place_id = ${placeId} and f.collection_id = ${collectionId} and f.subject_type = 'school'
         and f.subject_id = ${schoolId}
      returning f.place_id`.execute(db);
    corrected.push({ placeId, collectionId, periodId, ...change });
  }
  return corrected;
}
