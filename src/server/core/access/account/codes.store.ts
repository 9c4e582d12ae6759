import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { hashOfToken } from '../session/session.ts';
import type { AccessHandle } from './accounts.store.ts';
import { endLinksOf } from './links.store.ts';

/** How many wrong codes end a code and its link. */
export const mostWrongCodes = 5;

/** A code is worth nothing without the link of its person, which is random; so a plain hash suffices. */
function hashOfCode(personId: string, code: string): string {
  return hashOfToken(`${personId}:${code}`);
}

/**
 * Gives each of these people a new code of six digits and returns the codes by person; they are stored nowhere. Older
 * codes end, and the open links of these people with them: the holder of a link would look for the wrong code.
 */
export async function writeCodes(
  db: AccessHandle,
  personIds: readonly string[],
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map(personIds.map((id) => [id, String(randomInt(1_000_000)).padStart(6, '0')]));
  if (codes.size === 0) return codes;
  await endLinksOf(db, personIds, now);
  const rows = [...codes].map(([id, code]) => ({ id, hash: hashOfCode(id, code) }));
  await sql`
    insert into setup_codes (person_id, hash, wrong, made_by, made_at)
    select r.id, r.hash, 0, ${by}, ${now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text)
    on conflict (person_id) do update set hash = excluded.hash, wrong = 0, made_by = excluded.made_by,
                                          made_at = excluded.made_at`.execute(db);
  return codes;
}

/** The people among these whose code stands and was given by somebody else: only to them a link can be made. */
export async function listCodedBySomebodyElse(
  db: AccessHandle,
  personIds: readonly string[],
  personId: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('setup_codes')
    .where(sql<boolean>`person_id = any(${[...personIds]}::uuid[])`)
    .where('wrong', '<', mostWrongCodes)
    .where('made_by', '<>', personId)
    .select('person_id')
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** One try of a code, counted in the same statement, so that guesses at once share the same five. */
export async function writeCodeTry(
  db: AccessHandle,
  personId: string,
  code: string,
): Promise<{ readonly right: boolean; readonly wrong: number; readonly madeBy: string } | undefined> {
  const hash = hashOfCode(personId, code);
  const tried = await sql<{ right: boolean; wrong: number; madeBy: string }>`
    update setup_codes set wrong = wrong + case when hash = ${hash} then 0 else 1 end
     where person_id = ${personId} and wrong < ${mostWrongCodes}
    returning hash = ${hash} as right, wrong, made_by as "madeBy"`.execute(db);
  return tried.rows[0];
}

/** A code counts for one link. */
export async function deleteCode(db: AccessHandle, personId: string): Promise<void> {
  await db.deleteFrom('setup_codes').where('person_id', '=', personId).execute();
}
