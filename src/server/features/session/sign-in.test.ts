import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frame } from '#contract/home/home.ts';
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

const signIn = (password: string, options: { name?: string; address?: string; origin?: string } = {}) =>
  signInAs(app, options.name ?? username, password, options);
const read = (cookie: string) => app.withCookie(cookie).call(session.read);

describe('signing in', () => {
  it('opens a session for the right password, with a cookie that scripts and strangers do not see', async () => {
    const { status, body, cookie, lines } = await signIn(good);
    expect([status, body.state]).toEqual([200, 'signed-in']);
    const line = lines.find((one) => one.startsWith('dudao.session_token='));
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=Strict/i);
    expect(line).not.toMatch(/Secure/i);
    expect(await read(cookie)).toMatchObject({
      person: { id: personId, username, name: `人员${serial}` },
      role: { key: '', name: '尚未授予角色' },
      permissions: [],
      mustChangePassword: false,
      passwordDaysLeft: 90,
    });
  });

  it('keeps the cookie to HTTPS where the page came by HTTPS', async () => {
    const { lines } = await signIn(good, { origin: 'https://dudao.example' });
    expect(lines.find((one) => one.startsWith('dudao.session_token='))).toMatch(/; Secure/);
  });

  it('takes the name however it is typed', async () => {
    expect((await signIn(good, { name: ` ${username.toUpperCase()} ` })).status).toBe(200);
  });

  it('answers an unknown name exactly like a wrong password', async () => {
    const wrong = await signIn('Wrong-12345');
    const unknown = await signIn('Wrong-12345', { name: `nobody${serial}` });
    expect(unknown.status).toBe(401);
    expect(unknown.body.code).toBe('access.signInFailed');
    expect({ ...unknown.body, reference: '' }).toEqual({ ...wrong.body, reference: '' });
  });

  it('locks the account at this address after five failures, and reports how many are left', async () => {
    const left = [];
    for (let time = 0; time < 4; time += 1) left.push((await signIn('Wrong-12345')).body.details?.attemptsLeft);
    expect(left).toEqual([4, 3, 2, 1]);
    expect((await signIn('Wrong-12345')).body.code).toBe('access.locked');
    const locked = await signIn(good);
    expect([locked.status, locked.body.code]).toEqual([429, 'access.locked']);
    expect(locked.body.message).toContain('15 分钟');
  });

  it('locks an unknown name in the same way', async () => {
    const codes = [];
    for (let time = 0; time < 6; time += 1) codes.push((await signIn('x', { name: `ghost${serial}` })).body.code);
    expect(codes).toEqual([...Array(4).fill('access.signInFailed'), 'access.locked', 'access.locked']);
  });

  it('lets no stranger lock a colleague out', async () => {
    for (let time = 0; time < 6; time += 1) await signIn('Wrong-12345', { address: '203.0.113.9' });
    expect((await signIn(good, { address: '203.0.113.9' })).body.code).toBe('access.locked');
    expect((await signIn(good, { address: '10.0.0.1' })).status).toBe(200);
  });

  it('gives way again after fifteen minutes, and not before', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('Wrong-12345');
    app.clock.now = minutes(14.9);
    expect((await signIn(good)).body.code).toBe('access.locked');
    app.clock.now = minutes(15.1);
    expect((await signIn(good)).status).toBe(200);
  });

  it('forgets the failures after a success', async () => {
    for (let time = 0; time < 4; time += 1) await signIn('Wrong-12345');
    expect((await signIn(good)).status).toBe(200);
    expect((await signIn('Wrong-12345')).body.details?.attemptsLeft).toBe(4);
  });

  it('lets parallel guesses share the same five', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => signIn('Wrong-12345', { address: '10.0.0.77' })),
    );
    expect(answers.filter((answer) => answer.body.code === 'access.signInFailed').length).toBeLessThanOrEqual(4);
    expect((await signIn(good, { address: '10.0.0.77' })).body.code).toBe('access.locked');
  });

  it('slows an address down that guesses at many accounts, and no other address', async () => {
    const address = '198.51.100.5';
    await app.owner.query(
      `insert into sign_in_failures (account, address, failures, counted_since) values ('', $1, 28, $2)`,
      [address, start],
    );
    const codes = [];
    for (let time = 0; time < 4; time += 1) {
      codes.push((await signIn('x', { name: `guess${serial}-${time}`, address })).body.code);
    }
    expect(codes).toEqual(['access.signInFailed', 'access.signInFailed', 'request.tooMany', 'request.tooMany']);
    expect((await signIn(good, { address })).body.code).toBe('request.tooMany');
    expect((await signIn(good)).status).toBe(200);
    app.clock.now = minutes(1.1);
    expect((await signIn(good, { address })).status).toBe(200);
  });

  it('lets an administrator end the lock', async () => {
    for (let time = 0; time < 5; time += 1) await signIn('Wrong-12345');
    expect((await app.as('systemAdministrator').call(people.read, { params: { personId } })).locked).toBe(true);
    await app.as('systemAdministrator').call(people.unlock, { params: { personId } });
    expect((await signIn(good)).status).toBe(200);
  });

  it('refuses a disabled account, and ends what was open', async () => {
    const { cookie } = await signIn(good);
    await app.as('systemAdministrator').call(people.setStatus, { params: { personId }, body: { status: 'disabled' } });
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
    expect((await signIn(good)).body.code).toBe('access.disabled');
    const { rows } = await app.owner.query('select 1 from sessions where user_id = $1', [personId]);
    expect(rows).toEqual([]);
  });

  it('remembers who knocked, from where and with what outcome', async () => {
    await signIn('Wrong-12345', { address: '10.9.8.7' });
    await signIn(good, { address: '10.9.8.7' });
    const { rows } = await app.owner.query(
      `select action, object_id, after from audit_events where address = '10.9.8.7' order by id`,
    );
    expect(rows).toEqual([
      { action: 'session.refused', object_id: personId, after: { reason: 'password' } },
      {
        action: 'session.started',
        object_id: personId,
        after: { by: 'password', session: expect.any(String), device: 'lightMyRequest', ended: 0 },
      },
    ]);
  });
});

