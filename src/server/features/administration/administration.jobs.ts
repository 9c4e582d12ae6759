import type { FeatureJob } from '#core/access/feature.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { deleteWhatIsOver } from './tidy.store.ts';

/** At night: what nobody can use any more goes, and the audit, which keeps what happened, is looked through whole. */
export const administrationJobs: readonly FeatureJob[] = [
  {
    name: 'administration.tidy',
    retries: 2,
    schedule: '20 3 * * *',
    run: async (services) => {
      await withLease(services.pool, (held) =>
        held.writing(nowhere, async (db) => {
          const over = await deleteWhatIsOver(db, services.now());
          if (over.sessions + over.verifications === 0) return;
          // One row for the night: whose session began when is told already, and that it would end was known then.
          await recordAudit(
            db,
            { actor: null, address: null, requestId: null },
            { action: 'session.expired', objectType: 'session', objectId: '*', after: over },
          );
        }),
      );
    },
  },
  {
    name: 'administration.verifyAudit',
    retries: 0,
    schedule: '40 3 * * *',
    run: async ({ pool, chainCheck, now }) => {
      const { broken } = await withLease(pool, (held) => held.reading(nowhere, (db) => chainCheck.whole(db, now())));
      // A job that fails stands in the log; there is nothing that a second try would mend.
      if (broken !== null)
        throw new Error(`the audit chain does not hold at link ${broken.position}: ${broken.reason}`);
    },
  },
];
