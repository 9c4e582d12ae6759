import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces } from '#domain/access/actor.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { withLease } from './handle.ts';
import { openPool } from './pool.ts';

let app: TestApp;
let pool: ReturnType<typeof openPool>;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
  // One connection, so that every statement meets what the one before left behind.
  pool = openPool({ url: app.services.pool.options.connectionString as string, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await app.close();
});

const scope = atPlaces([11]);

describe('statements that travel together', () => {
  it('each get their own rows, and the same columns when they are asked again', async () => {
    const ask = (place: number) =>
      withLease(pool, (held) =>
        held.reading(atPlaces([place]), () =>
          Promise.all([
            held.query(`select current_setting('app.places') as places, $1::int as first`, [place]),
            held.query(`select $1::text as second, null as nothing`, ['x']),
          ]),
        ),
      );
    for (const place of [11, 12]) {
      expect(await ask(place)).toEqual([[{ places: `{${place}}`, first: place }], [{ second: 'x', nothing: null }]]);
    }
  });

  it('fail from the one that failed, leave nothing behind, and the connection goes on', async () => {
    const key = 'packet';
    const before = `insert into settings (key, value) values ($1, '1')`;
    const behind = `insert into settings (key, value) values ($1, '2')`;
    const writing = withLease(pool, (held) =>
      held.writing(scope, async () => {
        await held.query('select 1 as x');
        held.along({ sql: before, parameters: [key] });
        held.along({ sql: `select 1 / $1::int as broken`, parameters: [0] });
        held.along({ sql: behind, parameters: ['behind'] });
      }),
    );
    await expect(writing).rejects.toMatchObject({ code: '22012' });
    const rows = await withLease(pool, (held) => held.query('select key from settings where key = any($1)', [[key]]));
    expect(rows).toEqual([]);
    // What came behind the failure was never parsed: its name may not be taken for known.
    await withLease(pool, (held) =>
      held.writing(scope, async () => {
        await held.query('select 1 as x');
        held.along({ sql: behind, parameters: [key] });
      }),
    );
    const kept = await withLease(pool, (held) => held.query('select key from settings where key = any($1)', [[key]]));
    expect(kept).toEqual([{ key }]);
  });

  it('come before what somebody asks on the connection without a packet', async () => {
    await withLease(pool, (held) => held.reading(scope, async () => void (await held.query('select 1 as x'))));
    const client = await pool.connect();
    try {
      const { rows } = await client.query(`select current_setting('app.places', true) as places`);
      expect(rows).toEqual([{ places: '' }]);
    } finally {
      client.release();
    }
  });

  it('refuse a value that cannot be written before anything is sent', async () => {
    const circle: Record<string, unknown> = {};
    circle.itself = circle;
    await withLease(pool, async (held) => {
      await expect(held.query('select $1::jsonb as x', [circle])).rejects.toThrow(/circular/);
      expect(await held.query('select 2 as x')).toEqual([{ x: 2 }]);
    });
  });
});
