import { sql } from 'kysely';
import { spellingsOf } from '#core/directory/initials.ts';
import type { DirectoryHandle } from './directory.store.ts';

interface Named {
  readonly countyId: number;
  readonly id: number;
  readonly name: string;
}

/**
 * Writes what schools are found by besides their present name and code: former names, and the pinyin of all of them.
 * Only schools for which it is missing are written; whoever writes a name makes it missing. A former name is one that a
 * version of the school holds, so a corrected mistake is none.
 * @param ids the schools that an act has written; null for all
 */
export async function writeSchoolSearch(db: DirectoryHandle, ids: readonly number[] | null): Promise<void> {
  const missing = await sql<Named>`
    select s.county_id as "countyId", s.id, s.name from schools s
     where s.also_found_by is null ${ids === null ? sql`` : sql`and s.id = any(${[...ids]}::int[])`}`.execute(db);
  if (missing.rows.length === 0) return;
  const borne = await findNamesBorne(
    db,
    missing.rows.map(({ id }) => id),
  );
  const schools = missing.rows.map((school) => ({
    ...school,
    former: (borne.get(school.id) ?? []).filter((name) => name !== school.name),
  }));
  const names = [...new Set(schools.flatMap(({ name, former }) => [name, ...former]))];
  const sounds = new Map((await spellingsOf(names)).map((one, at) => [names[at]!, one]));
  const rows = schools.map(({ countyId, id, name, former }) => ({
    ...{ countyId, id, former },
    found: [sounds.get(name)!.spelling, ...former.flatMap((one) => [one, ...Object.values(sounds.get(one)!)])].join(
      ' ',
    ),
  }));
  await sql`
    update schools s set former_names = w.former, also_found_by = w.found
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as w("countyId" int, id int, former text[], found text)
     where s.county_id = w."countyId" and s.id = w.id`.execute(db);
}

/** The names that schools ever bore, each once, the newest first. */
async function findNamesBorne(db: DirectoryHandle, ids: readonly number[]): Promise<Map<number, string[]>> {
  const found = await sql<{ id: number; names: string[] }>`
    select bore.school_id as id, array_agg(bore.name order by bore.last desc, bore.name) as names
      from (select v.school_id, v.name, max(v.valid_from) as last from school_versions v
             where v.school_id = any(${[...ids]}::int[]) group by v.school_id, v.name) bore
     group by bore.school_id`.execute(db);
  return new Map(found.rows.map(({ id, names }) => [id, names]));
}
