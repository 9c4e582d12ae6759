import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as deliveries from '#contract/notices/deliveries.ts';
import * as mail from '#contract/notices/mail.ts';
import * as notices from '#contract/notices/notices.ts';
import * as outgoing from '#contract/settings/outgoing.ts';
import { claimDeliveries, findDueDelivery } from '#core/notices/deliveries.store.ts';
import { type Addressee, writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces, nowhere } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { smtpChannel } from '#platform/outgoing/smtp.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { type MailServer, openMailServer, wordsOf } from '#test/support/product/mail-server.ts';
import { schools, units } from '#test/support/scenario.ts';
import { deliverNotices } from './deliver.job.ts';

const { licheng, fengze, city } = units;
/** Ten in the morning, outside the quiet hours. */
const morning = new Date('2025-10-15T02:00:00Z');

let app: TestApp;
let server: MailServer;
beforeAll(async () => {
  server = await openMailServer();
  const channel = smtpChannel({
    ...{ host: '127.0.0.1', port: server.port, secure: false, user: null, password: null },
    ...{ from: 'dudao@dudao.example', origin: 'https://dudao.example' },
  });
  app = await openTestApp({ now: morning, mail: channel });
  const body = { host: '127.0.0.1', port: server.port, mayBePrivate: true, purpose: '邮件服务器' };
  await app.as('systemAdministrator').call(outgoing.addOutgoing, { body });
});
afterAll(async () => {
  await app.close();
  await server.close();
});
beforeEach(async () => {
  server.manner = 'take';
  server.taken.length = 0;
  app.clock.now = morning;
  await later(0);
  await app.owner.query('delete from notice_deliveries');
  await app.owner.query('update notices set planned_at = sent_at');
});

