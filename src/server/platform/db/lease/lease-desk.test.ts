import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { lease, withLease } from '../handle.ts';
import { openPool } from '../pool.ts';
import { LeaseDesk, leaseLimits } from './lease-desk.ts';

let database: TestDatabase;
const pools: pg.Pool[] = [];
beforeAll(async () => {
  database = await cloneDatabase();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
});
afterAll(() => database.drop());

function poolOf(max: number, options: { url?: string; lockLimit?: number } = {}): pg.Pool {
  const pool = openPool({ url: database.appUrl, max, ...options });
  pools.push(pool);
  return pool;
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

it('a pool whose connections are all lent is busy, and a database that is gone is unavailable', async () => {
  const pool = poolOf(2);
  const held = [await lease(pool), await lease(pool)];
  expect(await refused(lease(pool))).toBe('database.busy');
  for (const one of held) one.release();
  await withLease(pool, (one) => one.query('select 1'));
  const gone = poolOf(2, { url: 'postgres://dudao_app:x@127.0.0.1:1/dudao' });
  expect(await refused(lease(gone))).toBe('database.unavailable');
});

it('a statement that waits for a row longer than it may is told that the thing is busy', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const pool = poolOf(1, { lockLimit: 200 });
  try {
    await owner.query('begin');
    await owner.query('lock table sign_in_failures in access exclusive mode');
    const waits = withLease(pool, (held) =>
      held.writing(nowhere, () => held.query(`delete from sign_in_failures where account = 'nobody'`)),
    );
    expect(await refused(waits)).toBe('thing.busy');
    await owner.query('rollback');
    // The connection was not broken by it.
    expect(await withLease(pool, (held) => held.query('select 1 as one'))).toEqual([{ one: 1 }]);
  } finally {
    await owner.end();
  }
});

it('a statement after one that failed along with it says why the transaction failed, and the next one starts afresh', async () => {
  const pool = poolOf(1);
  await withLease(pool, async (held) => {
    const failing = held.writing(nowhere, async () => {
      held.along({ sql: 'select 1 / $1::int', parameters: [0] });
      return held.query('select 1');
    });
    expect(await refused(failing)).toBe('22012');
    expect(await refused(held.writing(nowhere, () => held.query('select 1 / 0')))).toBe('22012');
    expect(await held.writing(nowhere, () => held.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });
});

it('what follows is planned once for all values until its transaction ends, and outside of one nothing is', async () => {
  const pool = poolOf(1);
  const shown = `select current_setting('plan_cache_mode') as mode`;
  await withLease(pool, async (held) => {
    const planned = held.reading(nowhere, async () => {
      held.planOnce();
      return held.query(shown);
    });
    expect(await planned).toEqual([{ mode: 'force_generic_plan' }]);
    expect(await held.reading(nowhere, () => held.query(shown))).toEqual([{ mode: 'auto' }]);
    expect(() => held.planOnce()).toThrow('no transaction is open');
    expect(await held.query(shown)).toEqual([{ mode: 'auto' }]);
  });
});

describe('the queue before the pool', () => {
  it('keeps two connections for what is no request, and gives one person four', async () => {
    const pool = poolOf(12);
    const desk = new LeaseDesk(pool);
    const taken = await Promise.all(Array.from({ length: 4 }, () => desk.lease({ who: 'a' })));
    const fifth = desk.lease({ who: 'a' });
    const others = await Promise.all(['b', 'c', 'd', 'e', 'f', 'g'].map((who) => desk.lease({ who })));
    const late = desk.lease({ who: 'h' });
    expect(pool.totalCount).toBe(10);
    expect(pool.waitingCount).toBe(0);
    await withLease(pool, (held) => held.query('select 1'));
    expect([...taken, ...others].map(({ waited }) => waited)).toEqual(Array.from({ length: 10 }, () => false));
    taken[0]?.held.release();
    // Somebody without a connection comes before the fifth of one person.
    const { held, waited } = await late;
    expect(waited).toBe(true);
    others[0]?.held.release();
    (await fifth).held.release();
    for (const one of [held, ...taken.slice(1).map((each) => each.held), ...others.slice(1).map((each) => each.held)]) {
      one.release();
    }
    expect(pool.idleCount).toBe(pool.totalCount);
  });

  it('tells a person with too much waiting apart from a queue that is full or too slow', async () => {
    const limits = { ...leaseLimits, waiting: 2, ofOne: { atOnce: 4, waiting: 1 }, patience: 100 };
    const desk = new LeaseDesk(poolOf(1), limits);
    const { held } = await desk.lease({ who: 'a' });
    const waiting = [refused(desk.lease({ who: 'a' })), refused(desk.lease({ who: 'b' }))];
    expect(await refused(desk.lease({ who: 'a' }))).toBe('request.tooManyOwn');
    expect(await refused(desk.lease({ who: 'c' }))).toBe('request.busy');
    expect(await Promise.all(waiting)).toEqual(['request.busy', 'request.busy']);
    held.release();
    await withLease(desk.of({ who: 'a' }), (one) => one.query('select 1'));
  });

  it('loses no turn where no connection can be opened', async () => {
    const gone = new LeaseDesk(poolOf(3, { url: 'postgres://dudao_app:x@127.0.0.1:1/dudao' }));
    for (let time = 0; time < 5; time += 1) {
      expect(await refused(gone.lease({ who: 'a', thing: 'x' }))).toBe('database.unavailable');
    }
  });
});
