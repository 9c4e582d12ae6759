import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { layJudging, type Reviewer, type SceneLeaf } from '#test/support/scenes/judging-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

it('how strict a reviewer is, is said over all evaluations of the campaign and not over one', async () => {
  const scene = await layJudging(app, { blind: false });
  const mild = await scene.officer('宽', ['*']);
  const strict = await scene.officer('严', ['*']);
  const [leaf] = scene.leaves as [SceneLeaf];
  for (const { person } of [mild, strict]) {
    await person.call(evaluations.score, {
      params: { ...scene.params, code: leaf.code },
      body: { version: 0, leafVersion: 1, reason: '按材料', answer: { points: leaf.max } },
    });
  }
  const reviewers = async () =>
    (await app.as('cityOfficer').call(evaluations.opinion, { params: scene.params })).indices.reviewers;
  const shown = { compared: 1, scores: 1, severity: '0.0000' };
  expect(await reviewers()).toEqual(
    expect.arrayContaining([
      { ...shown, name: '宽' },
      { ...shown, name: '严' },
    ]),
  );
  // The same two at another subject of the campaign: there one gives all, the other nothing.
  const elsewhere = randomUUID();
  const give = (one: Reviewer, points: number) =>
    app.owner.query(
      `insert into evaluation_scores (place_id, id, evaluation_id, campaign_id, subject_place_id, code, layer, person_id,
         reviewer_name, points, agreed, sighted, leaf_version, seen, version, given_at)
       values ($1, $2, $3, $4, $5, $6, 'city', $7, $8, $9, false, false, 1, '{}', 1, now())`,
      [
        ...[units.city.id, randomUUID(), elsewhere, scene.campaignId, units.fengze.id, leaf.code],
        ...[one.personId, one.name, String(points)],
      ],
    );
  await give(mild, leaf.max);
  await give(strict, 0);
  expect(await reviewers()).toEqual(
    expect.arrayContaining([
      { name: '宽', compared: 2, scores: 1, severity: '-0.5000' },
      { name: '严', compared: 2, scores: 1, severity: '0.5000' },
    ]),
  );
});
