import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import * as requests from '#contract/people/requests.ts';
import * as sets from '#contract/people/sets.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import { decidingPermissions, initialRolePermissions, separatedRoles } from '#domain/access/permissions.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

/** A role that the city made itself: it decides, and asks for no second factor. */
const invented = 'test-reviewer';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
  await app.owner.query(
    `insert into roles (key, name, reach, permissions, sort_order)
     values ($1, '试验复核员', 'county', '{filing.read,filing.reopen}', 95)`,
    [invented],
  );
});
afterAll(() => app.close());

const good = 'Quanzhou-2025';
const better = 'Luojiang+2026';
const system = () => app.as('systemAdministrator');
const security = () => app.as('securityAdministrator');
const places: Record<string, { unitId: number | null; schoolId: number | null }> = {
  'city-officer': { unitId: units.city.id, schoolId: null },
  'county-director': { unitId: units.licheng.id, schoolId: null },
  'school-head': { unitId: null, schoolId: schools.junior.id },
  [invented]: { unitId: units.licheng.id, schoolId: null },
};
const placeOf = (role: string) => places[role] ?? { unitId: null, schoolId: null };
const deciding = Object.entries(initialRolePermissions)
  .filter(([, permissions]) => permissions.some((one) => decidingPermissions.includes(one)))
  .map(([key]) => key);
const roles = [...separatedRoles, ...deciding, invented];

const tokenOf = (link: string | null) => link?.split('#')[1] ?? '';
const open = (link: string | null, password: string, code?: string) =>
  app.stranger.call(session.useLink, {
    body: { token: tokenOf(link), password, ...(code === undefined ? {} : { code }) },
  });
const signsIn = async (username: string, password: string) => {
  const payload = { username, password };
  const answer = await app.http.inject({ method: 'POST', url: '/api/session', payload });
  return answer.statusCode === 200;
};
let number = 0;
const newAccount = async (first: 'link' | 'password') => {
  number += 1;
  const body = { name: `试验${number}`, username: `trial${number}`, phone: `0595-${9000 + number}`, first };
  return { ...(await system().call(people.create, { body })), ...body };
};
/** Somebody who holds this role and whom nobody has touched. */
const holderOf = async (role: string) => {
  const { personId, username } = await newAccount('link');
  const { unitId, schoolId } = placeOf(role);
  await app.owner.query(
    'insert into grants (id, person_id, role_key, unit_id, school_id) values ($1, $2, $3, $4, $5)',
    [...[randomUUID(), personId, role, unitId, schoolId]],
  );
  await app.owner.query('update people set password_changed_at = now(), two_factor_enabled = true where id = $1', [
    personId,
  ]);
  return { personId, username };
};
const grant = (personId: string, role: string) => ({ params: { personId }, body: { role, ...placeOf(role) } });

it('these are the roles that take two people', () => {
  expect(deciding).toEqual(['city-officer', 'county-director', 'school-head']);
});

