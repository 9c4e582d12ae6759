import { type RawBuilder, sql } from 'kysely';
import { type Actor, holds } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { answering, byOthers, fromOtherSide, reviewerOf } from './filing.turn.store.ts';

/**
 * The lines of home that count filings, over `filing_standings` as `f` and the open comments as `said`. A line of work is
 * an act that would succeed now; what this person has done and another has to go on with is handed over.
 */

/** Every kind of work that filings make, in the order in which it is shown. */
export const filingWorkKinds = [
  'filings.returned',
  'filings.submit',
  'filings.fill',
  'filings.review',
  'filings.approve',
  'filings.checked',
  'filings.accept',
  'filings.unfiled',
  'filings.doubt',
  'filings.comments',
] as const;

/** What is checked, or has doubts, waits to be approved or reviewed: a filing is told once. */
export const filingWorkWithin = {
  'filings.checked': ['filings.approve'],
  'filings.doubt': ['filings.approve', 'filings.review'],
} as const satisfies Partial<Record<(typeof filingWorkKinds)[number], ReadonlyArray<(typeof filingWorkKinds)[number]>>>;

/** Every kind of filing that this person has handed over, in the order in which it is shown. */
export const filingHandedKinds = [
  'filings.toSubmit',
  'filings.toExtend',
  'filings.toReview',
  'filings.toApprove',
  'filings.toAccept',
] as const;

export type FilingLineKind = (typeof filingWorkKinds)[number] | (typeof filingHandedKinds)[number];

/** To which filings the line applies, and since when one of them waits. */
export interface Line {
  readonly kind: FilingLineKind;
  readonly applies: RawBuilder<unknown>;
  readonly since: RawBuilder<unknown>;
}

/** China's calendar day of a moment. */
export const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`;

const noDay = sql`null::date`;
const sinceSubmitted = dayOf('f.submitted_at');
const sinceApproved = dayOf('f.approved_at');

/** The facts that the flow asks of a filing's year (`domain/filing/flow.ts`). */
function timesOf(today: Day) {
  const closed = sql`f.closes_on < ${today}::date`;
  const begun = sql`f.opens_on <= ${today}::date`;
  const before = sql`f.submitted_at is not null`;
  const fillable = sql`f.state = 'draft' and ${begun} and (f.asked or ${before} or (f.extended and not ${closed}))`;
  return {
    /** Somebody may fill it now. */
    fillable,
    /** It is complete, and somebody may submit it now. */
    submittable: sql`${fillable} and f.complete and (${before} or not ${closed})`,
    /** A reminder may go out for it. */
    remindable: sql`f.unfiled and f.asked and ${begun} and f.due < ${today}::date`,
  };
}

/** A draft that was not sent back, or that was corrected since: only then is a complete one finished. */
const finished = sql`(not f.returned or f.corrected)`;

interface Lines {
  readonly work: readonly Line[];
  readonly handed: readonly Line[];
}

/** The lines of this person. */
export function linesOf(actor: Actor, today: Day): Lines {
  if (actor.level === 'school') return linesOfSchool(actor, today);
  return reviewerOf(actor) === null ? { work: [], handed: [] } : linesOfReviewer(actor, today);
}

/**
 * Whoever signs submits, and everybody who may submit does where nobody signs; for all others a complete draft is
 * finished work.
 */
function linesOfSchool(actor: Actor, today: Day): Lines {
  const work: Line[] = [];
  const { fillable, submittable } = timesOf(today);
  const nobodySigns = sql`not exists (
    select 1 from school_accounts a where a.school_id = f.school_id and a.has_head)`;
  const submits = !holds(actor, 'filing.submit')
    ? sql`false`
    : holds(actor, 'filing.sign')
      ? sql`true`
      : sql`f.state = 'draft' and ${nobodySigns}`;
  if (holds(actor, 'filing.fill')) {
    const open = sql`${fillable} and f.returned and not (f.complete and f.corrected)`;
    work.push({ kind: 'filings.returned', applies: open, since: dayOf('f.returned_at') });
    work.push({ kind: 'filings.fill', applies: sql`${fillable} and not f.returned and not f.complete`, since: noDay });
  }
  const complete = sql`${submittable} and ${finished}`;
  work.push({ kind: 'filings.submit', applies: sql`${complete} and ${submits}`, since: noDay });
  work.push(...commentLines(actor));
  const handed: Line[] = [
    { kind: 'filings.toSubmit', applies: sql`${complete} and not (${submits})`, since: noDay },
    {
      kind: 'filings.toExtend',
      applies: sql`${fillable} and f.complete and ${finished} and not (${submittable})`,
      since: noDay,
    },
    { kind: 'filings.toReview', applies: sql`f.state = 'submitted'`, since: sinceSubmitted },
  ];
  return { work, handed };
}

/** Whoever may approve decides; whoever may only return checks and hands over. */
function linesOfReviewer(actor: Actor, today: Day): Lines {
  const work: Line[] = [];
  const handed: Line[] = [];
  const own = sql`f.managed_by = ${reviewerOf(actor)}`;
  const others = byOthers({ place: sql`f.county_id`, id: sql`f.filing_id` }, actor);
  const waiting = sql`f.state = 'submitted' and ${own}`;
  const unchecked = sql`${waiting} and f.checked_at is null and ${others}`;
  if (holds(actor, 'filing.approve')) {
    const open = sql`${waiting} and ${others}`;
    work.push({ kind: 'filings.approve', applies: open, since: sinceSubmitted });
    work.push({
      kind: 'filings.checked',
      applies: sql`${open} and f.checked_at is not null`,
      since: dayOf('f.checked_at'),
    });
    if (actor.level === 'county') {
      handed.push({ kind: 'filings.toAccept', applies: sql`f.state = 'approved' and ${own}`, since: sinceApproved });
    }
  } else if (holds(actor, 'filing.return')) {
    work.push({ kind: 'filings.review', applies: unchecked, since: sinceSubmitted });
    handed.push({
      kind: 'filings.toApprove',
      applies: sql`${waiting} and f.checked_at is not null`,
      since: dayOf('f.checked_at'),
    });
  }
  if (holds(actor, 'filing.remind')) {
    const reached = actor.level === 'county' ? own : sql`true`;
    work.push({
      kind: 'filings.unfiled',
      applies: sql`${timesOf(today).remindable} and ${reached}`,
      since: sql`f.due`,
    });
  }
  if (holds(actor, 'filing.return')) {
    work.push({ kind: 'filings.doubt', applies: sql`${unchecked} and f.doubtful`, since: noDay });
  }
  work.push(...commentLines(actor));
  return { work, handed };
}

/** Comments of the other side; whoever may comment may also mark them as dealt with. */
function commentLines(actor: Actor): Line[] {
  if (!holds(actor, 'filing.fill') && !holds(actor, 'filing.return')) return [];
  const applies = sql`said.since is not null and ${answering(actor)}`;
  return [{ kind: 'filings.comments', applies, since: dayOf('said.since') }];
}

/** The oldest open comment of the other side for each filing, to stand beside `filing_standings`. */
export function saidBeside(actor: Actor, places: readonly number[]): RawBuilder<unknown> {
  return sql`
    left join (
      select c.place_id, c.subject_id, min(c.at) as since from comments c
       where c.place_id = any(${[...places]}::int[]) and c.subject_type = 'filing' and c.resolved_at is null
         and ${fromOtherSide(actor)}
       group by c.place_id, c.subject_id
    ) said on said.place_id = f.county_id and said.subject_id = f.filing_id`;
}
