import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { atLock } from '#test/support/database/database.ts';
import { units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

let app: TestApp;
let scene: EvaluationScene;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
});
afterAll(() => app.close());

/** Evaluations beside which another day stands than the last one of their present step. */
const ofAnotherDay = async () =>
  (
    await app.owner.query(
      `select e.id, e.due_on, s.to_day from evaluations e
         left join evaluation_steps s on s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step and e.state = 'open'
        where e.due_on is distinct from s.to_day`,
    )
  ).rows;
const dueOf = async (id: string) =>
  (await app.owner.query<{ due: string | null }>('select due_on::text as due from evaluations where id = $1', [id]))
    .rows[0]!.due;

const campaign = () => ({ placeId: units.city.id, id: scene.campaignId });
const seat = async (member: 'cityOfficer' | 'sectionOfficer' | 'inspector', part = 'member', more: object = {}) => {
  const given = { id: randomUUID(), to: '2026-12-31', ...more };
  await app.owner.query(
    `insert into campaign_seats (place_id, campaign_id, id, person_id, name, part, nodes, from_day, to_day, given_by_name, given_at)
     values ($1, $2, $3, $4, 'x', $5, '{*}', '2025-10-01', $6, 'x', $7)`,
    [units.city.id, scene.campaignId, given.id, app.as(member).personId, part, given.to, app.clock.now],
  );
  return given.id;
};
const another = () => {
  const { placeId, unitId } = scene.subjects[0]!;
  return { placeId, unitId, schoolId: null, id: randomUUID(), name: units.licheng.name };
};
const openOne = async () => {
  const subject = another();
  await scene.run('evaluations.open', { ...scene.opening, subjects: [subject] });
  return subject.id;
};
const reviewersOf = async (id: string) =>
  (
    await app.owner.query(
      `select seat_id as seat, from_day::text as from, to_day::text as to, seated_at is not null as known, ended_on is null as standing
         from evaluation_reviewers where evaluation_id = $1`,
      [id],
    )
  ).rows;

it('an evaluation is written with the seats and the days as they are then', async () => {
  const given = await seat('cityOfficer');
  await app.owner.query(
    `update campaign_steps set to_day = '2026-11-30' where campaign_id = $1 and step = 'rectification'`,
    [scene.campaignId],
  );
  const id = await openOne();
  expect(await reviewersOf(id)).toEqual([
    { seat: given, from: '2025-10-01', to: '2026-12-31', known: true, standing: true },
  ]);
  const { rows } = await app.owner.query(
    `select to_day::text as to from evaluation_steps where evaluation_id = $1 and step = 'rectification'`,
    [id],
  );
  expect(rows).toEqual([{ to: '2026-11-30' }]);
  // An announcement that comes late says nothing older than the panel does.
  await app.owner.query(
    `update campaign_seats set ended_on = '2025-10-15', end_reason = '另有任务' where place_id = $1 and id = $2`,
    [units.city.id, given],
  );
  await scene.run('evaluations.seat', { campaign: campaign() });
  expect((await reviewersOf(id)).map(({ standing }) => standing)).toEqual([false]);
});

it('an evaluation that has longer days keeps them, and a second extension counts from its own', async () => {
  const [one, other] = scene.subjects.map(({ id }) => id);
  const extend = (to: string, ids: readonly string[] | null) =>
    scene.run('evaluations.extend', {
      ...{ campaign: campaign(), step: 'selfEvaluation', to, evaluationIds: ids, reason: '材料未齐' },
    });
  const daysOf = async (id: string) =>
    (
      await app.owner.query<{ step: string; to: string }>(
        `select step, to_day::text as to from evaluation_steps where evaluation_id = $1 and step in ('selfEvaluation', 'materialReview')
          order by position`,
        [id],
      )
    ).rows.map(({ to }) => to);
  await app.owner.query(`update evaluations set step = 'selfEvaluation' where id = any ($1)`, [[one, other]]);
  await extend('2026-12-31', [one!]);
  expect(await daysOf(one!)).toEqual(['2026-12-31', '2026-12-31']);
  await extend('2026-08-01', null);
  expect(await daysOf(one!)).toEqual(['2026-12-31', '2026-12-31']);
  expect(await daysOf(other!)).toEqual(['2026-08-01', '2026-08-01']);
  await extend('2027-01-02', [one!]);
  expect(await daysOf(one!)).toEqual(['2027-01-02', '2027-01-02']);
  // The list is in order by the day that stands beside each of them.
  expect(await Promise.all([dueOf(one!), dueOf(other!)])).toEqual(['2027-01-02', '2026-08-01']);
  expect(await ofAnotherDay()).toEqual([]);
});

