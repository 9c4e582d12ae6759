import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '#contract/audit/audit.ts';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import * as settings from '#contract/settings/settings.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { codeOf, nextCodeOf } from '#test/support/second-factor.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const good = 'Quanzhou-2025';

async function newPerson(username: string) {
  const made = await app
    .as('systemAdministrator')
    .call(people.create, { body: { name: '张三', username, first: 'link' } });
  await app.stranger.call(session.useLink, { body: { token: made.link?.split('#')[1] ?? '', password: good } });
  return made.personId;
}

async function post(url: string, payload: object, cookie?: string, remoteAddress = '127.0.0.1') {
  const response = await app.http.inject({
    method: url === '/api/session/second-factor/enrolment' && 'code' in payload ? 'PUT' : 'POST',
    url,
    payload,
    remoteAddress,
    headers: cookie === undefined ? {} : { cookie },
  });
  const lines = [response.headers['set-cookie'] ?? []].flat().filter((line) => !/Max-Age=0/i.test(line));
  return {
    status: response.statusCode,
    body: response.json() as { code?: string; state?: string; secret: string; uri: string; backupCodes: string[] },
    cookie: lines.map((line) => line.split(';')[0]).join('; '),
  };
}

const signIn = (username: string, address?: string) =>
  post('/api/session', { username, password: good }, undefined, address);

async function bind(username: string) {
  const { cookie } = await signIn(username);
  const { body } = await post('/api/session/second-factor/enrolment', { password: good }, cookie);
  const code = codeOf(body.secret);
  const bound = await post('/api/session/second-factor/enrolment', { code }, cookie);
  expect(bound.status).toBe(200);
  return { ...body, code, cookie: bound.cookie };
}

