import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools } from '#test/support/scenario.ts';
import { openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

let app: TestApp;
let id: string;
let code: string;
beforeAll(async () => {
  app = await openTestApp();
  const { id: schoolId, county, name } = schools.first;
  const scene = await openEvaluationScene(app, {
    kind: 'school-evaluation',
    subjects: [{ placeId: county, unitId: county, schoolId, name }],
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
