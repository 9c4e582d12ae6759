import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { answer } from '#contract/frameworks/questions.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

/** C65 gives its two points by the share of satisfied people, from 75 to 90 of 100, half of those asked being parents. */
const code = 'C65';
let app: TestApp;
let params: { evaluationId: string };
beforeAll(async () => {
  app = await openTestApp();
  const scene = await openEvaluationScene(app);
  await scene.moveOn('notice');
  params = { evaluationId: scene.subjects[0]!.id };
});
afterAll(() => app.close());

const county = () => app.as('countyOfficer');
/** The county says what a survey came to, in place of what it said before, and fills its leaves anew. */
async function say(figures: Readonly<Record<string, number>>) {
  const { rows } = await county().call(evaluations.questions, { params });
  for (const [fact, value] of Object.entries(figures)) {
    const { answer: stands, value: said } = rows.find((row) => row.name === fact && row.yearsBack === 0)!;
    if (said === String(value)) continue;
    await county().call(answer, {
      body: {
        ...{ fact, value, subject: { type: 'unit', id: units.licheng.id }, year: 2025 },
        ...{ document: '满意度调查报告', asOf: '2025-09-30', replaces: stands?.id ?? null },
      },
    });
  }
  await county().call(evaluations.refreshFacts, { params });
  const { nodes } = await county().call(evaluations.read, { params });
  const leaf = await county().call(evaluations.leaf, { params: { ...params, code } });
  const self = leaf.layers.find(({ layer }) => layer === 'self')?.points ?? null;
  return { standing: nodes.find((node) => node.code === code)!.standing, self, trace: leaf.trace, facts: leaf.facts };
}
const survey = '群众教育满意度';
const asked = (all: number, parents: number) => ({
  [`survey.${survey}.answers`]: all,
  [`survey.${survey}.answers.家长`]: parents,
});

it('a leaf of a survey is filled by its share, with the sum that gives its points', async () => {
  const found = await say({ '事实:常住人口': 400_000, [`survey.${survey}.share`]: 81, ...asked(700, 350) });
  expect(found).toMatchObject({ standing: 'answered', self: '0.8' });
  expect(JSON.stringify(found.trace)).toContain('（81 − 75）÷（90 − 75）× 2');
  expect(found.facts).toContainEqual(expect.objectContaining({ name: `survey.${survey}.share`, value: '81' }));
});

it.each([
  ['fewer answers than the least of all', asked(599, 350), '少于 600'],
  ['too few parents among them', asked(700, 349), '家长 349 份，占全部 700 份的不足 50%'],
])('and has no points, with the reason, where there are %s', async (_, figures, reason) => {
  const found = await say(figures);
  expect(found).toMatchObject({ standing: 'open', self: null });
  expect(JSON.stringify(found.trace)).toContain(reason);
});

it('or where there are fewer answers than people of the county ask for', async () => {
  const found = await say({ ...asked(700, 350), '事实:常住人口': 500_000 });
  expect(found).toMatchObject({ standing: 'open', self: null });
  expect(JSON.stringify(found.trace)).toContain('少于 750');
  expect(await say(asked(750, 375))).toMatchObject({ standing: 'answered', self: '0.8' });
});
