import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { unsignedBy } from '#core/workflow/own-hand.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { isOwnSide } from '../evaluation.store.ts';
import { countyOwes, hasCountyStep, owesNow } from '../judging/owing.store.ts';

/** What waits for a person at an evaluation, in the order in which home names it. */
export const evaluationTurns = ['confirm', 'answer', 'score', 'talk', 'state', 'decide'] as const;
export type EvaluationTurn = (typeof evaluationTurns)[number];

/** The newest hand-in of the evaluation `e`, as `h`. */
export const newestHandIn = sql`
  left join lateral (
    select h.round, h.submitted_by, h.submitted_at, h.confirmed_at, h.taken_back_at from evaluation_handins h
     where h.place_id = e.place_id and h.evaluation_id = e.id order by h.round desc limit 1
  ) h on true`;

/** Whether people still fill the self-evaluation: as `selfStandingOf` says. */
export const isSelfOpen = sql<SqlBool>`(h.round is null or h.taken_back_at is not null
  or e.returned is not null and (e.returned ->> 'round')::int >= h.round)`;

/** What was sent back and not handed in again: as `reopeningOf` says. */
export const isReturned = sql<SqlBool>`(e.returned is not null
  and (e.returned ->> 'round')::int >= case when h.taken_back_at is not null then h.round - 1 else coalesce(h.round, 0) end)`;

/** Whether the subject has said what it holds against the opinion, or that it has nothing to say: a waiver that has ended says nothing. */
export const hasStated = sql<SqlBool>`exists (
  select 1 from evaluation_statements s
   where s.place_id = e.place_id and s.evaluation_id = e.id and not (s.waived and s.answered_on is not null))`;

/** A line of work: when an evaluation waits for this person, and since when. */
export interface Turn {
  readonly kind: EvaluationTurn;
  readonly applies: RawBuilder<SqlBool>;
  readonly since: RawBuilder<unknown>;
}

/** Whether the evaluation is that of the person's own subject. */
function ofSubject({ level, unitId, schoolId }: Actor): RawBuilder<SqlBool> | undefined {
  if (level === 'school') return sql`e.school_id = ${schoolId}::int`;
  return level === 'county' ? sql`e.school_id is null and e.place_id = ${unitId}::int` : undefined;
}

/** The person's own seat at the evaluation, that has not ended. */
const ownSeat = (actor: Actor) => sql`
  evaluation_reviewers r where r.place_id = e.campaign_place_id and r.evaluation_id = e.id
    and r.person_id = ${actor.userId}::uuid and r.ended_on is null`;

/** A leaf of the evaluation that is the person's to judge now and has no score of the person. */
const owesScore = (actor: Actor, today: Day) => sql<SqlBool>`exists (
  select 1 from ${ownSeat(actor)} and exists (
    select 1 from evaluation_leaves l
     where l.place_id = e.place_id and l.evaluation_id = e.id and ${owesNow(today)}))`;

/**
 * Whether something of the self-evaluation is this person's to fill: a leaf that is open and his, of his section, or given to nobody.
 * Where nothing is open any more it waits to be handed in, for everybody; whoever confirms looks after all of it.
 */
function stillFills(actor: Actor): RawBuilder<SqlBool> {
  if (holds(actor, 'evaluation.confirm')) return sql<SqlBool>`true`;
  const open = sql`evaluation_leaves l
    where l.place_id = e.place_id and l.evaluation_id = e.id and l.applies is distinct from false
      and (l.answered_at is null or l.returned_reason is not null)`;
  return sql<SqlBool>`(not exists (select 1 from ${open}) or exists (
    select 1 from ${open} and case when l.responsible_id is not null then l.responsible_id::text = any(${ownHands(actor)}::text[])
      else l.responsible_section_id is null or l.responsible_section_id = ${actor.sectionId}::int end))`;
}

const subjectSteps = { type: 'evaluation', place: sql`e.place_id`, id: sql`e.id` };
const resultSigning = { signs: ['submitResult'], returns: ['returnResult'] };

