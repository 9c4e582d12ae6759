import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

let app: TestApp;
let scene: EvaluationScene;
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
});
afterAll(() => app.close());

const own = 'county-inspection-sample';
const other = 'strong-county-sample';
const editionOf = async (key: string) =>
  (
    await app.owner.query<{ revision: number; hash: string }>(
      'select revision, hash from framework_editions where key = $1 order by revision desc limit 1',
      [key],
    )
  ).rows[0]!;

/** A round of 鲤城 that was decided, with a finding and released points at one leaf, and more findings. */
async function decided(key: string, year: number, code: string, title: string, more: [string, string][] = []) {
  const [id, { revision, hash }] = [randomUUID(), await editionOf(key)];
  await app.owner.query(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year, framework_key,
       framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, opened_at, updated_at, released_at, decided_on)
     values ($1, $2, $3, $2, 'county-inspection', '往年督导', $4, $4, $5, $6, $7, $1, '鲤城区', $3, '{}', 'rectification', $8, $8, $8, $9)`,
    [units.licheng.id, id, units.city.id, year, key, revision, hash, app.clock.now, `${year}-12-01`],
  );
  await release(units.licheng.id, id, code, '1.5');
  const found = [[code, title] as const, ...more];
  const [titles, keys] = [found.map((one) => one[1]), found.map((one) => `${one[0]} ${one[1]}`)];
  await app.owner.query(
    `insert into findings (place_id, id, kind, title, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
       school_year, source_type, source_id, source_key, found_on, entered_by_name, entered_at, updated_at)
     select $1, gen_random_uuid(), 'facilities', one.title, 'minor', 'unit', $1, $3, 'city', 'city', $4, 'evaluations', $5, one.key, $7,
            'x', $8, $8
       from unnest($2::text[], $6::text[]) as one (title, key)`,
    [units.licheng.id, titles, units.city.id, year, id, keys, `${year}-12-01`, app.clock.now],
  );
  return id;
}

const release = (place: number, id: string, code: string, points: string) =>
  app.owner.query(
    'insert into evaluation_releases (place_id, evaluation_id, code, points, released_at) values ($1, $2, $3, $4, $5)',
    [place, id, code, points, app.clock.now],
  );

async function openAgain(): Promise<{ readonly id: string }> {
  const { placeId, unitId } = scene.subjects[0]!;
  const subject = { placeId, unitId, schoolId: null, id: randomUUID(), name: units.licheng.name };
  await scene.run('evaluations.open', { ...scene.opening, subjects: [subject] });
  return subject;
}

const besideAt = async (code: string) => {
  const subject = await openAgain();
  const { rows } = await app.owner.query(
    'select beside from evaluation_leaves where evaluation_id = $1 and code = $2',
    [subject.id, code],
  );
  const { findings = [], earlier = [] } = rows[0].beside;
  return {
    findings: findings.map(({ title }: { title: string }) => title),
    earlier: earlier.map(({ year, points }: { year: number; points: string }) => `${year} ${points}`),
  };
};

it('findings and points of the last round by this framework stand at its leaves, and not those of another one', async () => {
  await decided(own, 2023, 'C5', '本体系的问题');
  await decided(other, 2024, 'C5', '别的体系的问题');
  expect(await besideAt('C5')).toEqual({ findings: ['本体系的问题'], earlier: ['2023 1.5'] });
});

it('a mapping that somebody made leads to the leaf that asks the same, without its points', async () => {
  const [from, to] = [await editionOf(other), await editionOf(own)];
  await app.owner.query(
    `insert into framework_mappings (place_id, id, from_key, from_revision, to_key, to_revision, pairs, created_by, created_at,
       updated_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, '{"C9": "C5", "C5": null}', 'x', $7, 'x', $7)`,
    [units.city.id, randomUUID(), other, from.revision, own, to.revision, app.clock.now],
  );
  expect(await besideAt('C9')).toEqual({ findings: ['别的体系的问题'], earlier: [] });
  expect((await besideAt('C5')).findings).toEqual([]);
});

it('what was found at a node stands at each leaf below it, and at no other', async () => {
  await decided(own, 2025, 'B5', '分支上的问题');
  expect((await besideAt('C15')).findings).toEqual(['分支上的问题']);
  expect((await besideAt('C16')).findings).toEqual(['分支上的问题']);
  expect((await besideAt('C5')).findings).toEqual([]);
});

it('what named no leaf, or one that the edition has no more, stands once for the whole', async () => {
  await decided(own, 2026, '*', '队伍建设薄弱', [
    ['C99', '已取消指标的问题'],
    ['C5', '仍有指标的问题'],
  ]);
  const { id: evaluationId } = await openAgain();
  const { lastFindings } = await app.as('countyOfficer').call(evaluations.read, { params: { evaluationId } });
  const shared = { state: '待下发', year: 2026, closedOn: null };
  expect(lastFindings).toHaveLength(2);
  expect(lastFindings).toContainEqual({ ...shared, title: '队伍建设薄弱' });
  expect(lastFindings).toContainEqual({ ...shared, title: '已取消指标的问题' });
  expect(await besideAt('C5')).toMatchObject({ findings: ['仍有指标的问题'] });
  // Without such a finding nothing is said of it.
  const { lastFindings: none } = await app
    .as('countyOfficer')
    .call(evaluations.read, { params: { evaluationId: scene.subjects[0]!.id } });
  expect(none).toEqual([]);
});

it('points of a revision with another maximum stand with that one, and without the mean', async () => {
  const { rows: before } = await app.owner.query<{ definition: { indicators: { code: string; points: number }[] } }>(
    'select definition from framework_editions where key = $1 and revision = 1',
    [own],
  );
  const [{ definition }] = before as [(typeof before)[number]];
  const others: Readonly<Record<string, number>> = { C5: 2.5, C7: 1 };
  const indicators = definition.indicators.map((one) => ({ ...one, points: others[one.code] ?? one.points }));
  await app.owner.query(
    `insert into framework_editions (key, revision, title, edition, authority, subject, documents, leaves, open_codes, definition, hash,
       shipped, note, created_by)
     select key, 2, title, edition, authority, subject, documents, leaves, open_codes, $2, $3, false, '', 'x'
       from framework_editions where key = $1 and revision = 1`,
    [own, JSON.stringify({ ...definition, indicators }), 'b'.repeat(64)],
  );
  const licheng = await decided(own, 2022, 'C5', '问题');
  await release(units.licheng.id, licheng, 'C6', '0.5');
  // Two more subjects of the same campaign, so that its mean is over enough of them.
  for (const place of [units.fengze.id, units.city.id]) {
    const id = randomUUID();
    await app.owner.query(
      `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year, framework_key,
         framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, opened_at, updated_at, released_at, decided_on)
       select $1, $2, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year, framework_key, framework_revision,
              framework_hash, $1, '某区', lead_unit_id, rules, step, opened_at, updated_at, released_at, decided_on
         from evaluations where place_id = $3 and assessment_year = 2022`,
      [place, id, units.licheng.id],
    );
    for (const code of ['C5', 'C6']) await release(place, id, code, '0.5');
  }
  const { id: evaluationId } = await openAgain();
  const earlierAt = async (code: string) => {
    const { earlier } = await app.as('countyOfficer').call(evaluations.leaf, { params: { evaluationId, code } });
    return earlier.find(({ year }) => year === 2022);
  };
  expect(await earlierAt('C5')).toEqual({ year: 2022, points: '1.5', max: '2.5', mean: null });
  expect(await earlierAt('C6')).toEqual({ year: 2022, points: '0.5', max: '1', mean: '0.5' });
});
