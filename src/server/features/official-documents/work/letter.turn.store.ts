import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { unsignedBy } from '#core/workflow/own-hand.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import { judgesText, letterSigning } from '#domain/letter/flow.ts';
import { type LetterTurn, openLetterStates } from '#domain/letter/state.ts';
import { handler } from '../letter.store.ts';

type Condition = RawBuilder<SqlBool>;

export interface TurnLine {
  readonly kind: LetterTurn;
  readonly applies: Condition;
}

/**
 * What `handRefusal` says, for many letters: none of the person's hands has signed since the letter was last sent back, or
 * has written a text that the act judges.
 */
function notByOwnHand(
  actor: Pick<Actor, 'userId' | 'principal'>,
  act: 'check' | 'sign' | 'cosign' | 'issue',
): Condition {
  const hands = sql`${ownHands(actor)}::text[]`;
  const ofOthers = judgesText(act) ? sql`not l.written_by && ${hands}` : sql`true`;
  const letter = { type: 'letter', place: sql`l.place_id`, id: sql`l.id` };
  return sql`${ofOthers} and ${unsignedBy(actor, letter, letterSigning(act)!)}`;
}

/** The unit that signs beside the writer has neither signed nor been taken out. */
export const cosignerWaits = sql<SqlBool>`(l.cosigner_unit_id is not null and l.cosigned_at is null and l.cosigner_dropped is null)`;

/** What of the unit's own letters waits for this person, by the rights of the post; the flow lets the person do it. */
export function turnsOf(actor: Actor): TurnLine[] {
  const { level, unitId, sectionId } = actor;
  if (unitId === null || (level !== 'city' && level !== 'county')) return [];
  const own = sql<SqlBool>`l.place_id = ${unitId}`;
  const lines: TurnLine[] = [];
  if (holds(actor, 'letter.issue'))
    lines.push({
      kind: 'issue',
      applies: sql`${own} and l.state = 'signed' and not ${cosignerWaits} and ${notByOwnHand(actor, 'issue')}`,
    });
  if (holds(actor, 'letter.sign'))
    lines.push({ kind: 'sign', applies: sql`${own} and l.state = 'checked' and ${notByOwnHand(actor, 'sign')}` });
  if (holds(actor, 'letter.check'))
    lines.push(
      {
        kind: 'cosign',
        applies: sql`${own} and l.state in ('checked', 'signed') and ${cosignerWaits}
        and l.cosigner_unit_id = ${sectionId ?? unitId} and ${notByOwnHand(actor, 'cosign')}`,
      },
      { kind: 'check', applies: sql`${own} and l.state = 'submitted' and ${notByOwnHand(actor, 'check')}` },
    );
  if (holds(actor, 'letter.draft')) {
    const returned = sql<SqlBool>`exists (
      select 1 from steps s where s.place_id = l.place_id and s.subject_type = 'letter' and s.subject_id = l.id
         and s.action in ('return', 'wanted'))`;
    lines.push({ kind: 'returned', applies: sql`${own} and l.state = 'draft' and ${returned}` });
    // The others of the unit have drafts of their own; what was sent back waits for any of them.
    const mine = sql<SqlBool>`${handler} = any(${ownHands(actor)}::text[])`;
    lines.push({ kind: 'draft', applies: sql`${own} and l.state = 'draft' and ${mine} and not ${returned}` });
  }
  return lines;
}

/** The letters of one line; none where the person has no such line. */
export function waitingFor(kind: LetterTurn, actor: Actor): Condition {
  return turnsOf(actor).find((line) => line.kind === kind)?.applies ?? sql`false`;
}

/** The states in which a letter can wait for somebody: an index leads there. */
export const waitingStates: readonly string[] = openLetterStates;
