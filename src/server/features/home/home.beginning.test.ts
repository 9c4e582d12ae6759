import { afterAll, beforeAll, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layYear } from '#test/support/collection.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const setters = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator', 'cityOfficer'] as const;
const stepsOf = async (member: Parameters<TestApp['as']>[0]) => (await app.as(member).call(home.beginning)).steps;

it('the steps of a new installation say what is done and who does it, to each who sets it up and to nobody else', async () => {
  for (const member of setters) {
    const steps = await stepsOf(member);
    expect(steps?.map(({ kind, done, count }) => [kind, done, count])).toEqual([
      ['people.administrators', true, 3],
      ['directory.city', true, 2],
      ['people.cityOfficer', true, 1],
      ['directory.schools', true, 6],
      ['people.schoolPosts', true, expect.any(Number)],
      ['filings.period', false, 0],
    ]);
    expect(steps?.at(-1)?.doers).toEqual([{ permission: 'period.manage', holders: [{ name: '市督导', phone: null }] }]);
  }
  for (const member of ['countyDirector', 'head', 'roleless', 'sectionOfficer'] as const) {
    expect((await app.as(member).refused(home.beginning)).status).toBe(403);
  }
});

it('a step that is not done says so, and names whoever does each part of it', async () => {
  await app.owner.query(
    `update grants set revoked_at = now() where role_key in ('audit-administrator', 'city-officer')`,
  );
  const steps = await stepsOf('systemAdministrator');
  expect(steps?.filter(({ done }) => !done).map(({ kind, count, needed }) => [kind, count, needed])).toEqual([
    ['people.administrators', 2, 3],
    ['people.cityOfficer', 0, 1],
    ['filings.period', 0, 1],
  ]);
  expect(steps?.find(({ kind }) => kind === 'people.cityOfficer')?.doers).toEqual([
    { permission: 'people.manage', holders: [{ name: '系统员', phone: null }] },
    { permission: 'role.grant', holders: [{ name: '安全员', phone: null }] },
  ]);
  expect(steps?.at(-1)?.doers).toEqual([{ permission: 'period.manage', holders: [] }]);
  await app.owner.query('update grants set revoked_at = null');
});

it('ends for everyone at once when the first year is open', async () => {
  await layYear(app.owner, {
    ...{ year: 2025, opensOn: '2025-09-15', deadline: '2025-10-10', cityDeadline: '2025-10-31' },
  });
  for (const member of setters) expect(await stepsOf(member)).toBeNull();
});
