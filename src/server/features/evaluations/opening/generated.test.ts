import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heat } from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import {
  type EvaluationScene,
  layEdition,
  openEvaluationScene,
  seatOfficer,
} from '#test/support/scenes/evaluation-scene.ts';

/** A small edition of a county, of which one branch is filled with what the last round found. */
const definition = {
  key: 'county-with-problems',
  title: '对县督导（上轮问题）',
  edition: '2025年',
  authority: 'sample',
  documents: [],
  subject: 'county',
  notApplicable: 'rebase',
  max: 10,
  decimals: 2,
  indicators: [
    {
      code: 'B',
      parent: null,
      title: '上轮问题整改',
      points: 4,
      generatedFrom: 'earlier-findings',
      evidence: '整改报告',
    },
    { code: 'C', parent: null, title: '经费', points: 6 },
  ],
  gaps: [],
  vetoes: [],
  caps: [],
  downgrades: [],
  conclusions: [],
};

let app: TestApp;
let scene: EvaluationScene;
let edition: Awaited<ReturnType<typeof layEdition>>;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  edition = await layEdition(app.owner, definition, 2);
  await app.owner.query(
    'update campaigns set framework_key = $2, framework_revision = 1, framework_hash = $3 where id = $1',
    [scene.campaignId, edition.key, edition.hash],
  );
  await seatOfficer(app, scene.campaignId);
});
afterAll(() => app.close());

/** A round of 鲤城 by the same framework that was decided, with findings in some state. */
async function decided(findings: readonly (readonly [title: string, state: string])[]): Promise<void> {
  const id = randomUUID();
  await app.owner.query(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year, framework_key,
       framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, opened_at, updated_at, released_at, decided_on)
     values ($1, $2, $3, $2, 'county-inspection', '往年督导', 2023, 2023, $4, 1, $5, $1, '鲤城区', $3, '{}', 'rectification', $6, $6, $6,
       '2023-12-01')`,
    [units.licheng.id, id, units.city.id, edition.key, edition.hash, app.clock.now],
  );
  for (const [at, [title, state]] of findings.entries()) {
    await app.owner.query(
      `insert into findings (place_id, id, kind, title, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
         school_year, source_type, source_id, source_key, found_on, entered_by_name, entered_at, updated_at, state, due_on, closed_on)
       values ($1, $2, 'facilities', $3, 'minor', 'unit', $1, $4, 'city', 'city', 2023, 'evaluations', $5, $6, $7, 'x', $8, $8, $9, date '2024-06-01',
         case when $9 = 'closed' then date '2024-06-01' end)`,
      [units.licheng.id, randomUUID(), title, units.city.id, id, `C ${at}`, `2023-12-0${at + 1}`, app.clock.now, state],
    );
  }
}

async function opened(unit: { id: number; name: string }): Promise<string> {
  const subject = { placeId: unit.id, unitId: unit.id, schoolId: null, id: randomUUID(), name: unit.name };
  const campaign = { ...(scene.opening.campaign as object), framework: edition };
  await scene.run('evaluations.open', { ...scene.opening, campaign, subjects: [subject] });
  return subject.id;
}

const city = () => app.as('cityOfficer');
const reading = (id: string, who = city()) => who.call(evaluations.read, { params: { evaluationId: id } });
const at = async (id: string, step: string) =>
  app.owner.query('update evaluations set step = $2 where id = $1', [id, step]);

it('what the last round found are the leaves of its branch: answered, judged and added up like others', async () => {
  await decided([
    ['编制不足', 'planned'],
    ['大班额', 'closed'],
    ['误报的问题', 'cancelled'],
    ['经费未足额', 'found'],
  ]);
  const id = await opened(units.licheng);
  const params = { evaluationId: id };
  const county = app.as('countyOfficer');
  await at(id, 'selfEvaluation');
  const { nodes } = await reading(id, county);
  expect(nodes.map(({ code, title, max, isLeaf }) => [code, title, max, isLeaf])).toEqual([
    ['B', '上轮问题整改', '4', false],
    ['B-1', '编制不足', '1.34', true],
    ['B-2', '大班额', '1.33', true],
    ['B-3', '经费未足额', '1.33', true],
    ['C', '经费', '6', true],
  ]);
  const leaf = await county.call(evaluations.leaf, { params: { ...params, code: 'B-2' } });
  expect(leaf).toMatchObject({ path: ['上轮问题整改'], evidenceAsked: '整改报告' });
  expect(leaf.lastFindings.map(({ title, year }) => [title, year])).toEqual([['大班额', 2023]]);
  const points = { 'B-1': 1, 'B-2': 1.33, 'B-3': 0.5, C: 6 };
  for (const [code, given] of Object.entries(points)) {
    const body = { version: 1, answer: { points: given }, note: '已整改' };
    await county.call(evaluations.answerLeaf, { params: { ...params, code }, body });
  }
  expect((await reading(id, county)).totals[0]).toMatchObject({ layer: 'self', total: '8.83', unanswered: 0 });
  // A problem has no more points than its share.
  const over = { params: { ...params, code: 'B-1' }, body: { version: 2, answer: { points: 2 }, note: '' } };
  expect((await county.refused(evaluations.answerLeaf, over)).code).toBe('framework.answersInvalid');

  await at(id, 'materialReview');
  await app.owner.query('update evaluation_leaves set version = 1 where evaluation_id = $1', [id]);
  for (const [code, given] of Object.entries({ ...points, 'B-3': 0 })) {
    const body = { version: 0, leafVersion: 1, reason: '按复查情况', answer: { points: given } };
    await city().call(evaluations.score, { params: { ...params, code }, body });
  }
  const judged = await reading(id);
  expect(judged.totals.find(({ layer }) => layer === 'city')).toMatchObject({ total: '8.33', unanswered: 0 });
  expect(judged.nodes.find(({ code }) => code === 'B')).toMatchObject({ self: '2.83', city: '2.33', max: '4' });

  const { branches, rows } = await city().call(heat, { params: { campaignId: scene.campaignId }, query: {} });
  expect(branches.map(({ code }) => code)).toEqual(['B', 'C']);
  const row = rows.find(({ evaluationId }) => evaluationId === id)!;
  expect(row.cells).toEqual([
    { code: 'B', points: '2.33', max: '4' },
    { code: 'C', points: '6', max: '6' },
  ]);
});

it('a subject of which the last round found nothing has its points by what the edition says of what does not apply', async () => {
  const id = await opened(units.fengze);
  await at(id, 'selfEvaluation');
  const { nodes, lacks } = await reading(id);
  expect(nodes.map(({ code, standing }) => [code, standing])).toEqual([
    ['B', 'not-applicable'],
    ['C', 'open'],
  ]);
  const { rows } = await app.owner.query<{ applies: boolean }>(
    `select applies from evaluation_leaves where evaluation_id = $1 and code = 'B'`,
    [id],
  );
  expect(rows).toEqual([{ applies: false }]);
  expect(lacks.map(({ code }) => code)).not.toContain('B');
  await app.as('otherOfficer').call(evaluations.answerLeaf, {
    params: { evaluationId: id, code: 'C' },
    body: { version: 1, answer: { points: 3 }, note: '' },
  });
  // Six points stand for ten: 缺项换算.
  expect((await reading(id)).totals[0]).toMatchObject({ layer: 'self', total: '5', unanswered: 0 });
});
