import { afterAll, beforeAll, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { cast } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { onTheWay } from '#test/support/scenes/inspector-scene.ts';
import { insertPaper, listPosts, listRelations, listTerms } from './inspector.detail.store.ts';
import {
  findInspector,
  type Inspector,
  type InspectorHandle,
  updateInspector,
  writeBeside,
  writeDeclared,
} from './inspector.store.ts';

/** The first wall is forgotten: the stores get the scope of the whole city, the database knows the true one. */
const forgotten: Scope = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
const body = { written: schools.first.name, unitId: null, schoolId: schools.first.id };
let app: TestApp;
let id: string;
let person: string;
beforeAll(async () => {
  app = await openTestApp();
  person = app.as('foreignHead').personId;
  ({ id } = await onTheWay(app, 'serving', {
    ...{ username: 'foreignhead', name: cast.foreignHead.name },
    posts: [{ body, post: '教师', from: null, leftOn: null }],
    relations: [{ relative: 'spouse', tie: 'works', body, post: '', note: '', until: null }],
  }));
});
afterAll(() => app.close());

const under = <Result>(scope: Scope, work: (db: InspectorHandle) => Promise<Result>) =>
  withLease(app.services.pool, (held) =>
    held.writing(scope, (db: WholeHandle) => work(db as unknown as InspectorHandle)),
  );
const seen = (scope: Scope) =>
  under(scope, async (db) => {
    const key = { placeId: units.licheng.id, id } as Inspector;
    return [
      ...[(await findInspector(db, forgotten, id)) === undefined ? 0 : 1, (await listTerms(db, key)).length],
      ...[(await listPosts(db, key)).length, (await listRelations(db, key)).length],
    ];
  });

it('a row lies at the unit that keeps the inspector: its place and the city read it, and a school of it does not', async () => {
  expect(await seen(atPlaces([units.licheng.id]))).toEqual([1, 1, 1, 1]);
  expect(await seen(atPlaces([units.fengze.id]))).toEqual([0, 0, 0, 0]);
  expect(await seen({ ...atPlaces([units.licheng.id]), schools: [schools.first.id] })).toEqual([0, 0, 0, 0]);
  expect(await seen(nowhere)).toEqual([0, 0, 0, 0]);
});

it('whoever is the inspector reads the own rows and nobody else does; what is appointed is not changed by him', async () => {
  const self = { ...nowhere, person };
  expect(await seen(self)).toEqual([1, 1, 1, 1]);
  expect(await seen({ ...nowhere, person: app.as('head').personId })).toEqual([0, 0, 0, 0]);
  const key = { placeId: units.licheng.id, id };
  const held = [{ body, post: '', from: null, leftOn: null }];
  const spouse = { relative: 'spouse' as const, tie: 'works' as const, body, post: '', note: '', until: null };
  const mine = { ...key, personId: person };
  const adding = (posts: typeof held, relations: (typeof spouse)[]) =>
    under(self, (db) => writeBeside(db, mine, posts, relations));
  const plan = {
    ...{ paper: 'plan' as const, schoolYear: 2025, half: 'autumn' as const, dueOn: '2025-09-30' },
    ...{ handedOn: '2025-09-20', body: '', handedBy: { id: person, name: '' } },
  };
  const handing = () => under(self, (db) => insertPaper(db, mine, plan));
  const change = () => under(self, (db) => updateInspector(db, key, { post: '局长' }, app.clock.now));
  await expect(change()).rejects.toThrow();
  // Nothing is added, and what is removed is nothing.
  await expect(adding(held, [])).rejects.toThrow(/row-level security/);
  await expect(adding([], [spouse])).rejects.toThrow(/row-level security/);
  await adding([], []);
  expect(await seen(self)).toEqual([1, 1, 1, 1]);
  // One function adds what he declares himself, and nothing for anybody else or anywhere else.
  const by = { name: '', at: app.clock.now };
  const declaring = (scope: Scope, at: { placeId: number; id: string } = key) =>
    under(scope, (db) => writeDeclared(db, at, spouse, by));
  expect(await declaring({ ...nowhere, person: app.as('head').personId })).toBeNull();
  expect(await declaring(atPlaces([units.licheng.id]))).toBeNull();
  expect(await declaring(self, { ...key, placeId: units.fengze.id })).toBeNull();
  expect(await seen(self)).toEqual([1, 1, 1, 1]);
  expect(await declaring(self)).toBe(2);
  expect(await seen(self)).toEqual([1, 1, 1, 2]);
  await app.owner.query(`delete from inspector_relations where inspector_id = $1 and position = 2`, [id]);
  expect(await handing()).toBe(true);
  await app.owner.query(`delete from inspector_papers where inspector_id = $1`, [id]);
  await app.owner.query(`update inspectors set state = 'draft' where id = $1`, [id]);
  await expect(handing()).rejects.toThrow(/row-level security/);
  await change();
  await adding([...held, ...held], []);
  expect(await seen(self)).toEqual([1, 1, 2, 0]);
  await expect(under(self, (db) => updateInspector(db, key, { state: 'serving' }, app.clock.now))).rejects.toThrow(
    /row-level security/,
  );
  await expect(
    under({ ...nowhere, person: app.as('head').personId }, (db) =>
      writeBeside(db, { ...key, personId: person }, [{ body, post: '', from: null, leftOn: null }], []),
    ),
  ).rejects.toThrow(/row-level security/);
});
