import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { lease, withLease } from '../db/handle.ts';
import { watchOutage } from '../db/outage.ts';
import { withClient } from '../db/owner-client.ts';
import { openPool } from '../db/pool.ts';
import type { Log } from '../http/endpoint.ts';
import type { JobData, JobDefinition } from './port.ts';
import { type Jobs, type JobsOptions, openJobs } from './runner.ts';

const errors: string[] = [];
const log: Log = { info() {}, warn() {}, error: (_details, message) => void errors.push(String(message)) };
let database: TestDatabase;
let pool: pg.Pool;
let jobs: Jobs;
/** The work of each run of the job; a test sets it. */
let act: (data: JobData) => Promise<void>;

const definition: JobDefinition = {
  name: 'probe.count',
  title: '计数',
  retries: 3,
  keyOf: (data) => String(data.what),
  run: (data) => act(data),
};

const asOwner = <Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(statement)).rows);
const enqueue = (what: string, more: object = {}) =>
  withLease(pool, (held) =>
    held.writing(nowhere, (db) => jobs.enqueue(db, 'probe.count', { places: [], what, ...more })),
  );
const open = (options: Partial<JobsOptions> = {}) =>
  openJobs({ appUrl: database.appUrl, jobs: [definition], log, outage: watchOutage(() => log), ...options });
const states = async () =>
  (await asOwner<{ state: string }>(`select state from jobs order by id`)).map((row) => row.state);
const patience = { timeout: 20_000 };
/** Waits until these queues have looked several times more for jobs that they may take. */
const looked = async (...queues: Jobs[]) => {
  const before = queues.map(({ looks }) => looks);
  await expect.poll(() => queues.every(({ looks }, at) => looks >= before[at]! + 4), patience).toBe(true);
};

