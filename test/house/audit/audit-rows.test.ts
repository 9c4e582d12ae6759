import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '#contract/index.ts';
import * as assignments from '#contract/people/assignments.ts';
import * as peopleImports from '#contract/people/import.ts';
import * as passWork from '#contract/people/pass-work.ts';
import * as people from '#contract/people/people.ts';
import * as requests from '#contract/people/requests.ts';
import * as roles from '#contract/people/roles.ts';
import * as sets from '#contract/people/sets.ts';
import type { AnyRoute } from '#contract/route.ts';
import * as ownData from '#contract/session/own-data.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import * as tokens from '#contract/session/tokens.ts';
import * as outgoing from '#contract/settings/outgoing.ts';
import * as retention from '#contract/settings/retention.ts';
import * as settings from '#contract/settings/settings.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { codeOf, nextCodeOf } from '#test/support/second-factor.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';
import { tidySessions } from '../../../src/server/features/session/session.job.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const address = '10.20.30.40';
const covered = new Set<string>();

/**
 * Calls, and expects that the act left one row in the audit (or the given number), by this person from this address.
 */
async function act(
  route: AnyRoute,
  action: string,
  by: () => string,
  given: {
    cookie?: string;
    params?: Record<string, string>;
    body?: object;
    rows?: number;
    /** What an act on many objects leaves for each of them, behind its own row. */
    each?: { readonly action: string; readonly rows: number };
  },
) {
  covered.add(route.name);
  const [before] = (await app.owner.query('select coalesce(max(id), 0) as id from audit_events')).rows;
  const response = await app.http.inject({
    method: route.method,
    url: route.path.replaceAll(/:(\w+)/g, (_, name: string) => given.params?.[name] ?? ''),
    remoteAddress: address,
    headers: given.cookie === undefined ? {} : { cookie: given.cookie },
    ...(given.body === undefined ? {} : { payload: given.body }),
  });
  expect(response.statusCode, `${route.name}: ${response.body}`).toBe(200);
  const lines = [response.headers['set-cookie'] ?? []].flat().filter((line) => !/Max-Age=0/i.test(line));
  const { rows } = await app.owner.query(
    'select action, actor_id as by, actor_name is not null as named, address from audit_events where id > $1 order by id',
    [before.id],
  );
  const row = { action, by: by(), named: true, address };
  const each = Array.from({ length: given.each?.rows ?? 0 }, () => ({ ...row, action: given.each?.action }));
  expect(rows, route.name).toEqual([...Array.from({ length: given.rows ?? 1 }, () => row), ...each]);
  return { reply: response.json(), cookie: lines.map((line) => line.split(';')[0]).join('; ') };
}

/** Adds a second 安全管理员, as every real installation has. */
async function addSecurityAdministrator() {
  const { personId } = await addPerson(app, app.clock.now);
  await app.owner.query(
    `insert into grants (id, person_id, role_key) values (gen_random_uuid(), $1, 'security-administrator')`,
    [personId],
  );
  await app.owner.query('update people set two_factor_enabled = true where id = $1', [personId]);
  return { personId, cookie: await openSession(app.owner, personId, app.clock.now) };
}

