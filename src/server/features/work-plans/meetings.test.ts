import { afterAll, beforeAll, expect, it } from 'vitest';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';

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
  expect((await city.refused(meetings.change, { params, body: change })).code).toBe('thing.changed');
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

  await city.call(meetings.cancel, { params, body: { revision: 1, reason: '改期另开' } });
  expect((await city.refused(meetings.signIn, { params, body: {} })).code).toBe('meeting.over');
});
