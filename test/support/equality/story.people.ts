import { codeOf, nextCodeOf } from '../second-factor.ts';
import type { Story, Told } from './story.ts';

const [first, second] = ['Quanzhou-2025', 'Luojiang+2026'];

/**
 * Accounts, roles, sessions, second factor, tokens, settings: the acts of the three administrators, and of each person
 * for himself.
 */
export async function tellPeople(story: Story): Promise<void> {
  await accounts(story);
  await signingIn(story);
  await roles(story);
  await lists(story);
  await tokens(story);
  await settings(story);
  await audit(story);
}

const person = '{new person}';

async function accounts({ step, stage }: Story): Promise<void> {
  const made = await step('an account by link', 'system', 'POST /api/people', {
    body: { name: '林新来', username: 'newcomer', phone: '0595-22000002', first: 'link' },
  });
  stage.learn('new person', made.personId);
  await step('the name is taken', 'system', 'POST /api/people', {
    body: { name: '林二', username: 'NEWCOMER', first: 'link' },
  });
  await step('an account by password', 'system', 'POST /api/people', {
    body: { name: '林三', username: 'third', first: 'password' },
  });
  const token = String(made.link).split('#')[1];
  await step('the link is looked at', null, 'POST /api/set-up/inspection', { body: { token } });
  await step('a password too weak', null, 'POST /api/set-up', { body: { token, password: '12345678' } });
  await step('the link is used', null, 'POST /api/set-up', { body: { token, password: first } });
  await step('the link is used up', null, 'POST /api/set-up', { body: { token, password: first } });
  await step('the account is changed', 'system', `PATCH /api/people/${person}`, {
    body: { name: '林新来的', phone: null, revision: 2 },
  });
  await step('the page is no longer true', 'system', `PATCH /api/people/${person}`, {
    body: { name: '林', phone: null, revision: 1 },
  });
  await step('the account', 'system', `GET /api/people/${person}`);
}