it('each write of administration leaves one row: the act, its person, its address', { timeout: 60_000 }, async () => {
  const [system, security] = [app.as('systemAdministrator'), app.as('securityAdministrator')];
  const bySystem = (route: AnyRoute, action: string, given: Parameters<typeof act>[3]) =>
    act(route, action, () => system.personId, { cookie: system.cookie, ...given });
  const bySecurity = (route: AnyRoute, action: string, given: Parameters<typeof act>[3]) =>
    act(route, action, () => security.personId, { cookie: security.cookie, ...given });
  const token = (link: string) => link.split('#')[1] ?? '';
  const [first, second] = ['Quanzhou-2025', 'Neues-Wort-2025'];

  const body = { name: '钱一', username: 'qianyi', first: 'link' };
  const { personId, link } = (await bySystem(people.create, 'person.created', { body })).reply;
  const params = { personId };
  const self = () => personId;
  await act(session.useLink, 'person.passwordChosen', self, { body: { token: token(link), password: first } });
  const roleAt = { role: 'section-officer', unitId: units.city.id, schoolId: null };
  await bySecurity(people.grantRole, 'role.granted', { params, body: roleAt });
  const typed = (password: string) => ({ body: { username: 'qianyi', password } });

  // The older session ends when the newer one begins: that is part of the act.
  await act(session.signIn, 'session.started', self, typed(first));
  let { cookie } = await act(session.signIn, 'session.started', self, typed(first));
  await act(session.changePassword, 'person.passwordChosen', self, { cookie, body: { current: first, next: second } });
  const number = { mobile: '13800001234', password: second };
  await act(ownData.askMobile, 'person.mobileAsked', self, { cookie, body: number });
  const newToken = { name: '系统', permissions: ['filing.read'], days: 1 };
  const { id } = (await act(tokens.create, 'token.created', self, { cookie, body: newToken })).reply;
  await act(tokens.revoke, 'token.revoked', self, { cookie, params: { tokenId: id } });
  const password = second;
  const bind = async () => {
    const begun = await act(session.enrolSecondFactor, 'person.secondFactorBegun', self, {
      cookie,
      body: { password },
    });
    const code = { code: codeOf(begun.reply.secret) };
    ({ cookie } = await act(session.confirmSecondFactor, 'person.secondFactorBound', self, { cookie, body: code }));
    return begun.reply.secret as string;
  };
  await bind();
  const removed = { cookie, body: { password } };
  ({ cookie } = await act(session.removeSecondFactor, 'person.secondFactorRemoved', self, removed));
  const secret = await bind();
  await act(session.signOut, 'session.ended', self, { cookie });
  const half = await act(session.signIn, '', self, { ...typed(second), rows: 0 });
  const code = { cookie: half.cookie, body: { code: nextCodeOf(secret) } };
  ({ cookie } = await act(session.passSecondFactor, 'session.started', self, code));
  await openSession(app.owner, personId, app.clock.now);
  const sessions = await app.withCookie(cookie).call(session.list);
  const other = sessions.rows.find((row) => !row.current)?.id ?? '';
  await act(session.end, 'session.ended', self, { cookie, params: { sessionId: other } });

  const grantId = (await app.withCookie(cookie).call(session.read)).posts[0]?.grantId ?? '';
  await act(session.choosePost, 'session.postChosen', self, { cookie, body: { grantId, standInId: null } });
  const until = dayInChina(app.clock.now);
  const toColleague = { personId: app.as('sectionOfficer').personId, until };
  const lent = await act(posts.giveStandIn, 'post.standInGiven', self, {
    cookie,
    params: { grantId },
    body: toColleague,
  });
  await act(posts.endStandIn, 'post.standInEnded', self, { cookie, params: { standInId: lent.reply.id } });

  const { rows: known } = await security.call(people.roles);
  const head = known.find((role) => role.key === 'school-head')!;
  const change = { ...head, role: head.key, reach: head.level, permissions: ['directory.read'] };
  const colleague = await addSecurityAdministrator();
  const proposed = async () => (await bySecurity(roles.propose, 'role.changeProposed', { body: change })).reply.id;
  const reason = { reason: '暂缓' };
  await bySecurity(roles.reject, 'role.changeRejected', { params: { changeId: await proposed() }, body: reason });
  const confirmed = { cookie: colleague.cookie, params: { changeId: await proposed() } };
  await act(roles.confirm, 'role.changed', () => colleague.personId, confirmed);

  const { revision: seen } = await system.call(people.read, { params });
  await bySystem(people.update, 'person.updated', { params, body: { name: '钱乙', phone: '1', revision: seen } });
  await bySystem(people.endSessions, 'person.sessionsEnded', { params });
  await bySystem(people.removeSecondFactor, 'person.secondFactorRemoved', { params });
  await bySystem(people.resetPassword, 'person.passwordReset', { params, body: { first: 'password' } });
  await bySystem(people.unlock, 'person.unlocked', { params });
  await bySecurity(people.setMobile, 'person.mobileSet', { params, body: { mobile: '13800001234' } });
  const inspector = app.as('idleInspector');
  const post = { personId: inspector.personId, grantId: inspector.grants[0]! };
  const days = { schoolId: schools.first.id, from: '2025-10-01', to: null };
  const given = await bySecurity(assignments.assign, 'assignment.given', { params: post, body: days });
  const assignmentId = given.reply.id;
  const [to] = app.as('inspector').grants;
  await app.owner.query('update grants set unit_id = (select unit_id from grants where id = $1) where id = $2', [
    post.grantId,
    to,
  ]);
  const handed = { params: post, body: { to, kinds: ['people.schools'] } };
  await bySecurity(passWork.passWork, 'person.workPassed', handed);
  await bySecurity(assignments.end, 'assignment.ended', { params: { ...post, assignmentId } });
  await app.owner.query(
    `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
     values (71, 'section', $1, $1, '督导科', '督导科', 'dd')`,
    [units.city.id],
  );
  await bySecurity(people.setSection, 'role.sectionChanged', { params: post, body: { sectionId: 71 } });
  await bySecurity(people.revokeRole, 'role.revoked', { params });
  await bySystem(people.setStatus, 'person.disabled', { params, body: { status: 'disabled' } });
  await bySystem(people.setStatus, 'person.enabled', { params, body: { status: 'active' } });
  const csv = (...lines: string[]) => {
    const bytes = new TextEncoder().encode(['姓名,用户名,电话,角色', ...lines].join('\n'));
    return { name: '名单.csv', bytes, size: bytes.length };
  };
  const file = csv('某,a-one,0595-1111,市局科室干部', '某,a-two,0595-2222,市局科室干部');
  const { importId } = await system.call(peopleImports.previewImport, { file });
  const each = { action: 'person.created', rows: 2 };
  const set = (await bySystem(peopleImports.confirmImport, 'postSet.proposed', { params: { importId }, each })).reply;
  const ofSet = { params: { setId: set.setId } };
  const { digest } = await security.call(sets.read, ofSet);
  const granting = { ...ofSet, body: { digest, except: [], refused: 0 } };
  await bySecurity(sets.grant, 'postSet.granted', { ...granting, each: { action: 'role.granted', rows: 2 } });
  await bySystem(sets.codes, 'postSet.codesMade', { ...ofSet, body: {} });
  await bySecurity(sets.sheets, 'postSet.linksMade', { ...ofSet, body: {} });
  const again = await system.call(peopleImports.previewImport, { file: csv('某,a-one,0595-1111,市级督导干部') });
  const rejected = await system.call(peopleImports.confirmImport, { params: { importId: again.importId } });
  await bySystem(sets.reject, 'postSet.rejected', { params: { setId: rejected.setId }, body: reason });
  const officer = { name: '某', phone: '0595-3333', role: 'section-officer' };
  const one = { action: 'person.created', rows: 1 };
  await bySystem(sets.propose, 'postSet.proposed', { body: officer, each: one });
  const request = { params, body: { act: 'password' } };
  const asked = (await bySystem(requests.propose, 'person.requestProposed', request)).reply;
  await bySecurity(requests.reject, 'person.requestRejected', { params: { requestId: asked.id }, body: reason });
  const anew = (await bySystem(requests.propose, 'person.requestProposed', request)).reply;
  await bySecurity(requests.confirm, 'person.requestConfirmed', { params: { requestId: anew.id } });
  const { access, revision } = await system.call(settings.read);
  await bySystem(settings.update, 'setting.updated', {
    body: { access: { ...access, idleMinutes: 20 }, revision },
  });
  const outside = { host: 'mail.example', port: 465 };
  const entered = { ...outside, mayBePrivate: false, purpose: '邮件服务器' };
  await bySystem(outgoing.addOutgoing, 'setting.outgoingAdded', { body: entered });
  await bySystem(outgoing.removeOutgoing, 'setting.outgoingRemoved', { body: outside });
  const notices = { kind: 'notices' };
  const term = { years: 6, basis: '本机关期限表第 3 条', revision: 1 };
  await bySystem(retention.changeTerm, 'setting.termChanged', { params: notices, body: term });
  const held = '某案复查';
  await bySystem(retention.holdRetention, 'setting.retentionHeld', { params: notices, body: { reason: held } });
  await bySystem(retention.liftRetention, 'setting.retentionLifted', { params: notices, body: { reason: held } });
  const own = await system.call(ownData.readOwn);
  await bySystem(ownData.correctOwn, 'person.updated', { body: { phone: '12345', revision: own.revision } });
  await app.owner.query(`update grants set revoked_at = now() where role_key = 'audit-administrator'`);
  await bySystem(people.inviteAdministrator, 'person.invited', { body: { role: 'audit-administrator' } });

  // Only reads, and writes nothing.
  const reading = ['people.previewImport', 'session.inspectLink'];
  const writes = routes.filter(
    (route) => /^(session|posts|people|roles|settings|tokens)\./.test(route.name) && route.method !== 'GET',
  );
  // They answer with a file; held by features/session/own-data.test.ts.
  const files = ['people.exportData', 'session.exportOwn'];
  expect([...covered, ...reading, ...files].sort()).toEqual(writes.map((route) => route.name).sort());
});

