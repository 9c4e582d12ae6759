import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { connectClone, type TestDatabase } from '#test/support/database/database.ts';
import { recordAudit } from './audit.store.ts';
import { createChainCheck } from './chain-check.ts';
import { assertChainGoesOn } from './chain-continuity.ts';
import { listObjectHistory } from './entries.store.ts';
import { sealAuditEvents, startSealing } from './seal.ts';
import { verifyAudit } from './verify.ts';

let database: TestDatabase;
let pool: pg.Pool;
let owner: pg.Client;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ database, pool, owner, close } = await connectClone({ max: 8 }));
});
afterAll(() => close());
beforeEach(async () => {
  await owner.query('truncate audit_events, audit_seals');
});

const seal = () => withLease(pool, sealAuditEvents);

/**
 * Seals what was written before. A row is settled when every older transaction of the whole cluster has ended, and other
 * test files write in databases of their own.
 */
const sealSettled = async () => {
  const unsettled = 'select 1 from audit_events where transaction_id >= pg_snapshot_xmin(pg_current_snapshot())';
  await expect.poll(async () => (await owner.query(unsettled)).rowCount, { timeout: 20_000 }).toBe(0);
  return seal();
};
const verify = (head?: string) => withLease(pool, (held) => verifyAudit(held, head));

/** An act written by hand in the application's role. */
const slowAct = `select record_audit(3, null, null, 'slow.begun', 'thing', '1', '{}', null, null, null, null, null, null, null,
  null, null, null, null, null)`;

/** One act of a county in a separate transaction. */
const act = (placeId: number, after: Record<string, unknown> = { 图书册数: placeId }) =>
  withLease(pool, (held) =>
    held.writing(nowhere, (db) =>
      recordAudit(
        db,
        { actor: { userId: 'someone', name: '某人', role: 'county-officer' }, address: '10.0.0.1', requestId: null },
        { action: 'filing.saved', objectType: 'filing', objectId: 'f1', placeId, schoolId: 7, before: {}, after },
      ),
    ),
  );

