import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { units } from '#test/support/scenario.ts';

/** Two schools came in on the second day of grace; the officer's own one had an extension until then. */
let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
  scene.app.clock.today = '2025-10-22';
  const officer = scene.app.as('countyOfficer');
  const extension = { params: { filingId: scene.ids.junior }, body: { until: '2025-10-22', reason: '校舍搬迁' } };
  await officer.call(filings.extend, extension);
  await scene.submit(scene.app.as('clerk'), scene.app.as('head'), 'first');
  await scene.submit(officer, officer, 'junior');
});
afterAll(() => scene?.app.close());

async function standing() {
  const officer = scene.app.as('countyOfficer');
  const query = { unitId: units.licheng.id };
  const [listed, { rows: units_ }, { rows: grid }, first, junior] = await Promise.all([
    officer.call(filings.list, { query: { ...query, mark: 'late' } }),
    officer.call(filings.progress, { query }),
    officer.call(filings.grid, { query }),
    scene.read(officer, 'first'),
    scene.read(officer, 'junior'),
  ]);
  return {
    listed: listed.rows.map(({ id, late }) => [id, late]),
    counted: units_.reduce((sum, unit) => sum + unit.late, 0),
    grid: grid.filter(({ late }) => late).map(({ id }) => id),
    first: [first.late, first.deadline.phrase],
    junior: [junior.late, junior.deadline.phrase],
  };
}

async function move(dates: { deadline: string; graceDays: number; cityDeadline: string }) {
  const city = scene.app.as('cityOfficer');
  const period = (await city.call(periods.list)).periods.find(({ state }) => state === 'open')!;
  await city.call(periods.change, { params: { periodId: period.id }, body: dates });
}

it('the late mark follows the dates in force, in list, count, grid and filing', async () => {
  const late = {
    ...{ listed: [[scene.ids.first, true]], counted: 1, grid: [scene.ids.first] },
    ...{ first: [true, '迟交'], junior: [false, '按期提交'] },
  };
  const none = { listed: [], counted: 0, grid: [], first: [false, '按期提交'], junior: [false, '按期提交'] };
  expect(await standing()).toEqual(late);
  await move({ deadline: '2025-10-25', graceDays: 5, cityDeadline: '2025-11-10' });
  expect(await standing()).toEqual(none);
  await move({ deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' });
  expect(await standing()).toEqual(late);
});
