import { sql } from 'kysely';
import { openLetterStates } from '#domain/letter/state.ts';
import type { LetterHandle, LetterRow } from '../letter.store.ts';
import { cosignerWaits } from '../work/letter.turn.store.ts';

export type FreedLetter = Pick<LetterRow, 'type' | 'placeId' | 'schoolId' | 'id' | 'title' | 'state'>;

/**
 * Takes the unit that signs beside the lead out of every letter of a campaign, and of its evaluations, that waits for it: one statement.
 * @param places of the subjects
 */
export async function writeFreed(
  db: LetterHandle,
  campaign: { readonly placeId: number; readonly id: string },
  { places, reason, at }: { readonly places: readonly number[]; readonly reason: string; readonly at: Date },
): Promise<FreedLetter[]> {
  const { rows } = await sql<FreedLetter>`
    update letters l set cosigner_dropped = ${reason}, model = l.model - 'jointSigner', revision = l.revision + 1, updated_at = ${at}
     where l.place_id = ${campaign.placeId} and l.state = any(${openLetterStates}::text[])
       and ${cosignerWaits}
       and exists (
         select 1 from letter_ties t
          where t.place_id = l.place_id and t.letter_id = l.id
            and (t.subject_type = 'campaign' and t.subject_id = ${campaign.id}::uuid
              or t.subject_type = 'evaluation' and t.subject_id in (
                select s.evaluation_id from evaluation_standings s
                 where s.place_id = any(${places}::int[]) and s.campaign_id = ${campaign.id}::uuid)))
    returning 'letter' as type, l.place_id as "placeId", null as "schoolId", l.id, l.title, l.state`.execute(db);
  return rows;
}
