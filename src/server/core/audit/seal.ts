import { nowhere } from '#domain/access/actor.ts';
import { type Lease, withLease, withReading } from '#platform/db/handle.ts';
import type { Outage } from '#platform/db/outage.ts';
import type { Log } from '#platform/http/endpoint.ts';
import type { Seal } from './chain.ts';
import { findOldestUnsealed, insertSeal, writeSealingSetting } from './seal.store.ts';

/**
 * Seals the settled audit rows: unsealed rows of transactions older than every running one. No writer waits for it.
 * Only one sealer works at a time (an advisory lock that ends with the transaction); a second one, on this server or
 * another, returns without sealing.
 */
export async function sealAuditEvents(held: Lease): Promise<Seal | null> {
  return held.writing(nowhere, insertSeal);
}

/** Rows that wait longer than this are reported in the log: something blocks the sealer. */
const patience = 60_000;

export interface SealingOptions {
  readonly pool: Parameters<typeof withLease>[0];
  readonly log: Log;
  /** A round a second also notices soonest whether the database is there. */
  readonly outage: Outage;
  readonly now: () => Date;
  /** Milliseconds between two rounds. */
  readonly every?: number;
}

/**
 * Seals once a second until it is stopped. Once a day it also writes the head of the chain to the log, outside the
 * database. A chain that was cut off at its end no longer contains this head (`dudao audit verify --head`). A writing
 * transaction that does not end blocks the sealing of everything after it; the log reports this once.
 */
export function startSealing(options: SealingOptions): { stop(): Promise<void> } {
  const { pool, log, now } = options;
  let stopped = false;
  let day = '';
  let told = false;
  let sealedAt = now().getTime();
  let wake: () => void = () => {};

  function sealed(seal: Seal): void {
    sealedAt = now().getTime();
    told = false;
    const today = now().toISOString().slice(0, 10);
    if (today === day) return;
    day = today;
    log.info({ position: seal.position, head: seal.hash, lastId: seal.lastId }, 'head of the audit chain');
  }

  /** Checked only after a minute without a link: then either there are no new acts, or nothing is sealed. */
  async function lookForStandstill(): Promise<void> {
    if (told || now().getTime() - sealedAt < patience) return;
    const oldest = await withReading(pool, nowhere, async (db) => {
      await writeSealingSetting(db);
      return findOldestUnsealed(db);
    });
    sealedAt = now().getTime();
    if (oldest === null || now().getTime() - oldest.getTime() < patience) return;
    told = true;
    log.warn(
      { oldest },
      'the audit has not been sealed for over a minute: a writing transaction has been open since (pg_stat_activity)',
    );
  }

  async function round(): Promise<void> {
    try {
      const seal = await withLease(pool, sealAuditEvents);
      if (seal === null) options.outage.worked();
      else options.outage.wrote();
      if (seal === null) await lookForStandstill();
      else sealed(seal);
    } catch (error) {
      options.outage.failed(error, 'the audit was not sealed this time; the next round takes what is left');
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await round();
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
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
