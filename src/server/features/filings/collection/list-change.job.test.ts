import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { filingJobs } from './list-change.job.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

const run = (name: string, data: object) =>
  filingJobs
    .find((job) => job.name === name)!
    .run(scene.app.services, { places: [units.licheng.id, units.fengze.id], ...data });
const setStatus = (status: string, ...ids: number[]) =>
  scene.app.owner.query('update schools set status = $1 where id = any($2)', [status, ids]);
const audited = async (action: string) =>
  (await scene.app.owner.query('select school_id, before, after from audit_events where action = $1', [action])).rows;
const jobsOf = () => scene.app.jobs.splice(0).map((job) => job.name);

it('a closed school owes nothing, unless its figures were approved before', async () => {
  const { app, ids } = scene;
  await scene.submit(app.as('clerk'), app.as('head'), 'first');
  const director = app.as('countyDirector');
  const { revision } = await scene.read(director, 'first');
  await director.call(filings.approve, { params: { filingId: ids.first }, body: { revision } });
  app.jobs.splice(0);

  const given = { schoolIds: [schools.first.id, schools.neighbour.id], reason: '学校已于 2025-10-14 撤销' };
  await run('filings.exempt', given);
  expect(await audited('filing.exempted')).toEqual([]);

  await setStatus('closed', ...given.schoolIds);
  await run('filings.exempt', given);
  const { rows } = await director.call(filings.list, { query: {} });
  expect(rows.map((row) => row.school.name).sort()).toEqual([schools.first.name, schools.junior.name].sort());
  const progress = await director.call(filings.progress);
  expect(progress.rows).toMatchObject([{ owes: 2, exempt: 1, untouched: 1, draft: 0, approved: 1 }]);
  const left = await scene.read(app.as('neighbourClerk'), 'neighbour');
  expect(left).toMatchObject({ released: given.reason, overdue: false, can: { fill: false, comment: false } });
  expect(jobsOf()).toEqual(['balance.recompute']);
  expect((await audited('filing.exempted')).map((row) => row.school_id)).toEqual([schools.neighbour.id]);
});

it('figures that were approved stay owed, also while the filing is opened again', async () => {
  const { app, ids } = scene;
  const director = app.as('countyDirector');
  const { revision } = await scene.read(director, 'first');
  const body = { revision, reason: '核对班额', fields: ['小学班级数'] };
  await director.call(filings.reopen, { params: { filingId: ids.first }, body });
  app.jobs.splice(0);
  await run('filings.exempt', { schoolIds: [schools.first.id], reason: '学校已于 2025-10-14 撤销' });
  expect((await scene.read(director, 'first')).state).toBe('draft');
  expect(jobsOf()).toEqual([]);
});

it('one that was closed by mistake gets its draft back with what was typed', async () => {
  const given = { schoolId: schools.neighbour.id };
  await run('filings.restoreSchool', given);
  expect(await audited('filing.restored')).toEqual([]);

  await setStatus('open', schools.neighbour.id);
  await run('filings.restoreSchool', given);
  await run('filings.restoreSchool', given);
  expect((await scene.read(scene.app.as('neighbourClerk'), 'neighbour')).state).toBe('draft');
  expect(jobsOf()).toEqual(['balance.recompute']);
  expect((await audited('filing.restored')).map((row) => row.school_id)).toEqual([schools.neighbour.id]);
});

it('a correction of the register reaches the list of an open period; what changed later does not', async () => {
  const { app } = scene;
  const id = schools.first.id;
  const frozen = async () =>
    (
      await app.owner.query(
        'select name, initials, sponsor_code, ownership, founded_year from period_schools where school_id = $1',
        [id],
      )
    ).rows[0];
  const correct = async (values: { sponsor: number; ownership: string; year: number }) => {
    const set = 'sponsor_code = $2, ownership = $3';
    await app.owner.query(`update schools set ${set}, founded_year = $4 where id = $1`, [id, ...Object.values(values)]);
    await app.owner.query(`update school_versions set ${set} where school_id = $1 and valid_from <= '2025-10-01'`, [
      ...[id, values.sponsor, values.ownership],
    ]);
  };
  await correct({ sponsor: 10, ownership: 'private', year: 1998 });
  await app.owner.query(
    `insert into school_versions (county_id, school_id, valid_from, code, name, school_type, sponsor_code, ownership,
       urban_class, managing_unit_id)
     select county_id, school_id, '2025-10-12', code, '改名小学', school_type, sponsor_code, ownership, urban_class,
       managing_unit_id from school_versions where school_id = $1`,
    [id],
  );
  await app.owner.query(`update schools set name = '改名小学', initials = 'gmxx' where id = $1`, [id]);

  await run('filings.correctSchool', { schoolId: id });
  await run('filings.correctSchool', { schoolId: id });
  expect(await frozen()).toEqual({
    ...{ name: schools.first.name, initials: schools.first.initials },
    ...{ sponsor_code: 10, ownership: 'private', founded_year: 1998 },
  });
  expect(jobsOf()).toEqual(['balance.recompute']);
  const [row, ...more] = await audited('period.schoolCorrected');
  expect(more).toEqual([]);
  expect(row).toMatchObject({ before: { sponsorCode: 7, foundedYear: 2000 }, after: { sponsorCode: 10 } });

  await app.owner.query(`update collections set state = 'closed'`);
  await correct({ sponsor: 7, ownership: 'public', year: 2000 });
  await run('filings.correctSchool', { schoolId: id });
  expect(await frozen()).toMatchObject({ sponsor_code: 10, ownership: 'private' });
});
