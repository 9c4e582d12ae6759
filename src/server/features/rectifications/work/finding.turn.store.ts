import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type NamedSubject, untouchedBy } from '#core/workflow/own-hand.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { provedActions } from '#domain/rectification/flow.ts';
import type { WaitingKind } from '#domain/rectification/waiting.ts';
import { hasAccounts, openPartsOf, schoolNow } from '../finding.facts.store.ts';
import { overdueOn, owing } from '../finding.store.ts';

/**
 * Whose turn it is with a finding, as conditions over `findings f`. The list and the lines of the home page ask them in the
 * same words, and the flow (`domain/rectification/flow.ts`) lets the person do what they promise.
 */

type Condition = RawBuilder<SqlBool>;

/** A line of work with the day since which its findings wait. */
export interface TurnLine {
  readonly kind: WaitingKind;
  readonly applies: Condition;
  readonly since: RawBuilder<unknown>;
}

const isOpen = sql<SqlBool>`f.state not in ('closed', 'cancelled')`;

/** The school of this post and those merged into it; nothing where the post's own school was merged into another, or ended. */
function ofOwnSchools(schoolId: number): Condition {
  return sql`f.school_id in (
    with recursive own as (
      select p.school_id from school_places p join schools s on s.county_id = p.county_id and s.id = p.school_id
       where p.school_id = ${schoolId} and p.into_school_id is null and s.status = 'open'
      union
      select p.school_id from own o join school_places p on p.into_school_id = o.school_id
    ) select o.school_id from own o)`;
}

/**
 * Whether nobody of the duty school can sign in, or it has ended: of the host where the finding's school was merged. Few were,
 * so the others are asked by their own number.
 */
const withoutAccounts = sql<SqlBool>`not ${hasAccounts(sql`
  case when exists (select 1 from school_places p join schools s on s.county_id = p.county_id and s.id = p.school_id
                     where p.school_id = f.school_id and p.into_school_id is null and s.status = 'open')
       then f.school_id else ${schoolNow} end`)}`;

/** Findings whose duty body this person acts for. */
export function ofDuty({ level, schoolId, unitId }: Pick<Actor, 'level' | 'schoolId' | 'unitId'>): Condition {
  if (level === 'school')
    return schoolId === null ? sql`false` : sql`f.duty_type = 'school' and ${ofOwnSchools(schoolId)}`;
  if (level !== 'county' && level !== 'city') return sql`false`;
  const ofUnit = sql`f.duty_type <> 'school' and f.place_id = ${unitId}`;
  return sql`(${ofUnit} or f.duty_type = 'school' and f.managed_by = ${level}
    and (${level === 'city'}::boolean or f.place_id = ${unitId}) and ${withoutAccounts})`;
}

/** Findings that this person's own level opened. */
function ofOpener({ level, unitId }: Pick<Actor, 'level' | 'unitId'>): Condition {
  if (level === 'city') return sql`f.opened_level = 'city'`;
  return level === 'county' ? sql`f.opened_level = 'county' and f.place_id = ${unitId}` : sql`false`;
}

const finding: NamedSubject = { type: 'finding', place: sql`f.place_id`, id: sql`f.id` };

/** Nobody of the person's hands reported what waits: the same hand neither checks nor closes it. */
const notByOwnHand = (actor: Pick<Actor, 'userId' | 'principal'>): Condition =>
  untouchedBy(actor, finding, ['report'], sql`(s.at at time zone 'Asia/Shanghai')::date >= f.reported_on`);

/** Danger that came to this person's level and that nobody of it has acknowledged. */
function inDanger({ level }: Pick<Actor, 'level'>): Condition {
  const rose = sql<SqlBool>`exists (
    select 1 from finding_escalations e
     where e.place_id = f.place_id and e.finding_id = f.id and e.because = 'urgent' and e.level = 'city')`;
  const came =
    level === 'city'
      ? sql<SqlBool>`(${rose} or exists (select 1 from org_units c where c.id = f.place_id and c.kind = 'city'))`
      : sql<SqlBool>`true`;
  return sql`f.severity = 'urgent' and ${isOpen} and ${came} and not exists (
    select 1 from finding_acknowledgements a
     where a.place_id = f.place_id and a.finding_id = f.id and a.level = ${level})`;
}

