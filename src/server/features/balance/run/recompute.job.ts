import { doing } from '#core/access/feature.ts';
import { isArchived } from '#core/calendar/period.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { recomputeBalance } from '../balance.jobs.ts';
import { recordOfRun } from '../balance.shape.ts';
import { findNewestStandards } from '../standard/standard.store.ts';
import { runCounty } from './compute.act.ts';

export const balanceJobs = [
  doing(recomputeBalance, async (services, { countyId, periodId, places }) => {
    const scope = atPlaces(places);
    await withWriting(services.pool, scope, async (db) => {
      // It was asked for before the year was archived; the archived year keeps the runs that it has.
      if (await isArchived(db, periodId)) return;
      for (const standard of await findNewestStandards(db)) {
        const occasion = { countyId, periodId, runAt: services.now(), runBy: null };
        const { runId, stored, verdict, changed } = await runCounty(db, occasion, standard);
        if (!changed) continue;
        const after = { standard: standard.key, revision: standard.revision, verdict, stored };
        await services.record(db, recordOfRun(countyId, runId, 'balance.run', after));
      }
    });
  }),
];
