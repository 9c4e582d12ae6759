import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';
import { answerRules } from '#test/support/scenes/rule-answers.ts';

let app: TestApp;
let scene: JudgingScene;
beforeAll(async () => {
  app = await openTestApp();
  scene = await layJudging(app, {
    ...{ kind: 'school-evaluation', schoolId: schools.first.id, blind: false, reviewersPerLeaf: 1 },
    step: 'preliminaryOpinion',
  });
  await answerRules(app.as('cityOfficer'), scene.params);
  await scene.settle();
}, 60_000);
afterAll(() => app.close());

/** Copies the judged evaluation, with its leaves and points, as further subjects of its campaign. */
async function copy(count: number): Promise<void> {
  const { owner } = app;
  await owner.query(
    `create temporary table copied as
       select gen_random_uuid() as id, n from generate_series(1, $1::int) n`,
    [count],
  );
  for (const [table, id] of [
    ['evaluations', 'id'],
    ['evaluation_leaves', 'evaluation_id'],
    ['evaluation_points', 'evaluation_id'],
  ] as const) {
    const { rows } = await owner.query<{ names: string }>(
      `select string_agg(quote_ident(attname), ', ') as names from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    );
    const { names } = rows[0]!;
    await owner.query(
      `insert into ${table} (${names}) select ${names} from (
         select (jsonb_populate_record(t, jsonb_build_object('${id}', c.id))).* from ${table} t, copied c where t.${id} = $1) w`,
      [scene.evaluationId],
    );
  }
  await owner.query('drop table copied');
  await owner.query('analyze evaluations, evaluation_leaves, evaluation_points');
}

/** How many statements a conclusion sends. */
async function asked(): Promise<number> {
  const person = app.as('cityOfficer');
  await person.call(evaluations.obstacles, { params: scene.params });
  const before = app.statements.length;
  await person.call(evaluations.obstacles, { params: scene.params });
  return app.statements.length - before;
}

it('a conclusion among the subjects of a round takes as many statements for many as for a few', async () => {
  await copy(6);
  const few = await asked();
  expect(few).toBeGreaterThan(0);
  await copy(53);
  expect(await asked()).toBe(few);
  const { conclusions } = await app.as('cityOfficer').call(evaluations.opinion, { params: scene.params });
  // All have the same points: the line of the quota runs between all of them.
  expect(conclusions.find(({ table }) => table === '等次')).toMatchObject({ name: '未定' });
  const [tie] = (await app.as('cityOfficer').call(evaluations.ties, { query: { campaignId: scene.campaignId } })).open;
  expect(tie!.tied).toHaveLength(60);
}, 60_000);
