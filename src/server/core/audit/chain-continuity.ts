import { nowhere } from '#domain/access/actor.ts';
import { StartError } from '#platform/config/start-error.ts';
import type { Lease } from '#platform/db/handle.ts';
import { getChainEnd } from './seal.store.ts';

/**
 * Refuses to work on a database whose chain comes from another cluster. After a logical restore (pg_dump), transaction
 * ids begin again below the sealed ones. New rows would fall into ranges that are sealed already: they would never be
 * sealed themselves, and would break the existing seals.
 * @throws StartError with the way out
 */
export async function assertChainGoesOn(held: Lease): Promise<void> {
  const { sealed, next } = await held.reading(nowhere, getChainEnd);
  if (sealed <= next) return;
  // The higher half of a 64-bit id; with a larger half, every new transaction comes after every sealed one.
  const epoch = (sealed >> 32n) + 1n;
  throw new StartError(
    `数据库像是用 pg_dump 恢复到新的服务器上的：审计封存链已到事务 ${sealed}，而这个服务器的下一个事务是 ${next}，继续写入会破坏封存链。请先停止数据库服务器，执行 pg_resetwal --epoch=${epoch}，再启动；详见 docs/guides/verify-the-audit.md。`,
  );
}
