import type { FeatureJob } from '#core/access/feature.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { withLease } from '#platform/db/handle.ts';
import { exemptSchools } from './filing.period.store.ts';
import type { FilingHandle } from './filing.store.ts';

/**
 * A school that is closed or merged away during an open period owes no filing any more, unless its figures of the year
 * were approved before: those stay. The directory asks for it in the transaction of the act.
 */
const exempt: FeatureJob = {
  name: 'filings.exempt',
  retries: 5,
  async run(services, data) {
    const { schoolIds, reason } = data as unknown as { schoolIds: number[]; reason: string };
    await withLease(services.pool, (held) =>
      held.writing({ counties: data.counties, schoolId: null }, async (db) => {
        for (const freed of await exemptSchools(db as unknown as FilingHandle, schoolIds, reason)) {
          await recordAudit(
            db,
            { actor: null, address: null, requestId: null },
            {
              action: 'filing.exempted',
              objectType: 'filing',
              objectId: freed.filingId,
              countyId: freed.countyId,
              schoolId: freed.schoolId,
              after: { reason },
            },
          );
          await services.enqueue(db, 'balance.recompute', {
            counties: [freed.countyId],
            countyId: freed.countyId,
            periodId: freed.periodId,
          });
        }
      }),
    );
  },
};

export const filingJobs: readonly FeatureJob[] = [exempt];
