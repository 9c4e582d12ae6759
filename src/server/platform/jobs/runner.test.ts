import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database.ts';
import { lease, withLease } from '../db/handle.ts';
import { watchOutage } from '../db/outage.ts';
import { withClient } from '../db/owner-client.ts';
import { openPool } from '../db/pool.ts';
import type { Log } from '../http/endpoint.ts';
import type { JobData, JobDefinition } from './port.ts';
import { installJobs, type Jobs, openJobs } from './runner.ts';

const silent: Log = { info() {}, warn() {}, error() {} };
let database: TestDatabase;
let pool: pg.Pool;
let jobs: Jobs;
/** What each run of the job does; a test decides. */
let act: (data: JobData) => Promise<void>;

const definition: JobDefinition = {
  name: 'probe.count',
  retries: 3,
  keyOf: (data) => String(data.what),
  run: (data) => act(data),
};

const asOwner = <Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(statement)).rows);
const enqueue = (what: string) =>
  withLease(pool, (held) => held.writing(nowhere, (db) => jobs.enqueue(db, 'probe.count', { places: [], what })));
const open = () =>
  openJobs({ appUrl: database.appUrl, jobs: [definition], log: silent, outage: watchOutage(() => silent) });
const states = async () =>
  (await asOwner<{ state: string }>(`select state::text from jobs.job where name = 'probe.count' order by 1`)).map(
    (row) => row.state,
  );
const patience = { timeout: 20_000 };

beforeAll(async () => {
  database = await cloneDatabase();
  await installJobs(database.ownerUrl, [definition]);
  await asOwner(`create table seen (n int); grant select, insert on seen to dudao_app`);
  pool = openPool({ url: database.appUrl, max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await asOwner(`delete from jobs.job; truncate seen`);
  jobs = open();
});
afterEach(() => jobs.stop());

it('a job that another transaction asked for before does not run before both have ended', async () => {
  const counts: number[] = [];
  act = async () => {
    const [row] = await asOwner<{ n: number }>('select count(*)::int as n from seen');
    counts.push(row!.n);
  };
  await enqueue('same');
  const second = await lease(pool);
  try {
    await second.writing(nowhere, async (db) => {
      await second.query('insert into seen values (1)');
      await jobs.enqueue(db, 'probe.count', { places: [], what: 'same' });
      await jobs.start();
      // Long enough for the worker to look several times.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(counts).toEqual([]);
    });
  } finally {
    second.release();
  }
  await expect.poll(() => counts, patience).toEqual([1]);
  await expect.poll(states, patience).toEqual(['completed']);
});

it('a job that was done while the database went away is noted as done when it is back', async () => {
  let runs = 0;
  const name = new URL(database.ownerUrl).pathname.slice(1);
  act = async () => {
    runs += 1;
    // Nobody but the superuser may come in until it is given back.
    const limit = (connections: number) => asOwner(`alter database ${name} connection limit ${connections}`);
    await limit(0);
    await asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dudao_app'
      and datname = current_database()`);
    setTimeout(() => void limit(-1), 1_200);
  };
  await enqueue('once');
  await jobs.start();
  await expect.poll(states, patience).toEqual(['completed']);
  expect(runs).toBe(1);
});

it('what comes round by the clock has the queue that it needs', async () => {
  const queues = await withClient(
    database.appUrl,
    async (client) => (await client.query<{ name: string }>('select name from jobs.queue order by 1')).rows,
  );
  expect(queues.map((queue) => queue.name)).toEqual(['__pgboss__send-it', 'probe.count']);
});

it('a job that fails is tried again', async () => {
  let runs = 0;
  act = async () => {
    runs += 1;
    if (runs === 1) throw new Error('not this time');
  };
  await enqueue('again');
  await jobs.start();
  await expect.poll(states, patience).toEqual(['retry']);
  await asOwner(`update jobs.job set start_after = now()`);
  await expect.poll(states, patience).toEqual(['completed']);
  expect(runs).toBe(2);
});

it('what a killed process was at is done again by the next start, but not what a living one is at', async () => {
  let release: () => void = () => {};
  let runs = 0;
  act = async () => {
    runs += 1;
    if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
  };
  await enqueue('left');
  await jobs.start();
  await expect.poll(states, patience).toEqual(['active']);
  const neighbour = await openNeighbour();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(runs).toBe(1);
  await neighbour.stop();
  release();
  await expect.poll(states, patience).toEqual(['completed']);

  await asOwner(`update jobs.job set state = 'active', completed_on = null`);
  await jobs.stop();
  jobs = open();
  await jobs.start();
  await expect.poll(states, patience).toEqual(['completed']);
  expect(runs).toBe(2);
});

/** Another server on the same database. */
async function openNeighbour(): Promise<Jobs> {
  const neighbour = open();
  await neighbour.start();
  return neighbour;
}
