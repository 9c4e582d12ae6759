import type pg from 'pg';
import type { AnyRoute, RouteInput, RouteReply } from '#contract/route.ts';
import { type Actor, nowhere, type Scope } from '#domain/access/actor.ts';
import { permissionsOverRights } from '#domain/access/permissions.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { troubleOf, wordOfRefusal } from '#platform/db/errors.ts';
import type { AnyHandle, Handle, Lease, LeaseSource, Statement, WholeHandle } from '#platform/db/handle.ts';
import { withLease, withReading } from '#platform/db/handle.ts';
import type { LeaseDesk } from '#platform/db/lease/lease-desk.ts';
import type { Outage } from '#platform/db/outage.ts';
import type { Database } from '#platform/db/schema.ts';
import type { LetterPress } from '#platform/documents/letter/letter-press.ts';
import type { FileServices } from '#platform/files/file-services.ts';
import type { Answer, Call, Endpoint, Log } from '#platform/http/endpoint.ts';
import type { Asker, Job, JobReach, Occurrence } from '#platform/jobs/port.ts';
import type { NoticeChannel } from '#platform/outgoing/channel.ts';
import { type AuditEntry, recordAllAlong, recordAlong } from '../audit/audit.store.ts';
import type { ChainCheck } from '../audit/chain-check.ts';
import type { AuthService } from './auth/auth-service.ts';
import { claimOf, claimOfLastSeen, claimOfLookUp } from './request/claim.ts';
import { identify, permissionsOf, stranger } from './request/identify.ts';
import { parse } from './request/parse.ts';
import { type Asking, askingEach, writeLastSeen } from './session/session.store.ts';
import { type LookUpSession, type Signed, seenEvery } from './session/session.ts';

/** The services that the handlers of the whole process share. */
export interface Services {
  readonly pool: pg.Pool;
  /** The queue before the pool; a request takes its connections here, and only jobs and start-up pass it. */
  readonly desk: LeaseDesk;
  /** What is known of the database's troubles. */
  readonly outage: Outage;
  /** The service for passwords and second factors, opened at first use. */
  readonly auth: AuthService;
  /** The real clock: used for access, tokens, sessions and the moment of an act. */
  readonly now: () => Date;
  /** The day from which deadlines and work are counted; in a sample it differs from the clock's day. */
  readonly today: () => Day;
  /** Puts a job into the transaction of `db`; it exists only if the transaction commits. */
  readonly enqueue: <Data extends object>(db: AnyHandle, job: Job<Data>, data: Data & JobReach) => Promise<void>;
  /** Puts the jobs that follow the occurrence into the transaction of `db`. */
  readonly announce: <Data extends object>(
    db: AnyHandle,
    occurrence: Occurrence<Data>,
    data: Data & JobReach,
  ) => Promise<void>;
  readonly lookUp: LookUpSession;
  readonly files: FileServices;
  /** Prints letters and reports; its process begins with the first of them. */
  readonly press: LetterPress;
  /** The way on which notices leave the product; null: they stay in the inbox. */
  readonly mail: NoticeChannel | null;
  /** The part of the audit's chain that this process has verified. */
  readonly chainCheck: ChainCheck;
  /** Forgets remembered sessions, before the reply to an act that may have changed somebody's rights. */
  readonly forgetSessions: () => void;
  /**
   * Development and test: a route with a permission is a fault if it is not scoped and its handler never asked
   * `authorize`.
   */
  readonly strict: boolean;
}

/**
 * What an act sees of whoever does it: one handle, the person, and the few acts that every write needs. A handler has it by its request,
 * and a job that acts in the post of whoever asked for it by `JobServices.inPost`.
 */
export interface ActContext<H = WholeHandle> {
  readonly db: H;
  readonly actor: Actor;
  readonly scope: Scope;
  /** The real clock. */
  readonly now: Date;
  /** The day from which deadlines and work are counted. */
  readonly today: Day;
  /**
   * Checks whether this person may do this to that subject now, and throws a refusal. It is called before anything is
   * returned, and only where there is a subject: a route whose whole right is access and place says `scoped`.
   */
  authorize(allowed: boolean, refusal?: Problem): void;
  /**
   * Sends a write whose answer decides nothing any more. It travels with the commit, which fails if the write does. Use
   * it for a row that the transaction has locked, so that nobody can have changed it in between.
   *
   * A function of the database that looks under a lock of its own refuses by raising `DS001` with a word. Nothing of the act
   * stands then, and `refused` finds the refusal by that word, in a transaction that only reads.
   */
  along(statement: Statement, refused?: (word: string, db: H) => Promise<Problem>): void;
  /** See `Lease.planOnce`. */
  planOnce(): void;
  /** Writes the audit row of the act, in the act's transaction. */
  record(entry: AuditEntry): Promise<void>;
  /** The same for an act on many objects with one row each: one statement for all of them. */
  recordAll(entries: readonly AuditEntry[]): Promise<void>;
  /**
   * Puts a job into the act's transaction. The job may touch these places, and carries the person and post that
   * requested it.
   */
  enqueue<Data extends object>(job: Job<Data>, data: Data & JobReach): Promise<void>;
  /** Announces an occurrence in the act's transaction; the jobs that follow it may touch these places. */
  announce<Data extends object>(occurrence: Occurrence<Data>, data: Data & JobReach): Promise<void>;
}

