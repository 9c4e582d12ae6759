import { afterAll, beforeAll, expect, it } from 'vitest';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { findMeeting, listAttendees, listMeetings } from './meeting.store.ts';
import type { WorkPlanHandle } from './work-plan.store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const content = { heldOn: '2025-10-20', title: '督导工作推进会', agenda: '一、通报进度' };

it('an invited county reads its copy and signs in at its own place; others know nothing of the meeting', async () => {
  const [city, county, other] = [app.as('cityOfficer'), app.as('countyOfficer'), app.as('otherOfficer')];
  const { id } = await city.call(meetings.call, { body: { ...content, invited: [units.licheng.id] } });
  const params = { meetingId: id };
  expect(await county.call(meetings.read, { params })).toMatchObject({
    ...{ placeId: units.licheng.id, title: content.title, plans: [] },
    can: { change: false, signIn: true, decide: false },
  });
  expect((await other.refused(meetings.read, { params })).code).toBe('thing.notFound');
  expect((await other.refused(meetings.signIn, { params, body: {} })).code).toBe('thing.notFound');

  expect(await county.call(meetings.signIn, { params, body: {} })).toMatchObject({ name: '鲤城督导', signedBy: null });
  expect((await county.refused(meetings.signIn, { params, body: {} })).code).toBe('meeting.signedIn');
  const clerk = { name: '张三', unitId: units.licheng.id };
  expect(await city.call(meetings.signIn, { params, body: clerk })).toMatchObject({ name: '张三', signedBy: '市督导' });
  const foreign = { name: '李四', unitId: units.fengze.id };
  expect((await city.refused(meetings.signIn, { params, body: foreign })).code).toBe('thing.notFound');
  const { people, invited } = await city.call(meetings.read, { params });
  expect(people.map(({ name, unitName }) => [name, unitName])).toEqual([
    ['鲤城督导', '鲤城区'],
    ['张三', '鲤城区'],
  ]);
  expect(invited).toEqual([{ unitId: units.licheng.id, name: '鲤城区' }]);
  expect((await city.call(meetings.list, { query: { year: 2025 } })).rows).toMatchObject([
    { attendees: 2, placeId: units.city.id },
  ]);

  const change = { ...content, title: '改期的会', minutes: '纪要', held: true, revision: 1 };
  expect((await county.refused(meetings.change, { params, body: change })).code).toBe('meeting.notYours');
  expect(await city.call(meetings.change, { params, body: change })).toEqual({ revision: 2 });
  const late = await city.refused(meetings.change, { params, body: change });
  expect(late).toMatchObject({
    code: 'thing.changed',
    sentence: expect.stringMatching(/^您已在另一个窗口于 .+ 修改这次会议/),
  });
  expect(await county.call(meetings.read, { params })).toMatchObject({ title: '改期的会', minutes: '', state: 'held' });
  const { rows } = await app.owner.query(`select place_id, kind from notices order by sent_at, id`);
  expect(rows).toEqual(['meeting.called', 'meeting.changed'].map((kind) => ({ place_id: units.licheng.id, kind })));
});

it('a decision becomes an item of a plan of the place, with the meeting as its reason', async () => {
  const city = app.as('cityOfficer');
  const { id } = await city.call(meetings.call, { body: { ...content, invited: [] } });
  const params = { meetingId: id };
  const { id: planId } = await city.call(plans.create, { body: { kind: 'city', year: 2025, text: '1.任务。' } });
  await city.call(plans.issue, { params: { planId }, body: { revision: 1 } });
  const item = {
    ...{ heading: null, number: null, text: '议定：开展回头看', fromDay: null, toDay: null },
    ...{ countyReach: 'all' as const, cityManaged: false, units: [], ties: [] },
  };
  const decided = await city.call(meetings.decide, { params, body: { planId, revision: 2, item } });
  expect(decided.counties).toBe(2);
  const { items } = await city.call(plans.read, { params: { planId } });
  expect(items.at(-1)).toMatchObject({ meeting: { id }, reason: '2025-10-20 督导工作推进会议定' });
  expect((await city.call(meetings.read, { params })).items).toMatchObject([{ id: decided.itemId, planId }]);
  const county = await app
    .as('countyDirector')
    .call(plans.create, { body: { kind: 'county', year: 2025, fromParts: true } });
  const foreign = { planId: county.id, revision: 1, item };
  expect((await city.refused(meetings.decide, { params, body: foreign })).code).toBe('thing.notFound');

  const signed = await city.call(meetings.signIn, { params, body: {} });
  await city.call(meetings.cancel, { params, body: { revision: 1, reason: '改期另开' } });
  expect((await city.refused(meetings.signIn, { params, body: {} })).code).toBe('meeting.over');
  const late = { params: { ...params, attendeeId: signed.id } };
  expect((await city.refused(meetings.takeSignInBack, late)).code).toBe('meeting.over');
});

