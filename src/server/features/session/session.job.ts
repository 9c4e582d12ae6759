import { scheduled } from '#core/access/feature.ts';
import { deleteWhatIsOver } from '#core/access/session/session-changes.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';

/** At night: sessions, half sign-ins and counts of failures that nobody can use any more go. */
export const tidySessions = scheduled({
  name: 'session.tidy',
  title: '清理失效的登录',
  retries: 2,
  schedule: '20 3 * * *',
  run: async (services) => {
    await withWriting(services.pool, nowhere, async (db) => {
      const over = await deleteWhatIsOver(db, services.now());
      if (over.sessions + over.verifications === 0) return;
      // One row for the night: the audit already records the beginning of each session, and its end was known then.
      await services.record(db, {
        action: 'session.expired',
        objectType: 'session',
        objectId: '*',
        after: { ...over },
      });
    });
  },
});
