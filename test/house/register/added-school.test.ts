import { afterAll, beforeAll, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { openSchool } from '#contract/directory/changes.ts';
import * as periods from '#contract/filings/periods.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';

/** A school opened after the list of the year was fixed, and was added to it. */
let app: TestApp;
let periodId: number;
const city = () => app.as('cityOfficer');
const where = { countyId: units.licheng.id };

async function stated(): Promise<string[]> {
  await city().call(balance.run, { params: where, body: { year: 2025, standard: 'quality-2017' } });
  return (await city().call(balance.county, { params: where, query: { year: 2025 } })).assumptions;
}

beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-22T02:00:00Z') });
  await prepareBalance(app.services.pool, app.services.now);
  const dates = { opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 0, cityDeadline: '2025-11-10' };
  ({
    period: { id: periodId },
  } = await city().call(periods.open, { body: { schoolYear: 2025, ...dates } }));
});
afterAll(() => app?.close());

it('is named with its day in the assumptions of the figures, and was not before', async () => {
  expect((await stated()).join()).not.toContain('补入');
  const { schoolId } = await city().call(openSchool, {
    body: {
      ...{ code: '2135999501', name: '鲤城新设小学', schoolType: '211', sponsorCode: 7, ownership: 'public' },
      ...{ urbanClass: 'urban', foundedYear: 2025, ...where, managingUnitId: units.licheng.id, day: '2025-10-15' },
    },
  });
  const body = { schoolIds: [schoolId], document: '泉教〔2025〕31号', until: '2025-11-05' };
  await city().call(periods.addSchools, { params: { periodId }, body });
  expect((await stated()).at(-1)).toBe('学校名单固定后补入的学校计入：鲤城新设小学（2025-10-22）');
});