describe.each(roles)('an account of %s', (role) => {
  it('is not come by through its password, its second factor or its state by the system administrator alone', async () => {
    const { personId } = await holderOf(role);
    const params = { personId };
    for (const first of ['link', 'password'] as const) {
      const refusal = await system().refused(people.resetPassword, { params, body: { first } });
      expect([refusal.code, refusal.sentence]).toEqual([
        'access.roleHeld',
        expect.stringContaining('请在其账户页提出申请，由安全管理员确认'),
      ]);
    }
    expect((await system().refused(people.removeSecondFactor, { params })).code).toBe('access.roleHeld');
    const { can, guarded } = await system().call(people.read, { params });
    expect([guarded, can.resetPassword, can.removeSecondFactor]).toEqual([true, false, false]);
    await app.owner.query(`update people set status = 'disabled' where id = $1`, [personId]);
    const enable = { params, body: { status: 'active' as const } };
    expect((await system().refused(people.setStatus, enable)).code).toBe('access.roleHeld');
    await app.owner.query('update grants set revoked_at = now() where person_id = $1', [personId]);
  });

  it('is not made by one who opened the link, or knows the password, that he handed out', async () => {
    const byLink = await newAccount('link');
    await open(byLink.link, good);
    expect(await signsIn(byLink.username, good)).toBe(true);
    const byPassword = await newAccount('password');
    for (const account of [byLink, byPassword]) {
      const refusal = await security().refused(people.grantRole, grant(account.personId, role));
      expect([refusal.code, refusal.sentence]).toEqual([
        'access.grantRefused',
        expect.stringContaining('请系统管理员在其账户页提出双人链接，由安全管理员确认'),
      ]);
    }
    // Nor after a password of his own choice: he chose it.
    await app.owner.query('update people set password_changed_at = now(), must_change_password = false where id = $1', [
      byPassword.personId,
    ]);
    expect((await security().refused(people.grantRole, grant(byPassword.personId, role))).code).toBe(
      'access.grantRefused',
    );
  });

  it('is come by with a link of one and a code of the other, and the audit has both', async () => {
    const { personId, username, link } = await newAccount('link');
    await open(link, good);
    const { id, code } = await system().call(requests.propose, { params: { personId }, body: { act: 'password' } });
    const params = { requestId: id };
    expect((await system().refused(requests.confirm, { params })).code).toBe('access.denied');
    expect(await signsIn(username, good)).toBe(true);
    const handed = await security().call(requests.confirm, { params });
    expect(await signsIn(username, good)).toBe(false);
    // The security administrator has the link, but no code.
    const alone = { body: { token: tokenOf(handed.link), password: better } };
    expect((await app.stranger.refused(session.useLink, alone)).code).toBe('access.linkCodeWrong');
    await open(handed.link, better, code ?? '');
    await security().call(people.grantRole, grant(personId, role));
    expect(await signsIn(username, better)).toBe(true);
    const { rows } = await app.owner.query(
      `select action, actor_name, after ->> 'proposedBy' as proposer from audit_events
        where object_id = $1 and action like 'person.request%' order by id`,
      [personId],
    );
    expect(rows).toEqual([
      { action: 'person.requestProposed', actor_name: '系统员', proposer: null },
      { action: 'person.requestConfirmed', actor_name: '安全员', proposer: '系统员' },
    ]);
    await app.owner.query('update grants set revoked_at = now() where person_id = $1', [personId]);
  });
});

describe('a set of posts', () => {
  it('gives no deciding post to whom one person let in before, and ends the links that one person made', async () => {
    const opened = await newAccount('link');
    await open(opened.link, good);
    const waiting = await newAccount('link');
    const rows = [opened, waiting].map(
      ({ name, phone, username }) => `${name},${phone},校长,${schools.junior.name},${username}`,
    );
    const bytes = new TextEncoder().encode(['姓名,电话,角色,单位,用户名', ...rows].join('\r\n'));
    const file = { name: '人员.csv', bytes, size: bytes.length };
    const { importId } = await system().call(imports.previewImport, { file });
    const { setId } = await system().call(imports.confirmImport, { params: { importId } });
    // The proposer makes a fresh link of his own before the grant.
    const reset = { params: { personId: waiting.personId }, body: { first: 'link' as const } };
    const { link } = await system().call(people.resetPassword, reset);
    const seen = await security().call(sets.read, { params: { setId } });
    expect(seen.rows.map((row) => [row.name, row.refusal?.slice(0, 20) ?? null])).toEqual([
      [opened.name, '此人的密码来自一个人给出的链接或临时密码'],
      [waiting.name, null],
    ]);
    const body = { digest: seen.digest, except: [], refused: 1 };
    expect(await security().call(sets.grant, { params: { setId }, body })).toMatchObject({ granted: 1, refused: 1 });
    const late = { body: { token: tokenOf(link), password: good } };
    expect((await app.stranger.refused(session.useLink, late)).code).toBe('access.linkOver');
    expect((await system().refused(people.resetPassword, reset)).code).toBe('access.roleHeld');
    await app.owner.query('update grants set revoked_at = now() where person_id = $1', [waiting.personId]);
  });
});