/** What a handler sees of its request: what an act sees, and where the request comes from. */
export interface Context<H = WholeHandle> extends ActContext<H> {
  readonly address: string;
  readonly log: Log;
  readonly call: Call;
  readonly sessionId: string | null;
  readonly files: FileServices;
  readonly press: LetterPress;
  readonly mail: NoticeChannel | null;
  /** Whether this is the sample city. */
  readonly sample: boolean;
  /** Appends one `Set-Cookie` line to the reply. */
  setCookie(line: string): void;
  /** Work after the commit and the reply, such as waking another part; its failure does no harm. */
  afterwards(work: () => void): void;
}

/** For `public` and `signed-in` routes that need more than one transaction; see `serveRaw`. It holds no connection. */
export interface RawContext {
  /** The signed-in person; on a route with `ownSession`, without a post that is lent. */
  readonly signed: Signed | null;
  readonly services: RawServices;
  readonly call: Call;
  readonly now: Date;
  /** Appends one `Set-Cookie` line to the reply. */
  setCookie(line: string): void;
}

/** The services of a request without a transaction: its connections come from the queue, one after another. */
export interface RawServices extends Omit<Services, 'pool' | 'desk'> {
  readonly pool: LeaseSource;
  /** Connections for what goes on when the caller has gone. */
  readonly background: LeaseSource;
}

export type Served = (services: Services) => Endpoint;

/** The access to the database that slow work has beforehand. */
export interface Beforehand<H> {
  readonly scope: Scope;
  readonly now: Date;
  readonly today: Day;
  /** Aborted when the caller has gone: slow work may stop. */
  readonly gone: AbortSignal;
  readonly files: FileServices;
  /**
   * Reads in a separate transaction, within the reach of the person; the transaction ends before the slow work begins.
   */
  reading<Result>(work: (db: H) => Promise<Result>): Promise<Result>;
}

/**
 * Serves a route inside one transaction: sign-in → access → parse → turn → transaction → reply. A reading route gets a
 * read-only transaction. A writing route commits before the reply is written. `H` is the handle that the feature
 * declares.
 *
 * `prepare` is for slow work on the request alone, such as reading an uploaded workbook or hashing a password. It runs
 * after the person was let in and before a connection is taken; it receives the person, and its result is passed to the
 * handler. If it needs data from the database, it reads them with `beforehand`.
 */
export function serve<R extends AnyRoute, H extends AnyHandle = WholeHandle, Prepared = undefined>(
  route: R,
  handler: (ctx: Context<H>, input: RouteInput<R>, prepared: Prepared) => Promise<RouteReply<R>>,
  prepare?: (input: RouteInput<R>, actor: Actor, beforehand: Beforehand<H>) => Promise<Prepared>,
): Served {
  return (services) => ({
    route,
    answer: (call) =>
      withRequest(services, route, call, prepare as Prepare<Prepared>, async (raw, held, input, prepared) => {
        const actor = raw.signed?.actor ?? stranger;
        const scope = raw.signed?.scope ?? nowhere;
        const later: Array<() => void> = [];
        let asked = false;
        let refused: ((word: string, db: H) => Promise<Problem>) | undefined;
        const work = async (db: H): Promise<RouteReply<R>> => {
          const source = {
            actor: raw.signed ? recordedFor(route, actor) : null,
            address: call.address,
            requestId: call.requestId,
          };
          const ctx: Context<H> = {
            db,
            actor,
            scope,
            now: raw.now,
            today: services.today(),
            address: call.address,
            log: call.log,
            call,
            sessionId: raw.signed?.sessionId ?? null,
            files: services.files,
            press: services.press,
            mail: services.mail,
            sample: services.auth.sample,
            authorize(allowed, refusal) {
              asked = true;
              if (!allowed) throw refusal ?? problem('access.denied');
            },
            along(statement, words) {
              held.along(statement);
              refused ??= words;
            },
            planOnce: () => held.planOnce(),
            record: async (entry) => recordAlong(held, source, entry),
            recordAll: async (entries) => recordAllAlong(held, source, entries),
            enqueue: (job, data) => services.enqueue(db, job, { ...data, ...askedBy(actor) }),
            announce: (what, data) => services.announce(db, what, { ...data, ...askedBy(actor) }),
            setCookie: raw.setCookie,
            afterwards: (act) => later.push(act),
          };
          const result = await handler(ctx, input as RouteInput<R>, prepared as Prepared);
          if (services.strict && !asked && !route.scoped && permissionsOf(route).length > 0) {
            throw new Error(`the handler of ${route.name} answered without asking authorize, and is not scoped`);
          }
          return result;
        };
        try {
          const value = await (route.method === 'GET' ? held.reading(scope, work) : held.writing(scope, work));
          for (const act of later) act();
          return value;
        } catch (error) {
          const words = refused;
          const word = words && wordOfRefusal(error);
          throw word === undefined ? error : await held.reading(scope, (db: H) => words!(word, db));
        }
      }),
  });
}

