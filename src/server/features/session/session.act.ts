import type { RawContext } from '#core/access/serve.ts';
import type { ProofRequest } from '#core/access/sign-in/proof.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';

/** The facts about a request that better-auth and the audit need. */
export function proofRequestOf({ services, now, call }: RawContext): ProofRequest {
  return {
    pool: services.pool,
    now,
    address: call.address,
    requestId: call.requestId,
    userAgent: call.headers['user-agent'],
    cookies: call.cookies,
    cookie: call.headers.cookie,
    origin: call.headers.origin,
  };
}

/** The audit row of an act on one sign-in. */
export function recordOfSession(sessionId: string, action: string, what: Pick<AuditEntry, 'after'> = {}): AuditEntry {
  return { action, objectType: 'session', objectId: sessionId, ...what };
}

/** The audit row of an act of a person on the own account. */
export function recordOfOwn(
  personId: string,
  action: string,
  what: Pick<AuditEntry, 'before' | 'after' | 'fields'> = {},
): AuditEntry {
  return { action, objectType: 'person', objectId: personId, ...what };
}
