import type { FeatureJob } from '#core/access/feature.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';

/** At night: the audit, which keeps what happened, is looked through whole. */
export const verifyAudit: FeatureJob = {
  name: 'audit.verify',
  retries: 0,
  schedule: '40 3 * * *',
  run: async ({ pool, chainCheck, now }) => {
    const { broken } = await withLease(pool, (held) => held.reading(nowhere, (db) => chainCheck.whole(db, now())));
    // A job that fails stands in the log; there is nothing that a second try would mend.
    if (broken !== null) throw new Error(`the audit chain does not hold at link ${broken.position}: ${broken.reason}`);
  },
};