describe('a second factor', () => {
  it('is bound by password and one code, and asked for from then on', async () => {
    await newPerson('bound1');
    const { cookie } = await signIn('bound1');
    expect((await post('/api/session/second-factor/enrolment', { password: 'falsch' }, cookie)).body.code).toBe(
      'access.passwordWrong',
    );
    const enrolment = await post('/api/session/second-factor/enrolment', { password: good }, cookie);
    expect(enrolment.body.uri).toMatch(/^otpauth:\/\/totp\/%E7%9D%A3%E5%AF%BC:bound1\?/);
    expect(enrolment.body.backupCodes).toHaveLength(10);
    expect((await post('/api/session/second-factor/enrolment', { code: '000000' }, cookie)).body.code).toBe(
      'access.codeWrong',
    );
    // The factor is not active before it is confirmed: nobody is locked out by a QR code that was never scanned.
    expect((await signIn('bound1')).body.state).toBe('signed-in');
    const again = await signIn('bound1');
    const bound = await post(
      '/api/session/second-factor/enrolment',
      { code: codeOf(enrolment.body.secret) },
      again.cookie,
    );
    expect(bound.status).toBe(200);
    expect((await app.withCookie(bound.cookie).call(session.read)).secondFactorEnabled).toBe(true);

    const half = await signIn('bound1');
    expect(half.body.state).toBe('second-factor');
    expect((await app.withCookie(half.cookie).refused(session.read)).code).toBe('session.missing');
    const whole = await post('/api/session/second-factor', { code: nextCodeOf(enrolment.body.secret) }, half.cookie);
    expect(whole.body.state).toBe('signed-in');
    expect((await app.withCookie(whole.cookie).call(session.read)).person.username).toBe('bound1');
  });

  it('counts wrong codes with wrong passwords, whoever begins anew, and locks for this address alone', async () => {
    const personId = await newPerson('bound2');
    const { secret } = await bind('bound2');
    const [stranger, owner] = ['203.0.113.7', '10.0.0.5'];
    const half = (address: string) => signIn('bound2', address);
    const pass = (code: string, cookie: string, address: string) =>
      post('/api/session/second-factor', { code }, cookie, address);
    const codes = [];
    for (let time = 0; time < 5; time += 1) {
      const { cookie } = await half(stranger);
      codes.push((await pass('000000', cookie, stranger)).body.code);
    }
    expect(codes).toEqual([...Array(4).fill('access.codeWrong'), 'access.locked']);
    expect((await half(stranger)).body.code).toBe('access.locked');
    for (let time = 0; time < 3; time += 1) {
      const { cookie } = await half(owner);
      expect((await pass('000000', cookie, owner)).body.code).toBe('access.codeWrong');
    }
    const { cookie } = await half(owner);
    expect((await pass(nextCodeOf(secret), cookie, owner)).body.state).toBe('signed-in');
    // A whole sign-in forgives what was counted here, and nothing elsewhere.
    expect((await half(owner)).body.state).toBe('second-factor');
    expect((await half(stranger)).body.code).toBe('access.locked');
    const { rows } = await app.owner.query(
      `select object_id, address, count(*)::int as n from audit_events
        where action = 'session.refused' and after ->> 'reason' = 'second-factor' group by 1, 2 order by 2`,
    );
    expect(rows).toEqual([
      { object_id: personId, address: owner, n: 3 },
      { object_id: personId, address: stranger, n: 5 },
    ]);
  });

  it('is not asked for without the cookie from the correct password', async () => {
    await newPerson('bound7');
    const { secret, cookie } = await bind('bound7');
    const code = codeOf(secret);
    for (const one of ['', cookie, 'dudao.two_factor=2fa-made-up.c2lnbmF0dXJl']) {
      expect((await post('/api/session/second-factor', { code }, one)).body.code).toBe('access.challengeOver');
    }
  });

  it('takes a code of the telephone once, that of binding included, and none before it', async () => {
    await newPerson('bound8');
    const { secret, code: used } = await bind('bound8');
    const pass = async (code: string) => {
      const half = await signIn('bound8');
      return (await post('/api/session/second-factor', { code }, half.cookie)).body;
    };
    expect((await pass(used)).code).toBe('access.codeWrong');
    const next = nextCodeOf(secret);
    const answers = await Promise.all([pass(next), pass(next)]);
    expect(answers.map((body) => body.state ?? body.code).sort()).toEqual(['access.codeWrong', 'signed-in']);
    expect((await pass(used)).code).toBe('access.codeWrong');
  });

  it('takes a backup code once', async () => {
    await newPerson('bound3');
    const { backupCodes } = await bind('bound3');
    const use = async () => {
      const half = await signIn('bound3');
      return post('/api/session/second-factor', { kind: 'backup', code: backupCodes[0] }, half.cookie);
    };
    expect((await use()).body.state).toBe('signed-in');
    expect((await use()).body.code).toBe('access.codeWrong');
  });

  it('ends the older session only when the newer one is whole', async () => {
    await newPerson('bound4');
    const { secret, cookie } = await bind('bound4');
    const half = await signIn('bound4');
    expect((await app.withCookie(cookie).call(session.read)).person.username).toBe('bound4');
    await post('/api/session/second-factor', { code: nextCodeOf(secret) }, half.cookie);
    expect((await app.withCookie(cookie).refused(session.read)).code).toBe('session.endedElsewhere');
  });

  it('takes four backup codes at once, and one of them once', async () => {
    await newPerson('bound9');
    const { backupCodes } = await bind('bound9');
    const halves = [];
    for (let time = 0; time < 4; time += 1) halves.push(await signIn('bound9'));
    const send = (code: string | undefined, cookie: string) =>
      post('/api/session/second-factor', { kind: 'backup', code }, cookie);
    const four = await Promise.all(halves.map(({ cookie }, at) => send(backupCodes[at], cookie)));
    expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const more = [];
    for (let time = 0; time < 4; time += 1) more.push(await signIn('bound9'));
    const same = await Promise.all(more.map(({ cookie }) => send(backupCodes[4], cookie)));
    expect(same.map(({ body }) => body.code ?? 'in').sort()).toEqual([...Array(3).fill('access.codeWrong'), 'in']);
  });

  it('is required of administrators, and nothing else is served before', async () => {
    const auditor = app.as('auditAdministrator');
    await app.owner.query('update people set two_factor_enabled = false where id = $1', [auditor.personId]);
    expect((await auditor.call(session.read)).mustEnrolSecondFactor).toBe(true);
    expect((await auditor.refused(audit.list)).code).toBe('access.secondFactor');
    expect((await app.as('sectionOfficer').call(session.read)).mustEnrolSecondFactor).toBe(false);
  });

  it('cannot be turned off by an administrator outside the sample city', async () => {
    const { access, revision } = await app.as('systemAdministrator').call(settings.read);
    const off = { body: { access: { ...access, secondFactor: false }, revision } };
    expect((await app.as('systemAdministrator').refused(settings.update, off)).code).toBe('access.secondFactorFixed');
    const sample = await openTestApp({ now: new Date(), sample: true });
    try {
      const [system, auditor] = [sample.as('systemAdministrator'), sample.as('auditAdministrator')];
      await sample.owner.query('update people set two_factor_enabled = false where id = $1', [auditor.personId]);
      await system.call(settings.update, off);
      await auditor.call(audit.list);
      const late = await system.refused(settings.update, off);
      expect(late).toMatchObject({ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于/) });
      const on = { body: { access: { ...access, secondFactor: true }, revision: revision + 1 } };
      await system.call(settings.update, on);
      expect((await auditor.refused(audit.list)).code).toBe('access.secondFactor');
    } finally {
      await sample.close();
    }
  });

  it('is taken off by its owner, or by the administrator when the telephone is lost', async () => {
    const personId = await newPerson('bound5');
    const first = await bind('bound5');
    const removed = await post('/api/session/second-factor/removal', { password: good }, first.cookie);
    expect(removed.status).toBe(200);
    expect((await signIn('bound5')).body.state).toBe('signed-in');
    await bind('bound5');
    await app.as('systemAdministrator').call(people.removeSecondFactor, { params: { personId } });
    expect((await signIn('bound5')).body.state).toBe('signed-in');
  });

  it('leaves no secret, code, token or password in the audit', async () => {
    await newPerson('bound6');
    const { secret, backupCodes } = await bind('bound6');
    const hidden = [secret, ...backupCodes, good];
    const stored = await app.owner.query(
      `select token as text from sessions union all select password from accounts union all select secret from second_factors
        union all select backup_codes from second_factors union all select value from verifications
        union all select hash from password_history union all select hash from setup_links`,
    );
    hidden.push(...stored.rows.map((row) => row.text).filter((text) => typeof text === 'string' && text.length > 9));
    const { rows } = await app.owner.query(
      `select coalesce(before::text, '') || coalesce(after::text, '') || object_id || action as text, object_type from audit_events`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const personIds = new Set((await app.owner.query('select id::text from people')).rows.map((row) => row.id));
    for (const text of hidden.filter((one) => !personIds.has(one))) {
      expect(rows.filter((row) => row.text.includes(text))).toEqual([]);
    }
  });
});
