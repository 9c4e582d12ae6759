import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { type SchoolName, schools } from '#test/support/scenario.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';

/** A city has added roles of schools: a deputy head who signs, and a guest who reads and nothing else. */
let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene([homeFeature([filingFeature(() => [])])]);
  await scene.app.owner.query(`insert into roles (key, name, reach, permissions, sort_order) values
    ('school-deputy', '副校长', 'school', '{directory.read,filing.read,filing.fill,filing.submit,filing.sign}', 91),
    ('school-guest', '校外观察员', 'school', '{directory.read,filing.read}', 92)`);
  await grant(scene.app.as('roleless').personId, 'school-deputy', 'first');
});
afterAll(() => scene?.app.close());

async function grant(personId: string, role: string, school: SchoolName): Promise<void> {
  await scene.app.owner.query(
    `insert into grants (id, person_id, role_key, school_id) values (gen_random_uuid(), $1, $2, $3)`,
    [personId, role, schools[school].id],
  );
}

async function newPerson(): Promise<string> {
  const id = randomUUID();
  await scene.app.owner.query(
    `insert into people (id, name, username, email, password_changed_at) values ($1, '来人', $2, $2, now())`,
    [id, id],
  );
  return id;
}

const as = (member: Member) => scene.app.as(member);
const maySubmit = async (member: Member, school: SchoolName) => (await scene.read(as(member), school)).can.submit;

it('a deputy who may sign submits and withdraws at a school that has a head', async () => {
  await scene.fill(as('clerk'), 'first');
  const waiting = async (member: Member) => (await as(member).call(home.overview)).work.map(({ kind }) => kind);
  expect(await waiting('roleless')).toContain('filings.submit');
  expect(await waiting('clerk')).not.toContain('filings.submit');
  const decided = async () => ({
    params: { filingId: scene.ids.first },
    body: { revision: (await scene.read(as('head'), 'first')).revision },
  });
  expect(await maySubmit('clerk', 'first')).toBe(false);
  await as('roleless').call(filings.submit, await decided());
  expect((await scene.read(as('head'), 'first')).state).toBe('submitted');
  await as('roleless').call(filings.withdraw, await decided());
  expect((await scene.read(as('head'), 'first')).state).toBe('draft');
});

it('a guest of a school takes the submission from nobody', async () => {
  expect(await maySubmit('countyOfficer', 'junior')).toBe(true);
  await grant(await newPerson(), 'school-guest', 'junior');
  expect(await maySubmit('countyOfficer', 'junior')).toBe(true);
  const clerkOfJunior = await newPerson();
  await grant(clerkOfJunior, 'school-clerk', 'junior');
  expect(await maySubmit('countyOfficer', 'junior')).toBe(false);
});

it('a school without a head submits by its clerk until somebody signs for it', async () => {
  expect(await maySubmit('neighbourClerk', 'neighbour')).toBe(true);
  await grant(await newPerson(), 'school-deputy', 'neighbour');
  expect(await maySubmit('neighbourClerk', 'neighbour')).toBe(false);
});
