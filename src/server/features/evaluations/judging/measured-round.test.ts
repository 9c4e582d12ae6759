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

const paidShare = '事实:实际拨付 / 事实:应当拨付';
const leaf = (code: string, formula: string, method: { rule: 'rank' | 'proportion'; ties: 'best' | 'mean' }) => ({
  ...{ code, parent: null, title: `指标${code}`, points: 10, formula },
  method: { kind: 'relative', better: 'high', points: [10, 8], beyond: 'last', ...method },
});
/** An edition whose leaves compare the counties by figures that data give. */
const comparing = (key: string, ...indicators: ReturnType<typeof leaf>[]) => ({
  ...{ key, title: '对县督导（按数据排名）', edition: '2025年', authority: 'sample' },
  ...{ documents: [], subject: 'county', notApplicable: 'rebase', max: 10 * indicators.length, decimals: 2, gaps: [] },
  ...{ vetoes: [], caps: [], downgrades: [], conclusions: [], indicators },
  facts: ['事实:实际拨付', '事实:应当拨付', '事实:专职督学'].map((name) => ({ name, type: 'number' })),
});

let app: TestApp;
let scene: EvaluationScene;
let ids: readonly string[] = [];
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  await seatOfficer(app, scene.campaignId);
});
afterAll(() => app.close());

/** Opens two counties by an edition; the campaign in which they are compared has these alone. */
async function openRound(definition: ReturnType<typeof comparing>) {
  await app.owner.query('update evaluations set campaign_id = gen_random_uuid() where campaign_id = $1', [
    scene.campaignId,
  ]);
  const framework = await layEdition(app.owner, definition, definition.indicators.length);
  const campaign = { ...(scene.opening.campaign as object), framework };
  const subjects = [units.licheng, units.fengze].map(({ id, name }) => ({
    ...{ placeId: id, unitId: id, schoolId: null, id: randomUUID(), name },
  }));
  await scene.run('evaluations.open', { ...scene.opening, campaign, subjects });
  ids = subjects.map(({ id }) => id);
  await stand('selfEvaluation');
}

const stand = (step: string) => app.owner.query('update evaluations set step = $2 where id = any($1)', [ids, step]);
const officers = () => [app.as('countyOfficer'), app.as('otherOfficer')] as const;
const params = (at: number) => ({ evaluationId: ids[at]! });
const read = (at: number) => officers()[at]!.call(evaluations.read, { params: params(at) });
const enter = async (at: number, figures: Readonly<Record<string, number>>) => {
  for (const [fact, value] of Object.entries(figures)) {
    const grounds = { document: '决算表', asOf: '2025-09-30', replaces: null };
    await officers()[at]!.call(evaluations.enterFact, {
      params: params(at),
      body: { fact, yearsBack: 0, value, ...grounds },
    });
  }
};
const handIn = async (at: number) => {
  const { revision } = await read(at);
  await officers()[at]!.call(evaluations.submit, { params: params(at), body: { revision } });
};
const pointsOf = async (layer: string, code = 'R') => {
  await app.runJobs();
  const { rows } = await app.owner.query(
    `select evaluation_id, points from evaluation_points where evaluation_id = any($1) and code = $3 and layer = $2`,
    [ids, layer, code],
  );
  return ids.map((id) => rows.find((row) => row.evaluation_id === id)?.points ?? null);
};

it('a value that data give asks nothing of the subject, and has its points when all have handed in', async () => {
  await openRound(comparing('county-ranked-by-data', leaf('R', paidShare, { rule: 'rank', ties: 'best' })));
  expect((await read(0)).lacks.map(({ code, sentence }) => [code, sentence])).toEqual([
    ['R', '还缺数据：实际拨付、应当拨付，请在“要填的事实”中填写'],
  ]);
  await enter(0, { '事实:实际拨付': 200, '事实:应当拨付': 300 });
  await enter(1, { '事实:实际拨付': 90, '事实:应当拨付': 120 });
  const { lacks, totals } = await read(0);
  expect(lacks).toEqual([]);
  expect(totals[0]).toMatchObject({ layer: 'self', total: null, from: '8', to: '10' });
  const { trace } = await officers()[0].call(evaluations.leaf, { params: { ...params(0), code: 'R' } });
  expect(trace.map(({ words }) => words).join()).toContain('事实:实际拨付 / 事实:应当拨付 = ≈0.666667');

  for (const at of [0, 1]) {
    expect(await pointsOf('self')).toEqual([null, null]);
    await handIn(at);
  }
  // Two thirds stand behind three quarters.
  expect(await pointsOf('self')).toEqual(['8', '10']);
  expect((await read(0)).totals[0]).toMatchObject({ layer: 'self', total: '8' });
});

it('whoever judges takes what data measure, and it is placed by the exact figure', async () => {
  await stand('materialReview');
  const city = app.as('cityOfficer');
  const shown = await city.call(evaluations.leaf, { params: { ...params(0), code: 'R' } });
  expect(shown).toMatchObject({ byData: '8', valueByData: '0.666666666666667' });
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

it('the best has all points and the other its part of them, and equals share the mean of their places', async () => {
  const share = leaf('P', paidShare, { rule: 'proportion', ties: 'best' });
  await openRound(comparing('county-in-proportion', share, leaf('M', '事实:专职督学', { rule: 'rank', ties: 'mean' })));
  for (const at of [0, 1]) {
    await enter(at, { '事实:专职督学': 6 });
    await handIn(at);
  }
  // Two thirds of three quarters are eight ninths.
  expect(await pointsOf('self', 'P')).toEqual(['80/9', '10']);
  expect(await pointsOf('self', 'M')).toEqual(['9', '9']);
});
