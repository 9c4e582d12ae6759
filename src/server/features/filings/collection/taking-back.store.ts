import { sql } from 'kysely';
import type { FilingHandle } from '../filing.store.ts';

/** What people have done in a collection since it was opened, in numbers of schools. */
export interface CollectionUses {
  readonly filled: number;
  readonly stepped: number;
  readonly commented: number;
  readonly noticed: number;
  readonly extended: number;
}

/**
 * The same, with every filing locked place by place and in the order of ids: whoever types at this moment is counted, or
 * waits and then finds that the list has let the school go.
 */
export async function lockUses(db: FilingHandle, places: readonly number[], id: number): Promise<CollectionUses> {
  for (const place of [...places].sort((one, other) => one - other)) {
    await sql`
      select f.id from filings f where f.place_id = ${place} and f.collection_id = ${id} order by f.id for update`.execute(
      db,
    );
  }
  const found = await sql<CollectionUses>`
    select count(*) filter (where f.cells <> '{}') as filled,
           count(*) filter (where exists (
             select 1 from steps s
              where s.place_id = f.place_id and s.subject_type = 'filing' and s.subject_id = f.id)) as stepped,
           count(*) filter (where exists (
             select 1 from comments c
              where c.place_id = f.place_id and c.subject_type = 'filing' and c.subject_id = f.id)) as commented,
           count(*) filter (where exists (
             select 1 from notices n
              where n.place_id = f.place_id and n.subject_type = 'filing' and n.subject_id = f.id)) as noticed,
           count(*) filter (where f.deadline_extension is not null) as extended
      from filings f
     where f.place_id = any(${[...places]}::int[]) and f.collection_id = ${id}`.execute(db);
  return found.rows[0]!;
}

/** Whether no filing of a collection was ever handed in. */
export async function isEmptyCollection(db: FilingHandle, places: readonly number[], id: number): Promise<boolean> {
  const found = await sql`
    select 1 from filings f
     where f.place_id = any(${[...places]}::int[]) and f.collection_id = ${id}
       and (f.state <> 'draft' or f.submitted_at is not null)
     limit 1`.execute(db);
  return found.rows.length === 0;
}

/** Takes a collection back, and its schools off its list. Returns the schools that lose an empty filing. */
export async function writeCancelled(
  db: FilingHandle,
  places: readonly number[],
  id: number,
  reason: string,
): Promise<{ countyId: number; schoolId: number }[]> {
  await db.updateTable('collections').set({ state: 'cancelled', reason }).where('id', '=', id).execute();
  await sql`
    update collection_subjects s set owes = false, reason = ${reason}
     where s.place_id = any(${[...places]}::int[]) and s.collection_id = ${id} and s.owes
    returning s.place_id`.execute(db);
  const freed = await sql<{ countyId: number; schoolId: number }>`
    update filings f set owes = false
     where f.place_id = any(${[...places]}::int[]) and f.collection_id = ${id} and f.owes
    returning f.place_id as "countyId", f.school_id as "schoolId"`.execute(db);
  return freed.rows;
}

/** Whether another collection of the same period stands, which needs its register. */
export async function isPeriodAsked(db: FilingHandle, periodId: number): Promise<boolean> {
  const found = await db
    .selectFrom('collections')
    .where('period_id', '=', periodId)
    .where('state', '<>', 'cancelled')
    .select('id')
    .limit(1)
    .execute();
  return found.length > 0;
}

/** The later collection of the same key that took values over from the year, and how many schools have them. */
export async function findFollower(
  db: FilingHandle,
  places: readonly number[],
  { id, schoolYear }: { readonly id: number; readonly schoolYear: number },
): Promise<{ readonly name: string; readonly schools: number } | undefined> {
  const found = await sql<{ name: string; schools: number }>`
    select later.name, count(*) as schools
      from collections own
      join collections later on later.key = own.key and later.state <> 'cancelled'
      join periods p on p.id = later.period_id and p.kind = 'school-year' and p.year = ${schoolYear + 1}::int
      join filings f on f.collection_id = later.id and f.place_id = any(${[...places]}::int[])
     where own.id = ${id} and f.reference <> '{}'
     group by later.id, later.name`.execute(db);
  return found.rows[0];
}
