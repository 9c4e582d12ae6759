import { postText } from '#domain/access/actor.ts';
import { type Credential, type LookUpSession, type Signed, seenEvery } from './session.ts';

export interface SessionMemory {
  readonly lookUp: LookUpSession;
  /** Drops everything that was kept. Called when rights may have changed. */
  forget(): void;
}

export interface SessionMemoryOptions {
  /** Whether notifications of changes made elsewhere arrive now; while they do not, every request asks the database. */
  readonly reliable: () => boolean;
  readonly seconds?: number;
}

const most = 10_000;

/**
 * Keeps the result of a look-up for a few seconds, because pages send several requests at once and the look-up costs as
 * much as the requested data. A kept result is never out of date: every change of a right calls `forget`, on this
 * server before the reply, on others by a notification of the database. Refusals are not kept.
 */
export function rememberSessions(ask: LookUpSession, { reliable, seconds = 5 }: SessionMemoryOptions): SessionMemory {
  let known = new Map<string, { readonly signed: Signed; readonly until: number }>();
  return {
    async lookUp(asking, credential, now) {
      if (!reliable()) return ask(asking, credential, now);
      const key = keyOf(credential);
      const kept = known.get(key);
      const time = now.getTime();
      if (kept && time < kept.until && time - kept.signed.lastSeenAt.getTime() < seenEvery) return kept.signed;
      // A change that arrives during the look-up replaces the map, so the result of the look-up is not kept.
      const into = known;
      const signed = await ask(asking, credential, now);
      if (signed === null) known.delete(key);
      else if (into === known) {
        if (known.size >= most) known = new Map();
        known.set(key, { signed, until: time + seconds * 1000 });
      }
      return signed;
    },
    forget() {
      known = new Map();
    },
  };
}

/** Two tabs of one session in two posts are two entries. */
function keyOf({ bearer, cookieToken, post }: Credential): string {
  const who = bearer === undefined ? `c${cookieToken}` : `b${bearer}`;
  return post === undefined ? who : `${who} ${postText(post)}`;
}
