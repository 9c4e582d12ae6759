import { scheduled } from '#core/access/feature.ts';
import { outdatedBefore, retentionEntry, retentionKinds } from '#core/audit/retention.shape.ts';
import { deleteOutdated, listHolds } from '#core/audit/retention.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';

/**
 * At night: what is older than its term goes, a transaction a kind, and the audit keeps how much it was, from when to when,
 * and the digest of what it held. What is held stays.
 */
export const removeOutdated = scheduled({
  name: 'settings.removeOutdated',
  title: '清理超过保管期限的记录',
  retries: 2,
  schedule: '10 4 * * *',
  run: async (services) => {
    await withLease(services.pool, async (held) => {
      for (const kind of retentionKinds) {
        const before = outdatedBefore(kind, services.now());
        if (before === null) continue;
        await held.writing(nowhere, async (db) => {
          const holds = await listHolds(db);
          if (holds.some((hold) => hold.kind === kind.key)) return;
          const { removed, digest, oldest, newest } = await deleteOutdated(db, kind.key, before);
          if (removed === 0) return;
          const span = { oldest: oldest?.toISOString(), newest: newest?.toISOString() };
          const after = { years: kind.years, removed, digest, ...span };
          await services.record(db, retentionEntry(kind, 'setting.outdatedRemoved', { after }));
        });
      }
    });
  },
});
