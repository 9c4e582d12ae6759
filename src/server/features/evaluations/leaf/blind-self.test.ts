import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

let app: TestApp;
let scene: EvaluationScene;
let id: string;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app, { blind: true });
  id = scene.subjects[0]!.id;
  await scene.moveOn('notice');
  const personId = app.as('cityOfficer').personId;
  const campaign = { placeId: units.city.id, id: scene.campaignId };
  await app.owner.query(
    `insert into campaign_seats (place_id, campaign_id, id, person_id, name, part, nodes, from_day, to_day, given_by_name, given_at)
     values ($1, $2, $3, $4, '市督导', 'leader', '{*}', '2025-10-01', '2026-12-31', 'x', $5)`,
    [campaign.placeId, campaign.id, randomUUID(), personId, app.clock.now],
  );
  await scene.run('evaluations.seat', { campaign });
});
afterAll(() => app.close());

const params = () => ({ evaluationId: id });
const revision = async () => (await app.as('countyOfficer').call(evaluations.read, { params: params() })).revision;
const person = async () =>
  (await app.as('countyOfficer').call(evaluations.read, { params: params() })).nodes.filter(
    ({ isLeaf, origin }) => isLeaf && origin === 'person',
  );

it('an officer with a blind seat sees the material of a draft and no verdict of the subject', async () => {
  const [leaf] = await person();
  const at = { ...params(), code: leaf!.code };
  await app.as('countyOfficer').call(evaluations.answerLeaf, {
    params: at,
    body: { version: leaf!.version, answer: { points: 1 }, note: '材料在盒 3' },
  });
  const seen = await app.as('cityOfficer').call(evaluations.leaf, { params: at });
  expect(seen).toMatchObject({ note: '材料在盒 3', answer: null, trace: [] });
  expect(seen.layers[0]).toEqual({
    layer: 'self',
    points: null,
    answer: null,
    reason: '材料在盒 3',
    settled: null,
    hidden: true,
    version: 0,
  });
  const { nodes, totals } = await app.as('cityOfficer').call(evaluations.read, { params: params() });
  expect(nodes.every(({ self }) => self === null)).toBe(true);
  expect(totals[0]).toMatchObject({ layer: 'self', total: null });
  const { rows } = await app.as('cityOfficer').call(evaluations.list, { query: {} });
  expect(rows.every(({ selfTotal, selfBetween }) => selfTotal === null && selfBetween === null)).toBe(true);
});

it('an answer after a return voids the score of the leaf and leaves the others', async () => {
  await scene.fill(id);
  const body = async () => ({ params: params(), body: { revision: await revision() } });
  await app.as('countyOfficer').call(evaluations.submit, await body());
  await app.as('countyDirector').call(evaluations.confirmSelf, await body());
  await app.as('cityOfficer').call(evaluations.receive, await body());
  const [first, second] = await person();
  for (const node of [first!, second!]) {
    await app.as('cityOfficer').call(evaluations.score, {
      params: { ...params(), code: node.code },
      body: { version: 0, leafVersion: node.version, answer: { points: 0 }, reason: '没有材料' },
    });
  }
  await app.as('cityOfficer').call(evaluations.sendBack, {
    params: params(),
    body: { revision: await revision(), codes: [first!.code], reason: '请补充' },
  });
  await app.as('countyOfficer').call(evaluations.answerLeaf, {
    params: { ...params(), code: first!.code },
    body: { version: first!.version, answer: { points: 1 }, note: '已补' },
  });
  const leaf = (code: string) => app.as('cityOfficer').call(evaluations.leaf, { params: { ...params(), code } });
  const voided = await leaf(first!.code);
  expect(voided.scores).toMatchObject([{ own: true, voidReason: `指标 ${first!.code} 的自评材料有改动` }]);
  expect(voided.layers[0]!.hidden).toBe(true);
  expect((await leaf(second!.code)).scores).toMatchObject([{ voidedAt: null }]);
});
