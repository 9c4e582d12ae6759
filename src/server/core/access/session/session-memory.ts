import { postText } from '#domain/access/actor.ts';
import { type Credential, type LookUpSession, type Signed, seenEvery } from './session.ts';

export interface SessionMemory {
  readonly lookUp: LookUpSession;
  /** Everything is asked anew. Called when rights may have changed. */
  forget(): void;
}

export interface SessionMemoryOptions {
  /** Whether changes made elsewhere would be heard now; while not, every request asks the database. */
  readonly reliable: () => boolean;
  readonly seconds?: number;
}

const most = 10_000;

/**
 * Keeps what a look-up found for a few seconds, because pages ask several things at once and the look-up costs as much
 * as what was asked for. It keeps nothing longer than it can be sure of: whatever changes a right calls `forget`, on
 * this server before the reply, on others by a notification of the database. Refusals are not kept.
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
      // A change that arrives while the database is being asked belongs to another map: what is found now is not kept.
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
