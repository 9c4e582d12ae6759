import { nowhere } from '#domain/access/actor.ts';
import { type Lease, withLease } from '#platform/db/handle.ts';
import type { Outage } from '#platform/db/outage.ts';
import type { Log } from '#platform/http/endpoint.ts';
import { genesis, hashOfSeal, type Seal } from './chain.ts';
import { insertSeal, lastSeal, openSealing, settledRows } from './seal.store.ts';

/** What one round did: a new link, nothing to seal, or another server is at it. */
export type Sealed = { readonly seal: Seal | null; readonly busy: boolean };

/**
 * Seals what is settled: all audit rows of transactions older than every running one, and not sealed yet. Nobody who
 * writes waits for it. One sealer at a time (an advisory lock that ends with the transaction); a second one, on this
 * server or another, goes away with empty hands.
 */
export async function sealAuditEvents(held: Lease): Promise<Sealed> {
  return held.writing(nowhere, async (db) => {
    if (!(await openSealing(db))) return { seal: null, busy: true };
    const last = await lastSeal(db);
    const rows = await settledRows(db, last?.toTransaction ?? '0');
    if (rows === null) return { seal: null, busy: false };
    const link = {
      position: (last?.position ?? 0) + 1,
      fromTransaction: last?.toTransaction ?? '0',
      previousHash: last?.hash ?? genesis,
      ...rows,
    };
    const seal = { ...link, hash: hashOfSeal(link) };
    await insertSeal(db, seal);
    return { seal, busy: false };
  });
}

export interface SealingOptions {
  readonly pool: Parameters<typeof withLease>[0];
  readonly log: Log;
  /** A round a second also tells soonest whether the database is there. */
  readonly outage: Outage;
  readonly now: () => Date;
  /** Milliseconds between two rounds. */
  readonly every?: number;
}

/**
 * Seals once a second until it is stopped. Once a day the head of the chain goes to the log as well, where it lies
 * outside the database: a chain that was cut off at its end no longer contains it (`dudao audit verify --head`).
 */
export function startSealing(options: SealingOptions): { stop(): Promise<void> } {
  let stopped = false;
  let day = '';
  let wake: () => void = () => {};
  const run = async () => {
    while (!stopped) {
      try {
        const { seal } = await withLease(options.pool, sealAuditEvents);
        options.outage.worked();
        const today = options.now().toISOString().slice(0, 10);
        if (seal !== null && today !== day) {
          day = today;
          options.log.info(
            { position: seal.position, head: seal.hash, lastId: seal.lastId },
            'head of the audit chain',
          );
        }
      } catch (error) {
        options.outage.failed(error, 'the audit was not sealed this time; the next round takes what is left');
      }
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.every ?? 1000);
        timer.unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
