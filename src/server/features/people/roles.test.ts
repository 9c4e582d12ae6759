import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as people from '#contract/people/people.ts';
import * as roles from '#contract/people/roles.ts';
import * as session from '#contract/session/session.ts';
import { initialRolePermissions, type Permission, roleTitles } from '#domain/access/permissions.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';
import { applyRoleChanges } from './role-changes.job.ts';

let app: TestApp;
let second: TestPerson;
beforeAll(async () => {
  app = await openTestApp();
  const personId = randomUUID();
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
     values ($1, '安全员乙', 'second', 'second@people.invalid', $2, true)`,
    [personId, app.clock.now],
  );
  await app.owner.query(
    `insert into grants (id, person_id, role_key) values (gen_random_uuid(), $1, 'security-administrator')`,
    [personId],
  );
  second = app.withCookie(await openSession(app.owner, personId, app.clock.now));
});
afterAll(() => app.close());
beforeEach(() => app.owner.query(`delete from role_changes`));

const first = () => app.as('securityAdministrator');
async function roleNow(key: string) {
  return (await first().call(people.roles)).rows.find((role) => role.key === key)!;
}
type Body = Readonly<Record<string, unknown>>;
async function bodyOf(key: string, changed: Body = {}) {
  const role = await roleNow(key);
  const standing = { role: key, revision: role.revision, name: role.name, reach: role.level };
  return { ...standing, permissions: role.permissions, secondFactor: role.secondFactor, ...changed } as never;
}
const propose = async (key: string, changed: Body, by = first()) =>
  (await by.call(roles.propose, { body: await bodyOf(key, changed) })).id;
const refused = async (key: string, changed: Body) =>
  (await first().refused(roles.propose, { body: await bodyOf(key, changed) })).sentence;
const change = async (changeId: string) => (await first().call(roles.list)).rows.find((row) => row.id === changeId)!;

it('the code says of each role what the migration wrote', async () => {
  const { rows } = await app.owner.query(
    `select key, name, permissions from roles where key not like 'test-%' order by sort_order`,
  );
  expect(rows.map((row) => [row.key, row.name, row.permissions])).toEqual(
    Object.entries(initialRolePermissions).map(([key, held]) => [
      key,
      roleTitles[key as keyof typeof roleTitles],
      held,
    ]),
  );
});

describe('a change of a role', () => {
  it('waits for a second person, and holds from the confirmation on', async () => {
    const clerk = app.as('clerk');
    expect((await clerk.call(session.read)).permissions).toContain('filing.submit');
    const without: Permission[] = ['directory.read', 'filing.read', 'filing.fill', 'balance.read'];
    const id = await propose('school-clerk', { permissions: without });
    expect((await clerk.call(session.read)).permissions).toContain('filing.submit');
    const waits = [{ kind: 'people.roleChanges', count: 1, oldestDays: null, subject: null, parts: [] }];
    expect((await app.as('auditAdministrator').call(home.overview)).work).toEqual(waits);
    expect((await second.call(home.overview)).work).toEqual(expect.arrayContaining(waits));
    const seen = await change(id);
    expect([seen.state, seen.can]).toEqual(['waiting', { confirm: false, reject: true }]);
    expect(seen.effectiveAt).toBe('2025-10-16T02:00:00.000Z');
    expect((await first().refused(roles.confirm, { params: { changeId: id } })).sentence).toContain('自己提出');
    await second.call(roles.confirm, { params: { changeId: id } });
    expect((await clerk.call(session.read)).permissions).not.toContain('filing.submit');
    expect(await change(id)).toMatchObject({ state: 'confirmed', decidedBy: '安全员乙' });
    await second.call(roles.confirm, {
      params: { changeId: await propose('school-clerk', { permissions: [...without, 'filing.submit'] }) },
    });
  });

  it('is confirmed once by two who do it at once, and a reject beside it loses or wins whole', async () => {
    const id = await propose('section-officer', { permissions: ['directory.read', 'filing.read'] });
    const before = (await roleNow('section-officer')).revision;
    const answers = await Promise.allSettled([
      second.call(roles.confirm, { params: { changeId: id } }),
      second.call(roles.confirm, { params: { changeId: id } }),
      first().call(roles.reject, { params: { changeId: id }, body: { reason: '收回' } }),
    ]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    const { state } = await change(id);
    expect((await roleNow('section-officer')).revision).toBe(before + (state === 'confirmed' ? 1 : 0));
    const told = await app.owner.query(
      `select count(*)::int as n from audit_events where object_id = 'section-officer' and action in ('role.changed', 'role.changeRejected')`,
    );
    expect(told.rows).toEqual([{ n: 1 }]);
  });

  it('takes effect by itself after a day, and the audit records that nobody confirmed it', async () => {
    const id = await propose('county-officer', { name: '县级督导专干' });
    await applyRoleChanges.run(app.services, { places: [] });
    expect((await change(id)).state).toBe('waiting');
    const { now } = app.clock;
    app.clock.now = new Date(now.getTime() + 24 * 3_600_000);
    await applyRoleChanges.run(app.services, { places: [] });
    app.clock.now = now;
    expect((await change(id)).state).toBe('elapsed');
    expect((await roleNow('county-officer')).name).toBe('县级督导专干');
    const { rows } = await app.owner.query(
      `select actor_id, after ->> 'waited' as waited from audit_events where action = 'role.changed' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ actor_id: null, waited: 'true' }]);
  });

  it.each([
    [
      'the role was changed meanwhile',
      `update roles set revision = revision + 1 where key = 'school-head'`,
      '已被修改',
    ],
    [
      'the proposer was relieved',
      `update grants set revoked_at = now() where role_key = 'security-administrator'`,
      '不再担任',
    ],
  ])('is overtaken where %s', async (_, act, word) => {
    const id = await propose('school-head', { name: '学校校长' });
    await app.owner.query('begin');
    const { rows: granted } = await app.owner.query(
      `select id from grants where role_key = 'security-administrator' and revoked_at is null`,
    );
    await app.owner.query(act);
    await app.owner.query('commit');
    const { now } = app.clock;
    app.clock.now = new Date(now.getTime() + 24 * 3_600_000);
    await applyRoleChanges.run(app.services, { places: [] });
    app.clock.now = now;
    await app.owner.query('update grants set revoked_at = null where id = any($1)', [granted.map((row) => row.id)]);
    const seen = await change(id);
    expect([seen.state, seen.reason?.includes(word)]).toEqual(['overtaken', true]);
    expect((await roleNow('school-head')).name).toBe('校长');
  });

  it.each<readonly [string, string, Body, string]>([
    ['of a separated role', 'audit-administrator', { permissions: ['filing.read'] }, '三员分立'],
    ['that takes the second factor off', 'city-officer', { secondFactor: false }, '不能取消'],
    ['that moves a role elsewhere', 'county-officer', { reach: 'city' }, '管辖范围不能修改'],
    ['to a name that is taken', 'county-officer', { name: '校长' }, '已有名为'],
    ['that changes nothing', 'school-head', {}, '没有改动'],
  ])('%s is refused', async (_, key, changed, word) => {
    expect(await refused(key, changed)).toContain(word);
  });

  it('to a right of an administrator is refused, and so is a second one that waits', async () => {
    const wrong = await bodyOf('school-head', { permissions: ['people.manage'] });
    expect((await first().refused(roles.propose, { body: wrong })).code).toBe('request.invalid');
    await propose('school-head', { name: '校（园）长' });
    expect(await refused('school-head', { name: '园长' })).toContain('等待确认');
  });

  it('is refused if somebody has changed the role meanwhile', async () => {
    const old = await bodyOf('school-head', { revision: 77, name: '园长' });
    expect(await first().refused(roles.propose, { body: old })).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^角色“/) },
    });
  });
});

