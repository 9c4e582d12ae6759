import type { PostName, Principal } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { wordOfRefusal } from '#platform/db/errors.ts';
import { type AnyHandle, withLease } from '#platform/db/handle.ts';
import type { Asker } from '#platform/jobs/port.ts';
import { type AuditEntry, recordAllAlong, recordAlong, recordAudit, systemName } from '../audit/audit.store.ts';
import { findAsker } from './grant/asker.store.ts';
import { assertNothingOverdue } from './request/identify.ts';
import type { ActContext, Services } from './serve.ts';
import { findInPost } from './session/session.ts';

/** The services of a job, which acts for whoever asked for it. */
export interface JobServices extends Services {
  /**
   * Writes an audit row in the transaction of `db`. It names the program, and the person on whose behalf it acts; a job
   * by the clock acts for nobody.
   */
  record(db: AnyHandle, entry: AuditEntry): Promise<void>;
  /** Who acts: the program, on behalf of whoever asked. Steps and notices of a job name it as the audit does. */
  acting(db: AnyHandle): Promise<ActingProgram>;
  /** The person who asked, by the own name, for a step that the person took with the act; the program where nobody did. */
  asker(db: AnyHandle): Promise<ActingProgram>;
  /**
   * One transaction in the post of whoever asked, as it is held now, for an act that the person could do by a request: with the person's
   * own reach, signature and audit. What the person asked with narrows it: a token may hold less than its post, and the audit names it.
   * @throws access.postEnded where the person, the post or the token has ended since; access.passwordChange, access.secondFactor where
   *   the person has to do this before any work; whatever the act throws
   */
  inPost<H extends AnyHandle>(asked: AskedWith, work: (ctx: ActContext<H>) => Promise<void>): Promise<void>;
}

/** With what somebody asked for a job. */
export interface AskedWith {
  readonly permissions: readonly Permission[];
  /** The token that acted for the person; null: none did. */
  readonly tokenId: string | null;
}

/** The program as steps and notices name it. */
export interface ActingProgram {
  /** The person who asked; null for a job by the clock. */
  readonly userId: string | null;
  readonly name: string;
  /** Of the person who asked. */
  readonly personName: string | null;
  readonly role: string | null;
  readonly post: PostName | null;
  readonly principal: Principal | null;
}

/** Binds the services to the asker, so that neither a record nor a further job of this job loses the person. */
export function servicesFor(services: Services, by: Asker | undefined): JobServices {
  let found: Promise<ActingProgram> | undefined;
  const acting = (db: AnyHandle) => {
    found ??= by === undefined ? Promise.resolve(program) : actingFor(db, by);
    return found;
  };
  const asked = by === undefined ? {} : { by };
  return {
    ...services,
    enqueue: (db, job, data) => services.enqueue(db, job, { ...data, ...asked }),
    announce: (db, what, data) => services.announce(db, what, { ...data, ...asked }),
    acting,
    asker: async (db) => {
      const by = await acting(db);
      return by.personName === null ? by : { ...by, name: by.personName };
    },
    async record(db, entry) {
      await recordAudit(db, { actor: await acting(db), address: null, requestId: null }, entry);
    },
    inPost: (asked, work) => inPostOf(services, by, asked, work),
  };
}

/** The same context that a request gives its handler, made of a post instead of a session. */
async function inPostOf<H extends AnyHandle>(
  services: Services,
  by: Asker | undefined,
  { permissions, tokenId }: AskedWith,
  work: (ctx: ActContext<H>) => Promise<void>,
): Promise<void> {
  if (by === undefined) throw new Error('a job that nobody asked for acts in no post');
  await withLease(services.pool, async (held) => {
    const now = services.now();
    const found = await findInPost(held, { ...by, tokenId }, now);
    if (found === undefined) throw problem('access.postEnded');
    assertNothingOverdue(found);
    const { scope } = found;
    const actor = {
      ...found.actor,
      permissions: new Set(permissions.filter((one) => found.actor.permissions.has(one))),
    };
    const source = { actor, address: null, requestId: null };
    let refused: ((word: string, db: H) => Promise<Problem>) | undefined;
    try {
      await held.writing(scope, (db: H) =>
        work({
          ...{ db, actor, scope, now, today: services.today() },
          authorize(allowed, refusal) {
            if (!allowed) throw refusal ?? problem('access.denied');
          },
          along(statement, words) {
            held.along(statement);
            refused ??= words;
          },
          planOnce: () => held.planOnce(),
          record: async (entry) => recordAlong(held, source, entry),
          recordAll: async (entries) => recordAllAlong(held, source, entries),
          enqueue: (job, data) => services.enqueue(db, job, { ...data, by }),
          announce: (what, data) => services.announce(db, what, { ...data, by }),
        }),
      );
    } catch (error) {
      const words = refused;
      const word = words && wordOfRefusal(error);
      throw word === undefined ? error : await held.reading(scope, (db: H) => words!(word, db));
    }
  });
}

const program: ActingProgram = {
  userId: null,
  name: systemName,
  personName: null,
  role: null,
  post: null,
  principal: null,
};

async function actingFor(db: AnyHandle, by: Asker): Promise<ActingProgram> {
  const asker = await findAsker(db, by);
  if (asker === undefined) throw new Error(`a job was asked for by ${by.personId} in ${by.grantId}, who is not known`);
  const { personId, grantId, standInId } = by;
  return {
    userId: personId,
    // Not the words of a stand-in: nobody gave the program a post.
    name: `${systemName}（由${asker.name}触发）`,
    personName: asker.name,
    role: asker.role,
    post: { grantId, standInId },
    principal: asker.principal,
  };
}
