import type { FeatureJob } from '#core/access/feature.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withReading } from '#platform/db/handle.ts';

/** Every night the whole audit chain is verified. */
export const verifyAudit: FeatureJob = {
  name: 'audit.verify',
  title: '核对审计封存链',
  retries: 0,
  schedule: '40 3 * * *',
  run: async ({ pool, chainCheck, now }) => {
    const { broken } = await withReading(pool, nowhere, (db) => chainCheck.whole(db, now()));
    // A failed job waits for an operator, who reads this sentence; a second try would not help.
    if (broken !== null) throw new Error(`审计封存链第 ${broken.position} 节不符：${broken.reason}。`);
  },
};
