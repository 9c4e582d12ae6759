import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { DirectoryHandle } from './directory.store.ts';

export async function insertCode(db: DirectoryHandle, code: string, schoolId: number, day: Day): Promise<void> {
  await db.insertInto('school_codes').values({ code, school_id: schoolId, status: 'current', given_on: day }).execute();
}

export async function writeCodeVoid(db: DirectoryHandle, code: string, day: Day): Promise<void> {
  await db.updateTable('school_codes').set({ status: 'void', voided_on: day }).where('code', '=', code).execute();
}

/** Restores the code of a reopened school, or passes a code to the school into which its holder was merged. */
export async function writeCodeCurrent(db: DirectoryHandle, code: string, schoolId: number): Promise<void> {
  await db
    .updateTable('school_codes')
    .set({ status: 'current', voided_on: null, school_id: schoolId })
    .where('code', '=', code)
    .execute();
}

/** The school that has a code now, or had it last. */
export async function findCodeHolder(
  db: DirectoryHandle,
  code: string | null,
): Promise<{ id: number; name: string } | undefined> {
  if (code === null) return undefined;
  const found = await sql<{ id: number; name: string }>`
    select s.id, s.name
      from school_codes c
      join school_places p on p.school_id = c.school_id
      join schools s on s.county_id = p.county_id and s.id = p.school_id
     where c.code = ${code}`.execute(db);
  return found.rows[0];
}

/** Those of the codes that were ever given, at any place. */
export async function findCodesGiven(db: DirectoryHandle, codes: readonly string[]) {
  return db
    .selectFrom('school_codes')
    .select(['code', 'status'])
    .where('code', 'in', codes.length > 0 ? [...codes] : [''])
    .execute();
}
