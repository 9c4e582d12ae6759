import type { Actor } from '#domain/access/actor.ts';
import type { LastChange } from '#domain/kit/last-change.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { type ChangedObjects, findLastHand } from './history.store.ts';

interface Asking {
  readonly db: Handle<'audit_events'>;
  readonly actor: Pick<Actor, 'userId'>;
  readonly now: Date;
}

/** Who changed these objects of a place last, as a refusal tells it to this person. */
export async function lastChange(
  { db, actor, now }: Asking,
  placeId: number,
  ...objects: readonly ChangedObjects[]
): Promise<LastChange | undefined> {
  const last = await findLastHand(db, placeId, objects);
  if (last === undefined) return undefined;
  const { by, personId, at } = last;
  const today = dayInChina(at) === dayInChina(now);
  return { by, own: personId === actor.userId, at: at.toISOString(), today };
}
