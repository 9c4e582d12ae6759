import { sql } from 'kysely';
import type { LeavingPost, OpenWorkRow, PassedWork } from '#core/access/pass-work.ts';
import type { LetterState } from '#domain/letter/state.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { LetterHandle } from '../../letter.store.ts';

export const draftsKind = 'official-documents.drafts';

export function openLetters({ personId, placeId, schoolId }: LeavingPost, to: string | null): Fragment<OpenWorkRow> {
  // A school writes no letters.
  const place = schoolId === null ? placeId : null;
  return sql`
    select ${sql.lit(draftsKind)} as kind, n::int as count, passing::int as passing,
           case when ${to}::text is not null then held::int end as held, array[${placeId}::int] as places
      from open_letters_of(${personId}, ${place}::int, ${to}::text) where n > 0`;
}

/** A letter that changed hands. */
export interface PassedLetter {
  readonly type: 'letter';
  readonly placeId: number;
  readonly schoolId: null;
  readonly id: string;
  readonly title: string;
  readonly state: LetterState;
}

/**
 * The open letters of a person get another who handles them, and reads them. That alone makes no hand in the text: whoever
 * edits it becomes its writer. What the other checked or signed stays.
 */
export async function writePassedLetters(db: LetterHandle, { placeId, from, to }: PassedWork): Promise<PassedLetter[]> {
  const { rows: mine } = await sql<{ id: string; passes: boolean }>`
    select id, passes from letters_handled_by(${from.id}, ${placeId}::int, ${to.id})`.execute(db);
  const ids = mine.filter(({ passes }) => passes).map(({ id }) => id);
  if (ids.length === 0) return [];
  const passed = await sql<PassedLetter>`
    update letters l set handled_by = ${to.id}, handled_by_name = ${to.name}
     where l.place_id = ${placeId} and l.id = any (${ids}::uuid[]) and l.number is null and l.state <> 'cancelled'
    returning 'letter' as type, l.place_id as "placeId", null as "schoolId", l.id, l.title, l.state`.execute(db);
  return passed.rows;
}
