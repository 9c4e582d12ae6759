import { nowhere } from '#domain/access/actor.ts';
import type { Lease } from '#platform/db/handle.ts';
import { genesis, hashOfSeal, type Seal } from './chain.ts';
import { type AuditHandle, countUnsealed, findSealAt, listSealsWithRows, writeSealingSetting } from './seal.store.ts';

/** The error in the first link that does not hold. */
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
  /** Whether the given head is a link of the chain; null when none was given. */
  readonly knownHead: boolean | null;
  /** The last link that holds, from which a later check may continue. */
  readonly checked: Checked;
}

/** A link up to which the chain was verified, with the number of rows covered so far. */
export type Checked = Pick<Seal, 'position' | 'toTransaction' | 'hash'> & { readonly rows: number };

const beginning: Checked = { position: 0, toTransaction: '0', hash: genesis, rows: 0 };

/** Links per statement; one link may cover fifty thousand rows. */
const pageSize = 100;

/**
 * Recomputes the chain from its first link: every hash, every row. Stops at the first link that does not hold.
 * @param head a head that was written down earlier (the log keeps one a day); a chain cut off behind it is noticed
 */
export async function verifyAudit(held: Lease, head?: string): Promise<Verified> {
  return held.reading(nowhere, (db) => verifyIn(db, { head }));
}

/**
 * The same inside an open transaction, which sees all audit rows from then on. With `from`, only the links after that
 * link are recomputed, provided that the link itself is unchanged.
 */
export async function verifyIn(
  db: AuditHandle,
  { head, from = beginning }: { readonly head?: string | undefined; readonly from?: Checked } = {},
): Promise<Verified> {
  await writeSealingSetting(db);
  let previous: Pick<Seal, 'position' | 'toTransaction' | 'hash'> = from;
  let rows = from.rows;
  let knownHead = head === undefined ? null : head === genesis;
  let broken = await whatIsWrongWith(db, from);
  pages: while (broken === null) {
    const page = await listSealsWithRows(db, previous.position, pageSize);
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
  const unsealed = await countUnsealed(db, previous.toTransaction);
  const ok = broken === null && knownHead !== false;
  const { position, toTransaction, hash } = previous;
  const checked = { position, toTransaction, hash, rows };
  return { ok, seals: position, rows, unsealed, head: hash, broken, knownHead, checked };
}

/** A check that begins at a link trusts it only if the link is still there unchanged. */
async function whatIsWrongWith(db: AuditHandle, { position, hash }: Checked): Promise<Broken | null> {
  if (position === 0) return null;
  const seal = await findSealAt(db, position);
  if (seal?.hash === hash) return null;
  const reason = seal === null ? `封存第 ${position} 节缺失` : '与上次全链核对时不同';
  return { position, firstId: seal?.firstId ?? 0, lastId: seal?.lastId ?? 0, reason };
}

function whatIsWrong(
  seal: Seal & { foundCount: number; foundHash: string | null },
  previous: Pick<Seal, 'position' | 'toTransaction' | 'hash'>,
): string | null {
  if (seal.position !== previous.position + 1) return `封存第 ${previous.position + 1} 节缺失`;
  if (seal.previousHash !== previous.hash || seal.fromTransaction !== previous.toTransaction) return '与上一节不相接';
  if (seal.format !== 1) return `封存的格式 ${seal.format} 不为本程序所知，请使用较新的版本核对`;
  if (seal.hash !== hashOfSeal(seal)) return '封存记录本身被改动';
  if (seal.foundCount !== seal.rowCount) return `封存时 ${seal.rowCount} 条，现在 ${seal.foundCount} 条`;
  if (seal.foundHash !== seal.rowsHash) return '有记录的内容被改动';
  return null;
}
