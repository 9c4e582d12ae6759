import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { layEarlier } from '#test/support/scenes/earlier-round.ts';
import { layEdition, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

const inspection = 'county-inspection-sample';
const leaf = (code: string, points: number, method: object) => ({
  ...{ code, parent: null, title: `上一轮督导${code}`, points },
  method: { kind: 'result', evaluation: inspection, ...method },
});
/** Four points by the grade of the latest inspection, and six by the share of its points, from 60 to 90 of 100. */
const definition = {
  ...{ key: 'county-by-last-inspection', title: '对县督导（看上一轮）', edition: '2025年', authority: 'sample' },
  ...{ documents: [], subject: 'county', notApplicable: 'rebase', max: 10, decimals: 2, gaps: [] },
  ...{ vetoes: [], caps: [], downgrades: [], conclusions: [] },
  indicators: [
    leaf('G', 4, { measure: 'grade', map: { 优秀: 4, 良好: 3, 合格: 2 } }),
    leaf('R', 6, { measure: 'rate', linear: { floor: 60, target: 90 } }),
  ],
};

let app: TestApp;
let params: { evaluationId: string };
beforeAll(async () => {
  app = await openTestApp();
  const scene = await openEvaluationScene(app);
  const framework = await layEdition(app.owner, definition, 2);
  const subject = { placeId: units.licheng.id, unitId: units.licheng.id, schoolId: null, name: units.licheng.name };
  params = { evaluationId: randomUUID() };
  const campaign = { ...(scene.opening.campaign as object), framework };
  const subjects = [{ ...subject, id: params.evaluationId }];
  await scene.run('evaluations.open', { ...scene.opening, campaign, subjects });
  await scene.moveOn('notice');
});
afterAll(() => app.close());

const county = () => app.as('countyOfficer');
/** The two leaves after data have filled them anew. */
async function filled() {
  await county().call(evaluations.refreshFacts, { params });
  const { nodes, lacks } = await county().call(evaluations.read, { params });
  const leaves = [];
  for (const code of ['G', 'R']) {
    const { layers, trace, facts } = await county().call(evaluations.leaf, { params: { ...params, code } });
    const self = layers.find(({ layer }) => layer === 'self')?.points ?? null;
    const { standing } = nodes.find((node) => node.code === code)!;
    leaves.push({ standing, self, trace: trace.map(({ words }) => words).join(), facts });
  }
  return { leaves, lacks };
}

it('is open while no round was confirmed, and says which one it waits for', async () => {
  const { leaves, lacks } = await filled();
  expect(leaves).toMatchObject([
    { standing: 'open', self: null },
    { standing: 'open', self: null },
  ]);
  const sentence = '已批准的数据中还没有所需的数，请在说明中写明情况';
  expect(lacks).toEqual(['G', 'R'].map((code) => ({ code, sentence })));
  expect(leaves.map(({ trace }) => trace)).toEqual([`未定：${inspection}`, `未定：${inspection}`]);
});

it('is filled by the latest round that was confirmed, with what it rests on', async () => {
  await layEarlier(app.owner, params, 2023, { grade: '合格', rate: '0.6' }, inspection);
  await layEarlier(app.owner, params, 2024, { grade: '优秀', rate: '0.81' }, inspection);
  const { leaves, lacks } = await filled();
  expect(leaves).toMatchObject([
    { standing: 'answered', self: '4' },
    { standing: 'answered', self: '4.2' },
  ]);
  expect(leaves.map(({ trace }) => trace)).toEqual([`${inspection}：优秀`, `${inspection}：81`]);
  for (const [at, [measure, value]] of [
    ['grade', '优秀'],
    ['rate', '0.81'],
  ].entries()) {
    expect(leaves[at]!.facts).toContainEqual({
      ...{ name: `evaluation.${inspection}.${measure}（前 1 年）`, value, reason: null, provisional: false },
      ...{ source: 'evaluations', certificate: expect.stringContaining('decidedOn 2024-06-01') },
    });
  }
  expect(lacks).toEqual([]);
});
