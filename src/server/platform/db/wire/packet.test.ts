import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atPlaces, nowhere } from '#domain/access/actor.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { lease, withLease } from '../handle.ts';
import { openPool } from '../pool.ts';
import { type Answer, PacketClient, type Statement } from './packet.ts';

let database: TestDatabase;
let owner: pg.Client;
let client: PacketClient;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
beforeEach(async () => {
  client = new PacketClient({ connectionString: database.ownerUrl, pipeline: true });
  client.on('error', () => {});
  await client.connect();
});
afterEach(() => client.end());
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const send = <Row = Record<string, unknown>>(statement: Statement | string) =>
  new Promise<Answer<Row>>((resolve, reject) => {
    const whole = typeof statement === 'string' ? { text: statement } : statement;
    client.send<Row>(whole, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
/** Counts messages of the server by the names that the driver gives them. */
function counting(...names: string[]): Record<string, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0]));
  for (const name of names) {
    client.connection.on(name, () => {
      counts[name]! += 1;
    });
  }
  return counts;
}
function failures() {
  const heard: string[] = [];
  return {
    heard,
    hear: (name: string) => (error: Error) => void heard.push(`${name} ${(error as { code?: string }).code}`),
  };
}

describe('a packet', () => {
  it('carries what was kept with the next statement, and is answered as one', async () => {
    const counts = counting('readyForQuery', 'commandComplete');
    client.hold({ text: 'begin' }, () => {});
    client.hold({ text: `set local app.person = 'somebody'` }, () => {});
    const { rows } = await send(`select current_setting('app.person') as person`);
    expect(rows).toEqual([{ person: 'somebody' }]);
    expect(counts).toEqual({ readyForQuery: 1, commandComplete: 3 });
    expect(client.getTransactionStatus()).toBe('T');
    expect((await send('rollback')).command).toBe('ROLLBACK');
  });

  it('says of each statement whether it failed: those before it have run, those behind it have not', async () => {
    await owner.query('create table kept_rows (n integer)');
    for (const failing of [0, 1, 2, 3]) {
      const { heard, hear } = failures();
      const texts = ['begin', 'insert into kept_rows values (1)', 'insert into kept_rows values (2)', 'commit'];
      texts[failing] = 'select 1 / 0 as none';
      for (const [at, text] of texts.slice(0, 3).entries()) client.hold({ text }, hear(`${at}`));
      expect(await codeOf(send(texts[3]!))).toBe('22012');
      expect(heard).toEqual([0, 1, 2].filter((at) => at >= failing).map((at) => `${at} 22012`));
      // The connection is clean: what comes next is answered as itself.
      expect(await Promise.all([send('rollback'), send('select n from kept_rows')])).toMatchObject([{}, { rows: [] }]);
    }
  });

  it('refuses a packet that was sent behind one that failed, in the same transaction', async () => {
    const { hear } = failures();
    client.hold({ text: 'begin' }, hear('begin'));
    const sent = [send('select 1 / 0'), send('select 2'), send('commit')] as const;
    expect(await Promise.all([codeOf(sent[0]), codeOf(sent[1])])).toEqual(['22012', '25P02']);
    expect((await sent[2]).command).toBe('ROLLBACK');
  });

  it('says of a statement that its transaction could not end, where the constraint is asked at the end', async () => {
    await owner.query('create table twins (n integer unique deferrable initially deferred)');
    expect(await codeOf(send('insert into twins values (1), (1)'))).toBe('23505');
    client.hold({ text: 'begin' }, () => {});
    client.hold({ text: 'insert into twins values (2), (2)' }, () => {});
    expect(await codeOf(send('commit'))).toBe('23505');
    expect((await send('select n from twins')).rows).toEqual([]);
  });

  it('ends with the connection, and each of its statements hears of it', async () => {
    const { heard, hear } = failures();
    client.hold({ text: 'begin' }, hear('begin'));
    client.hold({ text: 'select pg_terminate_backend(pg_backend_pid())' }, hear('ends'));
    const later = [send('select 1'), send('select 2')];
    expect(await Promise.all(later.map(codeOf))).toEqual(['57P01', expect.stringMatching(/terminated|ECONNRESET/)]);
    expect(heard).toEqual(['ends 57P01']);
    expect(await codeOf(send('select 3'))).toMatch(/not queryable/);
  });

  it('is stopped by the limit of the server for one statement, and the connection goes on', async () => {
    client.hold({ text: 'set statement_timeout = 1000' }, () => {});
    client.hold({ text: 'select pg_sleep(0.6)' }, () => {});
    // Each statement has the whole limit: two short ones are not one long one.
    await send('select pg_sleep(0.6)');
    expect(await codeOf(send('select pg_sleep(5)'))).toBe('57014');
    expect((await send('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('ends a connection whose server does not answer in time', async () => {
    const waiting = new PacketClient({ connectionString: database.ownerUrl, pipeline: true, query_timeout: 500 });
    waiting.on('error', () => {});
    await waiting.connect();
    const ended = new Promise<void>((resolve) => waiting.on('end', resolve));
    const heard = await new Promise<Error | undefined>((resolve) => {
      waiting.send({ text: 'select pg_sleep(5)' }, resolve);
    });
    expect(heard?.message).toBe('Query read timeout');
    await ended;
  });

  it('gives a value that cannot be written back to its caller, and sends nothing', async () => {
    const circle: Record<string, unknown> = {};
    circle.itself = circle;
    expect(() => client.hold({ text: 'select $1::json', values: [circle] }, () => {})).toThrow(/circular/);
    const many = { text: 'select 1', values: Array.from({ length: 70_000 }, () => 1) };
    expect(await codeOf(send(many))).toBe('ERR_OUT_OF_RANGE');
    expect((await send('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('a named statement', () => {
  const one = { text: 'select $1::int as n, $2::text as t', name: 'one' };

  it('is parsed and described once on each connection', async () => {
    const counts = counting('parseComplete', 'rowDescription');
    for (const n of [1, 2, 3]) {
      expect((await send({ ...one, values: [n, '字'] })).rows).toEqual([{ n, t: '字' }]);
    }
    expect(counts).toEqual({ parseComplete: 1, rowDescription: 1 });
  });

  it('is described when its answer is first wanted, also where it was only kept before', async () => {
    client.hold({ ...one, values: [1, 'a'] }, () => {});
    await send('select 1');
    expect((await send({ ...one, values: [2, 'b'] })).rows).toEqual([{ n: 2, t: 'b' }]);
  });

  it('that came behind a failure is sent anew, whether the server had read it or not', async () => {
    const divided = { text: 'select 1 / $1::int as n', name: 'divided' };
    const quiet = () => {};
    // It failed itself after it was parsed; the one behind it was never read.
    client.hold({ ...divided, values: [0] }, quiet);
    expect(await codeOf(send({ ...one, values: [1, 'a'] }))).toBe('22012');
    expect((await send({ ...divided, values: [1] })).rows).toEqual([{ n: 1 }]);
    expect((await send({ ...one, values: [2, 'b'] })).rows).toEqual([{ n: 2, t: 'b' }]);
    // It was parsed long ago, and is known after a failure.
    const counts = counting('parseComplete');
    expect(await codeOf(send({ ...divided, values: [0] }))).toBe('22012');
    expect((await send({ ...divided, values: [1] })).rows).toEqual([{ n: 1 }]);
    expect(counts).toEqual({ parseComplete: 0 });
  });

  it('whose columns have changed fails once and is described anew', async () => {
    await owner.query('create table widening (a integer)');
    await owner.query('insert into widening values (1)');
    const whole = { text: 'select * from widening', name: 'whole' };
    expect((await send(whole)).rows).toEqual([{ a: 1 }]);
    await owner.query(`alter table widening add b text default 'b'`);
    expect(await codeOf(send(whole))).toBe('0A000');
    expect((await send(whole)).rows).toEqual([{ a: 1, b: 'b' }]);
  });

  it('that answers with no rows says how many it wrote', async () => {
    await owner.query('create table counted (n integer)');
    const insert = { text: 'insert into counted select generate_series(1, $1::int)', name: 'insert' };
    for (const n of [2, 3]) {
      expect(await send({ ...insert, values: [n] })).toEqual({ rows: [], rowCount: n, command: 'INSERT' });
    }
    expect(await send('delete from counted')).toEqual({ rows: [], rowCount: 5, command: 'DELETE' });
    expect(await send('')).toEqual({ rows: [], rowCount: null, command: '' });
  });
});

describe('values', () => {
  it('come back as they went, of every kind and length', async () => {
    const long = '督导'.repeat(200_000);
    const at = new Date('2026-11-30T07:00:00.123Z');
    const values = [1, long, null, at, ['a"b', null, 'ü'], { k: [1, '字'] }, Buffer.from([0, 1, 255]), true];
    const text = `select $1::int as a, $2::text as b, $3::text as c, $4::timestamptz as d, $5::text[] as e, $6::jsonb as f,
      $7::bytea as g, $8::boolean as h`;
    for (const name of [undefined, 'values', 'values']) {
      const { rows } = await send({ text, values, name });
      const [a, b, c, d, e, f, g, h] = values;
      expect(rows).toEqual([{ a, b, c, d, e, f, g, h }]);
    }
  });

  it('that cannot be read fail their statement and no other', async () => {
    const circle = 718;
    const before = pg.types.getTypeParser(circle);
    pg.types.setTypeParser(circle, () => {
      throw new Error('no circles');
    });
    expect(await codeOf(send(`select '<(0,0),1>'::circle`))).toBe('no circles');
    expect((await send('select 1 as one')).rows).toEqual([{ one: 1 }]);
    pg.types.setTypeParser(circle, before);
  });
});

describe('a lease', () => {
  const pools: pg.Pool[] = [];
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
  });
  const poolOf = () => {
    const pool = openPool({ url: database.appUrl, max: 1 });
    pools.push(pool);
    return pool;
  };
  const statesOf = async (process: number | null) =>
    (await owner.query<{ state: string }>('select state from pg_stat_activity where pid = $1', [process])).rows[0]
      ?.state;

  it('waits twice for a transaction that asks once and writes: it opens with the question and ends with the writes', async () => {
    const pool = poolOf();
    let packets = 0;
    pool.on('connect', ({ connection }) => {
      connection.on('readyForQuery', () => {
        packets += 1;
      });
    });
    await withLease(pool, async (held) => {
      await held.query('select 1');
      packets = 0;
      await held.writing(atPlaces([1]), async () => {
        await held.query('select 1');
        for (const n of [1, 2, 3]) held.along({ sql: 'select $1::int', parameters: [n] });
      });
    });
    expect(packets).toBe(2);
  });

  it('sends nothing of a transaction that fails before its first statement, and nothing that it kept', async () => {
    await owner.query('create sequence taken');
    await owner.query('grant usage on sequence taken to dudao_app');
    const held = await lease(poolOf());
    const failing = (first: boolean) =>
      held.writing(nowhere, async () => {
        if (first) await held.query('select 1');
        held.along({ sql: `select nextval('taken')`, parameters: [] });
        throw new Error('no');
      });
    for (const first of [false, true]) expect(await codeOf(failing(first))).toBe('no');
    await held.writing(nowhere, async () => held.along({ sql: `select nextval('taken')`, parameters: [] }));
    expect((await owner.query('select last_value from taken')).rows).toEqual([{ last_value: 1 }]);
    held.release();
  });

  it('refuses a statement for the commit where nothing is going to be committed', async () => {
    await withLease(poolOf(), async (held) => {
      const along = () => held.along({ sql: 'select 1', parameters: [] });
      expect(along).toThrow(/no writing transaction/);
      await held.reading(nowhere, async () => expect(along).toThrow(/no writing transaction/));
      await held.writing(nowhere, async () => along());
      expect(along).toThrow(/no writing transaction/);
    });
  });

  it('opens no transaction by the end of the one before it', async () => {
    await withLease(poolOf(), async (held) => {
      await held.reading(nowhere, () => held.query('select 1'));
      const failing = held.writing(nowhere, async () => {
        await expect.poll(() => statesOf(held.process)).toBe('idle');
        throw new Error('no');
      });
      expect(await codeOf(failing)).toBe('no');
      expect(await held.query('select 1 as one')).toEqual([{ one: 1 }]);
      expect(await statesOf(held.process)).toBe('idle');
    });
  });

  it('ends a reading transaction within a moment, also where nothing more is sent', async () => {
    const pool = poolOf();
    const process = await withLease(pool, async (held) => {
      await held.reading(nowhere, () => held.query('select 1'));
      return held.process;
    });
    await expect.poll(() => statesOf(process)).toBe('idle');
  });

  it('ends it before whatever the connection sends next, by a lease or without one', async () => {
    const pool = poolOf();
    const read = () => withLease(pool, (held) => held.reading(nowhere, () => held.query('select 1')));
    const status = 'select pg_current_xact_id_if_assigned() is null and not current_setting($1)::boolean as free';
    for (const next of [
      () => withLease(pool, (held) => held.query(status, ['transaction_read_only'])),
      async () => (await pool.query(status, ['transaction_read_only'])).rows,
    ]) {
      await read();
      expect(await next()).toEqual([{ free: true }]);
    }
  });

  it('commits nothing after a statement that failed, though its failure was passed over', async () => {
    await owner.query('create table passed_over (n integer)');
    await owner.query('grant all on passed_over to dudao_app');
    await withLease(poolOf(), async (held) => {
      const passing = (along: boolean) =>
        held.writing(nowhere, async () => {
          await held.query('insert into passed_over values (1)');
          await held.query('select 1 / 0').catch(() => {});
          if (along) held.along({ sql: 'insert into passed_over values (2)', parameters: [] });
        });
      expect(await codeOf(passing(false))).toMatch(/had failed before/);
      expect(await codeOf(passing(true))).toBe('22012');
      expect(await held.query('select n from passed_over')).toEqual([]);
    });
  });
});