/** Binds `serve` to the handle of one feature: `const on = serving<Handle<'filings', 'org_units'>>()`. */
export function serving<H extends Handle<never, never> | Handle<keyof Database>>() {
  return <R extends AnyRoute, Prepared = undefined>(
    route: R,
    handler: (ctx: Context<H>, input: RouteInput<R>, prepared: Prepared) => Promise<RouteReply<R>>,
    prepare?: (input: RouteInput<R>, actor: Actor, beforehand: Beforehand<H>) => Promise<Prepared>,
  ): Served => serve<R, H, Prepared>(route, handler, prepare);
}

/**
 * Serves a route without opening a transaction. It is for signing in and similar acts: better-auth writes on its own
 * connection, an act needs several transactions, or a password is hashed between two of them and no pool connection may
 * be held meanwhile. Only `public` and `signed-in` routes may ask for it.
 */
export function serveRaw<R extends AnyRoute>(
  route: R,
  handler: (ctx: RawContext, input: RouteInput<R>) => Promise<RouteReply<R>>,
): Served {
  // Without a transaction there is no row policy, so such a route must not reach business data.
  if (permissionsOf(route).length > 0) throw new Error(`${route.name} requires a permission and must use serve`);
  return (services) => ({
    route,
    async answer(call) {
      const now = services.now();
      const cookies: string[] = [];
      const { desk, ...rest } = services;
      const signed = await identify(services.lookUp, askingEach(desk.of(claimOfLookUp(call))), route, call, now);
      const claim = claimOf(route, call, signed);
      const raw: RawServices = { ...rest, pool: desk.of(claim), background: desk.of({ who: claim.who }) };
      const setCookie = (line: string) => void cookies.push(line);
      // This also applies to a refused request of a signed-in person: the last wrong guess ends a session. A refused
      // stranger changes nothing, and must not cause everybody else to be looked up again.
      let forget = signed !== null;
      try {
        const input = parse(route, call) as RouteInput<R>;
        const recorded = signed && { ...signed, actor: recordedFor(route, signed.actor) };
        const value = await handler({ signed: recorded, services: raw, call, now, setCookie }, input);
        forget = true;
        return replyOf(services, route, signed, call, value, cookies, now);
      } finally {
        if (forget && changesRights(route)) services.forgetSessions();
      }
    },
  });
}

type Prepare<Prepared> =
  | ((input: RouteInput<AnyRoute>, actor: Actor, beforehand: Beforehand<WholeHandle>) => Promise<Prepared>)
  | undefined;

