import { createHmac } from 'node:crypto';
import { type AccessHandle, advanceTimeStep, secondFactorSecret } from '../account/accounts.store.ts';
import type { Auth } from '../auth/auth.ts';

/** A code shows for this long; better-auth takes those of the step before and after, too (RFC 6238). */
const stepMilliseconds = 30_000;

/**
 * Takes a code of a person's telephone for the one time that it counts: each must come from a later time step than the
 * last that was taken (RFC 6238, 5.2). better-auth, which decides whether a code is right, would take it again.
 * @returns false where this code, or a later one, was taken before; true also for a wrong code, which better-auth refuses
 */
export async function takeTimeStep(db: AccessHandle, auth: Auth, personId: string, code: string): Promise<boolean> {
  const kept = await secondFactorSecret(db, personId);
  if (kept === undefined) return true;
  const { symmetricDecrypt } = await import('better-auth/crypto');
  const key = (await auth.$context).secretConfig;
  // better-auth goes by this clock and no other.
  const step = stepOf(await symmetricDecrypt({ key, data: kept }), code, Date.now());
  return step === null || advanceTimeStep(db, personId, step);
}

/** The latest step whose code this is, among those that count at a moment in milliseconds; null for a wrong code. */
function stepOf(secret: string, code: string, at: number): number | null {
  const now = Math.floor(at / stepMilliseconds);
  return [now + 1, now, now - 1].find((step) => codeAt(secret, step) === code) ?? null;
}

/** Six digits for a counter (RFC 4226, 5.3); the key is the secret as better-auth made it, letter by letter. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
