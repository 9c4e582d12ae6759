import { scheduled } from '#core/access/feature.ts';
import { retentionEntry } from '#core/audit/retention.shape.ts';
import { deleteOutdated, getKind, listKinds, type RetentionHandle } from '#core/audit/retention.store.ts';
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
      const kinds = await held.reading(nowhere, (db: RetentionHandle) => listKinds(db));
      for (const { key } of kinds.filter(({ removal }) => removal === 'term')) {
        await held.writing(nowhere, async (db) => {
          // Read anew: since the list somebody may have held it.
          const kind = await getKind(db, key);
          if (kind.years === null || kind.holds.length > 0) return;
          const { removed, digest, oldest, newest } = await deleteOutdated(db, key);
          if (removed === 0) return;
          const span = { oldest: oldest?.toISOString(), newest: newest?.toISOString() };
          const after = { years: kind.years, removed, digest, ...span };
          await services.record(db, retentionEntry(kind, 'setting.outdatedRemoved', { after }));
        });
      }
    });
  },
});
