import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, type Reviewer, type SceneLeaf } from '#test/support/scenes/judging-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const score = ({ person }: Reviewer, scene: JudgingScene, { code }: Pick<SceneLeaf, 'code'>, points: number) =>
  person.call(evaluations.score, {
    params: { ...scene.params, code },
    body: { version: 0, leafVersion: 1, reason: '按材料', answer: { points } },
  });

it('the panel talks among itself at a leaf, and whoever still owes a blind score of it reads nothing', async () => {
  const scene = await layJudging(app);
  const one = await scene.expert('甲', ['*']);
  const other = await scene.officer('乙', ['*']);
  const [leaf] = scene.leaves as [SceneLeaf];
  const params = { ...scene.params, code: leaf.code };
  const say = (text: string, id: string = randomUUID()) => ({ params, body: { id, text } });
  const read = async ({ person }: Pick<Reviewer, 'person'>) => {
    const { remarks, can } = await person.call(evaluations.leaf, { params });
    return { said: remarks.map(({ author, text, own }) => [author, text, own]), may: can.remark };
  };
  expect((await one.person.refused(evaluations.remark, say('先看台账'))).code).toBe('evaluation.remarkBlind');
  expect(await read(one)).toEqual({ said: [], may: false });
  await score(one, scene, leaf, leaf.max);
  const first = say('现场要核对会议记录');
  await one.person.call(evaluations.remark, first);
  // The same remark again is said once.
  const { remarks } = await one.person.call(evaluations.remark, first);
  expect(remarks).toHaveLength(1);
  expect(await read(one)).toEqual({ said: [['甲', '现场要核对会议记录', true]], may: true });
  expect(await read(other)).toEqual({ said: [], may: false });
  expect((await other.person.refused(evaluations.remark, say('我也看'))).code).toBe('evaluation.remarkBlind');
  await score(other, scene, leaf, leaf.max);
  app.clock.now = new Date(app.clock.now.getTime() + 60_000);
  await other.person.call(evaluations.remark, say('记录在第 3 卷'));
  expect((await read(other)).said).toHaveLength(2);
  const office = { person: app.as('cityOfficer') };
  expect((await read(office)).said.map(([author]) => author)).toEqual(['甲', '乙']);
  // The subject neither reads nor writes there.
  const county = { person: app.as('countyOfficer') };
  expect(await read(county)).toEqual({ said: [], may: false });
  expect((await county.person.refused(evaluations.remark, say('我们说一句'))).code).toBe('evaluation.ownSide');
  const far = await scene.expert('丙', [scene.leaves.at(-1)!.code]);
  expect((await far.person.refused(evaluations.remark, say('够不着'))).code).toBe('thing.notFound');
});

it('a draft of the opinion is kept from whoever owes a blind score by every statement, and open once he has judged', async () => {
  const scene = await layJudging(app);
  const owing = await scene.officer('还没评', [scene.leaves[0]!.branch]);
  const comments = [{ kind: 'weakness' as const, code: 'C1', text: '此项仅得 0 分' }];
  const { revision } = await app.as('cityOfficer').call(evaluations.read, { params: scene.params });
  await app.as('cityOfficer').call(evaluations.saveOpinion, {
    params: scene.params,
    body: { revision, comments, findings: [] },
  });
  const seen = () =>
    withWriting(
      app.services.pool,
      { ...atPlaces([units.city.id, units.licheng.id]), person: owing.personId },
      async (db) => (await sql`select comments from evaluation_opinions`.execute(db)).rows.length,
    );
  expect(await seen()).toBe(0);
  expect((await owing.person.call(evaluations.opinion, { params: scene.params })).comments).toEqual([]);
  for (const leaf of scene.codes) {
    const { can, max } = await owing.person.call(evaluations.leaf, { params: { ...scene.params, code: leaf } });
    if (can.score) await score(owing, scene, { code: leaf }, Number(max ?? 0));
  }
  expect(await seen()).toBe(1);
  expect((await owing.person.call(evaluations.opinion, { params: scene.params })).comments).toEqual(comments);
});
