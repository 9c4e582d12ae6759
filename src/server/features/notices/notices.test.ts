import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import { type AddressedNotice, type Addressee, writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

const { city, licheng, fengze } = units;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const subjectAt = (placeId: number, schoolId: number | null = null) => {
  return { type: 'finding', id: randomUUID(), placeId, schoolId };
};
const about = (subject: AddressedNotice['subject'], to: Addressee, title: string, onceKey?: string) => {
  return { subject, to, about: title, ...(onceKey === undefined ? {} : { onceKey }) };
};
const send = (scope: Scope, by: Member, ...sent: AddressedNotice[]) =>
  withLease(app.services.pool, (held) =>
    held.writing(scope, (db) =>
      writeNoticesTo(db, {
        ...{ kind: 'finding.noticed', notices: sent, now: app.clock.now, note: '请于月底前反馈' },
        actor: { userId: app.as(by).personId, name: by, principal: null },
      }),
    ),
  );
const ofCity = atPlaces([city.id, licheng.id, fengze.id]);
const ofCounty = atPlaces([licheng.id]);
const inboxOf = (member: Member, query: object = {}) => app.as(member).call(notices.list, { query });
const titlesOf = async (member: Member, query: object = {}) =>
  (await inboxOf(member, query)).rows.map((row) => row.about);
const unreadOf = async (member: Member) => (await app.as(member).call(home.frame)).unread;

describe('a notice', () => {
  it('of a county reaches the officers of its city, who cannot be read there, and nobody of the county', async () => {
    const subject = subjectAt(licheng.id);
    expect(
      await send(ofCounty, 'countyOfficer', about(subject, { audience: 'place', placeId: city.id }, '县报市')),
    ).toBe(1);
    expect(await titlesOf('cityOfficer')).toEqual(['县报市']);
    expect(await titlesOf('sectionOfficer')).toEqual(['县报市']);
    for (const member of [
      'countyOfficer',
      'otherOfficer',
      'head',
      'inspector',
      'expert',
      'systemAdministrator',
    ] as const) {
      expect(await titlesOf(member), member).toEqual([]);
    }
    const { rows } = await app.owner.query('select place_id, subject_place_id from notices where subject_id = $1', [
      subject.id,
    ]);
    expect(rows).toEqual([{ place_id: city.id, subject_place_id: licheng.id }]);
    expect((await inboxOf('cityOfficer')).rows[0]).toMatchObject({
      ...{ kind: 'finding.noticed', subjectType: 'finding', subjectId: subject.id },
      ...{ note: '请于月底前反馈', by: 'countyOfficer', readAt: null },
    });
  });

  it('of the city reaches one county, a school or one person, and no other', async () => {
    const person = app.as('otherDirector').personId;
    await send(
      ofCity,
      'cityOfficer',
      about(subjectAt(city.id), { audience: 'place', placeId: fengze.id }, '市致县'),
      about(subjectAt(city.id), { audience: 'school', placeId: licheng.id, schoolId: schools.first.id }, '市致校'),
      about(subjectAt(city.id), { audience: 'person', placeId: fengze.id, personId: person }, '市致人'),
    );
    expect((await titlesOf('otherDirector')).sort()).toEqual(['市致人', '市致县']);
    expect(await titlesOf('otherOfficer')).toEqual(['市致县']);
    expect(await titlesOf('head')).toEqual(['市致校']);
    expect(await titlesOf('neighbourClerk')).toEqual([]);
    expect(await titlesOf('countyOfficer')).toEqual([]);
  });

  it('to a post reaches its holder and the colleague who stands in, in that post alone', async () => {
    const postId = app.as('otherDirector').grants[0]!;
    await send(
      ofCity,
      'cityOfficer',
      about(subjectAt(city.id), { audience: 'post', placeId: fengze.id, postId }, '致岗位'),
    );
    expect(await titlesOf('otherDirector')).toContain('致岗位');
    expect(await titlesOf('standIn')).toContain('致岗位');
    expect(await titlesOf('otherOfficer')).not.toContain('致岗位');
    // In the own post the stand-in is an officer of the county.
    const own = app.as('standIn').inPost({ grantId: app.as('standIn').grants[0]!, standInId: null });
    expect((await own.call(notices.list, { query: {} })).rows.map((row) => row.about)).not.toContain('致岗位');
    // The wall reads the post, whatever the store forgets.
    const seen = (scope: Scope) =>
      withLease(app.services.pool, (held) =>
        held.reading(scope, async () => held.query(`select about from notices where audience = 'post'`)),
      );
    expect(await seen(atPlaces([fengze.id]))).toEqual([]);
    expect(await seen({ ...atPlaces([]), post: postId })).toEqual([{ about: '致岗位' }]);
  });

  it('is not sent about a subject out of reach, and then none of them is', async () => {
    const to: Addressee = { audience: 'place', placeId: licheng.id };
    const sent = send(
      ofCounty,
      'countyOfficer',
      about(subjectAt(licheng.id), to, '可'),
      about(subjectAt(fengze.id), to, '不可'),
    );
    await expect(sent).rejects.toThrow(/out of reach/);
    const ofSchool = { ...ofCounty, schools: [schools.first.id] };
    await expect(send(ofSchool, 'head', about(subjectAt(licheng.id), to, '不可'))).rejects.toThrow(/out of reach/);
    expect(await send(ofSchool, 'head', about(subjectAt(licheng.id, schools.first.id), to, '校报县'))).toBe(1);
    expect(await titlesOf('countyDirector')).toEqual(['校报县']);
  });

  it('that may be sent once is there once, though two send it at the same moment', async () => {
    const one = about(subjectAt(licheng.id), { audience: 'place', placeId: city.id }, '只一次', 'finding 1 overdue');
    const written = await Promise.all([send(ofCounty, 'countyOfficer', one), send(ofCounty, 'countyDirector', one)]);
    expect(written.sort()).toEqual([0, 1]);
    expect((await titlesOf('cityOfficer')).filter((title) => title === '只一次')).toHaveLength(1);
  });
});

describe('the inbox', () => {
  it('shows the unread first, and what one person has read is unread for a colleague', async () => {
    const [first] = (await inboxOf('otherOfficer')).rows;
    expect([first?.about, await unreadOf('otherOfficer')]).toEqual(['市致县', 1]);
    await send(ofCity, 'cityOfficer', about(subjectAt(city.id), { audience: 'place', placeId: fengze.id }, '第二件'));
    const officer = app.as('otherOfficer');
    expect(await officer.call(notices.read, { body: { ids: [first!.id] } })).toEqual({ read: 1 });
    expect(await officer.call(notices.read, { body: { ids: [first!.id] } })).toEqual({ read: 0 });
    expect(await titlesOf('otherOfficer')).toEqual(['第二件', '市致县']);
    expect(await titlesOf('otherOfficer', { unread: 'true' })).toEqual(['第二件']);
    expect([await unreadOf('otherOfficer'), (await inboxOf('otherOfficer')).kinds]).toEqual([
      1,
      [{ kind: 'finding.noticed', unread: 1 }],
    ]);
    expect(await titlesOf('otherDirector', { unread: 'true' })).toContain('市致县');
    expect(await titlesOf('otherOfficer', { kind: 'filing.reminder' })).toEqual([]);
    const { rows } = await app.owner.query(
      `select place_id, object_id, after from audit_events where action = 'notice.read' order by id`,
    );
    expect(rows).toEqual([{ place_id: fengze.id, object_id: first!.id, after: { notices: 1 } }]);
  });

  it('marks nothing that is addressed to others', async () => {
    const [foreign] = (await inboxOf('otherOfficer')).rows;
    for (const member of ['countyOfficer', 'head', 'cityOfficer', 'roleless'] as const) {
      expect(await app.as(member).call(notices.read, { body: { ids: [foreign!.id] } }), member).toEqual({ read: 0 });
    }
    expect((await app.stranger.refused(notices.list)).code).toBe('session.missing');
  });

  it('is read whole up to the moment that the person saw', async () => {
    const until = (await inboxOf('cityOfficer')).asOf;
    const before = await unreadOf('cityOfficer');
    expect(before).toBeGreaterThan(1);
    expect(await app.as('cityOfficer').call(notices.read, { body: { until: '2000-01-01T00:00:00.000Z' } })).toEqual({
      read: 0,
    });
    expect(await app.as('cityOfficer').call(notices.read, { body: { until } })).toEqual({ read: before });
    expect(await unreadOf('cityOfficer')).toBe(0);
  });

  it('loses what was sent more than a year ago', async () => {
    const count = (await inboxOf('otherDirector')).total;
    await app.owner.query(`update notices set sent_at = sent_at - interval '367 days' where about = '市致人'`);
    expect((await inboxOf('otherDirector')).total).toBe(count - 1);
    expect(await inboxOf('otherDirector', { page: 9 })).toMatchObject({ rows: [], total: count - 1 });
  });
});