it('a sign-in is taken back by whoever entered it, and by nobody else', async () => {
  const [city, county] = [app.as('cityOfficer'), app.as('countyOfficer')];
  const { id } = await city.call(meetings.call, { body: { ...content, title: '签错', invited: [units.licheng.id] } });
  const params = { meetingId: id };
  const own = await county.call(meetings.signIn, { params, body: {} });
  const other = await county.call(meetings.signIn, { params, body: { name: '王某' } });
  const of = (attendeeId: string) => ({ params: { ...params, attendeeId } });
  for (const stranger of [city, app.as('countyDirector'), app.as('otherDirector')]) {
    expect((await stranger.refused(meetings.takeSignInBack, of(other.id))).status).toBeGreaterThanOrEqual(403);
  }
  const shown = async (who: typeof county) =>
    (await who.call(meetings.read, { params })).people.map(({ name, mayTakeBack }) => [name, mayTakeBack]);
  expect(await shown(app.as('countyDirector'))).toEqual([
    [own.name, false],
    ['王某', false],
  ]);
  expect(await shown(county)).toEqual([
    [own.name, true],
    ['王某', true],
  ]);
  await county.call(meetings.takeSignInBack, of(other.id));
  expect((await county.refused(meetings.takeSignInBack, of(other.id))).code).toBe('meeting.notYourSignIn');
  await county.call(meetings.takeSignInBack, of(own.id));
  await county.call(meetings.signIn, { params, body: {} });
  expect(await shown(county)).toEqual([[own.name, true]]);
  const { rows } = await app.owner.query(
    `select before ->> 'name' as name from audit_events where action = 'meeting.signInTakenBack' order by id`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['王某', own.name]);
});

it('where a store forgets its condition, a county reads its copy and its people, and a neighbour nothing', async () => {
  const body = { ...content, title: '第二道墙', invited: [units.licheng.id] };
  const { id } = await app.as('cityOfficer').call(meetings.call, { body });
  await app.as('countyOfficer').call(meetings.signIn, { params: { meetingId: id }, body: {} });
  const forgotten = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
  const seen = (unitId: number) =>
    withLease(app.services.pool, (held) =>
      held.reading(atPlaces([unitId]), async (whole: WholeHandle) => {
        const db = whole as unknown as WorkPlanHandle;
        return {
          listed: (await listMeetings(db, forgotten, 2025)).filter((one) => one.id === id).length,
          placeId: (await findMeeting(db, forgotten, id))?.placeId,
          people: (await listAttendees(db, forgotten, id)).map(({ name }) => name),
        };
      }),
    );
  expect(await seen(units.licheng.id)).toEqual({ listed: 1, placeId: units.licheng.id, people: ['鲤城督导'] });
  expect(await seen(units.city.id)).toEqual({ listed: 1, placeId: units.city.id, people: [] });
  expect(await seen(units.fengze.id)).toEqual({ listed: 0, placeId: undefined, people: [] });
});

it('a plan that is cancelled is told to its counties as that, with the reason', async () => {
  const city = app.as('cityOfficer');
  const { id: meetingId } = await city.call(meetings.call, { body: { ...content, heldOn: '2026-01-10', invited: [] } });
  const { id: planId } = await city.call(plans.create, { body: { kind: 'city', year: 2026, text: '1.任务。' } });
  await city.call(plans.issue, { params: { planId }, body: { revision: 1 } });
  const item = {
    ...{ heading: null, number: null, text: '议定：开展回头看', fromDay: null, toDay: null },
    ...{ countyReach: 'all' as const, cityManaged: false, units: [], ties: [] },
  };
  await city.call(meetings.decide, { params: { meetingId }, body: { planId, revision: 2, item } });
  const { plan } = await city.call(plans.read, { params: { planId } });
  await city.call(plans.cancel, { params: { planId }, body: { revision: plan.revision, reason: '重新制定' } });
  const { rows } = await app.owner.query(
    `select place_id, note from notices where subject_id = $1 and kind = 'work-plan.cancelled' order by place_id`,
    [planId],
  );
  expect(rows).toEqual([units.licheng.id, units.fengze.id].map((place_id) => ({ place_id, note: '重新制定' })));
});