beforeAll(async () => {
  database = await cloneDatabase();
  await asOwner(`create table seen (n int); grant select, insert on seen to dudao_app`);
  pool = openPool({ url: database.appUrl, max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await asOwner(`delete from jobs; truncate seen`);
  errors.length = 0;
  jobs = open();
});
afterEach(() => jobs.stop());

it('a job is announced at the commit of its transaction, and a job that was rolled back never runs', async () => {
  const seen: JobData[] = [];
  act = async (data) => {
    seen.push(data);
  };
  jobs = open({ every: { poll: 3_600_000 } });
  await jobs.start();
  // Waits until the first look has found nothing.
  await expect
    .poll(
      () =>
        asOwner(
          `select 1 from pg_stat_activity where datname = current_database() and query like 'update jobs%' and state = 'idle'`,
        ),
      patience,
    )
    .toHaveLength(1);
  const refused = withLease(pool, (held) =>
    held.writing(nowhere, async (db) => {
      await jobs.enqueue(db, 'probe.count', { places: [], what: 'rolled back' });
      throw new Error('refused');
    }),
  );
  await expect(refused).rejects.toThrow('refused');
  const by = { personId: 'p', grantId: 'g', standInId: null };
  await enqueue('asked', { places: [4], by });
  await expect.poll(() => seen, patience).toEqual([{ places: [4], what: 'asked', by }]);
  await expect.poll(states, patience).toEqual([]);
});

it('two waiting jobs with the same key are one', async () => {
  for (const what of ['same', 'other', 'same']) await enqueue(what);
  const waiting = await asOwner<{ key: string }>('select key from jobs order by id');
  expect(waiting.map((row) => row.key)).toEqual(['same', 'other']);
});

it('a job that another transaction requested before does not run until both have ended', async () => {
  const counts: number[] = [];
  act = async () => {
    const [row] = await asOwner<{ n: number }>('select count(*)::int as n from seen');
    counts.push(row!.n);
  };
  await enqueue('same');
  jobs = open({ every: { poll: 200 } });
  const second = await lease(pool);
  try {
    await second.writing(nowhere, async (db) => {
      await second.query('insert into seen values (1)');
      await jobs.enqueue(db, 'probe.count', { places: [], what: 'same' });
      await jobs.start();
      await looked(jobs);
      expect(counts).toEqual([]);
    });
  } finally {
    second.release();
  }
  await expect.poll(() => counts, patience).toEqual([1]);
  await expect.poll(states, patience).toEqual([]);
});

it('a job that finished during an outage of the database is marked as done after it', async () => {
  let runs = 0;
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const limit = (connections: number) => asOwner(`alter database ${name} connection limit ${connections}`);
  act = async () => {
    runs += 1;
    // Only the superuser can connect until this is reverted.
    await limit(0);
    await asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dudao_app'
      and datname = current_database()`);
  };
  await enqueue('once');
  const failed: string[] = [];
  const outage = {
    failed: (_: unknown, what: string) => void failed.push(what),
    worked() {},
    wrote() {},
    troubles: [],
  };
  jobs = open({ outage });
  await jobs.start();
  await expect
    .poll(() => failed.filter((what) => /the end of a job .* was not noted/.test(what)).length, patience)
    .toBeGreaterThan(1);
  await limit(-1);
  await expect.poll(states, patience).toEqual([]);
  expect(runs).toBe(1);
});

it('a failed job is tried again, and after the last failure it is kept and reported', async () => {
  let runs = 0;
  act = async () => {
    runs += 1;
    throw new Error('not this time');
  };
  await enqueue('again');
  jobs = open({ every: { poll: 200 } });
  await jobs.start();
  for (const attempts of [1, 2, 3]) {
    await expect
      .poll(() => asOwner(`select attempts, run_at > now() as later from jobs where state = 'retrying'`), patience)
      .toEqual([{ attempts, later: true }]);
    expect(errors).toEqual([]);
    await asOwner(`update jobs set run_at = now()`);
  }
  await expect
    .poll(() => asOwner('select state, error, failed_at is not null as told from jobs'), patience)
    .toEqual([{ state: 'failed', error: 'Error: not this time', told: true }]);
  expect(runs).toBe(4);
  expect(errors).toEqual(['a job of probe.count failed for the last time']);
});

it('the next start repeats the jobs of a killed process, but not those of a living one', async () => {
  let release: () => void = () => {};
  let runs = 0;
  act = async () => {
    runs += 1;
    if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
  };
  await enqueue('left');
  await jobs.start();
  await expect.poll(states, patience).toEqual(['running']);
  const neighbour = open({ every: { poll: 100, look: 100 } });
  await neighbour.start();
  await looked(neighbour);
  expect(runs).toBe(1);
  await neighbour.stop();
  release();
  await expect.poll(states, patience).toEqual([]);

  await jobs.stop();
  await leaveBehind();
  jobs = open();
  await jobs.start();
  await expect.poll(states, patience).toEqual([]);
  expect(runs).toBe(2);
});

it('a living server takes over the jobs of a killed neighbour', async () => {
  let runs = 0;
  act = async () => {
    runs += 1;
  };
  jobs = open({ every: { poll: 100, look: 100 } });
  await jobs.start();
  await enqueue('first');
  await expect.poll(() => runs, patience).toBe(1);
  await leaveBehind();
  await expect.poll(() => runs, patience).toBe(2);
  await expect.poll(states, patience).toEqual([]);
});

it('a job whose server ended at every try is not started again', async () => {
  let runs = 0;
  act = async () => {
    runs += 1;
  };
  await leaveBehind(4);
  await jobs.start();
  await expect.poll(states, patience).toEqual(['failed']);
  expect(runs).toBe(0);
});

it('several servers do each job once, and stopping waits for the running job', async () => {
  const done: string[] = [];
  act = async ({ what }) => {
    await states();
    done.push(String(what));
  };
  const neighbour = open();
  await Promise.all([jobs.start(), neighbour.start()]);
  const asked = Array.from({ length: 30 }, (_, index) => `job ${index}`);
  for (const what of asked) await enqueue(what);
  await expect.poll(states, patience).toEqual([]);
  expect(done.toSorted()).toEqual(asked.toSorted());

  const order: string[] = [];
  let release: () => void = () => {};
  act = async () => {
    await new Promise<void>((resolve) => (release = resolve));
    order.push('ended');
  };
  await enqueue('last');
  await expect.poll(states, patience).toEqual(['running']);
  const stopped = Promise.all([jobs.stop(), neighbour.stop()]).then(() => order.push('stopped'));
  // Stopping goes to the database and back; several such ways pass.
  for (let way = 0; way < 5; way += 1) expect(await states()).toEqual(['running']);
  expect(order).toEqual([]);
  release();
  await stopped;
  expect(order).toEqual(['ended', 'stopped']);
  expect(await states()).toEqual([]);
});

it('a scheduled job has one row for all servers, in the time of the office; a missed turn is made up', async () => {
  let runs = 0;
  const nightly: JobDefinition = {
    name: 'probe.nightly',
    title: '夜间',
    retries: 0,
    schedule: '20 3 * * *',
    run: async () => {
      runs += 1;
    },
  };
  const turns = () =>
    asOwner<{ at: string; future: boolean }>(
      `select to_char(run_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as at,
              run_at > now() and run_at <= now() + interval '24 hours' as future from jobs where state = 'waiting'`,
    );
  jobs = open({ jobs: [nightly], every: { poll: 100 } });
  const neighbour = open({ jobs: [nightly], every: { poll: 100 } });
  await Promise.all([jobs.start(), neighbour.start()]);
  try {
    await expect.poll(turns, patience).toEqual([{ at: '03:20:00', future: true }]);
    await looked(jobs, neighbour);
    expect(await turns()).toHaveLength(1);
    await asOwner(`update jobs set run_at = now() - interval '3 hours'`);
    await expect.poll(() => runs, patience).toBe(1);
    await expect.poll(turns, patience).toEqual([{ at: '03:20:00', future: true }]);
    expect(runs).toBe(1);
  } finally {
    await neighbour.stop();
  }
});

/** A job in the hands of a server that is not alive. */
async function leaveBehind(attempts = 1): Promise<void> {
  await asOwner(`insert into jobs (name, key, data, state, attempts, server)
    values ('probe.count', 'left', '{"places": [], "what": "left"}', 'running', ${attempts}, 7)`);
}
