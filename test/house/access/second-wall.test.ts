import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { listFilings } from '../../../src/server/features/filings/filing.list.store.ts';
import { writeCells } from '../../../src/server/features/filings/filing.step.store.ts';
import { type FilingHandle, findFiling, lockFilings } from '../../../src/server/features/filings/filing.store.ts';

/**
 * The first wall is a condition in every store function. This test removes it: the functions get the scope of the whole
 * city, as if somebody had forgotten to narrow it, while the database knows the person's true place.
 */
const forgotten: Scope = atPlaces([units.licheng.id, units.fengze.id]);
const ofCounty: Scope = atPlaces([units.licheng.id]);
const ofSchool: Scope = { ...ofCounty, schools: [schools.first.id] };
const everything = { page: 1, pageSize: 100 };

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

const under = <Result>(scope: Scope, work: (db: FilingHandle) => Promise<Result>) =>
  withLease(scene.app.services.pool, (held) =>
    held.writing(scope, (db: WholeHandle) => work(db as unknown as FilingHandle)),
  );
const seen = (scope: Scope) =>
  under(scope, async (db) => {
    const actor = { level: 'county' as const, userId: 'nobody', principal: null, schoolId: null };
    const asked = { filter: everything, actor, today: '2025-10-15' };
    return (await listFilings(db, forgotten, asked)).rows.map((row) => row.name);
  });

describe('with the condition removed from the store', () => {
  it('a county still sees its own schools and no other', async () => {
    expect((await seen(ofCounty)).sort()).toEqual(
      [schools.first.name, schools.junior.name, schools.neighbour.name].sort(),
    );
    expect(await under(ofCounty, (db) => findFiling(db, forgotten, scene.ids.foreign))).toBeUndefined();
  });

  it('a school still sees itself and not its neighbour', async () => {
    expect(await seen(ofSchool)).toEqual([schools.first.name]);
    expect(await under(ofSchool, (db) => findFiling(db, forgotten, scene.ids.neighbour))).toBeUndefined();
    expect(await under(ofSchool, (db) => lockFilings(db, forgotten, Object.values(scene.ids)))).toHaveLength(1);
  });

  it('nobody writes into another place', async () => {
    const write = (scope: Scope, placeId: number, id: string) =>
      under(scope, (db) =>
        writeCells(
          db,
          [
            {
              placeId,
              id,
              cells: { 图书册数: { v: 1, n: 1 } },
              filled: 1,
              required: 1,
              hardFindings: 0,
              softFindings: 0,
              openDoubts: 0,
              changedFields: 1,
            },
          ],
          new Date('2025-10-15T02:00:00Z'),
        ),
      );
    await write(ofCounty, units.fengze.id, scene.ids.foreign);
    await write(ofSchool, units.licheng.id, scene.ids.neighbour);
    await write(ofSchool, units.licheng.id, scene.ids.first);
    const { rows } = await scene.app.owner.query<{ id: string }>(`select id from filings where cells ? '图书册数'`);
    expect(rows.map((row) => row.id)).toEqual([scene.ids.first]);
  });

  it('without any scope there is nothing', async () => {
    expect(await seen(nowhere)).toEqual([]);
  });
});