const titles = () => ({ 'finding.noticed': '下发了整改问题', 'filing.reminder': '已被催报' });
const deliver = () => deliverNotices(titles).run(app.services, { places: [] });
/** The clock goes on, and everybody stays at work. */
async function later(minutes: number): Promise<void> {
  app.clock.now = new Date(app.clock.now.getTime() + minutes * 60_000);
  await app.owner.query(`update sessions set last_seen_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [
    app.clock.now,
  ]);
}

/** Sends a notice about a subject of the county; its words must not leave the product. */
function send(to: Addressee, kind = 'finding.noticed') {
  const actor = { userId: app.as('countyOfficer').personId, name: 'countyOfficer', principal: null };
  const subject = { placeId: licheng.id, type: 'finding', id: newId(), schoolId: null };
  return withLease(app.services.pool, (held) =>
    held.writing(atPlaces([licheng.id]), (db) =>
      writeNoticesTo(db, {
        ...{ kind, notices: [{ subject, to, about: '实验室少 3 间' }] },
        ...{ actor, now: app.clock.now, note: '请于月底前反馈 12.5' },
      }),
    ),
  );
}
const toSchool: Addressee = { audience: 'school', placeId: licheng.id, schoolId: schools.first.id };
const toPlace: Addressee = { audience: 'place', placeId: licheng.id };

async function confirm(member: Member, address: string): Promise<void> {
  server.manner = 'take';
  const person = app.as(member);
  await person.call(mail.askAddress, { body: { address } });
  await app.runJobs();
  const code = codeIn(address);
  expect(await person.call(mail.confirmAddress, { body: { code } })).toMatchObject({ right: true, state: { address } });
  server.taken.length = 0;
}
const codeIn = (address: string) => /\d{6}/.exec(wordsOf(server.taken.findLast(({ to }) => to === address)!))![0];
const states = async () =>
  (await app.owner.query('select state, attempts, repeated, sentence from notice_deliveries order by id')).rows;

describe('an address', () => {
  it('counts when the code that was sent to it comes back, and not before', async () => {
    const head = app.as('head');
    expect(await head.call(mail.mail)).toMatchObject({ available: true, address: null, asked: null });
    // The choices stand in groups, each with the word of its feature.
    const groups = new Map((await head.call(mail.mail)).kinds.map(({ kind, group }) => [kind, group]));
    expect(groups.get('filing.reminder')).toBe('数据填报');
    expect([...groups.values()].filter((group) => group === '')).toEqual([]);
    await head.call(mail.askAddress, { body: { address: 'head@example.com' } });
    await app.runJobs();
    expect(await head.call(mail.mail)).toMatchObject({
      address: null,
      asked: { address: 'head@example.com', sent: true },
    });
    const code = codeIn('head@example.com');
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await head.call(mail.confirmAddress, { body: { code: wrong } })).toMatchObject({ right: false });
    // A code is worth nothing to somebody else.
    expect((await app.as('clerk').refused(mail.confirmAddress, { body: { code } })).code).toBe('mail.codeOver');
    expect(await head.call(mail.confirmAddress, { body: { code } })).toMatchObject({
      right: true,
      state: { address: 'head@example.com', asked: null },
    });
    expect((await head.refused(mail.confirmAddress, { body: { code } })).code).toBe('mail.codeOver');
    const { rows } = await app.owner.query(
      `select action, place_id, after from audit_events where action like 'notice.%' order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'notice.addressAsked',
      'notice.codeRefused',
      'notice.addressConfirmed',
    ]);
    expect(JSON.stringify(rows)).not.toContain('example.com');
  });

  it('ends its code after five wrong tries and after half an hour, and is asked for once a minute', async () => {
    const clerk = app.as('clerk');
    await clerk.call(mail.askAddress, { body: { address: 'clerk@example.com' } });
    await app.runJobs();
    const code = codeIn('clerk@example.com');
    const wrong = code === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await clerk.call(mail.confirmAddress, { body: { code: wrong } })).toMatchObject({ right: false });
    }
    expect((await clerk.refused(mail.confirmAddress, { body: { code } })).code).toBe('mail.codeOver');
    const again = { body: { address: 'clerk@example.com' } };
    expect((await clerk.refused(mail.askAddress, again)).code).toBe('mail.tooSoon');
    await later(2);
    await clerk.call(mail.askAddress, again);
    await app.runJobs();
    await later(31);
    const next = codeIn('clerk@example.com');
    expect((await clerk.refused(mail.confirmAddress, { body: { code: next } })).code).toBe('mail.codeOver');
  });

  it('that the mail server refuses is told to whoever waits for the code', async () => {
    server.manner = 'refuse';
    await app.as('neighbourClerk').call(mail.askAddress, { body: { address: 'nobody@example.com' } });
    await app.runJobs();
    const { asked } = await app.as('neighbourClerk').call(mail.mail);
    expect(asked).toMatchObject({ sent: false, fault: expect.stringContaining('no such user') });
  });
});