const raisedTo = (level: string) => sql<SqlBool>`exists (
  select 1 from finding_escalations e
   where e.place_id = f.place_id and e.finding_id = f.id and e.because = 'overdue' and e.level = ${level})`;

/** More time was asked for, and by none of the person's hands: whoever asks does not decide. */
function askedByOthers(actor: Pick<Actor, 'userId' | 'principal'>): Condition {
  const hands = sql`${ownHands(actor)}::text[]`;
  return sql`exists (
    select 1 from finding_extensions e
     where e.place_id = f.place_id and e.finding_id = f.id and e.decided_at is null
       and e.asked_by <> all(${hands}) and (e.asked_for is null or e.asked_for <> all(${hands})))`;
}

/** Drawn by this person's level and not proved yet, and none of the person's hands had a part in it. */
function toProve(actor: Pick<Actor, 'level' | 'unitId' | 'userId' | 'principal'>): Condition {
  const { level, unitId } = actor;
  return sql`exists (
    select 1 from reproofs r join reproof_draws w on w.place_id = r.place_id and w.id = r.draw_id
     where r.place_id = f.place_id and r.finding_id = f.id and r.result is null and w.cancelled_at is null and w.drawn_level = ${level}
       and (${level === 'city'}::boolean or f.place_id = ${unitId}))
    and ${untouchedBy(actor, finding, provedActions)}`;
}

/** The lines of this person, by the rights of the post. */
export function turnsOf(actor: Actor, today: Day): TurnLine[] {
  const lines: TurnLine[] = [];
  const add = (kind: WaitingKind, applies: Condition, since: RawBuilder<unknown> = sql`null::date`) =>
    lines.push({ kind, applies, since });
  const late = overdueOn(today);
  const opened = ofOpener(actor);
  const ofLevel = actor.level === 'county' || actor.level === 'city';
  if (ofLevel && holds(actor, 'rectification.check')) {
    add('urgent', inDanger(actor), sql`f.found_on`);
    add('raised', sql`${late} and ${raisedTo(actor.level)}`, sql`f.due_on`);
  }
  if (ofLevel && holds(actor, 'rectification.enter'))
    add('notice', sql`${opened} and f.state = 'found'`, sql`f.found_on`);
  if (holds(actor, 'rectification.plan')) {
    const own = ofDuty(actor);
    add('overdue', sql`${own} and ${late}`, sql`f.due_on`);
    add('plan', sql`${own} and f.state in ('noticed', 'reopened')`, sql`f.noticed_on`);
    add('report', sql`${own} and f.state = 'planned'`);
  }
  if (ofLevel && holds(actor, 'rectification.check')) {
    add('decide', sql`${opened} and ${owing} and ${askedByOthers(actor)}`);
    add('check', sql`${opened} and f.state = 'done' and ${notByOwnHand(actor)}`, sql`f.reported_on`);
  }
  if (ofLevel && holds(actor, 'rectification.close')) {
    const whole = sql`${openPartsOf} = 0`;
    add('close', sql`${opened} and f.state = 'checked' and ${notByOwnHand(actor)} and ${whole}`, sql`f.checked_on`);
  }
  if (ofLevel && holds(actor, 'rectification.prove')) {
    add('prove', sql`f.state = 'closed' and ${toProve(actor)}`, sql`f.closed_on`);
  }
  return lines;
}

/** The findings of one line; none where the person has no such line. */
export function waitingFor(kind: WaitingKind, actor: Actor, today: Day): Condition {
  return turnsOf(actor, today).find((line) => line.kind === kind)?.applies ?? sql`false`;
}
