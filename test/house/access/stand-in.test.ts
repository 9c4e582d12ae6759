import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import * as posts from '#contract/session/posts.ts';
import type { TestPerson } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

/**
 * The head is absent and the clerk stands in for her; the director is absent and the officer stands in for him. Each works in
 * the own post and in the lent one.
 */
let scene: FilingScene;
let forHead: TestPerson;
let forDirector: TestPerson;
/** In the own post: who has two names in each request the one at work. */
const as = (member: Parameters<FilingScene['app']['as']>[0]) => {
  const person = scene.app.as(member);
  return person.inPost({ grantId: person.grants[0]!, standInId: null });
};

async function lend(holder: TestPerson, colleague: TestPerson): Promise<TestPerson> {
  const grantId = holder.grants[0]!;
  const body = { personId: colleague.personId, until: '2025-10-16' };
  const { id } = await holder.call(posts.giveStandIn, { params: { grantId }, body });
  return colleague.inPost({ grantId, standInId: id });
}

const step = async (person: TestPerson) => ({
  params: { filingId: scene.ids.first },
  body: { revision: (await scene.read(person, 'first')).revision },
});
const work = async (person: TestPerson) =>
  (await person.call(home.overview, { query: {} })).work.map(({ kind }) => kind);
const lastStep = async () => {
  const { steps } = await scene.read(as('cityOfficer'), 'first');
  const last = [...steps].sort((one, other) => one.at.localeCompare(other.at)).at(-1)!;
  return [last.title, last.actorName, last.actorRole];
};

beforeAll(async () => {
  scene = await openFilingScene([homeFeature([filingFeature(() => [])]), sessionFeature]);
  forHead = await lend(as('head'), as('clerk'));
  forDirector = await lend(as('countyDirector'), as('countyOfficer'));
});
afterAll(() => scene?.app.close());

it('the clerk fills in the own post, and submits only in the post of the head', async () => {
  await scene.fill(as('clerk'), 'first');
  expect((await as('clerk').refused(filings.submit, await step(as('clerk')))).code).toBe('flow.notYours');
  expect(await work(forHead)).toEqual(['filings.submit']);
  expect(await forHead.call(filings.submit, await step(forHead))).toMatchObject({ state: 'submitted' });
  expect(await lastStep()).toEqual(['提交', '一小填报员（代一小校长）', 'school-head']);
});

it('a stand-in fills as the holder of the post does, and the history names both', async () => {
  await forHead.call(filings.withdraw, await step(forHead));
  const { cells } = await scene.read(forHead, 'first');
  const before = cells.小学班级数!;
  const changes = [{ field: '小学班级数', value: Number(before.v) + 1, version: before.n }];
  await forHead.call(filings.saveCells, { params: { filingId: scene.ids.first }, body: { changes } });
  const params = { filingId: scene.ids.first, field: '小学班级数' };
  const { entries } = await as('countyOfficer').call(filings.cellHistory, { params });
  expect(entries[0]).toMatchObject({ actorName: '一小填报员（代一小校长）', after: Number(before.v) + 1 });
  const back = [{ field: '小学班级数', value: before.v, version: before.n + 1 }];
  await as('clerk').call(filings.saveCells, { params: { filingId: scene.ids.first }, body: { changes: back } });
  await forHead.call(filings.submit, await step(forHead));
});

it('the officer checks in the own post, and returns and approves in the post of the director', async () => {
  const officer = as('countyOfficer');
  expect((await officer.refused(filings.approve, await step(officer))).code).toBe('access.denied');
  expect(await work(forDirector)).toContain('filings.approve');
  const { params, body } = await step(forDirector);
  await forDirector.call(filings.returnFiling, { params, body: { ...body, reason: '请核对班级数' } });
  expect(await lastStep()).toEqual(['退回', '鲤城督导（代鲤城主任）', 'county-director']);
  await forHead.call(filings.submit, await step(forHead));
  expect(await forDirector.call(filings.approve, await step(forDirector))).toMatchObject({ state: 'approved' });
  expect(await lastStep()).toEqual(['批准', '鲤城督导（代鲤城主任）', 'county-director']);
});

it('the lent post ends with its day, and the holder works on', async () => {
  const now = new Date('2025-10-16T16:00:00Z');
  await scene.app.owner.query(
    `update sessions set last_seen_at = $1, expires_at = $1::timestamptz + interval '1 hour'`,
    [now],
  );
  scene.app.clock.now = now;
  const again = await step(as('countyDirector'));
  const reopening = { params: again.params, body: { ...again.body, reason: '核对数据' } };
  expect((await forDirector.refused(filings.reopen, reopening)).code).toBe('access.postChanged');
  expect(await as('countyDirector').call(filings.reopen, reopening)).toMatchObject({ state: 'draft' });
});