describe('a new role', () => {
  const body = {
    ...{ role: null, revision: 0, name: '县级数据员', reach: 'county' as const },
    ...{ permissions: ['filing.read' as const, 'filing.remind' as const], secondFactor: false },
  };
  it('exists from its confirmation on, is named everywhere and can be granted', async () => {
    const { id } = await first().call(roles.propose, { body });
    expect((await first().call(people.roles)).rows.map((role) => role.name)).not.toContain('县级数据员');
    await second.call(roles.confirm, { params: { changeId: id } });
    const made = (await first().call(people.roles)).rows.find((role) => role.name === '县级数据员')!;
    expect(made).toMatchObject({ level: 'county', separated: false, permissions: ['filing.read', 'filing.remind'] });
    const holders = await app.as('clerk').call(roles.names, { query: { permission: 'filing.remind' } });
    expect(holders.rows.map((row) => row.name)).toContain('县级数据员');
    const { personId } = app.as('roleless');
    const { unitId } = { unitId: 11 };
    await first().call(people.grantRole, { params: { personId }, body: { role: made.key, unitId, schoolId: null } });
    const cookie = await openSession(app.owner, personId, app.clock.now);
    const state = await app.withCookie(cookie).call(session.read);
    expect([state.role.name, state.permissions, state.unit?.id]).toEqual([
      '县级数据员',
      ['filing.read', 'filing.remind'],
      11,
    ]);
  });

  it('reaches no place that only a feature could assign', async () => {
    const wide = { body: { ...body, name: '专家', reach: 'campaign' as const } };
    expect((await first().refused(roles.propose, wide)).sentence).toContain('管辖范围只能是');
  });

  it('of more than thirty that wait, the oldest can be confirmed, and the others take effect by themselves', async () => {
    const { now } = app.clock;
    const ids: string[] = [];
    for (let index = 0; index < 32; index += 1) {
      app.clock.now = new Date(now.getTime() + index * 1000);
      ids.push((await first().call(roles.propose, { body: { ...body, name: `县级数据员${index}` } })).id);
    }
    const listed = (await first().call(roles.list)).rows.map((row) => row.id);
    expect(listed).toEqual([...ids].reverse());
    await second.call(roles.confirm, { params: { changeId: ids[0]! } });
    app.clock.now = new Date(now.getTime() + 25 * 3_600_000);
    await applyRoleChanges.run(app.services, { places: [] });
    app.clock.now = now;
    const { rows } = await app.owner.query(
      `select state, count(*)::int as n from role_changes group by state order by state`,
    );
    expect(rows).toEqual([
      { state: 'confirmed', n: 1 },
      { state: 'elapsed', n: 31 },
    ]);
    expect((await first().call(roles.list)).rows).toHaveLength(30);
  });
});
