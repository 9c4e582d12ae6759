import { nowhere } from '#domain/access/actor.ts';
import type { Lease } from '#platform/db/handle.ts';
import { genesis, hashOfSeal, type Seal } from './chain.ts';
import { type AuditHandle, sealsWithRows, seeAllRows, unsealedCount } from './seal.store.ts';

/** What is wrong with the first link that does not hold. */
export interface Broken {
  readonly position: number;
  readonly firstId: number;
  readonly lastId: number;
  /** In Chinese, for the person who runs the check. */
  readonly reason: string;
}

export interface Verified {
  readonly ok: boolean;
  /** Links that hold, and the rows they cover. */
  readonly seals: number;
  readonly rows: number;
  /** Rows that no link covers yet; a handful on a running system. */
  readonly unsealed: number;
  /** Hash of the last link that holds; zeros when there is none. */
  readonly head: string;
  readonly broken: Broken | null;
  /** Whether the head that was asked for is a link of the chain; null when none was asked for. */
  readonly knownHead: boolean | null;
}

/** Links a statement; one may cover fifty thousand rows. */
const pageSize = 100;

/**
 * Recomputes the chain from its first link: every hash, every row. Stops at the first link that does not hold.
 * @param head a head that was written down earlier (the log keeps one a day); a chain cut off behind it is noticed
 */
export async function verifyAudit(held: Lease, head?: string): Promise<Verified> {
  return held.reading(nowhere, (db) => verifyIn(db, head));
}

/** The same inside a transaction that is open already, which sees all audit rows from then on. */
export async function verifyIn(db: AuditHandle, head?: string): Promise<Verified> {
  await seeAllRows(db);
  let previous: Pick<Seal, 'position' | 'toTransaction' | 'hash'> = {
    position: 0,
    toTransaction: '0',
    hash: genesis,
  };
  let rows = 0;
  let knownHead = head === undefined ? null : head === genesis;
  let broken: Broken | null = null;
  pages: for (;;) {
    const page = await sealsWithRows(db, previous.position, pageSize);
    for (const seal of page) {
      const reason = whatIsWrong(seal, previous);
      if (reason !== null) {
        broken = { position: seal.position, firstId: seal.firstId, lastId: seal.lastId, reason };
        break pages;
      }
      rows += seal.rowCount;
      if (seal.hash === head) knownHead = true;
      previous = seal;
    }
    if (page.length < pageSize) break;
  }
  const unsealed = await unsealedCount(db, previous.toTransaction);
  const ok = broken === null && knownHead !== false;
  return { ok, seals: previous.position, rows, unsealed, head: previous.hash, broken, knownHead };
}

function whatIsWrong(
  seal: Seal & { foundCount: number; foundHash: string | null },
  previous: Pick<Seal, 'position' | 'toTransaction' | 'hash'>,
): string | null {
  if (seal.position !== previous.position + 1) return `封存第 ${previous.position + 1} 节缺失`;
  if (seal.previousHash !== previous.hash || seal.fromTransaction !== previous.toTransaction) return '与上一节不相接';
  if (seal.hash !== hashOfSeal(seal)) return '封存记录本身被改动';
  if (seal.foundCount !== seal.rowCount) return `封存时 ${seal.rowCount} 条，现在 ${seal.foundCount} 条`;
  if (seal.foundHash !== seal.rowsHash) return '有记录的内容被改动';
  return null;
}
