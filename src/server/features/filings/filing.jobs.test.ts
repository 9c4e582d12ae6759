import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings.ts';
import { type FilingScene, openFilingScene } from '../../../../test/support/filing-scene.ts';
import { schools, units } from '../../../../test/support/scenario.ts';
import { filingJobs } from './filing.jobs.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

it('a school that is no more owes nothing, unless its figures were approved before', async () => {
  const { app, ids } = scene;
  await scene.submit(app.as('clerk'), app.as('head'), 'first');
  const director = app.as('countyDirector');
  const { revision } = await scene.read(director, 'first');
  await director.call(filings.approve, { params: { filingId: ids.first }, body: { revision } });
  app.jobs.splice(0);

  const exempt = filingJobs.find((job) => job.name === 'filings.exempt');
  await exempt?.run(app.services, {
    counties: [units.licheng.id, units.fengze.id],
    schoolIds: [schools.first.id, schools.neighbour.id],
    reason: '学校已于 2025-10-14 撤销',
  });

  const { rows } = await director.call(filings.list, { query: {} });
  expect(rows.map((row) => row.school.name).sort()).toEqual([schools.first.name, schools.junior.name].sort());
  const refused = await app.as('neighbourClerk').refused(filings.read, { params: { filingId: ids.neighbour } });
  expect(refused.status).toBe(404);
  expect(app.jobs.map((job) => job.name)).toEqual(['balance.recompute']);
  const { rows: audit } = await app.owner.query(`select school_id from audit_events where action = 'filing.exempted'`);
  expect(audit).toEqual([{ school_id: schools.neighbour.id }]);
});