async function withRequest<Prepared>(
  services: Services,
  route: AnyRoute,
  call: Call,
  prepare: Prepare<Prepared>,
  work: (
    raw: Omit<RawContext, 'services'>,
    held: Lease,
    input: RouteInput<AnyRoute>,
    prepared: Prepared | undefined,
  ) => Promise<unknown>,
): Promise<Answer> {
  const cookies: string[] = [];
  const admit = (asking: Asking, now: Date) => identify(services.lookUp, asking, route, call, now);
  const { desk } = services;
  const arrived = services.now();
  // A remembered person is let in without a connection. An upload is read only afterwards.
  const admitted = await admit(askingEach(desk.of(claimOfLookUp(call))), arrived);
  const whole = call.receive ? { ...call, body: await call.receive() } : call;
  const input = parse(route, whole);
  const claim = claimOf(route, whole, admitted, input.params);
  // No connection is held during slow work, and the thing is free for others meanwhile.
  const reader = desk.of({ ...claim, thing: undefined });
  const scope = admitted?.scope ?? nowhere;
  const beforehand: Beforehand<WholeHandle> = {
    scope,
    now: arrived,
    today: services.today(),
    gone: call.gone,
    files: services.files,
    reading: (read) => withReading(reader, scope, read),
  };
  if (call.gone.aborted) throw problem('request.busy');
  const prepared = await prepare?.(input, admitted?.actor ?? stranger, beforehand);
  const { held, waited } = await desk.lease(claim);
  // A write goes on to its end, because nobody could know afterwards how far it came.
  const settled = route.method === 'GET' ? stopWhenGone(desk, held, call.gone) : undefined;
  try {
    // Time has passed since the person was let in: the right may have ended, and the act happens now.
    const later = waited || call.receive !== undefined || prepare !== undefined;
    const now = later ? services.now() : arrived;
    const signed = later ? await admit(held, now) : admitted;
    const setCookie = (line: string) => void cookies.push(line);
    const value = await work({ signed, call, now, setCookie }, held, input, prepared);
    if (route.method !== 'GET') services.outage.wrote();
    if (changesRights(route)) services.forgetSessions();
    return replyOf(services, route, signed, call, value, cookies, now);
  } catch (error) {
    // The one trouble of the database that only a write meets; the sealer notices the others within a second.
    if (troubleOf(error) === 'database.full') services.outage.failed(error, route.name);
    // A statement that we stopped is no fault, and nobody reads the answer.
    const stopped = call.gone.aborted && (error as { readonly code?: unknown }).code === '57014';
    throw stopped ? problem('request.busy') : error;
  } finally {
    if (settled !== undefined) await settled();
    held.release();
  }
}

/** A reading transaction that has lasted so long is stopped when its caller has gone; a shorter one is nearly over. */
const longReading = 1000;

/**
 * Stops what the connection does at the database once the caller has gone and the work has lasted long; again while it
 * goes on with further statements.
 * @returns the end of the watch, to be awaited before the connection is given back
 */
function stopWhenGone(desk: LeaseDesk, held: Lease, gone: AbortSignal): () => Promise<void> {
  const begun = performance.now();
  let stopping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const stop = () => {
    stopping = desk.stop(held).then(() => {
      if (!over) timer = setTimeout(stop, longReading);
    });
  };
  const wait = () => {
    timer = setTimeout(stop, longReading - (performance.now() - begun));
  };
  if (gone.aborted) wait();
  else gone.addEventListener('abort', wait, { once: true });
  return async () => {
    over = true;
    gone.removeEventListener('abort', wait);
    clearTimeout(timer);
    await stopping;
  };
}

function replyOf(
  services: Services,
  route: AnyRoute,
  signed: Signed | null,
  call: Call,
  value: unknown,
  cookies: readonly string[],
  now: Date,
): Answer {
  const due = signed !== null && now.getTime() - signed.lastSeenAt.getTime() >= seenEvery;
  if (due && !route.quiet) noteSeen(services, signed, now, call.log);
  return cookies.length > 0 ? { value, headers: { 'set-cookie': cookies } } : { value };
}

/**
 * The person whom the audit names. A principal lends a post and not an account: what a stand-in does with the own account
 * is recorded without the principal, and without the lent post.
 */
function recordedFor(route: AnyRoute, actor: Actor): Actor {
  if (!route.ownSession || actor.principal === null) return actor;
  return { ...actor, role: stranger.role, post: null, principal: null, unitId: null, sectionId: null };
}

function askedBy({ userId, post }: Actor): { readonly by?: Asker } {
  return post === null ? {} : { by: { personId: userId, ...post } };
}

/**
 * Whether remembered sessions are no longer reliable after this act: an act on the rights of others, or one that needs no
 * right, because it concerns the person's own session, password, posts or tokens. An act that needs no right may say that
 * it changes none.
 */
export function changesRights(route: AnyRoute): boolean {
  if (route.changesRights) return true;
  if (route.keepsRights && isMarkable(route)) return false;
  const needed = permissionsOf(route);
  return route.method !== 'GET' && (needed.length === 0 || needed.some((one) => permissionsOverRights.includes(one)));
}

/** Only an act that every signed-in person may do, and that is not about the own session, may say that it keeps rights. */
export function isMarkable(route: AnyRoute): boolean {
  return route.method !== 'GET' && route.access === 'signed-in' && !route.ownSession;
}

/** "Last seen" is written at most once a minute, outside the read, and nobody waits for it. */
function noteSeen(services: Services, signed: Signed, now: Date, log: Log): void {
  withLease(services.desk.of(claimOfLastSeen), (held) => writeLastSeen(held, signed, now)).catch((error: unknown) => {
    // A refusal for want of a connection concerns all requests, and the next one of the person tries again.
    if (!isProblem(error)) log.warn({ err: error }, 'the time of the last request was not noted');
  });
}
