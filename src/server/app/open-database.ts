import type pg from 'pg';
import { assertChainGoesOn } from '#core/audit/chain-continuity.ts';
import type { Config } from '#platform/config/config.ts';
import type { StartLog } from '#platform/config/start-error.ts';
import { withLease } from '#platform/db/handle.ts';
import { migrate } from '#platform/db/migrate.ts';
import { roleOf, withSession } from '#platform/db/owner-client.ts';
import { openPool } from '#platform/db/pool.ts';
import { assertChineseOrder } from '#platform/postgres/chinese-order.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { type FolderHold, holdDataFolder } from '#platform/postgres/lock.ts';
import { assertAppRole, assertPublicRole } from '#platform/postgres/role-rights.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { assertDatabaseFinished, assertFolderFinished } from '#platform/postgres/unfinished-restore.ts';
import type { Content } from './content.store.ts';
import { contentOf } from './content.ts';
import { migrationsFolder } from './root.ts';

export interface OpenDatabase {
  readonly hold: FolderHold;
  /** Address for the owner role, which migrates and seeds but never serves. */
  readonly ownerUrl: string;
  /** Address for the application's role, whose few rights are checked. */
  readonly appUrl: string;
  /** One connection of the application's role, for the work before serving. */
  readonly pool: pg.Pool;
  readonly content: Content;
  /** Stops the embedded server, if there is one, and gives the data folder back. */
  close(): Promise<void>;
}

/**
 * Locks the data folder, starts the embedded database or connects to the given one, and migrates its tables. It also
 * ensures the roles of the application and of the public, and that later writes can be sealed. If a step fails, nothing
 * stays running.
 */
export async function openDatabase(config: Config, log: StartLog): Promise<OpenDatabase> {
  const hold = await holdDataFolder(config.dataDir);
  const undo: Array<() => Promise<void> | void> = [() => hold.release()];
  const close = async () => {
    for (const act of undo.splice(0).reverse()) await act();
  };
  try {
    assertFolderFinished(config.dataDir);
    let ownerUrl = config.databaseUrl;
    if (ownerUrl === null) {
      const embedded = await startEmbedded({ dataDir: config.dataDir, log });
      undo.push(() => embedded.stop());
      embedded.onDown(() => log.warn('数据库意外停止，正在重新启动……'));
      ownerUrl = embedded.ownerUrl;
    }
    const { appUrl, pool, content } = await withSession(ownerUrl, async (owner) => {
      await assertDatabaseFinished(owner.client);
      await assertChineseOrder(owner);
      const appUrl = await ensureAppRole(owner, { dataDir: config.dataDir, appUrl: config.databaseAppUrl });
      const pool = openPool({ url: appUrl, max: 1 });
      undo.push(() => pool.end());
      const appRole = roleOf(appUrl);
      const { applied, former } = await migrate(owner, { directory: migrationsFolder, appRole });
      if (former) log.info(`数据库的权限原授给角色“${former.join('、')}”，现已改授给“${appRole}”。`);
      // Without a file that ran, the role has the rights with which it was let in a moment ago.
      if (applied.length > 0 || former !== undefined) await assertAppRole(appUrl);
      const content = assertPublicRole(owner).then(() => contentOf(owner));
      // The chain comes before the first act of anybody, including the start itself: an act that no seal covers could
      // never be sealed later.
      await inOrder([content, withLease(pool, assertChainGoesOn)]);
      return { appUrl, pool, content: await content };
    });
    return { hold, ownerUrl, appUrl, pool, content, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for checks that run beside each other; the first that refuses is told. */
async function inOrder(checks: readonly Promise<unknown>[]): Promise<void> {
  for (const check of await Promise.allSettled(checks)) if (check.status === 'rejected') throw check.reason;
}
