import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { units } from '#test/support/scenario.ts';

/** The head of the first school is the director of its county as well: two posts, one hand. */
let scene: FilingScene;
const asHead = () => head().inPost({ grantId: head().grants[0]!, standInId: null });
const asDirector = () => head().inPost({ grantId: directorPost, standInId: null });
const head = () => scene.app.as('head');
const director = () => scene.app.as('countyDirector');
const directorPost = randomUUID();

beforeAll(async () => {
  scene = await openFilingScene();
  await scene.app.owner.query(
    `insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'county-director', $3)`,
    [directorPost, head().personId, units.licheng.id],
  );
  await scene.submit(asHead(), asHead(), 'first');
});
afterAll(() => scene?.app.close());

const step = async (school: 'first' | 'neighbour') => ({
  params: { filingId: scene.ids[school] },
  body: { revision: (await scene.read(director(), school)).revision },
});

it('who submitted in one post neither approves nor returns in another, however many at once', async () => {
  const refusal = await asDirector().refused(filings.approve, await step('first'));
  expect([refusal.status, refusal.code]).toEqual([409, 'access.sameHand']);
  expect(refusal.sentence).toContain('一小校长');
  const { params, body } = await step('first');
  const back = { params, body: { ...body, reason: '请核对' } };
  expect((await asDirector().refused(filings.returnFiling, back)).code).toBe('access.sameHand');
  const all = await asDirector().call(filings.approveRest, {
    body: { filings: [{ filingId: params.filingId, revision: body.revision }] },
  } as never);
  expect(all).toMatchObject({ done: 0, refused: [{ message: expect.stringContaining('同一个人') }] });
});

it('the acts are off for that hand alone, in the filing and in the list', async () => {
  const off = { approve: false, return: false, accept: false };
  const seen = await scene.read(asDirector(), 'first');
  expect(seen.can).toMatchObject(off);
  expect(seen.signingObstacle).toContain('同一个人');
  const other = await scene.read(director(), 'first');
  expect(other).toMatchObject({ can: { approve: true, return: true }, signingObstacle: null });
  const canOf = async (person: ReturnType<typeof head>) =>
    (await person.call(filings.list, { query: { unitId: units.licheng.id } })).rows.find(
      ({ id }) => id === scene.ids.first,
    )!.can;
  expect(await canOf(asDirector())).toMatchObject(off);
  expect(await canOf(director())).toMatchObject({ approve: true, return: true });
});

it('neither does a colleague who stands in for that post of hers', async () => {
  const standInId = randomUUID();
  const officer = scene.app.as('countyOfficer');
  await scene.app.owner.query(
    `insert into stand_ins (id, grant_id, person_id, valid_from, until) values ($1, $2, $3, $4, '2099-12-31')`,
    [standInId, directorPost, officer.personId, scene.app.clock.now],
  );
  const lent = officer.inPost({ grantId: directorPost, standInId });
  expect((await lent.refused(filings.approve, await step('first'))).code).toBe('access.sameHand');
  expect((await scene.read(lent, 'first')).can.approve).toBe(false);
  // Another filing, which nobody of the two has signed, is approved with both names in its steps.
  await scene.submit(scene.app.as('neighbourClerk'), scene.app.as('neighbourClerk'), 'neighbour');
  await lent.call(filings.approve, await step('neighbour'));
  const { steps } = await scene.read(director(), 'neighbour');
  expect(steps.map((one) => one.actorName)).toContain('鲤城督导（代一小校长）');
});

it('the order of steps is the order of the acts, whatever moment their requests began', async () => {
  const { clock } = scene.app;
  const begun = clock.now.getTime();
  // The withdrawal overtakes a submission that began a moment earlier: it gets the lock of the row first.
  clock.now = new Date(begun + 2);
  await asHead().call(filings.withdraw, await step('first'));
  clock.now = new Date(begun + 1);
  await asHead().call(filings.submit, await step('first'));
  clock.now = new Date(begun);
  const { steps } = await scene.read(director(), 'first');
  expect(steps.map(({ action }) => action)).toEqual(['submit', 'withdraw', 'submit']);
  expect((await asDirector().refused(filings.approve, await step('first'))).code).toBe('access.sameHand');
});

it('somebody else does, and after a return another hand may begin anew', async () => {
  const { params, body } = await step('first');
  await director().call(filings.returnFiling, { params, body: { ...body, reason: '请核对' } });
  const clerk = scene.app.as('clerk');
  // The clerk of a school with a head does not submit; the head does, in the post of the school.
  expect((await clerk.refused(filings.submit, await step('first'))).code).toBe('flow.notYours');
  await asHead().call(filings.submit, await step('first'));
  expect((await asDirector().refused(filings.approve, await step('first'))).code).toBe('access.sameHand');
  await director().call(filings.approve, await step('first'));
});

it('who submitted opens the approved filing again in no other post', async () => {
  const { params, body } = await step('first');
  const again = { params, body: { ...body, reason: '请更正' } };
  expect((await asDirector().refused(filings.reopen, again)).code).toBe('access.sameHand');
  const seen = await scene.read(asDirector(), 'first');
  expect([seen.can.reopen, seen.signingObstacle]).toEqual([false, expect.stringContaining('同一个人')]);
  expect((await scene.read(director(), 'first')).can.reopen).toBe(true);
  // Whoever approved takes back an approval of his own.
  await director().call(filings.reopen, again);
});

it('nobody approves in the same post what he submitted there, though the role may do both', async () => {
  await scene.app.owner.query(
    `update roles set permissions = permissions || array['filing.fill', 'filing.submit'] where key = 'county-director'`,
  );
  // The junior school has no account, so its county submits.
  await scene.submit(director(), director(), 'junior');
  const { revision, can, signingObstacle } = await scene.read(director(), 'junior');
  expect([can.approve, can.return]).toEqual([false, true]);
  expect(signingObstacle).toContain('鲤城主任');
  const approve = { params: { filingId: scene.ids.junior }, body: { revision } };
  expect((await director().refused(filings.approve, approve)).code).toBe('access.sameHand');
  // Another director of the county approves it.
  await asDirector().call(filings.approve, approve);
});