describe('a notice', () => {
  beforeAll(async () => {
    await later(60);
    await confirm('countyOfficer', 'county@example.com');
  });

  it('goes to everybody in whose inbox it stands and who has an address, and says nothing of what it is about', async () => {
    await send(toSchool);
    await send(toPlace, 'filing.reminder');
    await deliver();
    expect(server.taken.map(({ to }) => to).sort()).toEqual(['county@example.com', 'head@example.com']);
    const words = wordsOf(server.taken.find(({ to }) => to === 'head@example.com')!);
    expect(words).toContain('下发了整改问题');
    expect(words).toContain('https://dudao.example/notices');
    for (const taken of server.taken) expect(wordsOf(taken) + taken.text).not.toMatch(/实验室|12\.5|月底/);
    await deliver();
    expect(server.taken).toHaveLength(2);
    expect(await states()).toEqual([1, 2].map(() => ({ state: 'sent', attempts: 1, repeated: false, sentence: null })));
  });

  it('of a kind that the person does not want stays in the inbox', async () => {
    const choose = (refused: string[]) =>
      app.as('head').call(mail.chooseMail, { body: { quiet: null, digestAt: null, refused } });
    const chosen = await choose(['rectification.notice', 'no.such']);
    expect(chosen.kinds.filter(({ wanted }) => !wanted).map(({ kind }) => kind)).toEqual(['rectification.notice']);
    await send(toSchool, 'rectification.notice');
    await deliver();
    expect(server.taken).toEqual([]);
    await choose([]);
  });

  it('waits for the end of the quiet hours, and for the digest, which is one mail', async () => {
    const choose = (digestAt: number | null) =>
      app.as('head').call(mail.chooseMail, { body: { quiet: { from: 1320, until: 420 }, digestAt, refused: [] } });
    await choose(null);
    await later(13 * 60);
    await send(toSchool);
    await deliver();
    expect(server.taken).toEqual([]);
    await later(8 * 60);
    await deliver();
    expect(server.taken).toHaveLength(1);
    await choose(17 * 60);
    await send(toSchool);
    await send(toSchool);
    await send(toSchool, 'filing.reminder');
    await deliver();
    expect(server.taken).toHaveLength(1);
    await later(10 * 60);
    await deliver();
    expect(server.taken).toHaveLength(2);
    expect(wordsOf(server.taken[1]!)).toContain('下发了整改问题（2 条）');
    expect((await states()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
    await choose(null);
  });

  it('that nobody wants to have by mail, or that is old, makes no delivery', async () => {
    await send({ audience: 'place', placeId: city.id });
    await send(toSchool);
    await later(4 * 24 * 60);
    await deliver();
    expect(await states()).toEqual([]);
    await later(60);
    await deliver();
    expect(server.taken).toEqual([]);
  });
});

describe('a mail that does not go at once', () => {
  it('is tried again after longer and longer, and fails with a sentence', async () => {
    await send(toSchool);
    server.manner = 'greylist';
    const waits = [1, 5, 15, 60, 240];
    for (const minutes of [0, ...waits]) {
      await later(minutes);
      await deliver();
      // A minute too early nothing happens.
      await deliver();
    }
    expect(await states()).toEqual([
      { state: 'failed', attempts: 6, repeated: false, sentence: expect.stringContaining('greylisted') },
    ]);
    expect(server.taken).toEqual([]);
    const system = app.as('systemAdministrator');
    const { rows, counts } = await system.call(deliveries.listDeliveries, { query: {} });
    expect(counts).toEqual([{ state: 'failed', count: 1 }]);
    expect(rows).toMatchObject([
      { person: '一小校长', address: 'he***@example.com', state: 'failed', dueAt: null, can: { retry: true } },
    ]);
    server.manner = 'take';
    const row = rows[0]!;
    const call = { params: { deliveryId: row.id }, body: { placeId: row.placeId } };
    await system.call(deliveries.retryDelivery, call);
    expect((await system.refused(deliveries.retryDelivery, call)).code).toBe('thing.notFound');
    await deliver();
    expect(server.taken.map(({ messageId }) => messageId)).toEqual([row.messageId]);
    const { rows: audited } = await app.owner.query(
      `select place_id, object_id, actor_id from audit_events where action = 'delivery.retried'`,
    );
    expect(audited).toEqual([{ place_id: licheng.id, object_id: row.id, actor_id: system.personId }]);
  });

  it('is tried again after the quiet hours and not within them, also when the operator asks for it', async () => {
    // Nobody has chosen anything else than 22:00 to 7:00.
    const due = async () => (await app.owner.query('select due_at from notice_deliveries')).rows[0].due_at;
    const seven = new Date('2025-10-15T23:00:00Z');
    for (const manner of ['greylist', 'take and cut'] as const) {
      app.clock.now = new Date('2025-10-15T13:59:00Z');
      await later(0);
      await app.owner.query('delete from notice_deliveries');
      await send(toSchool);
      server.manner = manner;
      await deliver();
      expect(await due(), manner).toEqual(seven);
    }
    await later(60);
    await app.owner.query(`update notice_deliveries set state = 'failed'`);
    const system = app.as('systemAdministrator');
    const row = (await system.call(deliveries.listDeliveries, { query: {} })).rows[0]!;
    const call = { params: { deliveryId: row.id }, body: { placeId: row.placeId } };
    await system.call(deliveries.retryDelivery, call);
    expect(await due()).toEqual(seven);
  });

  it('waits for the end of the quiet hours also where the server ended under its first try', async () => {
    await send(toSchool);
    await deliver();
    server.taken.length = 0;
    // Half past ten in the evening another server finds what was left behind.
    app.clock.now = new Date('2025-10-15T14:30:00Z');
    await later(0);
    await app.owner.query(
      `update notice_deliveries set state = 'sending', claimed_until = now() - interval '1 second'`,
    );
    await deliver();
    expect(server.taken).toEqual([]);
    expect(await states()).toMatchObject([{ state: 'uncertain', repeated: false, attempts: 1 }]);
    const due = (await app.owner.query('select due_at from notice_deliveries')).rows[0].due_at;
    expect(due).toEqual(new Date('2025-10-15T23:00:00Z'));
    await later(9 * 60);
    await deliver();
    expect(server.taken).toHaveLength(1);
    expect(await states()).toMatchObject([{ state: 'sent', repeated: true, attempts: 2 }]);
  });

  it('fails at once where the server says never', async () => {
    await send(toSchool);
    server.manner = 'refuse';
    await deliver();
    expect(await states()).toMatchObject([{ state: 'failed', attempts: 1, sentence: expect.stringContaining('拒收') }]);
  });

  it('is uncertain when the answer was lost, and goes once more and not twice, with the same id', async () => {
    await send(toSchool);
    server.manner = 'take and cut';
    await deliver();
    expect(await states()).toMatchObject([{ state: 'uncertain', attempts: 1, repeated: false }]);
    await deliver();
    expect(server.taken).toHaveLength(1);
    await later(6);
    await deliver();
    await later(24 * 60);
    await deliver();
    expect(await states()).toMatchObject([{ state: 'uncertain', attempts: 2, repeated: true }]);
    expect(server.taken).toHaveLength(2);
    expect(new Set(server.taken.map(({ messageId }) => messageId)).size).toBe(1);
    const { rows } = await app
      .as('systemAdministrator')
      .call(deliveries.listDeliveries, { query: { state: 'uncertain' } });
    expect(rows).toMatchObject([{ repeated: true, dueAt: null, can: { retry: false } }]);
  });

  it('is uncertain when the server that took it ended, and is sent once more', async () => {
    await send(toSchool);
    await deliver();
    await app.owner.query(`update notice_deliveries set state = 'waiting', attempts = 0`);
    server.taken.length = 0;
    // A server takes the delivery and is never heard of again.
    await withLease(app.services.pool, (held) =>
      held.writing(nowhere, async (db) => {
        const due = (await findDueDelivery(db, app.clock.now))!;
        await claimDeliveries(db, due, app.clock.now, 300);
      }),
    );
    await deliver();
    expect(await states()).toMatchObject([{ state: 'sending' }]);
    expect(server.taken).toEqual([]);
    await app.owner.query(`update notice_deliveries set claimed_until = now() - interval '1 second'`);
    await deliver();
    expect(await states()).toMatchObject([{ state: 'sent', repeated: true, attempts: 2 }]);
    expect(server.taken).toHaveLength(1);
  });
});

it('two servers that send at the same moment send one mail', async () => {
  await send(toSchool);
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(server.taken).toHaveLength(1);
  expect(await states()).toMatchObject([{ state: 'sent', attempts: 1 }]);
});

describe('the second wall', () => {
  it('lets each place read how its own notices travel, and nobody change it but by the functions of the job', async () => {
    await confirm('countyDirector', 'wall-officer@example.com');
    await confirm('otherDirector', 'wall-other@example.com');
    await send(toPlace);
    await send({ audience: 'place', placeId: fengze.id });
    await deliver();
    const under = <Result>(places: readonly number[], work: (db: WholeHandle) => Promise<Result>) =>
      withLease(app.services.pool, (held) => held.writing(atPlaces(places), work));
    // No condition at all, as if a store had forgotten it.
    const seen = async (places: readonly number[]) => {
      const rows = await under(places, (db) =>
        db.selectFrom('notice_deliveries').select('place_id as place').execute(),
      );
      return [...new Set(rows.map(({ place }) => place))].sort((one, other) => one - other);
    };
    expect(await seen([licheng.id])).toEqual([licheng.id]);
    expect(await seen([fengze.id])).toEqual([fengze.id]);
    expect(await seen([city.id, licheng.id, fengze.id])).toEqual([licheng.id, fengze.id]);
    expect(await seen([])).toEqual([]);
    const changes = under([licheng.id], (db) =>
      db.updateTable('notice_deliveries').set({ state: 'sent' }).where('place_id', '=', licheng.id).execute(),
    );
    await expect(changes).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the operator', () => {
  it('is told at home of mail that failed, for a week, and of codes that could not be sent', async () => {
    const system = app.as('systemAdministrator');
    const told = async () =>
      (await system.call(home.overview, { query: {} })).work.filter(({ kind }) => kind === 'notices.failed');
    expect(await told()).toEqual([]);
    await send(toSchool);
    server.manner = 'refuse';
    await deliver();
    expect(await told()).toMatchObject([{ count: 1 }]);
    expect((await app.as('cityOfficer').call(home.overview, { query: {} })).work.map(({ kind }) => kind)).not.toContain(
      'notices.failed',
    );
    await later(8 * 24 * 60);
    expect(await told()).toEqual([]);
    await app.as('cityOfficer').call(mail.askAddress, { body: { address: 'waiting@example.com' } });
    await app.runJobs();
    const { codes } = await system.call(deliveries.listDeliveries, { query: {} });
    expect(codes[0]).toMatchObject({ address: 'wa***@example.com', sent: false, fault: expect.stringMatching(/./) });
    expect(JSON.stringify(codes)).not.toMatch(/\d{6}(?!\d|Z|-|:)"/);
  });

  it('sees who was written to and whether it was read, and nobody else sees it', async () => {
    await send(toSchool);
    await deliver();
    const system = app.as('systemAdministrator');
    const read = async () => (await system.call(deliveries.listDeliveries, { query: {} })).rows[0]?.readAt;
    expect(await read()).toBeNull();
    const { rows: sent } = await app.owner.query('select notice_id as id from notice_deliveries');
    await app.as('head').call(notices.read, { body: { ids: [sent[0].id] } });
    expect(await read()).toEqual(expect.any(String));
    expect((await app.stranger.refused(deliveries.listDeliveries, { query: {} })).code).toBe('session.missing');
    for (const member of ['cityOfficer', 'countyDirector', 'securityAdministrator'] as const) {
      expect((await app.as(member).refused(deliveries.listDeliveries, { query: {} })).code, member).toBe(
        'access.denied',
      );
    }
  });

  it('opens an outside address and closes it, and mail waits where it is closed', async () => {
    const system = app.as('systemAdministrator');
    const body = { host: '127.0.0.1', port: server.port };
    await system.call(outgoing.removeOutgoing, { body });
    await send(toSchool);
    await deliver();
    expect(await states()).toMatchObject([{ state: 'waiting', sentence: expect.stringContaining('外部地址') }]);
    expect((await system.call(deliveries.listDeliveries, { query: {} })).server).toMatchObject({ allowed: false });
    await system.call(outgoing.addOutgoing, { body: { ...body, mayBePrivate: true, purpose: '邮件' } });
    expect((await system.refused(outgoing.removeOutgoing, { body: { ...body, port: 1 } })).code).toBe(
      'thing.nothingChanges',
    );
    await later(2);
    await deliver();
    expect(server.taken).toHaveLength(1);
    expect((await app.as('cityOfficer').refused(outgoing.listOutgoing)).code).toBe('access.denied');
  });
});
