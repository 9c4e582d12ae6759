import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { type EvaluationHandle, evaluationWrite, findEvaluation } from './evaluation.store.ts';
import { findEvidence, insertEvidence } from './evidence/evidence.store.ts';
import { leafWrite, listLeaves, selfWrite } from './leaf/leaf.store.ts';
import { writeReviewers } from './opening/opening.store.ts';

/** The first wall is forgotten: the stores get the scope of the whole city, the database knows the true one. */
const everywhere = [units.city.id, units.licheng.id, units.fengze.id];
const forgotten: Scope = atPlaces(everywhere);
let app: TestApp;
let scene: EvaluationScene;
let key: { placeId: number; id: string; campaignPlaceId: number };
let code: string;
const evidenceId = randomUUID();
const seat = randomUUID();
beforeAll(async () => {
  app = await openTestApp();
  const { id: schoolId, county } = schools.first;
  scene = await openEvaluationScene(app, {
    kind: 'school-evaluation',
    blind: true,
    subjects: [schoolSubject(schools.first)],
  });
  key = { placeId: county, id: scene.subjects[0]!.id, campaignPlaceId: units.city.id };
  await under(forgotten, async (db) => {
    const [leaf] = await listLeaves(db, key);
    code = leaf!.code;
    await insertEvidence(
      db,
      {
        ...{ id: evidenceId, placeId: county, unitId: county, schoolId, title: '材料', aboutDay: null },
        ...{ receivedOn: '2025-10-01', catalogueNumber: null, boxNumber: null, confidentiality: 'open' as const },
        ...{ expiresOn: null, replacesId: null, alsoFoundBy: '', personId: 'x', by: '校长' },
      },
      app.clock.now,
    );
    await writeReviewers(db, key, [
      {
        ...{ seatId: seat, personId: app.as('expert').personId, name: '评审专家', outside: true, part: 'expert' },
        ...{ scores: true, nodes: ['*'], from: null, to: null, givenAt: app.clock.now, endedOn: null },
      },
    ]);
  });
});
afterAll(() => app.close());

const under = <Result>(scope: Scope, work: (db: EvaluationHandle) => Promise<Result>) =>
  withLease(app.services.pool, (held) =>
    held.writing(scope, (db: WholeHandle) => work(db as unknown as EvaluationHandle)),
  );
const seen = (scope: Scope) =>
  under(scope, async (db) => {
    const leaves = await listLeaves(db, key);
    return {
      evaluation: (await findEvaluation(db, forgotten, key.id, null)) !== undefined,
      leaves: leaves.length > 0,
      self: leaves[0]?.self !== undefined,
      evidence: (await findEvidence(db, forgotten, evidenceId)) !== undefined,
    };
  });
const all = { evaluation: true, leaves: true, self: true, evidence: true };
const none = { evaluation: false, leaves: false, self: false, evidence: false };
const ofSchool = (id: number): Scope => ({ ...atPlaces([units.licheng.id]), schools: [id] });

it('rows lie at the subject: its school, its county and the city read them, nobody else does', async () => {
  expect(await seen(ofSchool(schools.first.id))).toEqual(all);
  expect(await seen(atPlaces([units.licheng.id]))).toEqual(all);
  expect(await seen(atPlaces(everywhere))).toEqual(all);
  expect(await seen(ofSchool(schools.neighbour.id))).toEqual(none);
  expect(await seen(atPlaces([units.fengze.id]))).toEqual(none);
  expect(await seen(nowhere)).toEqual(none);
});

it('a place is found among those of the session as a whole number, and never among the schools of whoever is narrowed to some', async () => {
  const { id } = units.licheng;
  const beside = [Number(`${id}${id}`), Number(`1${id}`), Number(`${id}0`)];
  expect(await seen(atPlaces(beside))).toEqual(none);
  expect(await seen(atPlaces([...beside, id]))).toEqual(all);
  for (const ids of [[id], [id - 1, id, id + 1]]) {
    const few = ids.filter((school) => school !== schools.first.id);
    expect(await seen({ ...atPlaces([id]), schools: few })).toEqual(none);
  }
});

it('a seat reads nothing before its first step, then its leaves and no self-evaluation while a blind score is owed', async () => {
  const { personId } = app.as('expert');
  const expert: Scope = { ...nowhere, person: personId, campaigns: [seat] };
  const deal = () =>
    under(forgotten, async (db) => {
      await sql`select owe_scores(${key.placeId}::int, ${key.id}::uuid)`.execute(db);
    });
  await deal();
  expect(await seen(expert)).toEqual(none);
  await app.owner.query(`update evaluations set step = 'materialReview' where id = $1`, [key.id]);
  await deal();
  expect(await seen(expert)).toEqual({ evaluation: true, leaves: true, self: false, evidence: false });
  expect(await seen({ ...expert, campaigns: [randomUUID()] })).toEqual(none);
  // An officer of the city who judges blind is narrowed in every post; a job acts for nobody.
  expect(await seen({ ...atPlaces(everywhere), person: personId })).toMatchObject({ leaves: true, self: false });
  await app.owner.query(`update evaluations set step = 'selfEvaluation' where id = $1`, [key.id]);
});

it('the subject writes its leaves and what it says of them, and never the row of its evaluation or a judgement', async () => {
  const school = ofSchool(schools.first.id);
  const changed = await under(school, async (db) => {
    const leaf = await leafWrite(db, key, code, { note: '说明' }, app.clock.now).executeTakeFirst();
    const self = { answer: { given: { points: 1 } }, points: '1', leafVersion: 2, by: '校长' };
    const said = await selfWrite(db, key, code, self, app.clock.now).executeTakeFirst();
    return [leaf, said].map(({ numUpdatedRows }) => Number(numUpdatedRows));
  });
  expect(changed).toEqual([1, 1]);
  // The row of its evaluation is hidden from changes, and the act that would change it fails.
  await expect(
    under(school, (db) => {
      const evaluation = { ...key, state: 'selfEvaluation' as const };
      return db.executeQuery(evaluationWrite(db, evaluation, { state: 'materialReview' }, app.clock.now));
    }),
  ).rejects.toThrow(/division by zero/);
  await expect(
    under(school, (db) =>
      sql`insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, points, settled, leaf_version,
            written_by_name, written_at)
          values (${key.placeId}, ${key.id}, ${code}, 'county', ${key.placeId}, '1', 'one', 1, '校长', now())`.execute(
        db,
      ),
    ),
  ).rejects.toThrow(/row-level security/);
  await expect(under(school, (db) => sql`update evaluation_scores set points = '1'`.execute(db))).rejects.toThrow(
    /permission denied/,
  );
});

it('the county goes on with the evaluation of a school, and never with its own', async () => {
  const write = (evaluation: { placeId: number; id: string }) =>
    under(atPlaces([units.licheng.id]), async (db) => {
      const row = { ...evaluation, state: 'selfEvaluation' as const };
      await db.executeQuery(evaluationWrite(db, row, { returned: null }, app.clock.now));
    });
  await write(key);
  const own = await openEvaluationScene(app);
  const subject = own.subjects.find(({ placeId }) => placeId === units.licheng.id)!;
  await expect(write(subject)).rejects.toThrow(/division by zero/);
});
