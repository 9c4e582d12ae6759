import type { AuditHandle } from './seal.store.ts';
import { type Checked, type Verified, verifyIn } from './verify.ts';

/** What one process has seen of the chain with its own eyes, so that not every look begins at the first link. */
export interface ChainCheck {
  /** Every link from the first one on; nightly. */
  whole(db: AuditHandle, now: Date): Promise<Verified>;
  /** The links since the whole chain was found whole, and when that was; the whole chain where it never was. */
  sinceWhole(db: AuditHandle, now: Date): Promise<{ readonly verified: Verified; readonly wholeAt: Date }>;
}

/** The memory of a process begins empty, and nothing else than a whole pass that held fills it. */
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
