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

it('leaves given to a section are those of all its people, and of nobody else but whoever confirms', async () => {
  const [officer, director] = [app.as('countyOfficer'), app.as('countyDirector')];
  const params = { evaluationId: id };
  const [basic, finance] = [990_001, 990_002];
  await app.owner.query(
    `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
     values ($2, 'section', $1, $1, '基础教育科', '基础教育科', 'jcjyk'), ($3, 'section', $1, $1, '计划财务科', '计划财务科', 'jhcwk')`,
    [units.licheng.id, basic, finance],
  );
  const enter = (section: number) =>
    app.owner.query('update grants set section_id = $2 where id = $1', [officer.grants[0], section]);
  await enter(basic);
  const { sections } = await officer.call(evaluations.colleagues, { params });
  expect(sections).toEqual([{ id: basic, name: '基础教育科', people: 1 }]);
  const leaves = (await read()).nodes.filter(({ isLeaf, origin }) => isLeaf && origin === 'person');
  const [leaf] = leaves;
  const codes = [leaf!.code];
  await director.call(evaluations.assignLeaves, { params, body: { codes, personId: null, sectionId: basic } });
  const nodeOf = async () => (await read()).nodes.find(({ code }) => code === leaf!.code)!;
  await expect.poll(async () => (await nodeOf()).mine).toBe(true);
  expect(await nodeOf()).toMatchObject({ responsibleId: null, responsibleSectionId: basic });
  const detail = await officer.call(evaluations.leaf, { params: { ...params, code: leaf!.code } });
  expect(detail).toMatchObject({ responsiblePerson: null, responsibleSection: { name: '基础教育科' } });
  const { rows: told } = await officer.call(notices.list, { query: {} });
  expect(told.find(({ kind }) => kind === 'evaluation.leavesGiven')?.note).toContain('基础教育科');
  // A section in which nobody answers is given nothing.
  const empty = { params, body: { codes, personId: null, sectionId: finance } };
  expect((await director.refused(evaluations.assignLeaves, empty)).code).toBe('thing.notFound');

  const answering = async () => ({
    params: { ...params, code: leaf!.code },
    body: { version: (await nodeOf()).version, answer: { points: 0 }, note: '基础教育科填' },
  });
  await enter(finance);
  // Who somebody is is remembered until it changes.
  await expect.poll(async () => (await nodeOf()).mine).toBe(false);
  const refused = await officer.refused(evaluations.answerLeaf, await answering());
  expect(refused.sentence).toContain('由基础教育科负责填写');
  await enter(basic);
  await expect.poll(async () => (await nodeOf()).mine).toBe(true);
  await officer.call(evaluations.answerLeaf, await answering());
});

it('home asks whoever has something of the own to fill, and all once nothing is open', async () => {
  const waits = async () =>
    (await app.as('countyOfficer').call(home.overview, { query: {} })).work.some(
      ({ kind }) => kind === 'evaluations.answer',
    );
  const [director, officer] = [app.as('countyDirector'), app.as('countyOfficer')];
  const given = (personId: string) =>
    app.owner.query(
      'update evaluation_leaves set responsible_id = $2, responsible_section_id = null where evaluation_id = $1',
      [...[id, personId]],
    );
  await given(director.personId);
  expect(await waits()).toBe(false);
  await app.owner.query(
    `update evaluation_leaves set responsible_id = $2 where evaluation_id = $1 and answered_at is null and code = (
       select min(code) from evaluation_leaves where evaluation_id = $1 and answered_at is null)`,
    [id, officer.personId],
  );
  expect(await waits()).toBe(true);
  await given(director.personId);
  await app.owner.query(
    `update evaluation_leaves set answered_by_name = 'x', answered_at = now() where evaluation_id = $1 and answered_at is null`,
    [id],
  );
  expect(await waits(), 'it waits to be handed in').toBe(true);
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
  // What the officer handed in stands among what others have, and its line opens the same list.
  const handed = async () => {
    const overview = await app.as('countyOfficer').call(home.overview, { query: {} });
    const { rows } = await app.as('countyOfficer').call(evaluations.list, { query: { waiting: 'toConfirm' } });
    return {
      line: overview.handedOver.find(({ kind }) => kind === 'evaluations.toConfirm'),
      list: rows.map((row) => row.id),
    };
  };
  expect(await handed()).toMatchObject({ line: { count: 1, subject: id }, list: [id] });
  const ofOthers = { query: { waiting: 'toConfirm' as const } };
  expect((await app.as('countyDirector').call(evaluations.list, ofOthers)).total).toBe(0);
  await app.owner.query(
    `update evaluation_handins set confirmed_by = $2, confirmed_by_name = '鲤城主任', confirmed_at = now()
      where evaluation_id = $1`,
    [id, app.as('countyDirector').personId],
  );
  expect(await days('countyOfficer')).toEqual([]);
  expect(await handed()).toEqual({ line: undefined, list: [] });
});
