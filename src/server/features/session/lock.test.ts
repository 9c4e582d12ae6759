import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overview } from '#contract/home/home.ts';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const start = new Date();
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

let serial = 0;
let username = '';
let personId = '';
beforeEach(async () => {
  app.clock.now = start;
  ({ serial, username, personId } = await addPerson(app, start));
});

const signIn = (password: string, options: { name?: string; address?: string } = {}) =>
  signInAs(app, options.name ?? username, password, options);

describe('a stranger who keeps knocking', () => {
  const refusals = async (address: string) =>
    (
      await app.owner.query(
        `select object_id, after ->> 'reason' as reason from audit_events
          where action = 'session.refused' and address like $1 order by id`,
        [address],
      )
    ).rows;

  it('reports the lock once to the person and once to the audit', async () => {
    for (let time = 0; time < 9; time += 1) await signIn('Wrong-12345', { address: '192.0.2.1' });
    const password = { object_id: personId, reason: 'password' };
    expect(await refusals('192.0.2.1')).toEqual([
      ...Array(5).fill(password),
      { object_id: personId, reason: 'locked' },
    ]);
    app.clock.now = minutes(16);
    for (let time = 0; time < 7; time += 1) await signIn('Wrong-12345', { address: '192.0.2.1' });
    expect(await refusals('192.0.2.1')).toHaveLength(12);
  });

  it('leaves no name that nobody bears: it may be a password in the wrong field', async () => {
    await signIn('x', { name: 'My-Secret-2025', address: '192.0.2.2' });
    expect(await refusals('192.0.2.2')).toEqual([{ object_id: '?', reason: 'password' }]);
  });

  it('is slowed down as an address when tries have failed: of sixty at once, thirty and those in flight are looked at', async () => {
    const address = '192.0.2.3';
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, time) => signIn('x', { name: `crowd${serial}-${time}`, address })),
    );
    const lookedAt = answers.filter((answer) => answer.body.code === 'access.signInFailed').length;
    expect(lookedAt).toBeGreaterThanOrEqual(30);
    expect(lookedAt).toBeLessThanOrEqual(37);
    expect(answers.filter((answer) => answer.body.code === 'request.tooMany')).toHaveLength(60 - lookedAt);
    expect((await refusals(address)).filter((row) => row.reason === 'locked')).toHaveLength(1);
  });

  it('has one count for his whole IPv6 net, and stands in the audit with the address he came from', async () => {
    const codes = [];
    for (let time = 1; time <= 6; time += 1) {
      codes.push((await signIn('Wrong-12345', { address: `2001:db8:0:7::${time}` })).body.code);
    }
    expect(codes).toEqual([...Array(4).fill('access.signInFailed'), 'access.locked', 'access.locked']);
    expect((await signIn(good, { address: '2001:db8:0:7:1:2:3:4' })).body.code).toBe('access.locked');
    expect((await signIn(good, { address: '2001:db8:0:8::1' })).status).toBe(200);
    expect(await refusals('2001:db8:0:7::3')).toHaveLength(1);
  });
});

it('sixty people behind one address sign in at once', async () => {
  const people = [];
  for (let time = 0; time < 60; time += 1) people.push(await addPerson(app, start));
  const answers = await Promise.all(
    people.map((person) => signIn(good, { name: person.username, address: '192.0.2.60' })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(200));
}, 120_000);

describe('guesses at one account from many addresses', () => {
  const guess = (at: number) => signIn('Wrong-12345', { address: `198.51.${Math.floor(at / 200)}.${at % 200}` });
  const lookedAt = (answers: readonly { body: { code?: string } }[]) =>
    answers.filter(({ body }) => body.code === 'access.signInFailed').length;

  it('become slow, and the owner signs in from the usual place at once and is told', async () => {
    const home = '10.1.0.1';
    expect((await signIn(good, { address: home })).status).toBe(200);
    const guesses = [];
    for (let time = 0; time < 40; time += 1) guesses.push(await guess(time));
    // Ten, and the one that may come now.
    expect(lookedAt(guesses)).toBe(11);
    const elsewhere = await signIn(good, { address: '10.2.0.1' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([429, 'access.guessed']);
    expect(elsewhere.body.message).toContain('请 1 秒后再试，或在您常用的电脑上登录');
    const { rows } = await app
      .as('systemAdministrator')
      .call(people.list, { query: { mark: 'guessed', search: username } });
    const since = start.toISOString();
    expect(rows.map((row) => [row.id, row.guessed])).toEqual([[personId, { tries: 11, addresses: 11, since }]]);
    const { work } = await app.as('systemAdministrator').call(overview, {});
    expect(work).toContainEqual(expect.objectContaining({ kind: 'people.guessed' }));
    const owner = await signIn(good, { address: home });
    expect((await app.withCookie(owner.cookie).call(session.read)).guessed).toEqual({
      ...{ tries: 11, addresses: 11, since },
    });
    // Told once; the administrators' list is clean again.
    const later = await signIn(good, { address: home });
    expect((await app.withCookie(later.cookie).call(session.read)).guessed).toBeNull();
    expect(
      (await app.as('systemAdministrator').call(people.list, { query: { mark: 'guessed', search: username } })).rows,
    ).toEqual([]);
    // From a new place the owner waits a moment, and is never locked out.
    app.clock.now = new Date(start.getTime() + 2_000);
    expect((await signIn(good, { address: '10.2.0.1' })).status).toBe(200);
  }, 120_000);

  it('come to no more than sixty an hour, and an administrator ends the wait', async () => {
    let seen = 0;
    for (let time = 0; time < 90; time += 1) {
      app.clock.now = new Date(start.getTime() + time * 40_000);
      seen += lookedAt([await guess(time + 200)]);
    }
    expect(seen).toBeGreaterThan(20);
    expect(seen).toBeLessThanOrEqual(66);
    expect((await signIn(good, { address: '10.2.0.9' })).body.code).toBe('access.guessed');
    app.clock.now = start;
    await app.as('systemAdministrator').call(people.unlock, { params: { personId } });
    expect((await signIn(good, { address: '10.2.0.9' })).status).toBe(200);
  }, 120_000);

  it('are not told of two slips of the own hand', async () => {
    for (let time = 0; time < 2; time += 1) await signIn('Wrong-12345', { address: '10.3.0.1' });
    const { cookie } = await signIn(good, { address: '10.3.0.1' });
    expect((await app.withCookie(cookie).call(session.read)).guessed).toBeNull();
  });

  it('never say a lock of fifteen minutes is longer', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('Wrong-12345', { address: '10.4.0.1' });
    // The lock was written by a server whose clock goes before.
    await app.owner.query(
      `update sign_in_failures set locked_until = locked_until + interval '20 seconds' where account = $1`,
      [username],
    );
    expect((await signIn(good, { address: '10.4.0.1' })).body.details).toMatchObject({ minutes: 15 });
  });
});
