import { nowhere } from '#domain/access/actor.ts';
import { addressKey } from '#domain/access/address-key.ts';
import { lockout } from '#domain/access/lockout.ts';
import { problem } from '#domain/kit/problem.ts';
import { type LeaseSource, type WholeHandle, withReading, withWriting } from '#platform/db/handle.ts';
import { Turns } from '#platform/threads/turns.ts';
import { type AuditSource, recordAudit } from '../../audit/audit.store.ts';
import { askingEach } from '../session/session.store.ts';
import { type Attempt, beginAttempt } from './attempts.ts';

/**
 * A request that proves or changes a person's identity. It holds no connection while a password is hashed or
 * better-auth works: each step takes a connection and gives it back.
 */
export interface ProofRequest {
  readonly pool: LeaseSource;
  readonly now: Date;
  readonly address: string;
  readonly requestId: string | null;
  readonly userAgent: string | undefined;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The raw `Cookie` header. */
  readonly cookie: string | undefined;
  /** The origin of the page, as the browser reports it; with HTTPS, cookies are for HTTPS only. */
  readonly origin: string | undefined;
}

/** The subject of the proof: the account under which it is counted, and the person, where somebody has that name. */
export interface Claimant {
  readonly account: string;
  readonly personId: string | null;
  /** The signed-in person who proves the identity again; null before sign-in. */
  readonly actor: AuditSource['actor'];
}

/** Which proof was refused; the audit keeps these words. */
export type RefusedProof = 'password' | 'second-factor' | 'current-password' | 'locked' | 'disabled';

/** A separate transaction that reaches no county. */
export function writing<Result>(request: Pick<ProofRequest, 'pool'>, work: (db: WholeHandle) => Promise<Result>) {
  return withWriting(request.pool, nowhere, work);
}

/** The same, read-only. */
export function reading<Result>(request: Pick<ProofRequest, 'pool'>, work: (db: WholeHandle) => Promise<Result>) {
  return withReading(request.pool, nowhere, work);
}

/** The actor of the act, as the audit keeps it. */
export function sourceOf(request: ProofRequest, actor: AuditSource['actor']): AuditSource {
  return { actor, address: request.address, requestId: request.requestId };
}

/**
 * A wrong try counts for its address when it has failed, so this many tries of one address may be looked at beyond its
 * limit. Hashing takes the threads of the process; a crowd of right passwords waits its turn.
 */
const proofs = new Turns({
  atOnce: 16,
  waiting: 1000,
  ofOne: { atOnce: 8, waiting: 400 },
  ofThing: 1,
  patience: 60_000,
});

/**
 * One attempt from its count to its outcome, in its turn; those on one `thing` come one after another. Only the first attempt that a lock refuses is recorded, so
 * that a stranger cannot fill the audit.
 * @throws access.locked, access.guessed, request.tooMany, request.tooManyOwn, request.busy
 */
export function withTry<Result>(
  request: ProofRequest,
  claimant: Claimant,
  prove: (attempt: Attempt) => Promise<Result>,
  thing?: string,
): Promise<Result> {
  return proofs.take(
    async () => {
      const begun = await beginAttempt(askingEach(request.pool), claimant, request.address, request.now);
      if (begun.attempt !== null) return prove(begun.attempt);
      if (begun.first) await writing(request, (db) => recordRefusal(db, request, claimant, 'locked'));
      throw begun.refusal;
    },
    (why) => problem(why === 'own' ? 'request.tooManyOwn' : 'request.busy'),
    { who: addressKey(request.address), thing },
  );
}

/**
 * Counts a wrong proof and records it with the person concerned. A name that nobody has may be a password typed into
 * the wrong field, so it is not written down.
 * @returns the refusal for the person when it was the last attempt; null while some are left
 */
export async function failTry(request: ProofRequest, claimant: Claimant, attempt: Attempt, reason: RefusedProof) {
  await attempt.failed();
  await writing(request, (db) => recordRefusal(db, request, claimant, reason));
  return attempt.left > 0 ? null : problem('access.locked', { minutes: lockout.minutes });
}

/** Records that a proof was refused. */
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
