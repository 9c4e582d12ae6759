import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSchool } from '#contract/directory/changes.ts';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

/** A school opened a fortnight after the list of the year was fixed; the deadline lies behind. */
let app: TestApp;
let periodId: number;
let schoolId: number;
const document = '泉教〔2025〕31号';
const city = () => app.as('cityOfficer');
const add = (body: object) => ({ params: { periodId }, body: { schoolIds: [schoolId], document, ...body } });

beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-22T02:00:00Z') });
  const dates = { opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 0, cityDeadline: '2025-11-10' };
  ({
    period: { id: periodId },
  } = await city().call(periods.open, { body: { schoolYear: 2025, ...dates } }));
  const place = { countyId: units.licheng.id, managingUnitId: units.licheng.id };
  const facts = {
    schoolType: '211',
    sponsorCode: 7,
    ownership: 'public',
    urbanClass: 'urban',
    foundedYear: 2025,
  } as const;
  const fresh = { code: '2135999501', name: '鲤城新设小学', ...facts, ...place, day: '2025-10-15' };
  ({ schoolId } = await city().call(openSchool, { body: fresh }));
  await city().call(openSchool, {
    body: { ...fresh, code: '1135999502', name: '鲤城新设幼儿园', schoolType: '111' },
  });
});
afterAll(() => app.close());

it('is offered while it is open, would owe and is not on the list', async () => {
  const { schools: offered } = await city().call(periods.unlisted, { params: { periodId } });
  expect(offered).toEqual([
    { schoolId, countyId: units.licheng.id, code: '2135999501', name: '鲤城新设小学', schoolTypeName: '小学' },
  ]);
});

it('needs a document, and a day of its own where the deadline lies behind', async () => {
  expect((await city().refused(periods.addSchools, add({ document: '' }))).sentence).toContain('请填写依据的文号');
  expect((await city().refused(periods.addSchools, add({}))).sentence).toBe(
    '填报截止 2025-10-20 已过，请为补入的学校另定截止日期，否则它们无法提交。',
  );
  const past = await city().refused(periods.addSchools, add({ until: '2025-10-21' }));
  expect(past).toMatchObject({ code: 'filing.extensionTooShort' });
  const listed = await city().refused(periods.addSchools, add({ schoolIds: [schools.first.id], until: '2025-11-05' }));
  expect(listed.sentence).toContain('已在名单上');
});

it('is added once, with a filing that its people may fill, and a row in the audit', async () => {
  app.jobs.splice(0);
  const before = (await city().call(filings.list, { query: {} })).total;
  expect(await city().call(periods.addSchools, add({ until: '2025-11-05' }))).toEqual({ added: 1 });
  expect((await city().call(filings.list, { query: {} })).total).toBe(before + 1);
  expect(await city().call(periods.unlisted, { params: { periodId } })).toEqual({ schools: [] });
  expect(await city().refused(periods.addSchools, add({ until: '2025-11-05' }))).toMatchObject({
    code: 'period.notToAdd',
  });
  const { rows } = await app.owner.query(
    `select place_id, school_id, after from audit_events where action = 'period.schoolAdded'`,
  );
  expect(rows).toEqual([
    {
      place_id: units.licheng.id,
      school_id: schoolId,
      after: { code: '2135999501', name: '鲤城新设小学', document, note: null, until: '2025-11-05' },
    },
  ]);
  expect(app.jobs).toMatchObject([
    {
      name: 'balance.recompute',
      data: { places: [units.licheng.id], countyId: units.licheng.id, periodId: expect.any(Number) },
    },
  ]);
  const listed = await city().call(filings.list, { query: { search: '2135999501' } });
  const officer = app.as('countyOfficer');
  const filing = await officer.call(filings.read, { params: { filingId: listed.rows[0]!.id } });
  expect(filing).toMatchObject({ addedOn: '2025-10-22', state: 'draft', deadline: { day: '2025-11-05' } });
  expect(filing.can.fill).toBe(true);
});

it('is counted in the population of the year, where the balance of the county reads it', async () => {
  const { rows } = await app.owner.query(
    `select school.name, duty.owes from period_schools school
       join filing_duties duty on duty.county_id = school.county_id and duty.period_id = school.period_id
        and duty.school_id = school.school_id
      where school.added_on is not null`,
  );
  expect(rows).toEqual([{ name: '鲤城新设小学', owes: true }]);
});

it('is too late once the year has ended', async () => {
  await city().call(periods.close, { params: { periodId } });
  expect(await city().refused(periods.addSchools, add({ until: '2025-11-05' }))).toMatchObject({ code: 'period.over' });
});
