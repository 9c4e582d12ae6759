import type pg from 'pg';
import { nowhere } from '#domain/access/actor.ts';
import { lockout } from '#domain/access/lockout.ts';
import { problem } from '#domain/kit/problem.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { type AuditSource, recordAudit } from '../../audit/audit.store.ts';
import type { Asking } from '../session/session.ts';
import { type Attempt, beginAttempt } from './attempts.ts';

/**
 * A request that proves, or changes, who somebody is. It holds no connection while a password is hashed or better-auth
 * thinks: each step takes one and gives it back.
 */
export interface ProofRequest {
  readonly pool: pg.Pool;
  readonly now: Date;
  readonly address: string;
  readonly requestId: string | null;
  readonly userAgent: string | undefined;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The raw `Cookie` header. */
  readonly cookie: string | undefined;
  /** What the browser says about its own page; HTTPS there means cookies for HTTPS only. */
  readonly origin: string | undefined;
}

/** Whose proof it is: the account it is counted under, and the person, where somebody bears that name. */
export interface Claimant {
  readonly account: string;
  readonly personId: string | null;
  /** Who is signed in already and proves himself again; null before that. */
  readonly actor: AuditSource['actor'];
}

/** What of a proof was refused; the audit keeps these words. */
export type RefusedProof = 'password' | 'second-factor' | 'current-password' | 'locked' | 'disabled';

/** Runs one statement on a connection of its own. */
export function asking(request: Pick<ProofRequest, 'pool'>): Asking {
  return { query: (text, values) => withLease(request.pool, (held) => held.query(text, values)) };
}

/** A transaction of its own that reaches no county. */
export function writing<Result>(request: Pick<ProofRequest, 'pool'>, work: (db: WholeHandle) => Promise<Result>) {
  return withLease(request.pool, (held) => held.writing(nowhere, work));
}

/** The same for looking only. */
export function reading<Result>(request: Pick<ProofRequest, 'pool'>, work: (db: WholeHandle) => Promise<Result>) {
  return withLease(request.pool, (held) => held.reading(nowhere, work));
}

/** Whose act it is, as the audit keeps it. */
export function sourceOf(request: ProofRequest, actor: AuditSource['actor']): AuditSource {
  return { actor, address: request.address, requestId: request.requestId };
}

/**
 * Begins a try. Of those that a lock refuses only the first is recorded: a stranger does not fill the audit.
 * @throws access.locked, request.tooMany
 */
export async function beginTry(request: ProofRequest, claimant: Claimant): Promise<Attempt> {
  const begun = await beginAttempt(asking(request), claimant.account, request.address, request.now);
  if (begun.attempt !== null) return begun.attempt;
  if (begun.first) await writing(request, (db) => recordRefusal(db, request, claimant, 'locked'));
  throw begun.refusal;
}

/**
 * A wrong proof: counted, and remembered with the person it was about. A name that nobody bears may be a password typed
 * into the wrong field, so it is not written down.
 * @returns what the person is told when it was the last try; null while some are left
 */
export async function failTry(request: ProofRequest, claimant: Claimant, attempt: Attempt, reason: RefusedProof) {
  await attempt.failed();
  await writing(request, (db) => recordRefusal(db, request, claimant, reason));
  return attempt.left > 0 ? null : problem('access.locked', { minutes: lockout.minutes });
}

/** Writes that a proof was refused. */
export async function recordRefusal(
  db: WholeHandle,
  request: ProofRequest,
  { personId, actor }: Claimant,
  reason: RefusedProof,
) {
  await recordAudit(db, sourceOf(request, actor), {
    action: 'session.refused',
    objectType: 'person',
    objectId: personId ?? '?',
    fields: [],
    after: { reason },
  });
}
