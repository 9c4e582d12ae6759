import { type AccessHandle, findSecondFactorSecret, updateTimeStep } from '../account/accounts.store.ts';
import type { Auth } from '../auth/auth.ts';

/** A code is shown for this long; better-auth also accepts the codes of the steps before and after (RFC 6238). */
const stepMilliseconds = 30_000;

/**
 * Accepts a code of a person's telephone once: each code must come from a later time step than the last accepted one
 * (RFC 6238, 5.2). better-auth decides whether a code is right, but would accept it again.
 * @returns false where this code or a later one was accepted before; true also for a wrong code, which better-auth
 *   refuses
 */
export async function takeTimeStep(db: AccessHandle, auth: Auth, personId: string, code: string): Promise<boolean> {
  const kept = await findSecondFactorSecret(db, personId);
  if (kept === undefined) return true;
  const { symmetricDecrypt } = await import('better-auth/crypto');
  const key = (await auth.$context).secretConfig;
  // better-auth uses this clock and no other.
  const step = await stepOf(await symmetricDecrypt({ key, data: kept }), code, Date.now());
  return step === null || updateTimeStep(db, personId, step);
}

/**
 * The latest time step that has this code, among the steps valid at a moment in milliseconds; null for a wrong code.
 * The key is the text of the secret as better-auth made it.
 */
export async function stepOf(secret: string, code: string, at: number): Promise<number | null> {
  const { createOTP } = await import('@better-auth/utils/otp');
  const { hotp } = createOTP(secret);
  const now = Math.floor(at / stepMilliseconds);
  for (const step of [now + 1, now, now - 1]) if ((await hotp(step)) === code) return step;
  return null;
}
