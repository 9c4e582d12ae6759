import type { FeatureJob } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import type { JobData } from '#platform/jobs/port.ts';
import type { FilingHandle } from '../filing.store.ts';
import { correctSchool, exemptSchools, restoreSchool } from './list-change.store.ts';

/** What a job did to one line of a collection's list: an audit row and a new balance of its county each. */
interface ListChange {
  readonly placeId: number;
  readonly periodId: number;
  readonly schoolId: number;
  readonly action: string;
  readonly objectType: 'filing' | 'period';
  readonly objectId: string | number;
  readonly before?: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** Runs in the scope of the job's places; everything it changes is recorded and counted in one transaction. */
async function changeLists(
  services: Services,
  data: JobData,
  change: (db: FilingHandle) => Promise<ListChange[]>,
): Promise<void> {
  await withLease(services.pool, (held) =>
    held.writing(atPlaces(data.places), async (db: WholeHandle) => {
      for (const { placeId: countyId, periodId, ...done } of await change(db as unknown as FilingHandle)) {
        await recordAudit(db, { actor: null, address: null, requestId: null }, { ...done, countyId });
        await services.enqueue(db, 'balance.recompute', { places: [countyId], countyId, periodId });
      }
    }),
  );
}

/**
 * What the register of schools asks for in the transaction of its own acts, so that the lists of the open collections
 * follow: a closed or merged school owes no filing any more, unless its figures of the year were approved before; one
 * that was closed by mistake gets its draft back; a correction reaches the frozen facts.
 */
export const filingJobs: readonly FeatureJob[] = [
  {
    name: 'filings.exempt',
    retries: 5,
    run(services, data) {
      const { schoolIds, reason } = data as unknown as { schoolIds: number[]; reason: string };
      return changeLists(services, data, async (db) =>
        (await exemptSchools(db, schoolIds, reason)).map(({ filingId, placeId, periodId, schoolId }) => ({
          ...{ placeId, periodId, schoolId },
          action: 'filing.exempted',
          objectType: 'filing',
          objectId: filingId,
          after: { reason },
        })),
      );
    },
  },
  {
    name: 'filings.restoreSchool',
    retries: 5,
    run(services, data) {
      return changeLists(services, data, async (db) =>
        (await restoreSchool(db, Number(data.schoolId))).map(({ filingId, placeId, periodId, schoolId }) => ({
          ...{ placeId, periodId, schoolId },
          action: 'filing.restored',
          objectType: 'filing',
          objectId: filingId,
          after: { owes: true },
        })),
      );
    },
  },
  {
    name: 'filings.correctSchool',
    retries: 5,
    run(services, data) {
      const schoolId = Number(data.schoolId);
      return changeLists(services, data, async (db) =>
        (await correctSchool(db, schoolId)).map(({ placeId, collectionId, periodId, before, after }) => ({
          ...{ placeId, periodId, schoolId },
          action: 'period.schoolCorrected',
          objectType: 'period',
          objectId: collectionId,
          before: { ...before },
          after: { ...after },
        })),
      );
    },
  },
];
