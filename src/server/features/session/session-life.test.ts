import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import { hashPassword } from '#core/access/auth/auth.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { codeOf } from '#test/support/second-factor.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const start = new Date();
let username = '';
let personId = '';
beforeEach(async () => {
  app.clock.now = start;
  ({ username, personId } = await addPerson(app, start));
});

const signIn = (password = good, address = '10.0.0.1') => signInAs(app, username, password, { address });
const reads = async (cookie: string) => {
  const { statusCode } = await app.http.inject({ url: '/api/session', headers: { cookie } });
  return statusCode === 200;
};
const tokenOf = (cookie: string) =>
  decodeURIComponent(/dudao\.session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0];

/** Lets a person have several sessions beside each other while the work is done. */
async function sideBySide(work: () => Promise<void>): Promise<void> {
  await app.owner.query(`update settings set value = value || '{"endOlderSession": false}' where key = 'access'`);
  try {
    await work();
  } finally {
    await app.owner.query(`update settings set value = value || '{"endOlderSession": true}' where key = 'access'`);
  }
}

describe('a session', () => {
  it('is over twelve hours after the sign-in, however busy it is', async () => {
    const { cookie } = await signIn();
    const at = (hours: number) => {
      app.clock.now = new Date(start.getTime() + hours * 3_600_000);
      // As if it had been used a moment ago.
      return app.owner.query('update sessions set last_seen_at = $2 where user_id = $1', [personId, app.clock.now]);
    };
    await at(11.9);
    expect(await reads(cookie)).toBe(true);
    await at(12.1);
    expect(await reads(cookie)).toBe(false);
  });

  it('has a new value at each sign-in, which nobody guesses and no caller chooses', async () => {
    const first = await signIn();
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/session',
      headers: { cookie: first.cookie },
      payload: { username, password: good },
    });
    const second = [response.headers['set-cookie'] ?? []].flat().join(';');
    const values = [tokenOf(first.cookie), tokenOf(second)];
    expect(new Set(values).size).toBe(2);
    // 32 signs of 62 are 190 bits.
    for (const value of values) expect(value).toMatch(/^[a-zA-Z0-9]{32}$/);
    expect(await reads(first.cookie)).toBe(false);
  });

  it('travels in its cookie alone: no answer has its value', async () => {
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username, password: good },
    });
    const cookie = [response.headers['set-cookie'] ?? []].flat().join(';');
    const value = tokenOf(cookie) ?? '';
    expect(value).not.toBe('');
    const answers = [response.body];
    for (const url of ['/api/session', '/api/sessions', '/api/tokens']) {
      answers.push((await app.http.inject({ url, headers: { cookie: cookie.split(';')[0] ?? '' } })).body);
    }
    for (const body of answers) expect(body).not.toContain(value);
  });

  it.each(['changed by its owner', 'reset', 'the account disabled', 'ended by the administrator'])(
    'ends beside all others of the person: password or account %s',
    async (how) => {
      const system = app.as('systemAdministrator');
      const params = { personId };
      await sideBySide(async () => {
        const here = await signIn(good, '10.0.0.2');
        const there = await signIn(good, '10.0.0.3');
        expect([await reads(here.cookie), await reads(there.cookie)]).toEqual([true, true]);
        if (how === 'changed by its owner') {
          const body = { current: good, next: 'Neues-Wort-1' };
          await app.withCookie(here.cookie).call(session.changePassword, { body });
        } else if (how === 'reset') await system.call(people.resetPassword, { params, body: { first: 'link' } });
        else if (how === 'the account disabled')
          await system.call(people.setStatus, { params, body: { status: 'disabled' } });
        else await system.call(people.endSessions, { params });
        expect([await reads(here.cookie), await reads(there.cookie)]).toEqual([how === 'changed by its owner', false]);
      });
    },
  );
});

describe('a password', () => {
  it('counts as it was typed: nothing is cut, trimmed or put in another case', async () => {
    const typed = ` Zwölf-督导 ${'x1'.repeat(40)} `;
    await app.owner.query('update accounts set password = $2 where user_id = $1', [
      personId,
      await hashPassword(typed),
    ]);
    const others = [typed.trim(), typed.slice(0, 72), typed.slice(0, -2), typed.toLowerCase(), `${typed} `];
    for (const other of others) {
      expect((await signIn(other, `10.1.1.${others.indexOf(other)}`)).body.code).toBe('access.signInFailed');
    }
    expect((await signIn(typed)).status).toBe(200);
  });

  it('may have more than sixty-four signs, and any sign', async () => {
    const { cookie } = await signIn();
    const next = `Ein langer Satz mit 督导 und 😀, der niemandem einfällt: ${randomUUID()}`;
    expect(next.length).toBeGreaterThan(64);
    await app.withCookie(cookie).call(session.changePassword, { body: { current: good, next } });
    expect((await signIn(next)).status).toBe(200);
  });

  it('is kept as a salted hash of scrypt, so that equal ones do not look alike', async () => {
    const hashes = await Promise.all([hashPassword(good), hashPassword(good)]);
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  });
});

it('a reset password opens nothing without the second factor that was bound before', async () => {
  const { cookie } = await signIn();
  const me = app.withCookie(cookie);
  const { secret } = await me.call(session.enrolSecondFactor, { body: { password: good } });
  await me.call(session.confirmSecondFactor, { body: { code: codeOf(secret) } });
  const { link } = await app
    .as('systemAdministrator')
    .call(people.resetPassword, { params: { personId }, body: { first: 'link' } });
  const body = { token: link?.split('#')[1] ?? '', password: 'Neues-Wort-1' };
  const used = await app.http.inject({ method: 'POST', url: session.useLink.path, payload: body });
  expect([used.statusCode, used.headers['set-cookie']]).toEqual([200, undefined]);
  const half = await signIn('Neues-Wort-1');
  expect([half.body.state, await reads(half.cookie)]).toEqual(['second-factor', false]);
});

it('what is encrypted is bound against change: a changed sign opens nothing', async () => {
  const { symmetricDecrypt, symmetricEncrypt } = await import('better-auth/crypto');
  const kept = await symmetricEncrypt({ key: 'k'.repeat(64), data: 'JBSWY3DPEHPK3PXP' });
  expect(kept).not.toContain('JBSWY3DP');
  expect(await symmetricDecrypt({ key: 'k'.repeat(64), data: kept })).toBe('JBSWY3DPEHPK3PXP');
  const changed = kept.slice(0, -1) + (kept.endsWith('0') ? '1' : '0');
  await expect(symmetricDecrypt({ key: 'k'.repeat(64), data: changed })).rejects.toThrow();
  await expect(symmetricDecrypt({ key: 'l'.repeat(64), data: kept })).rejects.toThrow();
});