describe('sealing', () => {
  it('links settled rows to the rows sealed before, and makes no empty links', async () => {
    expect(await seal()).toBeNull();
    await act(3);
    await act(4);
    const first = await sealSettled();
    expect(first).toMatchObject({ position: 1, rowCount: 2, previousHash: '0'.repeat(64) });
    expect(await seal()).toBeNull();
    await act(5);
    expect(await sealSettled()).toMatchObject({ position: 2, rowCount: 1, previousHash: first?.hash });
    expect(await verify()).toMatchObject({ ok: true, seals: 2, rows: 3, unsealed: 0, broken: null });
  });

  it('does not wait for a writer, and leaves unsettled rows for later', async () => {
    const slow = new pg.Client({ connectionString: database.appUrl });
    await slow.connect();
    try {
      await slow.query('begin');
      await slow.query(slowAct);
      await act(3);
      // The row of the quicker writer has the higher id, and may not be sealed before the lower one is settled.
      expect(await seal()).toBeNull();
      expect(await verify()).toMatchObject({ ok: true, seals: 0, unsealed: 1 });
      await slow.query('commit');
      expect(await sealSettled()).toMatchObject({ rowCount: 2 });
    } finally {
      await slow.end();
    }
    expect(await verify()).toMatchObject({ ok: true, rows: 2, unsealed: 0 });
  });

  it('neither loses nor doubles a row while sixteen write and two seal', async () => {
    let writing = true;
    const sealers = [0, 1].map(async () => {
      while (writing) await seal();
    });
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let time = 0; time < 15; time += 1) await act(writer + 1, { 序号: time });
      }),
    );
    writing = false;
    await Promise.all(sealers);
    await sealSettled();
    const verified = await verify();
    expect(verified).toMatchObject({ ok: true, rows: 240, unsealed: 0 });
    expect(verified.seals).toBeGreaterThan(1);
  });

  it('is done by one at a time', async () => {
    await act(3);
    const other = new pg.Client({ connectionString: database.appUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select pg_advisory_xact_lock($1::bigint)', [0x7365616c]);
      expect(await seal()).toBeNull();
    } finally {
      await other.end();
    }
    await expect.poll(async () => (await seal())?.rowCount ?? 0).toBe(1);
  });

  it('splits a long backlog into parts that end with a transaction', async () => {
    for (const rows of [30_000, 30_000, 5]) {
      await owner.query(
        `insert into audit_events (action, object_type, object_id) select 'x.done', 'x', n::text from generate_series(1, $1::int) n`,
        [rows],
      );
    }
    expect(await sealSettled()).toMatchObject({ rowCount: 60_000 });
    expect(await sealSettled()).toMatchObject({ rowCount: 5 });
    expect(await seal()).toBeNull();
    expect(await verify()).toMatchObject({ ok: true, rows: 60_005, unsealed: 0 });
  });

  it('reports once when a writer has blocked it for over a minute', async () => {
    const slow = new pg.Client({ connectionString: database.appUrl });
    await slow.connect();
    const warned: string[] = [];
    const clock = { now: new Date() };
    let rounds = 0;
    const severalRounds = async () => {
      const before = rounds;
      await expect.poll(() => rounds).toBeGreaterThan(before + 2);
    };
    const sealing = startSealing({
      pool,
      log: { info() {}, warn: (_, message) => void warned.push(message), error() {} },
      outage: {
        failed: (error) => void warned.push(String(error)),
        worked() {
          rounds += 1;
        },
        ...{ wrote() {}, troubles: [] },
      },
      now: () => clock.now,
      every: 10,
    });
    try {
      await slow.query('begin');
      await slow.query(slowAct);
      await act(3);
      await severalRounds();
      expect(warned).toEqual([]);
      for (let minute = 1; minute <= 3; minute += 1) {
        clock.now = new Date(clock.now.getTime() + 61_000);
        await expect.poll(() => warned.length).toBe(1);
        await severalRounds();
      }
      expect(warned).toEqual([expect.stringContaining('has not been sealed for over a minute')]);
      await slow.query('commit');
      await expect.poll(async () => (await verify()).unsealed).toBe(0);
    } finally {
      await sealing.stop();
      await slow.end();
    }
  });

  it('cannot be forged by the program', async () => {
    const made = `insert into audit_seals (position, from_transaction, to_transaction, first_id, last_id, row_count,
      rows_hash, previous_hash, hash) values (1, '0', '9000000000', 1, 1, 1, 'x', '${'0'.repeat(64)}', 'y')`;
    await expect(withLease(pool, (held) => held.query(made))).rejects.toThrow(/permission denied/);
  });

  it.each(['token_id', 'post_id', 'stand_in_id', 'stand_in_for', 'stand_in_for_name', 'campaign_id'])(
    'includes %s in the hash',
    async (column) => {
      await owner.query(
        `insert into audit_events (action, object_type, object_id, token_id, post_id, stand_in_id, stand_in_for,
           stand_in_for_name, campaign_id)
         select 'x.done', 'x', '1', 'tok', u, u, u, '李四', u from gen_random_uuid() u`,
      );
      await sealSettled();
      expect(await verify()).toMatchObject({ ok: true, rows: 1 });
      await owner.query(`update audit_events set ${column} = null`);
      expect(await verify()).toMatchObject({ ok: false });
    },
  );

  it('knows which canonical form was hashed, and reports a form that it does not know', async () => {
    await act(3);
    await sealSettled();
    await owner.query('update audit_seals set format = 2');
    const { broken } = await verify();
    expect(broken?.reason).toContain('格式 2');
  });
});

