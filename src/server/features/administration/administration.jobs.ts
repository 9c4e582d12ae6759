import type { FeatureJob } from '#core/access/feature.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { deleteWhatIsOver } from './tidy.store.ts';

/** At night: what nobody can use any more goes. The audit keeps what happened. */
export const administrationJobs: readonly FeatureJob[] = [
  {
    name: 'administration.tidy',
    retries: 2,
    schedule: '20 3 * * *',
    run: async (services) => {
      await withLease(services.pool, (held) => held.writing(nowhere, (db) => deleteWhatIsOver(db, services.now())));
    },
  },
];
