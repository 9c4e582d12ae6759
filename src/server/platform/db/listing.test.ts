import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces } from '#domain/access/actor.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type WholeHandle, withLease } from './handle.ts';
import { among, limited, ofUnit, orderBy, pageOf, patternsOf, sortOf } from './listing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

const columns = { name: sql`s.name`, founded: sql`nullif(s.founded_year, 2001)` };
const asked = <Row>(work: (db: WholeHandle) => Promise<Row>) =>
  withLease(app.services.pool, (held) => held.reading(atPlaces([]), work));
const idsOf = (condition: ReturnType<typeof sql>, order = sql`s.id`, rest = sql``) =>
  asked(async (db) => {
    const { rows } = await sql<{
      id: number;
    }>`select s.id from schools s where ${condition} order by ${order} ${rest}`.execute(db);
    return rows.map(({ id }) => id);
  });

describe('a page', () => {
  it('sends a count only if it lies behind the last one; the first page never does', async () => {
    const counts: string[] = [];
    const count = async () => counts.push('asked');
    expect(await pageOf([{ total: 9 }], { page: 3 }, count)).toEqual({ rows: [{ total: 9 }], total: 9 });
    expect(await pageOf([], { page: 1 }, count)).toEqual({ rows: [], total: 0 });
    expect(counts).toEqual([]);
    expect(await pageOf([], { page: 2 }, count)).toEqual({ rows: [], total: 1 });
  });

  it('is selected by its number', async () => {
    expect(await idsOf(sql`true`, sql`s.id`, limited({ page: 2, pageSize: 2 }))).toEqual([103, 201]);
  });
});

describe('the order', () => {
  it.each([
    [undefined, 'name', false],
    ['-founded', 'founded', true],
    ['constructor', 'name', false],
    ['-nonsense', 'name', true],
  ])('%s sorts by %s, descending: %s', (sort, by, descending) => {
    expect(sortOf(sort, columns, 'name')).toEqual({ by, descending });
    expect(sortOf(undefined, columns, '-founded')).toEqual({ by: 'founded', descending: true });
  });

  it('puts missing values at the end, in both directions', async () => {
    await app.owner.query('update schools set founded_year = id + 1900 where id in (101, 102)');
    const order = (sort: string) => idsOf(sql`s.id in (101, 102, 103)`, orderBy(sort, columns, 'name', sql`s.id`));
    expect(await order('founded')).toEqual([103, 102, 101]);
    expect(await order('-founded')).toEqual([102, 103, 101]);
  });
});

it('a search takes the typed text literally', async () => {
  await app.owner.query(`update schools set name = '100%_\\小学' where id = 101`);
  const found = (text: string) => idsOf(sql`s.name like ${patternsOf(text).anywhere}`);
  expect(await found('0%_\\小')).toEqual([101]);
  expect(await found('1%小')).toEqual([]);
  expect(await idsOf(sql`s.name like ${patternsOf('100%').start}`)).toEqual([101]);
  expect(await idsOf(sql`s.name like ${patternsOf('小学').start}`)).toEqual([]);
});

it('a county narrows to itself, a higher unit to all its places, an unknown unit to none', async () => {
  const places = [units.city.id, units.licheng.id, units.fengze.id];
  const of = (unit: number) => idsOf(ofUnit(sql`s.county_id`, unit, places));
  expect(await of(units.licheng.id)).toEqual([101, 102, 103]);
  expect(await of(units.city.id)).toHaveLength(6);
  expect(await of(999)).toEqual([]);
  expect(await idsOf(sql`s.county_id = ${among([])}`)).toEqual([]);
  expect(await idsOf(sql`s.county_id = ${among([units.fengze.id])}`)).toEqual([201, 202, 203]);
});