describe('sealed rows', () => {
  beforeEach(async () => {
    for (const countyId of [3, 4, 5]) {
      await act(countyId);
      await act(countyId, { 计算机台数: 10, 图书册数: 2 });
      await sealSettled();
    }
    expect(await verify()).toMatchObject({ ok: true, seals: 3, rows: 6 });
  });
  afterEach(() => owner.query('truncate audit_events, audit_seals'));

  const brokenBy = async (statement: string) => {
    await owner.query(statement);
    return verify();
  };

  it('cannot be changed or removed by the program', async () => {
    for (const statement of [
      `update audit_events set actor_name = '别人'`,
      'delete from audit_events',
      'truncate audit_events',
      `update audit_seals set row_count = 1`,
      'delete from audit_seals',
      `insert into audit_events (action, object_type, object_id, transaction_id) values ('x', 'y', 'z', '1')`,
      `insert into audit_events (action, object_type, object_id, at) values ('x', 'y', 'z', '2020-01-01')`,
    ]) {
      await expect(withLease(pool, (held) => held.query(statement))).rejects.toThrow(/permission denied/);
    }
  });

  it.each([
    ['a value', `update audit_events set after = '{"图书册数": 999}' where place_id = 4 and fields = '{图书册数}'`, 2],
    ['a name', `update audit_events set actor_name = '别人' where place_id = 5`, 3],
    ['a time', `update audit_events set at = at + interval '1 microsecond' where place_id = 3`, 1],
    ['a removed row', `delete from audit_events where id = (select max(id) from audit_events where place_id = 4)`, 2],
    [
      'a slipped-in row',
      `insert into audit_events (action, object_type, object_id, transaction_id)
       select 'x', 'y', 'z', transaction_id from audit_events where place_id = 3 limit 1`,
      1,
    ],
    ['a removed link', 'delete from audit_seals where position = 2', 3],
    ['a rewritten link', `update audit_seals set row_count = row_count + 1 where position = 3`, 3],
  ])('reveal %s and name the first link that does not hold', async (_, statement, position) => {
    const verified = await brokenBy(statement);
    expect(verified).toMatchObject({ ok: false, broken: { position } });
    expect(verified.broken?.reason).not.toBe('');
  });

  it('are checked from the last verified link, and that link must still be there', async () => {
    const check = createChainCheck();
    const look = async () =>
      (await withLease(pool, (held) => held.reading(nowhere, (db) => check.sinceWhole(db, new Date())))).verified;
    expect(await look()).toMatchObject({ ok: true, seals: 3, rows: 6 });
    await act(6);
    await sealSettled();
    expect(await look()).toMatchObject({ ok: true, seals: 4, rows: 7 });
    // The nightly check covers older links; this check covers what came since.
    await owner.query(`update audit_events set actor_name = '别人' where place_id = 3`);
    expect(await look()).toMatchObject({ ok: true });
    await owner.query(`update audit_events set actor_name = '别人' where place_id = 6`);
    expect(await look()).toMatchObject({ ok: false, broken: { position: 4 } });
    const night = await withLease(pool, (held) => held.reading(nowhere, (db) => check.whole(db, new Date())));
    expect(night).toMatchObject({ ok: false, broken: { position: 1 } });
    // After that, no link counts as verified.
    expect(await look()).toMatchObject({ ok: false, broken: { position: 1 } });
  });

  it.each([
    ['removed', `delete from audit_seals where position >= 3`, '缺失'],
    ['rewritten', `update audit_seals set hash = 'x' where position = 3`, '与上次全链核对时不同'],
  ])('report when the link at which the check begins was %s', async (_, statement, reason) => {
    const check = createChainCheck();
    const look = () => withLease(pool, (held) => held.reading(nowhere, (db) => check.sinceWhole(db, new Date())));
    await look();
    await owner.query(statement);
    const { verified } = await look();
    expect(verified).toMatchObject({ ok: false, broken: { position: 3 } });
    expect(verified.broken?.reason).toContain(reason);
  });

  it('do not contain a noted head after the chain was cut off at its end', async () => {
    const { head } = await verify();
    await owner.query(`delete from audit_events where place_id = 5`);
    await owner.query(`delete from audit_seals where position = 3`);
    expect(await verify()).toMatchObject({ ok: true, seals: 2 });
    expect(await verify(head)).toMatchObject({ ok: false, knownHead: false });
  });
});

