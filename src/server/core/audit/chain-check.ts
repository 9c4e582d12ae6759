import type { AuditHandle } from './seal.store.ts';
import { type Checked, type Verified, verifyIn } from './verify.ts';

/** The part of the chain that this process has verified itself, so that not every check begins at the first link. */
export interface ChainCheck {
  /** Every link from the first one on; nightly. */
  whole(db: AuditHandle, now: Date): Promise<Verified>;
  /**
   * The links since the last complete check that passed, and the time of that check; the whole chain where none passed.
   */
  sinceWhole(db: AuditHandle, now: Date): Promise<{ readonly verified: Verified; readonly wholeAt: Date }>;
}

/** The memory of a process begins empty. Only a complete check that passed fills it. */
export function createChainCheck(): ChainCheck {
  let last: { readonly checked: Checked; readonly at: Date } | null = null;
  const whole = async (db: AuditHandle, now: Date) => {
    const verified = await verifyIn(db);
    last = verified.ok ? { checked: verified.checked, at: now } : null;
    return verified;
  };
  return {
    whole,
    async sinceWhole(db, now) {
      if (last === null) return { verified: await whole(db, now), wholeAt: now };
      const { checked, at } = last;
      return { verified: await verifyIn(db, { from: checked }), wholeAt: at };
    },
  };
}
