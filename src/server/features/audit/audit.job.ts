import type { FeatureJob } from '#core/access/feature.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';

/** Every night the whole audit chain is verified. */
export const verifyAudit: FeatureJob = {
  name: 'audit.verify',
  retries: 0,
  schedule: '40 3 * * *',
  run: async ({ pool, chainCheck, now }) => {
    const { broken } = await withLease(pool, (held) => held.reading(nowhere, (db) => chainCheck.whole(db, now())));
    // A failed job appears in the log; a second try would not help.
    if (broken !== null) throw new Error(`the audit chain does not hold at link ${broken.position}: ${broken.reason}`);
  },
};
