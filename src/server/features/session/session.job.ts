import type { FeatureJob } from '#core/access/feature.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { deleteWhatIsOver } from './expiry.store.ts';

/** At night: sessions, half sign-ins and counts of failures that nobody can use any more go. */
export const tidySessions: FeatureJob = {
  name: 'session.tidy',
  title: '清理失效的登录',
  retries: 2,
  schedule: '20 3 * * *',
  run: async (services) => {
    await withLease(services.pool, (held) =>
      held.writing(nowhere, async (db) => {
        const over = await deleteWhatIsOver(db, services.now());
        if (over.sessions + over.verifications === 0) return;
        // One row for the night: the audit already records the beginning of each session, and its end was known then.
        await recordAudit(
          db,
          { actor: null, address: null, requestId: null },
          { action: 'session.expired', objectType: 'session', objectId: '*', after: over },
        );
      }),
    );
  },
};
