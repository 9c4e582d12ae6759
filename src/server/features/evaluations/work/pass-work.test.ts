import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { withReading } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';
import { openLeaves } from './pass-work.store.ts';

let app: TestApp;
let scene: EvaluationScene;
let id: string;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  id = scene.subjects[0]!.id;
  await scene.moveOn('notice');
});
afterAll(() => app.close());

const read = () => app.as('countyOfficer').call(evaluations.read, { params: { evaluationId: id } });

it('the leaves of a person pass to a colleague, with a step, and both are told', async () => {
  const [director, officer] = [app.as('countyDirector'), app.as('countyOfficer')];
  const codes = (await read()).nodes.flatMap(({ isLeaf, code }) => (isLeaf ? [code] : [])).slice(0, 2);
  const body = { codes, personId: director.personId };
  await officer.call(evaluations.assignLeaves, { params: { evaluationId: id }, body });
  const post = {
    ...{ grantId: director.grants[0]!, personId: director.personId, name: '鲤城主任', names: ['鲤城主任'] },
    ...{ sharesName: false, placeId: units.licheng.id, schoolId: null, sectionId: null, today: '2025-10-15' },
  };
  const counted = await withReading(app.services.pool, atPlaces([]), (db) => openLeaves(post).execute(db));
  expect(counted.rows).toMatchObject([{ kind: 'evaluations.leaves', count: 1 }]);
  const named = ({ personId, grants }: typeof director, name: string) => ({
    ...{ id: personId, name, postId: grants[0]!, role: 'county-officer' },
  });
  await scene.run('evaluations.passLeaves', {
    ...{ places: [units.licheng.id], placeId: units.licheng.id, schoolId: null, sectionId: null },
    ...{ kinds: ['evaluations.leaves'], from: named(director, '鲤城主任'), to: named(officer, '鲤城督导') },
    by: { personId: officer.personId, grantId: officer.grants[0]!, standInId: null },
  });
  const { nodes, history } = await read();
  const passed = nodes.filter(({ code }) => codes.includes(code));
  expect(passed.map(({ responsibleId }) => responsibleId)).toEqual(codes.map(() => officer.personId));
  expect(history.at(-1)).toMatchObject({ action: 'workPassed', reason: '指标责任人由鲤城主任改为鲤城督导' });
  const { rows } = await director.call(notices.list, { query: {} });
  expect(rows.map(({ kind }) => kind)).toContain('evaluation.passed');
});

it('home says what waits at the subject, and the line opens the same list', async () => {
  const { work } = await app.as('countyOfficer').call(home.overview, { query: {} });
  const line = work.find(({ kind }) => kind === 'evaluations.answer')!;
  expect(line).toMatchObject({ count: 1 });
  const { total } = await app.as('countyOfficer').call(evaluations.list, { query: { waiting: 'answer' } });
  expect(total).toBe(line.count);
});

it('whoever is evaluated is told the days of the steps in which the move is his', async () => {
  const days = async (who: 'countyOfficer' | 'cityOfficer') => {
    const { deadlines } = await app.as(who).call(home.overview, { query: {} });
    return deadlines.filter(({ kind }) => kind === 'evaluations.step').map(({ outstanding }) => outstanding);
  };
  const at = (step: string) => app.owner.query('update evaluations set step = $2 where id = $1', [id, step]);
  await app.owner.query('update evaluation_steps set to_day = $2 where evaluation_id = $1', [
    id,
    addDays('2025-10-15', 20),
  ]);
  expect(await days('countyOfficer')).toEqual([1]);
  // The review of what was handed in is the office's: its day is none of the county.
  await at('materialReview');
  expect(await days('countyOfficer')).toEqual([]);
  expect(await days('cityOfficer')).toHaveLength(1);
  await at('selfEvaluation');
  await app.owner.query(
    `insert into evaluation_handins (place_id, evaluation_id, round, submitted_by, submitted_by_name, submitted_at)
     values ($1, $2, 1, $3, '鲤城督导', now())`,
    [units.licheng.id, id, app.as('countyOfficer').personId],
  );
  expect(await days('countyOfficer'), 'until its leader has signed').toEqual([1]);
  await app.owner.query(
    `update evaluation_handins set confirmed_by = $2, confirmed_by_name = '鲤城主任', confirmed_at = now()
      where evaluation_id = $1`,
    [id, app.as('countyDirector').personId],
  );
  expect(await days('countyOfficer')).toEqual([]);
});