it('the panel that the law asks for is there, or the review and the visit are not left', async () => {
  const { id } = scene.subjects[1]!;
  const move = (step: EvaluationStep, inspectors: readonly object[], shutOut: readonly object[] = []) =>
    scene.run('evaluations.move', {
      campaign: campaign(),
      step,
      evaluationIds: [id],
      reason: null,
      inspectors,
      shutOut,
    });
  const stepNow = async () =>
    (await app.owner.query<{ step: string }>('select step from evaluations where id = $1', [id])).rows[0]!.step;
  await app.owner.query(`update evaluations set step = 'materialReview' where id = $1`, [id]);
  await move('materialReview', []);
  expect(await stepNow()).toBe('materialReview');
  const members = ['cityOfficer', 'sectionOfficer', 'inspector'] as const;
  await seat('cityOfficer', 'leader');
  await seat('sectionOfficer');
  await seat('inspector');
  await scene.run('evaluations.seat', { campaign: campaign() });
  const served = members.map((member) => ({ personId: app.as(member).personId, kind: 'full-time' }));
  await move('materialReview', served.slice(1));
  expect(await stepNow()).toBe('materialReview');
  const over = served.map((one, at) => ({ ...one, termTo: at === 2 ? '2020-01-01' : null }));
  await move('materialReview', over);
  expect(await stepNow()).toBe('materialReview');
  // What came to be known of a member after he was seated bars the step too.
  await move('materialReview', served, [{ personId: served[2]!.personId, evaluationId: id }]);
  expect(await stepNow()).toBe('materialReview');
  const { rows } = await app.owner.query<{ note: string }>(
    `select note from notices where kind = 'evaluation.notMovedOn'`,
  );
  expect(rows.map(({ note }) => note).join()).toContain('x须回避，请结束其工作或换人');
  expect(rows.map(({ note }) => note).join()).toMatch(/督学只有 2 名，至少 3 名/);
  expect(rows.map(({ note }) => note).join()).toContain('x任期已满，不计在内');
  // Two who ask at once move it one step.
  await Promise.all([move('materialReview', served), move('materialReview', served)]);
  expect(await stepNow()).toBe('siteVisit');
  expect(await ofAnotherDay()).toEqual([]);
});

it('an opening waits for whoever cancels, and then opens nothing', async () => {
  const subject = another();
  await app.owner.query('begin');
  await app.owner.query(
    `update campaigns set state = 'cancelled', reason = '不办了', closed_at = now() where place_id = $1 and id = $2`,
    [units.city.id, scene.campaignId],
  );
  const opening = scene.run('evaluations.open', { ...scene.opening, subjects: [subject] });
  try {
    await expect.poll(async () => (await app.owner.query(atLock)).rows.length).toBeGreaterThan(0);
  } finally {
    await app.owner.query('commit');
  }
  await opening;
  const { rows } = await app.owner.query('select 1 from evaluations where id = $1', [subject.id]);
  expect(rows).toEqual([]);
});

it('the mean beside a leaf is over all subjects of the earlier round, and over no fewer than three', async () => {
  const past = randomUUID();
  // The other tests end their campaign.
  const own = await openEvaluationScene(app);
  const lay = async (placeId: number, points: readonly [string, string | null][]) => {
    const id = randomUUID();
    const { rows } = await app.owner.query(
      `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
         framework_key, framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, released_at,
         decided_on, opened_at, updated_at)
       select $1, $2, e.campaign_place_id, $3, e.kind, '上一轮', 2022, 2022, e.framework_key, e.framework_revision,
              e.framework_hash, $1, '对象', e.lead_unit_id, e.rules, 'rectification', $4, '2023-01-31', $4, $4
         from evaluations e where e.id = $5 returning id`,
      [placeId, id, past, app.clock.now, own.subjects[0]!.id],
    );
    for (const [code, given] of points) {
      await app.owner.query(
        `insert into evaluation_releases (place_id, evaluation_id, code, points, reason, released_at)
         values ($1, $2, $3, $4, '', now())`,
        [placeId, rows[0].id, code, given],
      );
    }
  };
  await lay(units.licheng.id, [
    ['C1', '1'],
    ['C2', '2'],
  ]);
  await lay(units.fengze.id, [
    ['C1', '2'],
    ['C2', '0'],
  ]);
  const besideOf = async (code: string) => {
    const { id, ...subject } = another();
    await own.run('evaluations.open', { ...own.opening, subjects: [{ ...subject, id }] });
    const { rows } = await app.owner.query(
      'select beside from evaluation_leaves where evaluation_id = $1 and code = $2',
      [...[id, code]],
    );
    return rows[0].beside.earlier;
  };
  // Of two each would read the other's points.
  expect(await besideOf('C1')).toEqual([{ year: 2022, points: '1', max: '2', mean: null }]);
  await lay(units.city.id, [['C1', '1.5']]);
  expect(await besideOf('C1')).toEqual([{ year: 2022, points: '1', max: '2', mean: '1.5' }]);
  expect(await besideOf('C2')).toEqual([{ year: 2022, points: '2', max: '2', mean: null }]);
});

it('only whoever has the step is reminded, and an extension says which step goes on until when', async () => {
  const own = await openEvaluationScene(app);
  const [subject] = own.subjects;
  const campaign = { ...(own.opening.campaign as object), leadUnitId: units.city.id };
  const told = async (kind: string) =>
    (
      await app.owner.query<{ note: string }>('select note from notices where kind = $1 and subject_id = $2', [
        ...[kind, subject!.id],
      ])
    ).rows.map(({ note }) => note);
  const remind = () => own.run('evaluations.remind', { campaign, evaluationIds: null });
  await remind();
  // The notice is the city's: the county could do nothing about it.
  expect(await told('evaluation.reminded')).toEqual([]);
  await own.moveOn('notice');
  await remind();
  expect(await told('evaluation.reminded')).toEqual(['第 2 步 县级自评']);
  const more = { step: 'selfEvaluation', to: '2026-01-31', reason: '受台风影响推迟', evaluationIds: null };
  await own.run('evaluations.extend', { campaign, ...more });
  expect(await told('evaluation.extended')).toEqual([
    '第 2 步 县级自评由 2025-12-31 延到 2026-01-31，以后各步骤顺延：受台风影响推迟',
  ]);
});
