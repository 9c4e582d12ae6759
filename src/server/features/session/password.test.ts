import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as audit from '#contract/audit/audit.ts';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import { insertLink } from '#core/access/account/links.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const start = new Date();
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

let username = '';
let personId = '';
beforeEach(async () => {
  app.clock.now = start;
  ({ username, personId } = await addPerson(app, start));
});

const signIn = (password: string, options: { address?: string } = {}) => signInAs(app, username, password, options);
const read = (cookie: string) => app.withCookie(cookie).call(session.read);

describe('a password', () => {
  it('is changed by its owner, by the rules, and ends the other sessions', async () => {
    const { cookie } = await signIn(good);
    const change = (current: string, next: string) => ({ body: { current, next } });
    const me = app.withCookie(cookie);
    expect((await me.refused(session.changePassword, change('Wrong-12345', 'Neues-Wort-1'))).code).toBe(
      'access.passwordWrong',
    );
    const weak = await me.refused(session.changePassword, change(good, 'kurz'));
    expect((weak.details as { issues: string[] }).issues).toHaveLength(2);
    expect((await me.refused(session.changePassword, change(good, `Xy1-${username}!`))).code).toBe(
      'access.passwordRefused',
    );
    await me.call(session.changePassword, change(good, 'Neues-Wort-1'));
    expect((await signIn(good)).status).toBe(401);
    expect((await signIn('Neues-Wort-1')).status).toBe(200);
  });

  it.each([
    ['PUT', '/api/session/password', (current: string) => ({ current, next: 'Neues-Wort-1' })],
    ['POST', '/api/session/second-factor/enrolment', (password: string) => ({ password })],
    ['POST', '/api/session/second-factor/removal', (password: string) => ({ password })],
  ] as const)('is not guessed from an open session: %s %s', async (method, url, body) => {
    const { cookie } = await signIn(good, { address: '10.7.7.7' });
    const guess = () =>
      app.http.inject({ method, url, headers: { cookie }, payload: body('Wrong-12345'), remoteAddress: '10.7.7.7' });
    const answers = [];
    for (let time = 0; time < 6; time += 1) answers.push((await guess()).json());
    expect(answers.map((answer) => answer.code)).toEqual([
      ...Array(4).fill('access.passwordWrong'),
      'access.locked',
      'session.missing',
    ]);
    expect(answers[0].message).toContain('还可以再试 4 次');
    expect((await signIn(good, { address: '10.7.7.7' })).body.code).toBe('access.locked');
    const { rows } = await app.owner.query(
      `select actor_id, object_id, address from audit_events
        where action = 'session.refused' and after ->> 'reason' = 'current-password' and actor_id = $1`,
      [personId],
    );
    expect(rows).toEqual(Array(5).fill({ actor_id: personId, object_id: personId, address: '10.7.7.7' }));
    const ended = await app.owner.query(
      `select address from audit_events where action = 'session.ended' and actor_id = $1`,
      [personId],
    );
    expect(ended.rows).toEqual([{ address: '10.7.7.7' }]);
  });

  it('is changed once where two changes come at once', async () => {
    const { cookie } = await signIn(good);
    const me = app.withCookie(cookie);
    const answers = await Promise.allSettled(
      ['Neues-Wort-1', 'Neues-Wort-2', 'Neues-Wort-3'].map((next) =>
        me.call(session.changePassword, { body: { current: good, next } }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  });

  it('does not come back within five', async () => {
    let current = good;
    const { cookie } = await signIn(good);
    const me = app.withCookie(cookie);
    for (const next of ['Wort-Nummer-1', 'Wort-Nummer-2', 'Wort-Nummer-3', 'Wort-Nummer-4']) {
      app.clock.now = new Date(app.clock.now.getTime() + 1000);
      await me.call(session.changePassword, { body: { current, next } });
      current = next;
    }
    const refused = await me.refused(session.changePassword, { body: { current, next: good } });
    expect(refused.sentence).toContain('最近 5 次');
    app.clock.now = new Date(app.clock.now.getTime() + 1000);
    await me.call(session.changePassword, { body: { current, next: 'Wort-Nummer-5' } });
    app.clock.now = new Date(app.clock.now.getTime() + 1000);
    await me.call(session.changePassword, { body: { current: 'Wort-Nummer-5', next: good } });
  });

  it('must be changed after ninety days: until then only that is served', async () => {
    const { cookie } = await signIn(good);
    await app.owner.query(
      `insert into grants (id, person_id, role_key) values (gen_random_uuid(), $1, 'audit-administrator')`,
      [personId],
    );
    await app.owner.query('update people set two_factor_enabled = true where id = $1', [personId]);
    await app.withCookie(cookie).call(audit.list);
    await app.owner.query(`update people set password_changed_at = $2 where id = $1`, [
      personId,
      minutes(-91 * 24 * 60),
    ]);
    expect((await read(cookie)).mustChangePassword).toBe(true);
    expect((await app.withCookie(cookie).refused(audit.list)).code).toBe('access.passwordChange');
    await app.withCookie(cookie).call(session.changePassword, { body: { current: good, next: 'Neues-Wort-9' } });
    expect((await read(cookie)).mustChangePassword).toBe(false);
    await app.withCookie(cookie).call(audit.list);
  });

  it('that an administrator hands out is shown once and must be changed at once', async () => {
    const { cookie } = await signIn(good);
    const reset = await app
      .as('systemAdministrator')
      .call(people.resetPassword, { params: { personId }, body: { first: 'password' } });
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.missing');
    const handed = reset.password ?? '';
    const opened = await signIn(handed);
    expect((await read(opened.cookie)).mustChangePassword).toBe(true);
    await app
      .withCookie(opened.cookie)
      .call(session.changePassword, { body: { current: handed, next: 'Neues-Wort-2' } });
    expect((await read(opened.cookie)).mustChangePassword).toBe(false);
    const { rows } = await app.owner.query(`select * from audit_events where after::text like '%' || $1 || '%'`, [
      handed,
    ]);
    expect(rows).toEqual([]);
  });

  it.each(['reset', 'changed by its owner'])('ends the one-time link that was open when it was %s', async (how) => {
    const system = app.as('systemAdministrator');
    const handOut = (first: 'link' | 'password') =>
      system.call(people.resetPassword, { params: { personId }, body: { first } });
    let { link } = await handOut('link');
    if (how === 'reset') await handOut('password');
    else {
      const { password } = await handOut('password');
      // As if the link had been handed out while the person was signed in.
      const made = await withLease(app.services.pool, (held) =>
        held.writing(nowhere, (db) =>
          insertLink(db, { purpose: 'password', personId }, { now: start, minutes: 60, createdBy: null }),
        ),
      );
      link = `/set-up#${made.token}`;
      const { cookie } = await signIn(password ?? '');
      await app
        .withCookie(cookie)
        .call(session.changePassword, { body: { current: password ?? '', next: 'Neues-Wort-3' } });
    }
    const use = { body: { token: link?.split('#')[1] ?? '', password: 'Neues-Wort-4' } };
    expect((await app.stranger.refused(session.useLink, use)).code).toBe('access.linkOver');
  });

  it('that breaks the rules does not use its link up', async () => {
    const { link } = await app
      .as('systemAdministrator')
      .call(people.resetPassword, { params: { personId }, body: { first: 'link' } });
    const use = (password: string) => ({ body: { token: link?.split('#')[1] ?? '', password } });
    expect((await app.stranger.refused(session.useLink, use('kurz'))).code).toBe('access.passwordRefused');
    const both = await Promise.allSettled(
      ['Neues-Wort-5', 'Neues-Wort-6'].map((password) => app.stranger.call(session.useLink, use(password))),
    );
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });
});
