import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { schoolCorrected, schoolReopened, schoolsEnded } from '#core/directory/school-occurrences.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import type { JobReach } from '#platform/jobs/port.ts';
import { recomputeBalance } from '../filing.act.ts';
import * as jobs from '../filing.jobs.ts';
import type { FilingHandle } from '../filing.store.ts';
import { type ListedSchool, writeCorrection, writeExemptions, writeRestoration } from './list-change.store.ts';

/**
 * A job's change to one line of a collection's list. Each change makes an audit row and a new balance of its county.
 */
interface ListChange {
  readonly placeId: number;
  readonly periodId: number;
  readonly schoolId: number;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | number;
  readonly before?: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** Runs in the scope of the job's places; everything it changes is recorded and counted in one transaction. */
async function changeLists(
  services: JobServices,
  { places }: Pick<JobReach, 'places'>,
  change: (db: FilingHandle) => Promise<ListChange[]>,
): Promise<void> {
  await withWriting(services.pool, atPlaces(places), async (db) => {
    for (const { periodId, ...done } of await change(db)) {
      await services.record(db, done);
      await services.enqueue(db, recomputeBalance, { places: [done.placeId], countyId: done.placeId, periodId });
    }
  });
}

/** The change to the filing of a line. */
function ofFiling({ placeId, periodId, schoolId, filingId }: ListedSchool, action: string, after: ListChange['after']) {
  return { placeId, periodId, schoolId, action, objectType: 'filing' as const, objectId: filingId, after };
}

/** The lists of open collections follow the register of schools. */
export const filingJobs: readonly FeatureJob[] = [
  doing(jobs.exemptSchools, (services, data) =>
    changeLists(services, data, async (db) =>
      (await writeExemptions(db, data.schoolIds, data.reason)).map((line) =>
        ofFiling(line, 'filing.exempted', { reason: data.reason }),
      ),
    ),
  ),
  doing(jobs.restoreSchool, (services, data) =>
    changeLists(services, data, async (db) =>
      (await writeRestoration(db, data.schoolId)).map((line) => ofFiling(line, 'filing.restored', { owes: true })),
    ),
  ),
  doing(jobs.correctSchool, (services, data) =>
    changeLists(services, data, async (db) =>
      (await writeCorrection(db, data.schoolId)).map(({ placeId, collectionId, periodId, before, after }) => ({
        ...{ placeId, periodId, schoolId: data.schoolId },
        ...{ action: 'period.schoolCorrected', objectType: 'period', objectId: collectionId },
        ...{ before: { ...before }, after: { ...after } },
      })),
    ),
  ),
];

/** The events of the register of schools that they follow. */
export const filingFollows: readonly Following[] = [
  following(schoolsEnded, jobs.exemptSchools),
  following(schoolReopened, jobs.restoreSchool),
  following(schoolCorrected, jobs.correctSchool),
];
