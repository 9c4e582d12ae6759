import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as directory from '#contract/directory/directory.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import { insertLeaderPost, insertLeaderTerm, listLeaders, writeLeaderTermEnd } from './leader.store.ts';
import { insertUnit, listUnitsBelow, type NewUnit, writeUnitName } from './unit.store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const act = <Result>(work: (db: DirectoryHandle) => Promise<Result>) =>
  withLease(app.services.pool, (held) =>
    held.writing(atPlaces([units.city.id]), (db) => work(db as unknown as DirectoryHandle)),
  );

function fresh(kind: NewUnit['kind'], name: string, parentId: number | null): NewUnit {
  const none = { unitCode: null, gbCode: null, document: null };
  return { ...none, kind, parentId, name, shortName: name, initials: 'x', sortOrder: 1 };
}

describe('units below city and county', () => {
  it('stand where their kind may, lie at the place above them, and move with what they stand below', async () => {
    const open = (unit: NewUnit) => act((db) => insertUnit(db, '2020-01-01', unit));
    const bureau = (await open(fresh('department', '区财政局', units.licheng.id)))!;
    const section = (await open(fresh('section', '预算科', bureau)))!;
    expect(await open(fresh('township', '开元街道', units.city.id))).toBeUndefined();
    expect(await open(fresh('section', '无上级科', null))).toBeUndefined();
    const institute = (await open(fresh('institution', '市教科所', units.city.id)))!;
    const places = async () =>
      (
        await app.owner.query('select id, place_id as place from org_units where id = any($1) order by id', [
          [bureau, section, institute],
        ])
      ).rows;
    expect(await places()).toEqual([
      { id: bureau, place: units.licheng.id },
      { id: section, place: units.licheng.id },
      { id: institute, place: units.city.id },
    ]);
    const next = { name: '区财政局', shortName: '财政局', initials: 'x', parentId: units.fengze.id, document: null };
    await act((db) => writeUnitName(db, bureau, '2025-01-01', next));
    expect((await places()).slice(0, 2).map((row) => row.place)).toEqual([units.fengze.id, units.fengze.id]);
    const { rows } = await app.owner.query(
      `select parent_id, valid_from::text, valid_to::text from org_unit_versions where unit_id = $1 order by 2`,
      [bureau],
    );
    expect(rows).toEqual([
      { parent_id: units.licheng.id, valid_from: '2020-01-01', valid_to: '2025-01-01' },
      { parent_id: units.fengze.id, valid_from: '2025-01-01', valid_to: null },
    ]);
    expect(await act((db) => listUnitsBelow(db, units.fengze.id))).toMatchObject([{ id: bureau, kind: 'department' }]);
  });

  it('stay out of the tree of government, of lists and of the palette', async () => {
    const as = app.as('cityOfficer');
    const { units: tree } = await as.call(orgUnits.units);
    expect(new Set(tree.map((unit) => unit.level))).toEqual(new Set(['province', 'city', 'county']));
    expect((await as.call(directory.find, { query: { text: '财政' } })).units).toEqual([]);
  });

  it('notify every server of a change, without a trigger', async () => {
    const heard: string[] = [];
    app.owner.on('notification', (message) => heard.push(message.payload ?? ''));
    await app.owner.query('listen access_changed');
    await act((db) => insertUnit(db, '2020-01-01', fresh('section', '督导室', units.city.id)));
    await expect.poll(() => heard).toContain('org_units');
  });

  it('cannot be written with a place that is not theirs', async () => {
    const write = (kind: string, parent: number | null, place: number | null) =>
      app.owner.query(
        `insert into org_units (kind, parent_id, place_id, name, short_name, initials) values ($1, $2, $3, '甲', '甲', 'j')`,
        [kind, parent, place],
      );
    await expect(write('county', units.city.id, units.city.id)).rejects.toThrow('check');
    await expect(write('section', units.city.id, null)).rejects.toThrow('check');
    await expect(write('province', null, units.city.id)).rejects.toThrow('check');
    await expect(write('city', null, null)).rejects.toThrow('check');
  });
});

describe('leaders', () => {
  it('hold a post one after the other, without an account', async () => {
    const postId = await act((db) => insertLeaderPost(db, { unitId: units.licheng.id, title: '区长', sortOrder: 2 }));
    await act((db) => insertLeaderPost(db, { unitId: units.licheng.id, title: '书记', sortOrder: 1 }));
    const begin = (name: string, from: string) =>
      act((db) => insertLeaderTerm(db, { postId, name, from, document: null }));
    await begin('张三', '2020-01-01');
    await begin('李四', '2024-03-01');
    await act((db) => writeLeaderTermEnd(db, postId, '2025-06-01'));
    const held = async (day: string) =>
      (await act((db) => listLeaders(db, units.licheng.id, day))).map((leader) => [leader.title, leader.name]);
    expect(await held('2024-02-29')).toEqual([
      ['书记', null],
      ['区长', '张三'],
    ]);
    expect((await held('2024-03-01'))[1]).toEqual(['区长', '李四']);
    expect((await held('2025-06-01'))[1]).toEqual(['区长', null]);
    // Nobody can take over a post during a term that has ended, or before such a term.
    await expect(begin('王五', '2023-01-01')).rejects.toThrow();
    await expect(begin('王五', '2019-01-01')).rejects.toThrow();
  });
});
