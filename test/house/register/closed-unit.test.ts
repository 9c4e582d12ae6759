import { afterAll, beforeAll, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import * as changes from '#contract/directory/unit-changes.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layYear } from '#test/support/collection.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  await prepareBalance(app.services.pool, app.services.now);
  // The numbers of the scenario are written by hand, as those of an earlier installation were.
  await app.owner.query(`select setval('org_units_id_seq', (select max(id) from org_units))`);
});
afterAll(() => app.close());

it('a unit that was closed stands in the years before that day, and not in those after it', async () => {
  await layYear(app.owner, {
    ...{ year: 2025, opensOn: '2025-09-15', deadline: '2025-10-10', cityDeadline: '2025-10-31' },
  });
  const officer = app.as('cityOfficer');
  const { id: unitId } = await officer.call(changes.openUnit, {
    body: { name: '短区', shortName: '短', gbCode: null, day: '2025-09-02', document: '' },
  });
  await officer.call(changes.closeUnit, {
    params: { unitId },
    body: { day: '2025-09-20', document: '', intoUnitId: null },
  });
  const shown = async () => (await officer.call(balance.overview)).rows.map((row) => row.countyId);
  await app.owner.query(`update periods set frozen_on = '2025-09-15' where year = 2025`);
  expect(await shown()).toContain(unitId);
  await app.owner.query(`update periods set frozen_on = '2025-09-20' where year = 2025`);
  expect(await shown()).not.toContain(unitId);
});