/** The lines of this person; none for whoever has no right in evaluations. */
export function turnsOf(actor: Actor, today: Day): Turn[] {
  const own = ofSubject(actor);
  const open = sql`e.state = 'open'`;
  const entered = sql`(select s.from_day from evaluation_steps s
    where s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step)`;
  const line = (kind: EvaluationTurn, applies: RawBuilder<unknown>, since: RawBuilder<unknown> = entered): Turn => ({
    kind,
    applies: sql<SqlBool>`(${open} and ${applies})`,
    since,
  });
  const lines: Turn[] = [];
  if (own && holds(actor, 'evaluation.answer')) {
    lines.push(line('answer', sql`e.step = 'selfEvaluation' and ${own} and ${isSelfOpen} and ${stillFills(actor)}`));
  }
  if (own && holds(actor, 'evaluation.confirm')) {
    // Whoever submitted does not confirm.
    const hands = ownHands(actor);
    lines.push(
      line(
        'confirm',
        sql`e.step = 'selfEvaluation' and ${own} and not ${isSelfOpen} and h.confirmed_at is null
          and h.submitted_by <> all(${hands}::text[])`,
        sql`(h.submitted_at at time zone 'Asia/Shanghai')::date`,
      ),
    );
  }
  if (own && (holds(actor, 'evaluation.answer') || holds(actor, 'evaluation.confirm'))) {
    lines.push(line('state', sql`e.step = 'statement' and ${own} and not ${hasStated}`));
  }
  if (holds(actor, 'evaluation.judge')) {
    // Whoever had a hand in the self-evaluation judges none of it.
    const apart = sql`not ${isOwnSide(sql`${actor.userId}::uuid`)}`;
    if (actor.level === 'city' || actor.level === 'campaign') {
      lines.push(line('score', sql`${owesScore(actor, today)} and ${apart}`));
    }
    if (actor.level === 'county') {
      lines.push(
        line(
          'score',
          sql`e.place_id = ${actor.unitId}::int and exists (
            select 1 from evaluation_leaves l
             where l.place_id = e.place_id and l.evaluation_id = e.id and ${countyOwes}) and ${apart}`,
        ),
      );
    }
    const receives =
      actor.level === 'city'
        ? sql`not ${hasCountyStep}`
        : actor.level === 'county'
          ? sql`e.school_id is not null and ${hasCountyStep}`
          : undefined;
    if (receives) {
      lines.push(
        line(
          'decide',
          sql`e.step = 'selfEvaluation' and not ${isSelfOpen} and h.confirmed_at is not null and ${receives}`,
          sql`(h.confirmed_at at time zone 'Asia/Shanghai')::date`,
        ),
      );
    }
  }
  const leads = sql`exists (select 1 from ${ownSeat(actor)} and r.part = 'leader')`;
  if (holds(actor, 'evaluation.judge') || holds(actor, 'evaluation.conclude')) {
    lines.push(
      line(
        'talk',
        sql`${holds(actor, 'evaluation.conclude') ? sql`true` : leads} and exists (
          select 1 from evaluation_talks t
            join evaluation_leaves l on l.evaluation_id = t.evaluation_id and l.code = t.code and l.version = t.leaf_version
           where t.place_id = e.campaign_place_id and t.evaluation_id = e.id and t.settled_at is null
             and l.place_id = e.place_id)`,
      ),
    );
  }
  if (holds(actor, 'evaluation.conclude')) {
    lines.push(
      line(
        'decide',
        // Whoever asked for the confirmation has done what is his.
        sql`(e.step in ('preliminaryOpinion', 'opinionLetter')
          or e.step = 'confirmation' and ${unsignedBy(actor, subjectSteps, resultSigning)}
          or e.step = 'statement' and exists (
          select 1 from evaluation_statements s
           where s.place_id = e.place_id and s.evaluation_id = e.id and s.answered_on is null))`,
      ),
    );
  }
  return lines;
}

/** Self-evaluations that the person handed in and that the leader has not confirmed; nobody else has this line. */
export function handedOver(actor: Actor): RawBuilder<SqlBool> {
  const own = ofSubject(actor);
  if (own === undefined || !holds(actor, 'evaluation.answer')) return sql<SqlBool>`false`;
  return sql<SqlBool>`(e.state = 'open' and e.step = 'selfEvaluation' and ${own} and not ${isSelfOpen}
    and h.confirmed_at is null and h.submitted_by = ${actor.userId})`;
}

/** Whether an evaluation waits for this person for one thing, or by his act for somebody else. */
export function waitingFor(wanted: string, actor: Actor, today: Day): RawBuilder<SqlBool> {
  if (wanted === 'toConfirm') return handedOver(actor);
  const lines = turnsOf(actor, today).filter(({ kind }) => kind === wanted);
  if (lines.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(
    lines.map(({ applies }) => applies),
    sql` or `,
  )})`;
}
