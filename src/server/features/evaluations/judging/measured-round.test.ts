import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import {
  type EvaluationScene,
  layEdition,
  openEvaluationScene,
  seatOfficer,
} from '#test/support/scenes/evaluation-scene.ts';

/** One leaf that ranks the counties by a figure that data give. */
const definition = {
  ...{ key: 'county-ranked-by-data', title: '对县督导（按数据排名）', edition: '2025年', authority: 'sample' },
  ...{ documents: [], subject: 'county', notApplicable: 'rebase', max: 10, decimals: 2, gaps: [] },
  ...{ vetoes: [], caps: [], downgrades: [], conclusions: [] },
  facts: ['事实:实际拨付', '事实:应当拨付'].map((name) => ({ name, type: 'number' })),
  indicators: [
    {
      ...{ code: 'R', parent: null, title: '经费拨付', points: 10, formula: '事实:实际拨付 / 事实:应当拨付' },
      method: { kind: 'relative', better: 'high', rule: 'rank', points: [10, 8], beyond: 'last', ties: 'best' },
    },
  ],
};

let app: TestApp;
let scene: EvaluationScene;
const ids: string[] = [];
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  // The campaign that is compared has the two alone that are opened below.
  await app.owner.query('update evaluations set campaign_id = gen_random_uuid() where campaign_id = $1', [
    scene.campaignId,
  ]);
  const framework = await layEdition(app.owner, definition, 1);
  await seatOfficer(app, scene.campaignId);
  const campaign = { ...(scene.opening.campaign as object), framework };
  const subjects = [units.licheng, units.fengze].map(({ id, name }) => ({
    ...{ placeId: id, unitId: id, schoolId: null, id: randomUUID(), name },
  }));
  await scene.run('evaluations.open', { ...scene.opening, campaign, subjects });
  ids.push(...subjects.map(({ id }) => id));
  await stand('selfEvaluation');
});
afterAll(() => app.close());

const stand = (step: string) => app.owner.query('update evaluations set step = $2 where id = any($1)', [ids, step]);
const officers = () => [app.as('countyOfficer'), app.as('otherOfficer')] as const;
const params = (at: number) => ({ evaluationId: ids[at]! });
const read = (at: number) => officers()[at]!.call(evaluations.read, { params: params(at) });
const enter = async (at: number, paid: number, owed: number) => {
  for (const [fact, value] of Object.entries({ '事实:实际拨付': paid, '事实:应当拨付': owed })) {
    const grounds = { document: '决算表', asOf: '2025-09-30', replaces: null };
    await officers()[at]!.call(evaluations.enterFact, {
      params: params(at),
      body: { fact, yearsBack: 0, value, ...grounds },
    });
  }
};
const pointsOf = async (layer: string) => {
  await app.runJobs();
  const { rows } = await app.owner.query(
    `select evaluation_id, points from evaluation_points where evaluation_id = any($1) and code = 'R' and layer = $2`,
    [ids, layer],
  );
  return ids.map((id) => rows.find((row) => row.evaluation_id === id)?.points ?? null);
};

it('a value that data give asks nothing of the subject, and has its points when all have handed in', async () => {
  expect((await read(0)).lacks.map(({ code, sentence }) => [code, sentence])).toEqual([
    ['R', '还缺数据：实际拨付、应当拨付，请在“要填的事实”中填写'],
  ]);
  await enter(0, 200, 300);
  await enter(1, 90, 120);
  const { lacks, totals } = await read(0);
  expect(lacks).toEqual([]);
  expect(totals[0]).toMatchObject({ layer: 'self', total: null, from: '8', to: '10' });
  const { trace } = await officers()[0].call(evaluations.leaf, { params: { ...params(0), code: 'R' } });
  expect(trace.map(({ words }) => words).join()).toContain('事实:实际拨付 / 事实:应当拨付 = ≈0.666667');

  for (const at of [0, 1]) {
    expect(await pointsOf('self')).toEqual([null, null]);
    const { revision } = await read(at);
    await officers()[at]!.call(evaluations.submit, { params: params(at), body: { revision } });
  }
  // Two thirds stand behind three quarters.
  expect(await pointsOf('self')).toEqual(['8', '10']);
  expect((await read(0)).totals[0]).toMatchObject({ layer: 'self', total: '8' });
});

it('whoever judges takes what data measure, and it is placed by the exact figure', async () => {
  await stand('materialReview');
  const city = app.as('cityOfficer');
  const leaf = await city.call(evaluations.leaf, { params: { ...params(0), code: 'R' } });
  expect(leaf).toMatchObject({ byData: '8', valueByData: '0.666666666666667' });
  const score = async (at: number, answer: { value: string | number } | null, version = 0) => {
    const { version: leafVersion } = await city.call(evaluations.leaf, { params: { ...params(at), code: 'R' } });
    const body = { version, leafVersion, reason: '', answer };
    await city.call(evaluations.score, { params: { ...params(at), code: 'R' }, body });
  };
  await score(0, null);
  expect(await pointsOf('city')).toEqual([null, null]);
  const agreed = { codes: ['R'], reason: '同意自评' };
  await city.call(evaluations.adoptSelf, { params: params(1), body: agreed });
  expect(await pointsOf('city')).toEqual(['8', '10']);
  // What a judge finds himself goes before the data, and nobody's own finding is placed by them.
  await score(1, { value: 0.5 }, 1);
  expect(await pointsOf('city')).toEqual(['10', '8']);
});