it('a write past the program is recorded too, and in nobody else’s name', async () => {
  const { personId } = app.as('clerk');
  await app.owner.query('update people set phone = $2 where id = $1', [personId, '110']);
  const { rows } = await app.owner.query(
    `select action, actor_id, actor_name, address, after from audit_events where object_id = $1 order by id desc limit 1`,
    [personId],
  );
  const name = (await app.owner.query('select session_user as name')).rows[0].name;
  expect(rows).toEqual([
    { action: 'person.updated', actor_id: null, actor_name: name, address: '127.0.0.1', after: { phone: '110' } },
  ]);
});

it('a write of better-auth beside our acts is recorded in the name of its owner', async () => {
  const { personId } = app.as('clerk');
  const auth = await app.services.auth.open();
  const { internalAdapter } = await auth.$context;
  await internalAdapter.updateUser(personId, { name: '改名' });
  const { rows } = await app.owner.query(
    `select action, actor_id, fields, after from audit_events where object_id = $1 order by id desc limit 1`,
    [personId],
  );
  expect(rows).toEqual([{ action: 'person.updated', actor_id: personId, fields: ['name'], after: { name: '改名' } }]);
});

/** The rows that an act left in the audit after the given row, oldest first. */
async function rowsSince(id: number) {
  const { rows } = await app.owner.query(
    `select action, actor_id as by, fields, after, transaction_id::text as transaction from audit_events
      where id > $1 order by id`,
    [id],
  );
  return rows;
}

