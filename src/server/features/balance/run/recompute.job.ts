import type { FeatureJob } from '#core/access/feature.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { newestStandards } from '../standard/standard.store.ts';
import { runCounty } from './compute.act.ts';

/** Asked for by whatever changes the approved figures of a county's year: approval, acceptance, reopening. */
export const recomputeJob = 'balance.recompute';

const byItself = '系统（填报变动后自动测算）';

/** Two that wait for the same county and year are one: the second would read what the first reads. */
export const balanceJobs: readonly FeatureJob[] = [
  {
    name: recomputeJob,
    keyOf: (data) => `${data.countyId}:${data.periodId}`,
    retries: 5,
    async run(services, data) {
      const [countyId, periodId] = [Number(data.countyId), Number(data.periodId)];
      const scope = atPlaces(data.places);
      await withLease(services.pool, (held) =>
        held.writing(scope, async (db) => {
          for (const standard of await newestStandards(db)) {
            const occasion = { countyId, periodId, runAt: services.now(), runBy: byItself };
            const { runId, stored, verdict, changed } = await runCounty(db, occasion, standard);
            if (!changed) continue;
            await recordAudit(
              db,
              { actor: null, address: null, requestId: null },
              {
                action: 'balance.run',
                objectType: 'balance-run',
                objectId: runId,
                countyId,
                after: { standard: standard.key, revision: standard.revision, verdict, stored },
              },
            );
          }
        }),
      );
    },
  },
];