/** The cookies that a browser keeps. */
const kept = (told: Told) =>
  (told.cookies as string[])
    .filter((line) => !/Max-Age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ');

async function signingIn({ step, stage }: Story): Promise<void> {
  const signIn = (title: string, password: string) =>
    step(title, null, 'POST /api/session', { body: { username: 'newcomer', password } });
  await signIn('a wrong password', 'wrong');
  let cookie = kept(await signIn('the right password', first!));
  const own = (title: string, request: string, body?: object) => step(title, null, request, { cookie, body });
  await own('who has no role', 'GET /api/session');
  await own('their desk', 'GET /api/home/overview');
  await own('their sessions', 'GET /api/sessions');
  await own('the old password is wrong', 'PUT /api/session/password', { current: 'wrong', next: second });
  await own('the same password', 'PUT /api/session/password', { current: first, next: first });
  await own('a new password', 'PUT /api/session/password', { current: first, next: second });
  const bound = await own('a telephone is to be bound', 'POST /api/session/second-factor/enrolment', {
    password: second,
  });
  await own('a wrong code', 'PUT /api/session/second-factor/enrolment', { code: '000000' });
  const confirmed = await own('it is bound', 'PUT /api/session/second-factor/enrolment', {
    code: codeOf(bound.secret),
  });
  cookie = kept(confirmed);
  const half = kept(await signIn('the password is half the way', second!));
  const pass = (title: string, body: object, withCookie = half) =>
    step(title, null, 'POST /api/session/second-factor', { cookie: withCookie, body });
  await pass('a wrong second step', { code: '000000' });
  cookie = kept(await pass('the second step', { code: nextCodeOf(bound.secret) }));
  const backup = kept(await signIn('once more', second!));
  cookie = kept(await pass('by a backup code', { kind: 'backup', code: bound.backupCodes[0] }, backup));
  await own('the session', 'GET /api/session');
  await own('no password, no unbinding', 'POST /api/session/second-factor/removal', { password: 'wrong' });
  cookie = kept(await own('it is unbound', 'POST /api/session/second-factor/removal', { password: second }));
  const { rows } = await own('their sessions afterwards', 'GET /api/sessions');
  stage.learn('session', rows[0].id);
  await own('a session that there is not', 'DELETE /api/sessions/00000000-0000-7000-8000-000000000000');
  await own('a session is ended', 'DELETE /api/sessions/{session}');
  cookie = kept(await signIn('in again', second!));
  const again = await own('another telephone', 'POST /api/session/second-factor/enrolment', { password: second });
  cookie = kept(await own('bound too', 'PUT /api/session/second-factor/enrolment', { code: codeOf(again.secret) }));
  await own('leaving', 'DELETE /api/session');
  await own('gone', 'GET /api/session');
  await step('the telephone is lost', 'system', `DELETE /api/people/${person}/second-factor`);
}

/** The inspector of the sample is given a third school of the unit that appoints. */
async function assignments({ step, stage }: Pick<Story, 'step' | 'stage'>): Promise<void> {
  const inspector = '/api/people/{person inspector-350504}';
  const { posts } = await step('the inspector', 'security', `GET ${inspector}`);
  stage.learn('inspecting post', posts[0].grantId);
  const path = `${inspector}/posts/{inspecting post}/assignments`;
  const { rows } = await step('the schools of a unit', 'security', 'GET /api/people/places?level=school&within=5');
  const body = { schoolId: rows[0].schoolId, from: '2025-09-01', to: null };
  const { id } = await step('a school is assigned', 'security', `POST ${path}`, { body });
  stage.learn('assignment', id);
  await step('it is assigned already', 'security', `POST ${path}`, { body });
  await step('what is assigned', 'system', `GET ${path}`);
  await step('it is ended', 'security', `DELETE ${path}/{assignment}`);
}

async function roles({ step, stage }: Story): Promise<void> {
  const grant = (title: string, who: string, role: string, unitId: number | null, schoolId: number | null = null) =>
    step(title, who, `PUT /api/people/${person}/grant`, { body: { role, unitId, schoolId } });
  await grant('a role is given', 'security', 'county-officer', 5);
  await grant('a role that there is not', 'security', 'nobody', 5);
  await grant('a role at the wrong place', 'security', 'school-head', 5);
  await grant('not by the other administrator', 'system', 'county-officer', 5);
  await grant('another role', 'security', 'school-clerk', 5, 109);
  const { posts } = await step('the account with its roles', 'security', `GET /api/people/${person}`);
  stage.learn('first post', posts[0].grantId);
  stage.learn('second post', posts[1].grantId);
  await step('one of two posts must be named', 'security', `DELETE /api/people/${person}/grant`);
  await step('the role is taken', 'security', `DELETE /api/people/${person}/grant?grantId={first post}`);
  await step('the other role is taken too', 'security', `DELETE /api/people/${person}/grant?grantId={second post}`);
  await step('there is none to take', 'security', `DELETE /api/people/${person}/grant`);
  await step('the last of the three stays', 'security', 'DELETE /api/people/{person audit}/grant');
  await assignments({ step, stage });
  await step('the password is reset', 'system', `POST /api/people/${person}/password`, { body: { first: 'link' } });
  await step('to a shown one', 'system', `POST /api/people/${person}/password`, { body: { first: 'password' } });
  await step('whose role takes two', 'system', 'POST /api/people/{person security}/password', {
    body: { first: 'link' },
  });
  await step('sessions are ended', 'system', 'DELETE /api/people/{person section}/sessions');
  stage.signInAgain('section');
  await step('a lock is lifted', 'system', `POST /api/people/${person}/unlock`);
  await step('nothing is bound', 'system', `DELETE /api/people/${person}/second-factor`);
  await step('an account is closed', 'system', `PUT /api/people/${person}/status`, { body: { status: 'disabled' } });
  await step('a closed account gets no role', 'security', `PUT /api/people/${person}/grant`, {
    body: { role: 'county-officer', unitId: 5, schoolId: null },
  });
  await step('an account is opened', 'system', `PUT /api/people/${person}/status`, { body: { status: 'active' } });
  await step('an administrator is invited', 'system', 'POST /api/people/administrators', {
    body: { role: 'audit-administrator' },
  });
}

async function lists({ step, stage }: Story): Promise<void> {
  const csv = (text: string) => ({ upload: { name: '人员.csv', bytes: new TextEncoder().encode(text) } });
  const preview = 'POST /api/people-imports';
  const wrong = await step(
    'a list with faults',
    'system',
    preview,
    csv('姓名,用户名,电话,角色\n,a,,\n李一,city,x,校长\n李二,newone,0595,市局科室干部\n李三,newone,,科长\n'),
  );
  stage.learn('faulty list', wrong.importId);
  await step('the list is opened again', 'system', 'GET /api/people-imports/{faulty list}');
  await step('the marked list', 'system', 'GET /api/people-imports/{faulty list}/workbook');
  await step('a list without its heading', 'system', preview, csv('名字,电话\n李一,1\n'));
  const list = await step(
    'a list in order',
    'system',
    preview,
    csv('用户名,姓名,电话,角色\nlistone,李一,0595-1,市局科室干部\nlisttwo,李二,0595-2,市局科室干部\n'),
  );
  stage.learn('list', list.importId);
  await step('all of the list', 'system', 'POST /api/people-imports/{list}/confirmation');
  await step('not twice', 'system', 'POST /api/people-imports/{list}/confirmation');
  await step('people afterwards', 'system', 'GET /api/people?pageSize=10&mark=no-role');
  await step('roles afterwards', 'security', 'GET /api/roles');
}

async function tokens({ step, stage }: Story): Promise<void> {
  const create = (title: string, permissions: string[]) =>
    step(title, 'officer-350504', 'POST /api/tokens', { body: { name: '统计系统', permissions, days: 30 } });
  await create('more than one’s own', ['filing.accept']);
  await create('what no token may', ['audit.read']);
  const { id, token } = await create('a token', ['filing.read']);
  stage.learn('token', id);
  await step('it reads', null, 'GET /api/filings?pageSize=1&sort=code', { bearer: token });
  await step('it does no more', null, 'GET /api/balance/overview', { bearer: token });
  await step('it makes no other', null, 'POST /api/tokens', {
    bearer: token,
    body: { name: '二', permissions: ['filing.read'], days: 1 },
  });
  await step('it is revoked', 'officer-350504', 'DELETE /api/tokens/{token}');
  await step('it reads no more', null, 'GET /api/filings', { bearer: token });
  await step('tokens afterwards', 'officer-350504', 'GET /api/tokens');
}

async function settings({ step, look }: Story): Promise<void> {
  const { access, revision } = await look('system', 'GET /api/settings');
  const update = (title: string, change: object, seen = revision) =>
    step(title, 'system', 'PUT /api/settings', { body: { access: { ...access, ...change }, revision: seen } });
  await update('beyond the norm', { passwordDays: 365 });
  await update('settings are changed', { passwordDays: 60, idleMinutes: 20 });
  await update('the page is no longer true', { passwordDays: 30 });
  await step('settings afterwards', 'system', 'GET /api/settings');
}

/** Everything of this story that the audit administrator sees. */
async function audit({ step }: Story): Promise<void> {
  const queries = [
    ...['', 'pageSize=200', 'action=filing&pageSize=5', 'action=person.created', 'actor=city&pageSize=5', 'unitId=6'],
    ...[
      'objectType=school&pageSize=5',
      'objectType=balance-run',
      'field=图书册数',
      'objectId=3',
      'actor=吴福燕&page=2',
    ],
    ...['address=127.0.0&pageSize=5', 'address=10.', 'from=2000-01-01&to=2000-01-02', 'from=2000-01-01&pageSize=5'],
  ];
  for (const query of queries) await step('the audit', 'audit', `GET /api/audit?${query}`);
  await step('the audit as a table', 'audit', 'GET /api/audit/download');
  await step('the chain', 'audit', 'GET /api/audit/verification');
}
