import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { untouchedBy } from '#core/workflow/own-hand.store.ts';
import type { Actor } from '#domain/access/actor.ts';

/**
 * Whose turn it is with a filing, as conditions: the lists and the lines of work ask them in the same words, so that a
 * line counts what its list shows.
 */

/** A filing as the statement names it: the table, or the view of standings. */
export interface Named {
  readonly place: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

/**
 * The level of this person that reviews: a county its own schools, the city the schools that it runs itself. Null where
 * the person reviews nothing.
 */
export function reviewerOf({ level }: Pick<Actor, 'level'>): 'county' | 'city' | null {
  return level === 'county' || level === 'city' ? level : null;
}

/** Nobody of the person's hands submitted the filing that waits now: the same hand neither checks nor approves it. */
export function byOthers({ place, id }: Named, actor: Pick<Actor, 'userId' | 'principal'>): RawBuilder<SqlBool> {
  return untouchedBy(actor, { type: 'filing', place, id }, ['submit'], sql`s.at >= f.submitted_at`);
}

/**
 * Open comments that wait for this person's side: a school answers the levels above it, whoever reviews answers the
 * school.
 */
export function fromOtherSide(actor: Pick<Actor, 'level'>): RawBuilder<SqlBool> {
  if (actor.level === 'school') return sql`c.author_level <> 'school'`;
  return reviewerOf(actor) === null ? sql`false` : sql`c.author_level = 'school'`;
}

/** The filings on whose comments this person's side answers; a school reads those of schools merged into it as well. */
export function answering(actor: Pick<Actor, 'level' | 'schoolId'>): RawBuilder<SqlBool> {
  if (actor.schoolId !== null) return sql`f.school_id = ${actor.schoolId}`;
  const reviewer = reviewerOf(actor);
  return reviewer === null ? sql`true` : sql`f.managed_by = ${reviewer}`;
}
