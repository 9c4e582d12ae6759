import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as files from '#contract/files/attachments.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';

let app: TestApp;
let scene: JudgingScene;
beforeAll(async () => {
  app = await openTestApp();
  scene = await layJudging(app, { blind: true, reviewersPerLeaf: 2 });
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const county = () => app.as('countyOfficer');
const grounds = { document: '闽政教督〔2025〕3 号', on: '2025-09-30', reason: '', withdraws: false };
const entering = (more: object) => ({
  params: scene.params,
  body: { ...grounds, code: null, points: null, words: null, replaces: null, ...more },
});
const read = (who = city()) => who.call(evaluations.read, { params: scene.params });
const leafOf = (code: string, who = city()) => who.call(evaluations.leaf, { params: { ...scene.params, code } });
const provinceOf = async (who = city()) => (await read(who)).totals.find(({ layer }) => layer === 'province')!;

it('every layer of the kind stands in the head, with nothing where nothing is known', async () => {
  const { totals } = await read(county());
  expect(totals.map(({ layer }) => layer)).toEqual(['self', 'county', 'city', 'province']);
  expect(totals.at(-1)).toMatchObject({ total: null });
  expect(totals.at(-1)!.unanswered).toBeGreaterThan(0);
});

it('the city enters what the province gave at a leaf, and all read it beside the other layers', async () => {
  const { code, max } = scene.leaves[0]!;
  const { id } = await city().call(
    evaluations.enterProvince,
    entering({ code, points: max - 0.5, reason: '抽查扣分' }),
  );
  for (const who of [city(), county()]) {
    const leaf = await leafOf(code, who);
    expect(leaf.layers.at(-1)).toMatchObject({ layer: 'province', points: String(max - 0.5), hidden: false });
    expect(leaf.province).toMatchObject([{ id, document: grounds.document, on: grounds.on, reason: '抽查扣分' }]);
    const { nodes } = await read(who);
    expect(nodes.find((node) => node.code === code)).toMatchObject({ province: String(max - 0.5) });
  }
  expect((await leafOf(code)).can.enterProvince).toBe(true);
  expect((await leafOf(code, county())).can.enterProvince).toBe(false);
  const over = await city().refused(evaluations.enterProvince, entering({ code, points: max + 1, replaces: id }));
  expect(over.code).toBe('evaluation.provinceUnfit');
  expect(over.sentence).toContain(`指标 ${code}的省级得分填写有误`);
});

it('what it gave to the whole is its total; a correction keeps what stood before, and nobody overwrites unseen', async () => {
  const first = await city().call(evaluations.enterProvince, entering({ points: 88.5, words: '良好' }));
  expect(await provinceOf(county())).toMatchObject({ total: '88.5', unanswered: 0 });
  expect((await city().refused(evaluations.enterProvince, entering({ points: 90 }))).code).toBe('thing.changed');
  await city().call(evaluations.enterProvince, entering({ points: 86, words: '良好', replaces: first.id }));
  const { province } = await read(county());
  expect(province.map(({ points, replacedAt }) => [points, replacedAt !== null])).toEqual([
    ['86', false],
    ['88.5', true],
  ]);
  const taken = { points: null, withdraws: true, replaces: province[0]!.id };
  await city().call(evaluations.enterProvince, entering(taken));
  expect((await provinceOf()).total).toBeNull();
  expect((await read()).province.every(({ replacedAt }) => replacedAt !== null)).toBe(true);
  const none = await city().refused(evaluations.enterProvince, entering({ points: null, withdraws: true }));
  expect(none.code).toBe('thing.nothingChanges');
  const { rows } = await app.owner.query(
    `select action, after from audit_events where object_id = $1 and action like 'evaluation.province%' order by id`,
    [scene.evaluationId],
  );
  // Who still owes a blind score may read the audit of the place: it tells nothing of what was entered.
  const kept = new Set(rows.flatMap(({ after }) => Object.keys(after)));
  expect([...kept].sort()).toEqual(['digest', 'leafCode', 'subjectName', 'title']);
  expect(new Set(rows.map(({ after }) => after.digest)).size).toBe(rows.length);
  expect(rows.map(({ action }) => action).slice(-3)).toEqual([
    ...['evaluation.provinceEntered', 'evaluation.provinceEntered', 'evaluation.provinceWithdrawn'],
  ]);
});

it('the subject enters nothing, and no figure above all points is taken', async () => {
  const refused = await county().refused(evaluations.enterProvince, entering({ points: 99 }));
  expect(refused.code).toBe('access.denied');
  for (const [points, fault] of [
    [100.5, '超过满分 100 分'],
    [-1, '低于 0 分'],
  ] as const) {
    const unfit = await city().refused(evaluations.enterProvince, entering({ points }));
    expect(unfit.code).toBe('evaluation.provinceUnfit');
    expect(unfit.sentence).toContain(fault);
  }
  const late = await city().refused(evaluations.enterProvince, entering({ points: 80, on: '2031-01-01' }));
  expect(late.code).toBe('evaluation.provinceUnfit');
});

it('the document of the province hangs on the entry, and the subject opens it', async () => {
  const { id } = await city().call(evaluations.enterProvince, entering({ words: '优秀' }));
  const subject = { subjectType: 'province-score', subjectId: id };
  const { id: uploadId } = await bring(app, city(), '省级通报.txt', Buffer.from('通报'));
  const { id: fileId } = await city().call(files.attach, { body: { ...subject, uploadId } });
  const listed = await county().call(files.list, { query: subject });
  expect(listed).toMatchObject({ mayAttach: false, rows: [{ id: fileId, name: '省级通报.txt' }] });
  expect((await app.as('otherOfficer').refused(files.list, { query: subject })).code).toBe('thing.notFound');
});

it('whoever still owes a blind score reads nothing of it, in whatever post', async () => {
  const { code } = scene.leaves[0]!;
  const { person } = await scene.expert('外聘评审', ['*']);
  const { person: inside } = await scene.officer('市内评审', ['*']);
  for (const who of [person, inside]) {
    const leaf = await who.call(evaluations.leaf, { params: { ...scene.params, code } });
    expect(leaf.province).toEqual([]);
    expect(leaf.layers.at(-1)).toMatchObject({ layer: 'province', points: null, hidden: true });
    const { nodes, province } = await who.call(evaluations.read, { params: scene.params });
    expect(nodes.find((node) => node.code === code)!.province).toBeNull();
    expect(province).toEqual([]);
  }
  expect((await read(inside)).can.enterProvince).toBe(false);
  expect((await leafOf(code, inside)).can.enterProvince).toBe(false);
  const refused = await inside.refused(evaluations.enterProvince, entering({ points: 80 }));
  expect(refused).toMatchObject({ status: 403, code: 'evaluation.provinceNot' });
});
