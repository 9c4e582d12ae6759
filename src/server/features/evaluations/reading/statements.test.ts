import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools } from '#test/support/scenario.ts';
import { openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { layJudging } from '#test/support/scenes/judging-scene.ts';

let app: TestApp;
let id: string;
let code: string;
beforeAll(async () => {
  app = await openTestApp();
  const scene = await openEvaluationScene(app, {
    kind: 'school-evaluation',
    subjects: [schoolSubject(schools.first)],
  });
  id = scene.subjects[0]!.id;
  const { nodes } = await app.as('head').call(evaluations.read, { params: { evaluationId: id } });
  code = nodes.find(({ isLeaf }) => isLeaf)!.code;
});
afterAll(() => app.close());

/** How many statements a call sends beside begin, commit and settings, when the edition is known and the person remembered. */
async function sent(call: () => Promise<unknown>): Promise<number> {
  await call();
  const before = app.statements.length;
  await call();
  return app.statements
    .slice(before)
    .filter((text) => !/^(begin|commit|rollback|set local)/i.test(text) && !/from sessions|update sessions/.test(text))
    .length;
}

it.each(['head', 'countyOfficer', 'cityOfficer'] as const satisfies readonly Member[])(
  'an evaluation and a leaf are read in three statements each, by %s',
  async (who) => {
    const params = { evaluationId: id };
    expect(await sent(() => app.as(who).call(evaluations.read, { params }))).toBeLessThanOrEqual(3);
    expect(await sent(() => app.as(who).call(evaluations.leaf, { params: { ...params, code } }))).toBeLessThanOrEqual(
      3,
    );
    expect(await sent(() => app.as(who).call(evaluations.list, { query: {} }))).toBeLessThanOrEqual(1);
  },
);

it('nor do they take more where the city judges blind, by the office, an officer with a seat and an expert', async () => {
  const scene = await layJudging(app);
  const [officer, expert] = [await scene.officer('评分员', ['*']), await scene.expert('外请专家', ['*'])];
  const params = { ...scene.params, code: scene.codes[0]! };
  for (const who of [app.as('cityOfficer'), officer.person, expert.person]) {
    expect(await sent(() => who.call(evaluations.read, { params: scene.params }))).toBeLessThanOrEqual(3);
    expect(await sent(() => who.call(evaluations.leaf, { params }))).toBeLessThanOrEqual(3);
  }
});

it('nor of a county hand that stood in for a school', async () => {
  const scene = await layJudging(app, {
    ...{ kind: 'school-evaluation', schoolId: schools.first.id, step: 'countyReview', blind: false },
  });
  await app.owner.query(
    `insert into steps (place_id, id, subject_type, subject_id, action, from_state, to_state, actor_id, actor_name, actor_role, at)
     select place_id, gen_random_uuid(), 'evaluation', id, 'submit', step, step, $2, '代填人', 'county-officer', now()
       from evaluations where id = $1`,
    [scene.evaluationId, app.as('countyOfficer').personId],
  );
  const read = () => app.as('countyOfficer').call(evaluations.read, { params: scene.params });
  expect(await sent(read)).toBeLessThanOrEqual(3);
  expect((await read()).scoreLeftTo).not.toBeNull();
});