describe('a session', () => {
  it('ends when a newer one of the same person begins', async () => {
    const first = await signIn(good);
    const second = await signIn(good);
    const refusal = await app.withCookie(first.cookie).refused(session.read);
    expect([refusal.code, refusal.message]).toEqual([
      'session.endedElsewhere',
      '401 session.endedElsewhere: 此账户已在别处登录，这里的登录已结束，请重新登录。',
    ]);
    expect((await read(second.cookie)).person.id).toBe(personId);
    // Whoever signs in again still sends the cookie of the session that ended.
    const again = await app.http.inject({
      method: 'POST',
      url: '/api/session',
      headers: { cookie: first.cookie },
      payload: { username, password: good },
    });
    expect(again.statusCode).toBe(200);
  });

  it('opens for one spelling of its cookie alone', async () => {
    const { cookie } = await signIn(good);
    const value = decodeURIComponent(cookie.split('=').slice(1).join('='));
    for (const other of [value.replace(/=$/, ''), `${value}=`, `${value} `, value.replace(/=$/, '\n=')]) {
      const refused = await app.withCookie(`dudao.session_token=${encodeURIComponent(other)}`).refused(session.read);
      expect(refused.code).toBe('session.missing');
    }
    expect((await read(cookie)).person.id).toBe(personId);
  });

  it('may live beside others where the setting says so; they are listed and ended one by one', async () => {
    await app.owner.query(`update settings set value = value || '{"endOlderSession": false}' where key = 'access'`);
    try {
      const here = await signIn(good, { address: '10.0.0.2' });
      const there = await signIn(good, { address: '10.0.0.3' });
      const { rows } = await app.withCookie(here.cookie).call(session.list);
      expect(rows.map((row) => [row.address, row.current]).sort()).toEqual([
        ['10.0.0.2', true],
        ['10.0.0.3', false],
      ]);
      const other = rows.find((row) => !row.current)?.id ?? '';
      expect((await app.as('clerk').refused(session.end, { params: { sessionId: other } })).code).toBe(
        'thing.notFound',
      );
      await app.withCookie(here.cookie).call(session.end, { params: { sessionId: other } });
      expect((await app.withCookie(there.cookie).refused(session.read)).code).toBe('session.missing');
      expect((await read(here.cookie)).person.id).toBe(personId);
      // However many there are, the newest alone stay beside a new one.
      await app.owner.query(
        `insert into sessions (id, user_id, token, expires_at, created_at, last_seen_at)
         select gen_random_uuid(), $1, 'bounds ' || n, $2::timestamptz + interval '1 hour',
                $2::timestamptz - n * interval '1 day', $2
           from generate_series(1, 30) n`,
        [personId, app.clock.now],
      );
      await signIn(good);
      const alive = await app.owner.query<{ token: string }>(
        `select token from sessions where user_id = $1 and expires_at > $2`,
        [personId, app.clock.now],
      );
      expect(alive.rows).toHaveLength(20);
      const kept = alive.rows.filter(({ token }) => token.startsWith('bounds'));
      expect(kept.map(({ token }) => token).sort()).toEqual(
        Array.from({ length: 18 }, (_, at) => `bounds ${at + 1}`).sort(),
      );
    } finally {
      await app.owner.query(`update settings set value = value || '{"endOlderSession": true}' where key = 'access'`);
    }
  });

  it('ends after thirty idle minutes, and use keeps it alive', async () => {
    const { cookie } = await signIn(good);
    for (const at of [20, 40, 60]) {
      app.clock.now = minutes(at);
      await read(cookie);
      // "Last seen" is written outside the request; the next request must not be quicker than that.
      await expect
        .poll(
          async () => (await app.owner.query('select last_seen_at from sessions where user_id = $1', [personId])).rows,
        )
        .toEqual([{ last_seen_at: minutes(at) }]);
    }
    app.clock.now = minutes(89);
    expect((await app.http.inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode).toBe(200);
    await expect
      .poll(
        async () => (await app.owner.query('select last_seen_at from sessions where user_id = $1', [personId])).rows,
      )
      .toEqual([{ last_seen_at: minutes(89) }]);
    app.clock.now = minutes(119.1);
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
  });

  it('begins with the row of the audit: what better-auth alone has written opens nothing', async () => {
    const { cookie } = await signIn(good);
    await app.owner.query('update sessions set last_seen_at = default where user_id = $1', [personId]);
    app.services.forgetSessions();
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
    const { rows } = await app.as('systemAdministrator').call(people.list, { query: { search: username } });
    expect(rows.map(({ id, lastSeenAt }) => [id, lastSeenAt])).toEqual([[personId, null]]);
  });

  it('is not kept alive by what a page asks on its own', async () => {
    const { cookie } = await signIn(good);
    app.clock.now = minutes(20);
    await app.withCookie(cookie).call(frame);
    // "Last seen" is written outside the request: what another person does afterwards is written after it.
    const witness = app.as('countyOfficer');
    await witness.call(session.read);
    const seenOf = async (id: string) =>
      (await app.owner.query('select last_seen_at from sessions where user_id = $1', [id])).rows;
    await expect.poll(() => seenOf(witness.personId)).toEqual([{ last_seen_at: minutes(20) }]);
    const { rows } = await app.owner.query('select last_seen_at from sessions where user_id = $1', [personId]);
    expect(rows).toEqual([{ last_seen_at: start }]);
    app.clock.now = minutes(31);
    expect((await app.withCookie(cookie).refused(frame)).code).toBe('session.missing');
  });

  it('ends with sign-out, at the server too', async () => {
    const { cookie } = await signIn(good);
    await app.withCookie(cookie).call(session.signOut);
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
  });

  it('opens for no cookie that somebody copied out of the database', async () => {
    await signIn(good);
    const { rows } = await app.owner.query('select token from sessions where user_id = $1', [personId]);
    const forged = createHmac('sha256', 'not the secret').update(rows[0].token).digest('base64');
    for (const value of [rows[0].token, `${rows[0].token}.`, `${rows[0].token}.${forged}`]) {
      const cookie = `dudao.session_token=${encodeURIComponent(value)}`;
      expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
    }
  });

  it('serves no write that another site sends', async () => {
    const { cookie } = await signIn(good);
    for (const headers of [
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'https://evil.example', host: 'dudao.example' },
      // What a sandboxed frame sends.
      { cookie, origin: 'null' },
    ]) {
      const response = await app.http.inject({ method: 'DELETE', url: '/api/session', headers });
      expect(response.json().code).toBe('access.foreignOrigin');
    }
    expect((await read(cookie)).person.id).toBe(personId);
  });
});
