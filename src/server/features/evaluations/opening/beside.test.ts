import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** A round of 鲤城 that was decided, with a finding and released points at one leaf. */
async function decided(key: string, year: number, code: string, title: string): Promise<void> {
  const [id, { revision, hash }] = [randomUUID(), await editionOf(key)];
  await app.owner.query(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year, framework_key,
       framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, opened_at, updated_at, released_at, decided_on)
     values ($1, $2, $3, $2, 'county-inspection', '往年督导', $4, $4, $5, $6, $7, $1, '鲤城区', $3, '{}', 'rectification', $8, $8, $8, $9)`,
    [units.licheng.id, id, units.city.id, year, key, revision, hash, app.clock.now, `${year}-12-01`],
  );
  await app.owner.query(
    `insert into evaluation_releases (place_id, evaluation_id, code, points, released_at) values ($1, $2, $3, '1.5', $4)`,
    [units.licheng.id, id, code, app.clock.now],
  );
  await app.owner.query(
    `insert into findings (place_id, id, kind, title, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
       school_year, source_type, source_id, source_key, found_on, entered_by_name, entered_at, updated_at)
     values ($1, $2, 'facilities', $3, 'minor', 'unit', $1, $4, 'city', 'city', $5, 'evaluations', $6, $7, $8, 'x', $9, $9)`,
    [units.licheng.id, randomUUID(), title, units.city.id, year, id, `${code} x`, `${year}-12-01`, app.clock.now],
  );
}

const besideAt = async (code: string) => {
  const { placeId, unitId } = scene.subjects[0]!;
  const subject = { placeId, unitId, schoolId: null, id: randomUUID(), name: units.licheng.name };
  await scene.run('evaluations.open', { ...scene.opening, subjects: [subject] });
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
