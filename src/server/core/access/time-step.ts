import { createHmac } from 'node:crypto';
import type { Guest } from './guest.ts';
import { type AccessHandle, advanceTimeStep, secondFactorSecret } from './people.store.ts';

/** A code shows for this long; the guest takes those of the step before and after, too (RFC 6238). */
const stepMilliseconds = 30_000;

/**
 * Takes a code of a person's telephone for the one time that it counts: each must come from a later time step than the
 * last that was taken (RFC 6238, 5.2). The guest, which decides whether a code is right, would take it again.
 * @returns false where this code, or a later one, was taken before; true also for a wrong code, which the guest refuses
 */
export async function takeTimeStep(db: AccessHandle, guest: Guest, personId: string, code: string): Promise<boolean> {
  const kept = await secondFactorSecret(db, personId);
  if (kept === undefined) return true;
  const { symmetricDecrypt } = await import('better-auth/crypto');
  const key = (await guest.$context).secretConfig;
  // The guest goes by this clock and no other.
  const step = stepOf(await symmetricDecrypt({ key, data: kept }), code, Date.now());
  return step === null || advanceTimeStep(db, personId, step);
}

/** The latest step whose code this is, among those that count at a moment in milliseconds; null for a wrong code. */
function stepOf(secret: string, code: string, at: number): number | null {
  const now = Math.floor(at / stepMilliseconds);
  return [now + 1, now, now - 1].find((step) => codeAt(secret, step) === code) ?? null;
}

/** Six digits for a counter (RFC 4226, 5.3); the key is the secret as the guest made it, letter by letter. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
