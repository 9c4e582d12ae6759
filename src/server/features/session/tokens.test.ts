import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import * as tokens from '#contract/session/tokens.ts';
import { insertLink } from '#core/access/account/links.store.ts';
import { hashOfToken } from '#core/access/session/session.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const good = 'Quanzhou-2025';

describe('an access token', () => {
  const bearer = (token: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.http.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });

  it('speaks with a part of its owner’s permissions, until its day or its end', async () => {
    const director = app.as('countyDirector');
    const wanted = { name: '数据中心', permissions: ['filing.read', 'filing.accept'] as never, days: 30 };
    expect((await director.refused(tokens.create, { body: wanted })).code).toBe('access.denied');
    const { token, id } = await director.call(tokens.create, { body: { ...wanted, permissions: ['filing.read'] } });
    const whole = await bearer(token, 'GET', '/api/session');
    expect(whole.json()).toMatchObject({ permissions: ['filing.read'], counties: [{ id: units.licheng.id }] });
    const { rows } = await app.owner.query('select * from access_tokens where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(token);
    const start = app.clock.now;
    app.clock.now = new Date(start.getTime() + 31 * 86_400_000);
    expect((await bearer(token, 'GET', '/api/session')).statusCode).toBe(401);
    app.clock.now = start;
    await director.call(tokens.revoke, { params: { tokenId: id } });
    expect((await bearer(token, 'GET', '/api/session')).statusCode).toBe(401);
    expect((await director.call(tokens.list)).rows).toMatchObject([{ name: '数据中心', state: 'revoked' }]);
  });

  it('never carries a right of an administrator, regardless of its maker and of earlier grants', async () => {
    for (const [member, permission] of [
      ['systemAdministrator', 'people.manage'],
      ['securityAdministrator', 'role.grant'],
      ['auditAdministrator', 'audit.read'],
    ] as const) {
      const wanted = { body: { name: 't', permissions: [permission as never], days: 1 } };
      expect((await app.as(member).refused(tokens.create, wanted)).code).toBe('request.invalid');
    }
    const system = app.as('systemAdministrator').personId;
    await app.owner.query(
      `insert into access_tokens (id, grant_id, person_id, name, hash, permissions, expires_at)
       values (gen_random_uuid(), (select id from grants where person_id = $1), $1, 'old', $2, '{people.read,people.manage}', $3)`,
      [system, hashOfToken('an-old-token'), new Date(app.clock.now.getTime() + 86_400_000)],
    );
    await app.as('systemAdministrator').call(people.list);
    expect((await bearer('an-old-token', 'GET', '/api/people')).json().code).toBe('access.denied');
    expect((await bearer('an-old-token', 'GET', '/api/session')).json().permissions).toEqual([]);
  });

  it.each(['password changed', 'password set by a link', 'second factor removed'])('ends with: %s', async (how) => {
    const { personId, link } = await app
      .as('systemAdministrator')
      .call(people.create, { body: { name: '周五', username: `zhou-${how.length}`, first: 'link' } });
    const choose = (path: string | null) =>
      app.stranger.call(session.useLink, { body: { token: path?.split('#')[1] ?? '', password: good } });
    await choose(link);
    await app.as('securityAdministrator').call(people.grantRole, {
      params: { personId },
      body: { role: 'section-officer', unitId: units.city.id, schoolId: null },
    });
    const mine = app.withCookie(await openSession(app.owner, personId, app.clock.now));
    const { token } = await mine.call(tokens.create, { body: { name: 't', permissions: ['filing.read'], days: 1 } });
    expect((await bearer(token, 'GET', '/api/session')).statusCode).toBe(200);
    if (how === 'password changed') {
      await mine.call(session.changePassword, { body: { current: good, next: 'Neues-Wort-7' } });
    } else if (how === 'password set by a link') {
      // A link of its own, because a reset would end the token by itself.
      const made = await withLease(app.services.pool, (held) =>
        held.writing(nowhere, (db) =>
          insertLink(db, { purpose: 'password', personId }, { now: app.clock.now, minutes: 5, createdBy: null }),
        ),
      );
      await app.stranger.call(session.useLink, { body: { token: made.token, password: 'Neues-Wort-8' } });
    } else {
      await app.owner.query(`update people set two_factor_enabled = true where id = $1`, [personId]);
      await app.as('systemAdministrator').call(people.removeSecondFactor, { params: { personId } });
    }
    expect((await bearer(token, 'GET', '/api/session')).statusCode).toBe(401);
  });

  it('makes no tokens, changes no password and signs nobody out', async () => {
    const { rows: sessions } = await app.as('clerk').call(session.list);
    const current = sessions.find((one) => one.current);
    const { token } = await app
      .as('clerk')
      .call(tokens.create, { body: { name: 't', permissions: ['filing.read'], days: 1 } });
    for (const [method, url, payload] of [
      ['POST', '/api/tokens', { name: 'u', permissions: ['filing.read'], days: 1 }],
      ['DELETE', '/api/session', undefined],
      ['GET', '/api/sessions', undefined],
      ['DELETE', `/api/sessions/${current!.id}`, undefined],
      ['POST', '/api/session/second-factor/enrolment', { password: good }],
      // Nothing is read of what a token sends there.
      ['PUT', '/api/session/password', {}],
      ['PUT', '/api/session/post', {}],
      ['DELETE', '/api/tokens/none', undefined],
      ['POST', '/api/posts/none/stand-ins', {}],
      ['DELETE', '/api/stand-ins/none', undefined],
    ] as const) {
      expect((await bearer(token, method, url, payload)).json().code).toBe('access.sessionOnly');
    }
    expect((await app.as('clerk').call(session.list)).rows).toEqual(sessions);
  });

  it('belongs to its owner: nobody else ends it', async () => {
    const { id } = await app
      .as('clerk')
      .call(tokens.create, { body: { name: 't', permissions: ['filing.read'], days: 1 } });
    expect((await app.as('head').refused(tokens.revoke, { params: { tokenId: id } })).code).toBe('thing.notFound');
  });
});
