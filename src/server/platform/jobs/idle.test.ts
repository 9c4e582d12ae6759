import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { openStatementMeter, type StatementMeter } from '#test/support/statements/statement-meter.ts';
import { withLease } from '../db/handle.ts';
import { watchOutage } from '../db/outage.ts';
import { openPool } from '../db/pool.ts';
import { openJobs } from './runner.ts';

const silent = { info() {}, warn() {}, error() {} };
let database: TestDatabase;
let meter: StatementMeter;
let pool: pg.Pool;

beforeAll(async () => {
  database = await cloneDatabase();
  meter = await openStatementMeter(database.appUrl);
  pool = openPool({ url: database.appUrl, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await meter.close();
  await database.drop();
});

it('forty kinds of jobs ask the database at most five times a second while there is nothing to do', async () => {
  let runs = 0;
  const kinds = Array.from({ length: 40 }, (_, index) => ({
    name: `probe.kind${index}`,
    title: `第 ${index} 种`,
    retries: 1,
    schedule: '20 3 * * *',
    run: async () => {
      runs += 1;
    },
  }));
  const jobs = openJobs({ appUrl: meter.url, jobs: kinds, log: silent, outage: watchOutage(() => silent) });
  await jobs.start();
  try {
    // First makes sure that the job runs and that the meter counts it; only then is the silence measured.
    await withLease(pool, (held) =>
      held.writing(nowhere, (db) => jobs.enqueue(db, 'probe.kind39', { places: [], what: 'first' })),
    );
    await expect.poll(() => runs, { timeout: 20_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = meter.count;
    expect(before).toBeGreaterThan(3);
    // Longer than the five seconds after which the queue is asked anyway.
    const seconds = 8;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const sent = meter.count - before;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(5 * seconds);
  } finally {
    await jobs.stop();
  }
});
