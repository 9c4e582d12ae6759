import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

let app: TestApp;
let scene: EvaluationScene;
let params: { evaluationId: string };
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  params = { evaluationId: scene.subjects[0]!.id };
  await scene.moveOn('notice');
});
afterAll(() => app.close());

const county = () => app.as('countyOfficer');
const read = () => county().call(evaluations.read, { params });

/** How many leaves are filled: what the tree shows of them, and what the head of the page, the list and the matrix count. */
async function counts(): Promise<number[]> {
  const page = await read();
  const filled = page.nodes.filter(
    ({ isLeaf, standing }) => isLeaf && standing !== 'open' && standing !== 'returned',
  ).length;
  const { rows } = await county().call(evaluations.list, { query: { campaignId: scene.campaignId } });
  const listed = rows.find(({ id }) => id === params.evaluationId)!;
  const matrix = await app.as('cityOfficer').call(campaigns.matrix, {
    params: { campaignId: scene.campaignId },
    query: {},
  });
  const inMatrix = matrix.rows.find(({ evaluationId }) => evaluationId === params.evaluationId)!;
  return [filled, page.answered, listed.answered, inMatrix.answered];
}

const answer = async (code: string, given: object | null, note: string) => {
  const { version } = await county().call(evaluations.leaf, { params: { ...params, code } });
  const body = { version, answer: given, note } as never;
  return county().call(evaluations.answerLeaf, { params: { ...params, code }, body });
};

it('list, matrix, head and tree count the same filled leaves, whatever is missing at an answered one', async () => {
  const same = async () => {
    const all = await counts();
    expect(new Set(all).size, all.join()).toBe(1);
    return all[0]!;
  };
  const laid = await same();
  const { nodes } = await read();
  const [person, other] = nodes.filter(({ isLeaf, origin }) => isLeaf && origin === 'person');
  const data = nodes.find(({ isLeaf, origin, standing }) => isLeaf && origin === 'data' && standing === 'open')!;
  const written = await answer(person!.code, { points: 0 }, '没有落实');
  expect(await same()).toBe(laid + 1);
  expect(written.answered).toBe(laid + 1);
  // Whoever says that a leaf does not apply says why: without the reason it was answered, and is not filled.
  await answer(other!.code, { notApplicable: true }, '');
  expect(await same()).toBe(laid + 1);
  await answer(other!.code, { notApplicable: true }, '本县没有这项工作');
  expect(await same()).toBe(laid + 2);
  // A note at a leaf for which questions are open fills nothing.
  await answer(data.code, null, '数据还没有');
  const noted = await same();
  expect(noted).toBe(
    (await read()).nodes.find(({ code }) => code === data.code)!.standing === 'open' ? laid + 2 : laid + 3,
  );
  await answer(person!.code, null, '');
  expect(await same()).toBe(noted - 1);
});

it('what was sent back is open again in all of them until it is handed in', async () => {
  const before = (await counts())[0]!;
  const { nodes } = await read();
  const back = nodes.find(({ isLeaf, standing }) => isLeaf && standing === 'not-applicable')!;
  const returned = (codes: readonly string[] | null) =>
    app.owner.query('update evaluations set returned = $2 where id = $1', [
      params.evaluationId,
      JSON.stringify({ reason: '请补充', codes, round: 0 }),
    ]);
  await returned([back.code]);
  const some = await counts();
  expect(some, some.join()).toEqual([before - 1, before - 1, before - 1, before - 1]);
  await returned(null);
  expect(await counts()).toEqual([0, 0, 0, 0]);
});
