import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import type { Refusal } from '#test/support/app.ts';
import { atLock } from '#test/support/database/database.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { filingJobs } from './list-change.job.ts';

/** A school closes while its filing is approved: the second transaction waits for the first and sees its result. */
let scene: FilingScene;
let other: pg.Client;
beforeAll(async () => {
  scene = await openFilingScene();
  await scene.submit(scene.app.as('clerk'), scene.app.as('head'), 'first');
  await scene.submit(scene.app.as('countyOfficer'), scene.app.as('countyOfficer'), 'junior');
  await scene.app.owner.query(`update schools set status = 'closed' where id = any($1)`, [
    [schools.first.id, schools.junior.id],
  ]);
  const { host, port, user, password, database } = scene.app.owner;
  other = new pg.Client({ host, port, user, password, database } as pg.ClientConfig);
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await scene.app.close();
});

const reason = '学校已于 2025-10-14 撤销';

/** Lets the other transaction commit once somebody waits for its locks. */
async function commitWhenAwaited(): Promise<void> {
  await expect.poll(async () => (await scene.app.owner.query(atLock)).rows.length).toBeGreaterThan(0);
  await other.query('commit');
}

it('an approval after the closing is refused because nothing is owed', async () => {
  const director = scene.app.as('countyDirector');
  const { revision } = await scene.read(director, 'first');
  await other.query('begin');
  await other.query('select 1 from filings where id = $1 for update', [scene.ids.first]);
  await other.query('update collection_subjects set owes = false, reason = $1 where school_id = $2', [
    ...[reason, schools.first.id],
  ]);
  await other.query('update filings set owes = false where id = $1', [scene.ids.first]);
  const approving = director.refused(filings.approve, { params: { filingId: scene.ids.first }, body: { revision } });
  const [refusal] = await Promise.all([approving as Promise<Refusal>, commitWhenAwaited()]);
  expect(refusal).toMatchObject({ code: 'filing.owesNothing' });
  expect(refusal.sentence).toContain(reason);
  const { rows } = await scene.app.owner.query('select state from filings where id = $1', [scene.ids.first]);
  expect(rows).toEqual([{ state: 'submitted' }]);
});

it('what is approved before the closing stays', async () => {
  await other.query('begin');
  await other.query(`update filings set state = 'approved', approved = '{}', approved_at = now() where id = $1`, [
    scene.ids.junior,
  ]);
  const exempt = filingJobs.find((job) => job.name === 'filings.exempt')!;
  const data = { places: [units.licheng.id], schoolIds: [schools.junior.id], reason };
  await Promise.all([exempt.run(scene.app.services, data), commitWhenAwaited()]);
  const { rows } = await scene.app.owner.query('select owes from collection_subjects where school_id = $1', [
    schools.junior.id,
  ]);
  expect(rows).toEqual([{ owes: true }]);
});
