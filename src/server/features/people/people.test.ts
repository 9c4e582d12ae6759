import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import * as requests from '#contract/people/requests.ts';
import * as session from '#contract/session/session.ts';
import { installationLink } from '#core/access/account/set-up.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const good = 'Quanzhou-2025';
const grantTo = (personId: string, role: string, unitId: number | null, schoolId: number | null = null) => ({
  params: { personId },
  body: { role, unitId, schoolId },
});

describe('a stranger', () => {
  it('reads nothing of people, roles, settings and audit', async () => {
    for (const route of [people.list, people.roles, session.list, session.read]) {
      expect((await app.stranger.refused(route)).code).toBe('session.missing');
    }
  });
});

describe('accounts', () => {
  it('are made by the system administrator, without any right', async () => {
    const made = await app
      .as('systemAdministrator')
      .call(people.create, { body: { name: '王小明', username: 'Wang.XM', phone: '0595-12345', first: 'password' } });
    expect(made.password).toHaveLength(14);
    expect(made.link).toBeNull();
    const read = await app.as('securityAdministrator').call(people.read, { params: { personId: made.personId } });
    expect(read).toMatchObject({ username: 'wang.xm', grant: null, passwordPending: true, history: [] });
    expect(read.can).toMatchObject({ update: false, resetPassword: false, grant: true, revoke: false });
    const trail = await app.owner.query(`select action, actor_id from audit_events where object_id = $1 order by id`, [
      made.personId,
    ]);
    const by = app.as('systemAdministrator').personId;
    expect(trail.rows).toEqual([{ action: 'person.created', actor_id: by }]);
    const again = { body: { name: '王小明', username: 'wang.xm', first: 'link' as const } };
    expect((await app.as('systemAdministrator').refused(people.create, again)).code).toBe('thing.exists');
    const bad = { body: { name: '王小明', username: '王', first: 'link' as const } };
    expect((await app.as('systemAdministrator').refused(people.create, bad)).code).toBe('request.invalid');
  });

  it('are found by name, username and pinyin initials, and by what is the matter with them', async () => {
    await app
      .as('systemAdministrator')
      .call(people.create, { body: { name: '陈丽华', username: 'clh100', first: 'link' } });
    const found = async (query: object) =>
      (await app.as('securityAdministrator').call(people.list, { query })).rows.map((row) => row.name);
    expect(await found({ search: '丽华' })).toEqual(['陈丽华']);
    expect(await found({ search: 'CLH' })).toEqual(['陈丽华']);
    expect(await found({ search: 'clh1' })).toEqual(['陈丽华']);
    expect(await found({ search: '%' })).toEqual([]);
    expect(await found({ mark: 'password-pending', search: '陈' })).toEqual(['陈丽华']);
    expect(await found({ role: 'city-officer' })).toEqual(['市督导']);
    const page = await app
      .as('securityAdministrator')
      .call(people.list, { query: { pageSize: 3, page: 2, sort: '-username' } });
    expect(page.rows).toHaveLength(3);
    expect(page.total).toBeGreaterThan(10);
  });

  it('are changed by one at a time', async () => {
    const made = await app
      .as('systemAdministrator')
      .call(people.create, { body: { name: '李四', username: 'lisi01', first: 'link' } });
    const change = { params: { personId: made.personId }, body: { name: '李肆', phone: null, revision: 1 } };
    await app.as('systemAdministrator').call(people.update, change);
    expect((await app.as('systemAdministrator').refused(people.update, change)).code).toBe('thing.changed');
  });

  it('come from a list all or none, looked at first', async () => {
    const bytes = new TextEncoder().encode(
      [
        '姓名,用户名,电话,角色',
        '赵一,zhao01,1381,市局科室干部',
        '钱二,zhao01,1382,市局科室干部',
        '"孙, 三",sun03,abc,市局科室干部',
        '李四,lisi01,1383,市局科室干部',
      ].join('\r\n'),
    );
    const file = { name: '名单.csv', bytes, size: bytes.length };
    const { importId, changes, groups } = await app.as('systemAdministrator').call(imports.previewImport, { file });
    expect(changes.people.map((row) => [row.row, row.name, row.faulty])).toEqual([
      [3, '钱二', true],
      [4, '孙, 三', true],
      [5, '李四', true],
      [2, '赵一', false],
    ]);
    expect(groups[0]?.findings.map(({ place, rule }) => [place, rule.slice(0, 12)])).toEqual([
      ['B3', '用户名“zhao01”在'],
      ['C4', '电话只含数字、空格和 +'],
      ['B5', '用户名“lisi01”已'],
    ]);
    const refusal = await app.as('systemAdministrator').refused(imports.confirmImport, { params: { importId } });
    expect(refusal.code).toBe('import.hardErrors');
    const { rows } = await app.owner.query(`select 1 from people where username = 'zhao01'`);
    expect(rows).toEqual([]);
  });

  it('of the last two administrators of a kind are not disabled at once', async () => {
    const system = app.as('systemAdministrator');
    const first = app.as('auditAdministrator').personId;
    const second = app.as('roleless').personId;
    const both = [first, second];
    await app.owner.query(
      `insert into grants (id, person_id, role_key) values (gen_random_uuid(), $1, 'audit-administrator')`,
      [second],
    );
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.allSettled(
        both.map((personId) => system.call(people.setStatus, { params: { personId }, body: { status: 'disabled' } })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
      await app.owner.query(`update people set status = 'active' where id = any ($1)`, [both]);
    }
    await app.owner.query(`delete from grants where person_id = $1`, [second]);
  });

  it('of the last administrator are not disabled, and nobody disables himself', async () => {
    const self = app.as('systemAdministrator');
    const disable = (personId: string) => ({ params: { personId }, body: { status: 'disabled' as const } });
    expect((await self.refused(people.setStatus, disable(self.personId))).code).toBe('access.notYourself');
    const last = app.as('auditAdministrator').personId;
    expect((await self.refused(people.setStatus, disable(last))).code).toBe('access.lastAdministrator');
  });
});

describe('an account of an administrator or city officer', () => {
  const reset = (personId: string) => ({ params: { personId }, body: { first: 'password' as const } });
  const guarded = ['securityAdministrator', 'auditAdministrator', 'cityOfficer'] as const;

  it.each(guarded)('is not come by alone: neither password nor second factor of %s', async (member) => {
    const system = app.as('systemAdministrator');
    const { personId } = app.as(member);
    expect((await system.refused(people.resetPassword, reset(personId))).code).toBe('access.roleHeld');
    expect((await system.refused(people.removeSecondFactor, { params: { personId } })).code).toBe('access.roleHeld');
    const { can, guarded: told } = await system.call(people.read, { params: { personId } });
    expect(can).toMatchObject({ resetPassword: false, removeSecondFactor: false });
    expect(told).toBe(true);
  });

  it('is not brought back alone after it was disabled', async () => {
    const { personId } = app.as('cityOfficer');
    const status = (status: 'active' | 'disabled') => ({ params: { personId }, body: { status } });
    const system = app.as('systemAdministrator');
    await system.call(people.setStatus, status('disabled'));
    expect((await system.refused(people.setStatus, status('active'))).code).toBe('access.roleHeld');
    await app.owner.query(`update people set status = 'active' where id = $1`, [personId]);
  });

  it('takes two: the role is taken back, the password reset, and the role given to who has chosen a new one', async () => {
    const { personId } = app.as('sectionOfficer');
    const grant = grantTo(personId, 'city-officer', units.city.id);
    const [system, security] = [app.as('systemAdministrator'), app.as('securityAdministrator')];
    await security.call(people.grantRole, grant);
    const unclear = await security.refused(people.revokeRole, { params: { personId } });
    expect(unclear.code).toBe('access.postUnclear');
    for (const { grantId } of (await security.call(people.read, { params: { personId } })).posts) {
      await security.call(people.revokeRole, { params: { personId }, query: { grantId } });
    }
    const { link } = await system.call(people.resetPassword, { params: { personId }, body: { first: 'link' } });
    const refused = await security.refused(people.grantRole, grant);
    expect([refused.code, refused.sentence]).toEqual([
      'access.grantRefused',
      '此人还没有自己设定密码，不能授予市级督导干部；请系统管理员在其账户页提出双人链接，由安全管理员确认，本人凭链接和启用码设定密码后再授予。',
    ]);
    // A role that decides nothing takes one person, as before.
    await security.call(people.grantRole, grantTo(personId, 'section-officer', units.city.id));
    await app.stranger.call(session.useLink, { body: { token: link?.split('#')[1] ?? '', password: good } });
    // Whoever made this link may have opened it.
    const byOne = await security.refused(people.grantRole, grant);
    expect(byOne.sentence).toContain('此人的密码来自一个人给出的链接或临时密码');
    const asked = await system.call(requests.propose, { params: { personId }, body: { act: 'password' } });
    const handed = await security.call(requests.confirm, { params: { requestId: asked.id } });
    const token = handed.link?.split('#')[1] ?? '';
    const body = { token, password: 'Luojiang+2026', code: asked.code ?? '' };
    await app.stranger.call(session.useLink, { body });
    await security.call(people.grantRole, grant);
  });
});

describe('roles', () => {
  it('are granted by the security administrator, and a change ends what was open under the old one', async () => {
    const officer = app.as('otherOfficer');
    expect((await officer.call(session.read)).counties.map((unit) => unit.id)).toEqual([units.fengze.id]);
    await app
      .as('securityAdministrator')
      .call(people.grantRole, grantTo(officer.personId, 'county-director', units.licheng.id));
    expect((await officer.refused(session.read)).code).toBe('session.postsChanged');
    const read = await app.as('securityAdministrator').call(people.read, { params: { personId: officer.personId } });
    expect(read.posts.map((post) => [post.role, post.unitId])).toEqual([
      ['county-director', units.licheng.id],
      ['county-officer', units.fengze.id],
    ]);
    const query = { grantId: read.posts[1]!.grantId };
    const security = app.as('securityAdministrator');
    await security.call(people.revokeRole, { params: { personId: officer.personId }, query });
    const { history } = await security.call(people.read, { params: { personId: officer.personId } });
    expect(history.map((grant) => [grant.role, grant.revokedAt === null])).toEqual([
      ['county-director', true],
      ['county-officer', false],
    ]);
  });

  it('keep the three apart', async () => {
    const security = app.as('securityAdministrator');
    const refusal = async (...input: Parameters<typeof grantTo>) =>
      (await security.refused(people.grantRole, grantTo(...input))).code;
    const system = app.as('systemAdministrator').personId;
    expect(await refusal(system, 'security-administrator', null)).toBe('access.grantRefused');
    expect(await refusal(system, 'city-officer', units.city.id)).toBe('access.grantRefused');
    expect(await refusal(security.personId, 'system-administrator', null)).toBe('access.grantRefused');
    expect(await refusal(app.as('head').personId, 'audit-administrator', null)).toBe('access.grantRefused');
    expect(await refusal(app.as('roleless').personId, 'county-officer', units.city.id)).toBe('access.grantRefused');
    expect(await refusal(app.as('roleless').personId, 'school-head', units.fengze.id, schools.first.id)).toBe(
      'thing.notFound',
    );
    expect((await security.refused(people.revokeRole, { params: { personId: system } })).code).toBe(
      'access.lastAdministrator',
    );
    expect((await security.refused(people.revokeRole, { params: { personId: security.personId } })).code).toBe(
      'access.notYourself',
    );
  });

  it('stand beside none of the three, whatever the program does', async () => {
    await expect(
      app.owner.query(
        `insert into grants (id, person_id, role_key) values (gen_random_uuid(), $1, 'audit-administrator')`,
        [app.as('systemAdministrator').personId],
      ),
    ).rejects.toThrow(/separated role/);
  });

  it('are shown with their permissions and places are found', async () => {
    const { rows } = await app.as('securityAdministrator').call(people.roles);
    expect(rows.map((row) => row.key).slice(0, 3)).toEqual([
      'system-administrator',
      'security-administrator',
      'audit-administrator',
    ]);
    const found = await app
      .as('securityAdministrator')
      .call(people.places, { query: { level: 'school', search: schools.first.name.slice(0, 4) } });
    expect(found.rows).toContainEqual(
      expect.objectContaining({ schoolId: schools.first.id, unitId: units.licheng.id }),
    );
  });
});

describe('a new installation', () => {
  const link = () =>
    withLease(app.services.pool, (held) => held.writing(nowhere, (db) => installationLink(db, app.clock.now)));
  const token = (path: string | null | undefined) => path?.split('#')[1] ?? '';

  it('gets its first administrator by a link that works once, for an hour', async () => {
    expect(await link()).toBeNull();
    await app.owner.query(`update grants set revoked_at = now() where role_key like '%-administrator'`);
    const older = await link();
    const printed = await link();
    const use = (path: string | undefined, password = good) => ({
      body: { token: token(path), username: 'xitong', name: '系统管理员甲', password },
    });
    expect((await app.stranger.refused(session.useLink, use(older?.path))).code).toBe('access.linkOver');
    const start = app.clock.now;
    app.clock.now = new Date(start.getTime() + 61 * 60_000);
    expect((await app.stranger.refused(session.useLink, use(printed?.path))).code).toBe('access.linkOver');
    app.clock.now = start;
    expect(await app.stranger.call(session.inspectLink, { body: { token: token(printed?.path) } })).toMatchObject({
      purpose: 'administrator',
      role: '系统管理员',
    });
    expect((await app.stranger.refused(session.useLink, use(printed?.path, 'kurz'))).code).toBe(
      'access.passwordRefused',
    );
    expect(await app.stranger.call(session.useLink, use(printed?.path))).toEqual({ username: 'xitong' });
    expect((await app.stranger.refused(session.useLink, use(printed?.path))).code).toBe('access.linkOver');
    expect(await link()).toBeNull();
    const { rows } = await app.owner.query('select hash from setup_links');
    expect(rows.some((row) => row.hash.includes(token(printed?.path)))).toBe(false);
  });

  it('lets that administrator hand out the links of the other two, while they have nobody', async () => {
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'xitong', password: good },
    });
    const cookie = [response.headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0])
      .join('; ');
    await app.owner.query(`update people set two_factor_enabled = true where username = 'xitong'`);
    const system = app.withCookie(cookie);
    const invited = await system.call(people.inviteAdministrator, { body: { role: 'security-administrator' } });
    await app.stranger.call(session.useLink, {
      body: { token: token(invited.link), username: 'anquan', name: '安全管理员乙', password: good },
    });
    const refused = await system.refused(people.inviteAdministrator, { body: { role: 'security-administrator' } });
    expect(refused.code).toBe('access.grantRefused');
    const { rows } = await app.owner.query(
      `select p.username, g.role_key from grants g join people p on p.id = g.person_id
        where g.revoked_at is null and g.role_key like '%-administrator' order by 1`,
    );
    expect(rows).toEqual([
      { username: 'anquan', role_key: 'security-administrator' },
      { username: 'xitong', role_key: 'system-administrator' },
    ]);
  });
});
