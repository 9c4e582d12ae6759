import { sql } from 'kysely';
import type { HandedOver, LeavingPost, OpenWorkRow } from '#core/access/hand-over.ts';
import { type LetterState, openLetterStates } from '#domain/letter/state.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { LetterHandle } from '../letter.store.ts';

export const draftsKind = 'official-documents.drafts';

export function openLetters({ personId, placeId, schoolId }: LeavingPost): Fragment<OpenWorkRow> {
  // A school writes no letters.
  const place = schoolId === null ? placeId : null;
  return sql`
    select ${sql.lit(draftsKind)} as kind, n::int as count
      from (select (select open_letters_of(${personId}, ${place}::int)) as n) counted where n > 0`;
}

/** A letter that changed hands. */
export interface PassedLetter {
  readonly placeId: number;
  readonly id: string;
  readonly title: string;
  readonly state: LetterState;
}

/**
 * The open letters of a person get another drafter, who reads and goes on writing them, and therefore neither checks nor signs
 * them. Who wrote the text before stays among its hands.
 */
export async function writePassedLetters(db: LetterHandle, { placeId, from, to }: HandedOver): Promise<PassedLetter[]> {
  const passed = await sql<PassedLetter>`
    update letters l
       set drafted_by = ${to.id}, drafted_by_name = ${to.name},
           written_by = case when ${to.id} = any (l.written_by) then l.written_by else array_append(l.written_by, ${to.id}) end
     where l.place_id = ${placeId} and l.drafted_by = ${from.id} and l.number is null
       and l.state = any (${[...openLetterStates]}::text[])
    returning l.place_id as "placeId", l.id, l.title, l.state`.execute(db);
  return passed.rows;
}