describe('a database that was restored from a dump into another cluster', () => {
  it('is not served before its transaction ids are above the sealed ones', async () => {
    await act(3);
    await sealSettled();
    const goesOn = () => withLease(pool, assertChainGoesOn);
    await goesOn();
    await owner.query(`update audit_seals set to_transaction = '8589934999'`);
    await expect(goesOn()).rejects.toThrow(/已到事务 8589934999.*pg_resetwal --epoch=3/);
  });
});

describe('a row', () => {
  it('of business lies in a place; people, roles and settings lie nowhere', async () => {
    await expect(act(0)).rejects.toThrow(/an act on a filing lies in a place/);
    await withLease(pool, (held) =>
      held.writing(nowhere, (db) =>
        recordAudit(
          db,
          { actor: null, address: null, requestId: null },
          { action: 'setting.updated', objectType: 'setting', objectId: 'access' },
        ),
      ),
    );
  });

  it('names the person for whom the transaction works, whatever the program claims', async () => {
    const person = '00000000-0000-4000-8000-000000000001';
    await withLease(pool, (held) =>
      held.writing({ ...atPlaces([3]), person }, (db) =>
        recordAudit(
          db,
          { actor: { userId: 'somebody else', name: '别人', role: 'x' }, address: null, requestId: null },
          { action: 'filing.saved', objectType: 'filing', objectId: 'f1', placeId: 3 },
        ),
      ),
    );
    const { rows } = await owner.query('select actor_id from audit_events');
    expect(rows).toEqual([{ actor_id: person }]);
  });

  it('of a campaign is read in its place, and by nobody who is assigned to the campaign', async () => {
    const campaign = '00000000-0000-4000-8000-00000000000a';
    await withLease(pool, (held) =>
      held.writing(nowhere, (db) =>
        recordAudit(
          db,
          { actor: null, address: null, requestId: null },
          { action: 'panel.judged', objectType: 'panel', objectId: 'p1', placeId: 3, campaignId: campaign },
        ),
      ),
    );
    const seen = (scope: Scope) =>
      withLease(pool, (held) =>
        held.reading(scope, (db) => listObjectHistory(db, { placeId: 3, type: 'panel', id: 'p1' })),
      );
    expect(await seen(atPlaces([3]))).toHaveLength(1);
    expect(await seen({ ...nowhere, campaigns: [campaign] })).toEqual([]);
  });
});

describe('values of filings', () => {
  it('are read in the history of the object by people in scope, and by nobody else', async () => {
    await act(3, { 图书册数: 5 });
    const historyFor = async (places: number[], schools: number[] | null) =>
      withLease(pool, (held) =>
        held.reading({ ...atPlaces(places), schools }, (db) =>
          listObjectHistory(db, { placeId: 3, type: 'filing', id: 'f1' }),
        ),
      );
    expect(await historyFor([3], null)).toMatchObject([{ action: 'filing.saved', after: { 图书册数: 5 } }]);
    expect(await historyFor([3], [7])).toHaveLength(1);
    expect(await historyFor([3], [8])).toEqual([]);
    expect(await historyFor([4], null)).toEqual([]);
    expect(await historyFor([], null)).toEqual([]);
  });

  it('are never part of the audit administrator’s list', async () => {
    await act(3, { 图书册数: 54321 });
    const rows = await withLease(pool, (held) =>
      held.query<Record<string, unknown>>(
        'select * from audit_entries(null, null, null, null, null, null, null, null, null, null, 50, 0)',
      ),
    );
    expect(rows).toMatchObject([{ action: 'filing.saved', fields: ['图书册数'], before: null, after: null }]);
    expect(JSON.stringify(rows)).not.toContain('54321');
  });
});
