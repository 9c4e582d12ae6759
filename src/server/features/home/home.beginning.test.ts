import { afterAll, beforeAll, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as sets from '#contract/people/sets.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layYear } from '#test/support/collection.ts';
import { schools } from '#test/support/scenario.ts';

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

it('posts that are proposed count to their own step until they are decided', async () => {
  const proposedTo = async () =>
    (await stepsOf('auditAdministrator'))!.flatMap(({ kind, proposed }) => (proposed > 0 ? [[kind, proposed]] : []));
  expect(await proposedTo()).toEqual([]);
  const post = { name: '新校长', phone: '0595-7001', role: 'school-head', place: schools.first.name };
  const { setId } = await app.as('systemAdministrator').call(sets.propose, { body: post });
  await app
    .as('systemAdministrator')
    .call(sets.propose, { body: { ...post, name: '新干部', role: 'county-director', place: '鲤城区' } });
  expect(await proposedTo()).toEqual([['people.schoolPosts', 2]]);
  const city = { ...post, name: '新督导', role: 'city-officer', place: '' };
  await app.as('systemAdministrator').call(sets.propose, { body: city });
  expect(await proposedTo()).toEqual([
    ['people.cityOfficer', 1],
    ['people.schoolPosts', 2],
  ]);
  await app.as('securityAdministrator').call(sets.reject, { params: { setId }, body: { reason: '重复' } });
  expect(await proposedTo()).toEqual([
    ['people.cityOfficer', 1],
    ['people.schoolPosts', 1],
  ]);
});

it('ends for everyone at once when the first year is open', async () => {
  await layYear(app.owner, {
    ...{ year: 2025, opensOn: '2025-09-15', deadline: '2025-10-10', cityDeadline: '2025-10-31' },
  });
  for (const member of setters) expect(await stepsOf(member)).toBeNull();
});