describe('a request', () => {
  it('to enable an account, or to take its second factor off, takes effect when another confirms it', async () => {
    const { personId } = await holderOf(invented);
    const params = { personId };
    await system().call(people.setStatus, { params, body: { status: 'disabled' } });
    const propose = (act: 'enable' | 'second-factor') => system().call(requests.propose, { params, body: { act } });
    const status = async () => (await system().call(people.read, { params })).status;
    const enable = await propose('enable');
    expect(enable.code).toBeNull();
    expect((await system().refused(requests.propose, { params, body: { act: 'enable' } })).sentence).toContain(
      '已经在等待确认',
    );
    expect(await status()).toBe('disabled');
    await security().call(requests.confirm, { params: { requestId: enable.id } });
    expect(await status()).toBe('active');
    const factor = await propose('second-factor');
    await security().call(requests.confirm, { params: { requestId: factor.id } });
    expect((await system().call(people.read, { params })).secondFactorEnabled).toBe(false);
    const again = await security().refused(requests.confirm, { params: { requestId: factor.id } });
    expect(again.sentence).toBe('这项申请已经办结，请刷新后查看。');
    await app.owner.query('update grants set revoked_at = now() where person_id = $1', [personId]);
  });

  it('is listed for both, and rejected with a reason', async () => {
    const { personId } = await newAccount('link');
    const { id } = await system().call(requests.propose, { params: { personId }, body: { act: 'password' } });
    const find = async (who: TestApp['stranger']) =>
      (await who.call(requests.list, { query: { personId } })).rows.map(({ state, can }) => ({ state, can }));
    expect(await find(system())).toEqual([{ state: 'waiting', can: { confirm: false, reject: true } }]);
    expect(await find(security())).toEqual([{ state: 'waiting', can: { confirm: true, reject: true } }]);
    await security().call(requests.reject, { params: { requestId: id }, body: { reason: '本人没有要求' } });
    expect((await find(system()))[0]?.state).toBe('rejected');
  });

  it('is not confirmed by whoever proposed it in an earlier office, whatever the program does', async () => {
    const { personId } = await newAccount('link');
    const { id } = await system().call(requests.propose, { params: { personId }, body: { act: 'password' } });
    await app.owner.query('update account_requests set proposed_by = $1 where id = $2', [security().personId, id]);
    const refusal = await security().refused(requests.confirm, { params: { requestId: id } });
    expect(refusal.sentence).toBe('不能确认自己提出的申请，请由另一位管理员确认。');
    await expect(
      app.owner.query(
        `update account_requests set state = 'confirmed', decided_by = proposed_by, decided_at = now() where id = $1`,
        [id],
      ),
    ).rejects.toThrow(/check constraint/);
  });

  it('makes no link for a code that the confirming person gave himself', async () => {
    const { personId } = await newAccount('link');
    const { id } = await system().call(requests.propose, { params: { personId }, body: { act: 'password' } });
    await app.owner.query('update setup_codes set made_by = $1 where person_id = $2', [security().personId, personId]);
    const refusal = await security().refused(requests.confirm, { params: { requestId: id } });
    expect(refusal.sentence).toContain('启用码已经作废');
  });
});

describe('standing in', () => {
  it('for a deciding post is not given to a colleague whose password comes from one person', async () => {
    const colleague = app.as('countyOfficer');
    const director = app.as('countyDirector');
    const give = {
      params: { grantId: director.grants[0]! },
      body: { personId: colleague.personId, until: '2099-01-01' },
    };
    await app.owner.query('update people set password_link_by = $1 where id = $2', [
      ...[system().personId, colleague.personId],
    ]);
    const refusal = await director.refused(posts.giveStandIn, give);
    expect(refusal.sentence).toContain('此人的密码来自一个人给出的链接或临时密码，不能代办县级督导室主任');
    await app.owner.query('update people set password_link_by = null where id = $1', [colleague.personId]);
  });
});
