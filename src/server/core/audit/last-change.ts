import type { Actor } from '#domain/access/actor.ts';
import type { LastChange } from '#domain/kit/last-change.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { type ChangedObjects, findLastHand, findLastHandNowhere, type LastWriter } from './history.store.ts';

/**
 * The rows of a table that count their changes, and every act that raises their revision. By this list a conflict names
 * the person of the last change, so an act that is not in it would leave somebody else named. `statements` of the test
 * support holds it for each transaction of every test.
 */
export interface Revised {
  readonly table: string;
  /** The type of the object in the audit. */
  readonly type: string;
  readonly acts: readonly string[];
}

interface Asking {
  readonly db: Handle<'audit_events'>;
  readonly actor: Pick<Actor, 'userId'>;
  readonly now: Date;
}

/** Who changed these objects of a place last, as a refusal says it to this person. */
export async function lastChange(
  asking: Asking,
  placeId: number,
  ...objects: readonly ChangedObjects[]
): Promise<LastChange | undefined> {
  return told(await findLastHand(asking.db, placeId, objects), asking);
}

function told(last: LastWriter | undefined, { actor, now }: Asking): LastChange | undefined {
  if (last === undefined) return undefined;
  const { by, personId, at } = last;
  const today = dayInChina(at) === dayInChina(now);
  return { by, own: personId === actor.userId, at: at.toISOString(), today };
}

/**
 * The refusal of whoever comes with an older revision of one row: names the person of the last change. Accounts, roles
 * and settings lie in no place.
 */
export async function changedMeanwhile(
  asking: Asking,
  what: string,
  { placeId, id }: { readonly placeId?: number; readonly id: string | number },
  { type, acts }: Revised,
): Promise<Problem> {
  const changed = { type, ids: [String(id)], acts };
  const last =
    placeId === undefined
      ? told(await findLastHandNowhere(asking.db, changed), asking)
      : await lastChange(asking, placeId, changed);
  return problem('thing.changed', { what, last });
}
