import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import type { RouteArguments } from '#contract/route.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

type Cells = RouteArguments<typeof frameworks.writeCells>['body']['cells'];

let app: TestApp;
let scene: EvaluationScene;
let draftId: string;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app, { assessmentYear: 2024 });
  const body = { key: 'county-inspection-sample', revision: 1 };
  draftId = (await city().call(frameworks.copy, { body })).id;
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const read = () => city().call(frameworks.readDraft, { params: { draftId } });
const rounds = (query: { search?: string; id?: string } = {}) =>
  city().call(frameworks.rounds, { params: { draftId }, query });
const tryBy = async (
  earlier: string | null,
  answers: RouteArguments<typeof frameworks.tryDraft>['body']['answers'] = [],
) =>
  city().call(frameworks.tryDraft, {
    params: { draftId },
    body: { revision: (await read()).revision, year: 2024, earlier, answers: answers ?? [] },
  });

const inOrderOf = (earlier: { leaves: readonly { code: string }[] }) => (one: string, other: string) =>
  earlier.leaves.findIndex(({ code }) => code === one) - earlier.leaves.findIndex(({ code }) => code === other);

/** The round of the first county as its confirmation left it: half of each leaf by its own word, all of it by the city's. */
async function decide(): Promise<string> {
  const { id } = scene.subjects[0]!;
  const { definition } = await read();
  const parents = new Set(definition.indicators.map(({ parent }) => parent));
  const leaves = definition.indicators.filter(({ code, points }) => !parents.has(code) && typeof points === 'number');
  const [codes, full] = [leaves.map(({ code }) => code), leaves.map(({ points }) => String(points))];
  const half = leaves.map(({ points }) => String((points as number) / 2));
  const given = { at: app.clock.now, id, place: units.licheng.id };
  await app.owner.query(
    `update evaluations set step = 'rectification', released_at = $1, decided_on = '2025-03-01', total = '100', conclusion = '优秀'
      where id = $2`,
    [given.at, id],
  );
  await app.owner.query(
    `update evaluation_points p set points = w.points, answer = null
       from unnest($2::text[], $3::text[]) as w (code, points)
      where p.evaluation_id = $1 and p.layer = 'self' and p.code = w.code`,
    [id, codes, half],
  );
  await app.owner.query(
    `insert into evaluation_releases (place_id, evaluation_id, code, points, released_at)
     select $1, $2, w.code, w.points, $3 from unnest($4::text[], $5::text[]) as w (code, points)`,
    [given.place, id, given.at, codes, full],
  );
  return id;
}

describe('a draft by an earlier round', () => {
  it('is offered decided rounds of its own framework, found by subject and year', async () => {
    expect((await rounds()).rows).toEqual([]);
    const id = await decide();
    const { rows } = await rounds();
    expect(rows).toMatchObject([
      { id, subjectName: units.licheng.name, year: 2024, total: '100', conclusion: '优秀', decidedOn: '2025-03-01' },
    ]);
    expect((await rounds({ search: `${units.licheng.name} 2024` })).rows).toHaveLength(1);
    expect((await rounds({ search: '2023' })).rows).toEqual([]);
    expect((await rounds({ id: scene.subjects[1]!.id })).rows).toEqual([]);
    const other = (await city().call(frameworks.copy, { body: { key: 'quality-school-sample', revision: 1 } })).id;
    const ofOther = { params: { draftId: other } };
    expect((await city().call(frameworks.rounds, ofOther)).rows).toEqual([]);
    const { revision } = await city().call(frameworks.readDraft, ofOther);
    const refused = await city().refused(frameworks.tryDraft, {
      ...ofOther,
      body: { revision, year: 2024, earlier: id },
    });
    expect([refused.status, refused.code]).toEqual([404, 'thing.notFound']);
    expect((await app.as('countyDirector').refused(frameworks.rounds, { params: { draftId } })).status).toBe(403);
  });

  it('comes to what the round came to while nothing has changed, and nothing is stored', async () => {
    const { id } = scene.subjects[0]!;
    const { total, earlier } = await tryBy(id);
    expect(total).toBe('100');
    expect(earlier).toMatchObject({
      city: { before: '100', now: { total: '100' } },
      self: { now: { total: '50' } },
      left: [],
    });
    expect(earlier!.concluded.before).toBe('优秀');
    expect(new Set(earlier!.leaves.map(({ city: { way } }) => way))).toEqual(new Set(['points']));
    expect((await tryBy(null)).earlier).toBeNull();
  });

  it('names what has another scale, what is new and what is gone, and takes what is typed', async () => {
    const { id } = scene.subjects[0]!;
    const at = { params: { draftId } };
    const change = (one: frameworks.TreeChange) => city().call(frameworks.changeTree, { ...at, body: { change: one } });
    await change({ act: 'remove', code: 'C2', written: 1 });
    await change({ act: 'add', code: 'Z9', parent: 'B1', before: null, title: '劳动教育实践基地', points: 2 });
    const cells: Cells = [
      { code: 'C51', field: 'points', value: 2.5, version: 0 },
      { code: 'C52', field: 'points', value: 1.5, version: 0 },
    ];
    expect((await city().call(frameworks.writeCells, { ...at, body: { cells } })).issues).toEqual([]);
    const { earlier, provisional } = await tryBy(id);
    const leafOf = (code: string) => earlier!.leaves.find((leaf) => leaf.code === code)!;
    expect(leafOf('C51')).toMatchObject({
      from: { code: 'C51' },
      max: { before: '2', now: '2.5' },
      city: { before: '2', now: null, state: 'unanswered', way: 'otherScale' },
    });
    expect(leafOf('Z9')).toMatchObject({ from: null, city: { before: null, way: 'unmatched' } });
    expect(earlier!.left).toMatchObject([{ code: 'C2', max: '2', city: '2', self: '1' }]);
    expect(provisional!.unanswered).toEqual(['C51', 'C52', 'Z9'].sort(inOrderOf(earlier!)));
    expect(earlier!.city).toMatchObject({ before: '100', now: { total: null, from: '94', to: '100' } });
    const typed = await tryBy(id, [
      { code: 'Z9', points: 2 },
      { code: 'C51', points: 2.5 },
      { code: 'C52', points: 1.5 },
    ]);
    expect(typed.earlier!.city.now).toEqual({ total: '100', from: null, to: null });
    const { rows } = await app.owner.query(
      `select after ->> 'subject' as subject from audit_events where action = 'framework-draft.tried' order by id desc limit 1`,
    );
    expect(JSON.stringify(rows)).toContain(units.licheng.name);
  });
});