const lastRow = async () =>
  (await app.owner.query('select coalesce(max(id), 0)::int as id from audit_events')).rows[0].id;

async function send(method: 'POST' | 'PUT', path: string, cookie: string, payload: object) {
  const reply = await app.http.inject({ method, url: `/api/session${path}`, headers: { cookie }, payload });
  const lines = [reply.headers['set-cookie'] ?? []].flat().filter((line) => !/Max-Age=0/i.test(line));
  return { body: reply.json(), cookie: lines.map((line) => line.split(';')[0]).join('; ') };
}

it('a second factor is bound and removed in the transaction of its row, and a used backup code is recorded', async () => {
  const { username, personId } = await addPerson(app, new Date());
  let { cookie } = await signInAs(app, username, good);
  const written = async (table: string, key: string) =>
    (await app.owner.query(`select xmin::text as xmin from ${table} where ${key} = $1`, [personId])).rows[0].xmin;

  let last = await lastRow();
  const begun = (await send('POST', '/second-factor/enrolment', cookie, { password: good })).body;
  expect(await rowsSince(last)).toMatchObject([
    { action: 'person.secondFactorBegun', transaction: await written('second_factors', 'user_id') },
  ]);

  last = await lastRow();
  ({ cookie } = await send('PUT', '/second-factor/enrolment', cookie, { code: codeOf(begun.secret) }));
  const bound = await written('people', 'id');
  expect(await written('second_factors', 'user_id')).toBe(bound);
  expect(await written('sessions', 'user_id')).toBe(bound);
  expect(await rowsSince(last)).toMatchObject([{ action: 'person.secondFactorBound', transaction: bound }]);

  const half = await signInAs(app, username, good);
  last = await lastRow();
  const backup = { kind: 'backup', code: begun.backupCodes[0] };
  ({ cookie } = await send('POST', '/second-factor', half.cookie, backup));
  expect(await rowsSince(last)).toMatchObject([
    { action: 'second-factor.updated', by: personId, fields: ['backup_codes'], after: {} },
    { action: 'session.started', by: personId, after: { by: 'backup' } },
  ]);

  last = await lastRow();
  await send('POST', '/second-factor/removal', cookie, { password: good });
  expect(await rowsSince(last)).toMatchObject([
    { action: 'person.secondFactorRemoved', transaction: await written('people', 'id') },
  ]);
});

it('the nightly clean-up leaves one row for all expired things, and none where nothing has expired', async () => {
  await tidySessions.run(app.services, { places: [] });
  const { personId } = app.as('clerk');
  const longAgo = new Date(app.clock.now.getTime() - 86_400_000);
  for (const _ of [1, 2]) await openSession(app.owner, personId, longAgo);
  const last = await lastRow();
  await tidySessions.run(app.services, { places: [] });
  expect(await rowsSince(last)).toMatchObject([
    { action: 'session.expired', by: null, after: { sessions: 2, verifications: 0 } },
  ]);
  await tidySessions.run(app.services, { places: [] });
  expect(await rowsSince(last)).toHaveLength(1);
});
