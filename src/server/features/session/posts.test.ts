import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as orgUnits from '#contract/directory/units.ts';
import * as filings from '#contract/filings/filings.ts';
import * as people from '#contract/people/people.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import * as tokens from '#contract/session/tokens.ts';
import type { PostName } from '#domain/access/actor.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const own = (grantId: string | undefined): PostName => ({ grantId: grantId ?? '', standInId: null });
const threePosts = () => app.as('threePosts');
/** In the order of giving: school head, county officer, section officer. */
const postOf = (index: number) => own(threePosts().grants[index]);

describe('a person with three posts', () => {
  it('works in the post that each request names, side by side in one session', async () => {
    const [head, officer, section] = [0, 1, 2].map((index) => threePosts().inPost(postOf(index)));
    const states = await Promise.all([head!, officer!, section!].map((one) => one.call(session.read)));
    expect(states.map((state) => [state.role.key, state.unit?.id, state.school?.id ?? null])).toEqual([
      ['school-head', units.licheng.id, schools.first.id],
      ['county-officer', units.fengze.id, null],
      ['section-officer', units.city.id, null],
    ]);
    expect(states.map((state) => state.post)).toEqual([0, 1, 2].map(postOf));
    expect(states[0]!.posts.map((post) => [post.roleName, post.placeName, post.principalName])).toEqual([
      ['市局科室干部', '泉州市', null],
      ['县级督导干部', '丰泽区', null],
      ['校长', schools.first.name, null],
    ]);
  });

  it('must say which where a right is asked and none was chosen, and works in the chosen one from then on', async () => {
    const unsaid = app.withCookie(await openSession(app.owner, threePosts().personId, app.clock.now));
    const undecided = await unsaid.call(session.read);
    expect([undecided.post, undecided.permissions, undecided.posts.length]).toEqual([null, [], 3]);
    const contact = { params: { unitId: units.fengze.id }, body: { name: '王', phone: '0595-1' } };
    expect((await unsaid.refused(orgUnits.saveContact, contact)).code).toBe('access.postNeeded');
    await unsaid.call(session.choosePost, { body: postOf(1) });
    await unsaid.call(orgUnits.saveContact, contact);
    expect((await unsaid.call(session.read)).post).toEqual(postOf(1));
    // Switching ends no session, and the act stands in the audit under its post.
    await unsaid.call(session.choosePost, { body: postOf(2) });
    expect((await unsaid.refused(orgUnits.saveContact, contact)).code).toBe('access.denied');
    const { rows } = await app.owner.query(
      `select action, actor_role, post_id, after ->> 'role' as chosen from audit_events
        where actor_id = $1 and action in ('session.postChosen', 'unit.contactSaved') order by id`,
      [threePosts().personId],
    );
    expect(rows).toEqual([
      { action: 'session.postChosen', actor_role: '', post_id: null, chosen: 'county-officer' },
      {
        action: 'unit.contactSaved',
        actor_role: 'county-officer',
        post_id: threePosts().grants[1],
        chosen: null,
      },
      {
        action: 'session.postChosen',
        actor_role: 'county-officer',
        post_id: threePosts().grants[1],
        chosen: 'section-officer',
      },
    ]);
  });

  it('says the post of a link in its address, because the browser sends no header with it', async () => {
    const read = async (post: string) =>
      app.http.inject({ method: 'GET', url: `/api/session?post=${post}`, headers: { cookie: threePosts().cookie } });
    expect((await read(threePosts().grants[1]!)).json().role.key).toBe('county-officer');
    expect((await read('nonsense')).json().code).toBe('access.postChanged');
  });

  it.each([
    ['of somebody else', () => own(app.as('head').grants[0])],
    ['for whose holder she does not stand in', () => app.as('standIn').post!],
    ['that never was', () => own('00000000-0000-4000-8000-000000000000')],
  ])('is refused a post %s, with 409 and nothing done', async (_, post) => {
    const refusal = await threePosts().inPost(post()).refused(session.read);
    expect([refusal.status, refusal.code]).toEqual([409, 'access.postChanged']);
    const chosen = await threePosts().refused(session.choosePost, { body: post() });
    expect(chosen.code).toBe('access.postChanged');
  });
});

describe('the rights of the post at work', () => {
  it.each([
    ['idleInspector', false],
    ['inspector', true],
    ['clerk', true],
    ['roleless', true],
  ] as const)('of %s name who grants them, and whether something is assigned: %j', async (member, assigned) => {
    const answer = await app.as(member).call(session.rights);
    expect(answer.assigned).toBe(assigned);
    expect(answer.grantors.map(({ name }) => name)).toEqual(['安全员']);
    expect(answer.managers.map(({ name }) => name)).toEqual(['系统员']);
    expect(answer.openers.map(({ name }) => name)).toEqual(['市督导']);
  });
});

describe('a token', () => {
  it('belongs to one post, and ends with it', async () => {
    const { personId, grants } = app.as('threePosts');
    const { token } = await threePosts()
      .inPost(postOf(2))
      .call(tokens.create, { body: { name: '科室', permissions: ['filing.read'], days: 1 } });
    const bearer = app.withToken(token);
    expect(await bearer.call(session.read)).toMatchObject({ role: { key: 'section-officer' }, post: postOf(2) });
    const read = async (post: string) =>
      app.http.inject({
        method: 'GET',
        url: '/api/session',
        headers: { authorization: `Bearer ${token}`, 'x-dudao-post': post },
      });
    expect((await read(grants[2]!)).statusCode).toBe(200);
    expect((await read(grants[0]!)).json().code).toBe('access.postChanged');
    const { rows } = await threePosts().call(tokens.list);
    expect(rows).toMatchObject([{ post: { roleName: '市局科室干部', placeName: '泉州市' }, state: 'active' }]);
    await app
      .as('securityAdministrator')
      .call(people.revokeRole, { params: { personId }, query: { grantId: grants[2]! } });
    expect((await bearer.refused(session.read)).code).toBe('session.missing');
    // The session ended; the two posts that are left still hold.
    const again = app.withCookie(await openSession(app.owner, personId, app.clock.now));
    expect((await again.call(session.read)).posts).toHaveLength(2);
  });

  it('is not made for a post that is lent', async () => {
    const body = { name: 't', permissions: ['filing.read' as const], days: 1 };
    expect((await app.as('standIn').refused(tokens.create, { body })).code).toBe('access.ownPostOnly');
  });
});

describe('standing in', () => {
  const director = () => app.as('countyDirector');
  const officer = () => app.as('countyOfficer');
  const grantId = () => director().grants[0]!;
  const give = (personId: string, until: string) => ({ params: { grantId: grantId() }, body: { personId, until } });
  let standInId = '';
  const lent = (): PostName => ({ grantId: grantId(), standInId });
  beforeEach(async () => {
    await app.owner.query('update stand_ins set ended_at = now() where grant_id = $1 and ended_at is null', [
      grantId(),
    ]);
    standInId = (await director().call(posts.giveStandIn, give(officer().personId, '2025-10-16'))).id;
  });

  it('is given to a colleague of the same place, who acts with both names', async () => {
    const { rows } = await director().call(posts.colleagues, { params: { grantId: grantId() } });
    expect(rows).toEqual([{ id: officer().personId, name: '鲤城督导', roles: '县级督导干部' }]);
    const state = await officer().inPost(lent()).call(session.read);
    expect(state).toMatchObject({ role: { key: 'county-director' }, unit: { id: units.licheng.id }, post: lent() });
    expect(state.posts.map((post) => [post.roleName, post.principalName, post.until])).toEqual([
      ['县级督导干部', null, null],
      ['县级督导室主任', '鲤城主任', '2025-10-16'],
    ]);
    await officer()
      .inPost(lent())
      .call(orgUnits.saveContact, { params: { unitId: units.licheng.id }, body: { name: '李', phone: '0595-2' } });
    const audit = await app.owner.query(
      `select actor_name, actor_role, post_id, stand_in_id, stand_in_for, stand_in_for_name from audit_events
        order by id desc limit 1`,
    );
    expect(audit.rows).toEqual([
      {
        actor_name: '鲤城督导',
        actor_role: 'county-director',
        post_id: grantId(),
        stand_in_id: standInId,
        stand_in_for: director().personId,
        stand_in_for_name: '鲤城主任',
      },
    ]);
  });

  it.each([
    ['oneself', () => give(director().personId, '2025-10-20'), '本人'],
    ['somebody elsewhere', () => give(app.as('otherOfficer').personId, '2025-10-20'), '同一单位'],
    ['an administrator', () => give(app.as('systemAdministrator').personId, '2025-10-20'), '不得代办'],
    ['a day that is past', () => give(officer().personId, '2025-10-14'), '已经过去'],
    ['more than a year', () => give(officer().personId, '2026-10-20'), '最长一年'],
  ])('is not given to %s', async (_, input, word) => {
    const refusal = await director().refused(posts.giveStandIn, input());
    expect([refusal.code, refusal.sentence.includes(word)]).toEqual(['access.standInRefused', true]);
  });

  it('is given by the 安全管理员 for a holder who is absent, and both are told', async () => {
    await director().call(posts.endStandIn, { params: { standInId } });
    const security = app.as('securityAdministrator');
    const { id } = await security.call(posts.giveStandIn, give(officer().personId, '2025-10-16'));
    const own = (await director().call(posts.list)).posts.find((post) => post.grantId === grantId());
    expect(own?.standIns.map((one) => [one.id, one.personName, one.until])).toEqual([[id, '鲤城督导', '2025-10-16']]);
    const holder = await director().call(session.read);
    expect(holder.given).toEqual([{ id, personName: '鲤城督导', roleName: '县级督导室主任', until: '2025-10-16' }]);
    const colleague = await officer().call(session.read);
    expect(colleague.given).toEqual([]);
    const lentTo = colleague.posts.filter((post) => post.principalName !== null);
    expect(lentTo.map((post) => [post.standInId, post.principalName])).toEqual([[id, '鲤城主任']]);
    const { rows } = await app.owner.query(
      `select actor_name from audit_events where action = 'post.standInGiven' and after ->> 'standIn' = $1`,
      [id],
    );
    expect(rows).toEqual([{ actor_name: '安全员' }]);
  });

  it('is not given in a separated role, nor on, nor by a stranger to the post', async () => {
    const [system] = app.as('systemAdministrator').grants;
    const body = { personId: officer().personId, until: '2025-10-20' };
    const separated = { params: { grantId: system! }, body };
    expect((await app.as('systemAdministrator').refused(posts.giveStandIn, separated)).sentence).toContain(
      '不能由他人代办',
    );
    const on = { params: { grantId: grantId() }, body: { personId: app.as('head').personId, until: '2025-10-20' } };
    expect((await officer().inPost(lent()).refused(posts.giveStandIn, on)).code).toBe('thing.notFound');
    expect((await app.as('otherDirector').refused(posts.giveStandIn, on)).code).toBe('thing.notFound');
  });

  it('is not given from one campaign to another: neither has a place that the other could share', async () => {
    const [campaignPost] = app.as('expert').grants;
    const input = {
      params: { grantId: campaignPost! },
      body: { personId: app.as('agency').personId, until: '2025-10-20' },
    };
    expect((await app.as('expert').refused(posts.giveStandIn, input)).code).toBe('access.standInRefused');
  });

  it('does not cover what the stand-in does with the own account: it is recorded with one name and no post', async () => {
    const { rows: before } = await app.owner.query('select max(id) as id from audit_events');
    await officer().inPost(lent()).call(session.choosePost, { body: lent() });
    const [ownGrant] = officer().grants;
    const given = await officer()
      .inPost(lent())
      .call(posts.giveStandIn, {
        params: { grantId: ownGrant! },
        body: { personId: director().personId, until: '2025-10-16' },
      });
    await officer()
      .inPost(lent())
      .call(posts.endStandIn, { params: { standInId: given.id } });
    const wrong = { current: 'wrong', next: 'Quanzhou-2026' };
    expect((await officer().inPost(lent()).refused(session.changePassword, { body: wrong })).code).toBe(
      'access.passwordWrong',
    );
    const { rows } = await app.owner.query(
      `select action, actor_name, actor_role, post_id, stand_in_id, stand_in_for, stand_in_for_name from audit_events
        where id > $1 order by id`,
      [before[0].id],
    );
    const oneself = { actor_name: '鲤城督导', actor_role: '', post_id: null };
    const noPrincipal = { stand_in_id: null, stand_in_for: null, stand_in_for_name: null };
    expect(rows).toEqual(
      ['session.postChosen', 'post.standInGiven', 'post.standInEnded', 'session.refused'].map((action) => ({
        ...{ action, ...oneself, ...noPrincipal },
      })),
    );
  });

  it('holds to the end of its last day in China, and no moment longer', async () => {
    const { now } = app.clock;
    const at = async (moment: string) => {
      app.clock.now = new Date(moment);
      await app.owner.query('update sessions set last_seen_at = $1 where user_id = $2', [
        app.clock.now,
        officer().personId,
      ]);
      const cookie = await openSession(app.owner, officer().personId, app.clock.now);
      const reply = await app.http.inject({
        method: 'GET',
        url: '/api/session',
        headers: { cookie, 'x-dudao-post': `${grantId()}.${standInId}` },
      });
      return reply.json().code ?? reply.json().role.key;
    };
    expect(await at('2025-10-16T15:59:59Z')).toBe('county-director');
    expect(await at('2025-10-16T16:00:00Z')).toBe('access.postChanged');
    app.clock.now = now;
  });

  it.each([
    ['the holder', () => director()],
    ['the stand-in', () => officer()],
    ['the 安全管理员', () => app.as('securityAdministrator')],
  ])('is ended early by %s, and the next request is told', async (_, who) => {
    await who().call(posts.endStandIn, { params: { standInId } });
    expect((await officer().inPost(lent()).refused(session.read)).code).toBe('access.postChanged');
    expect((await who().refused(posts.endStandIn, { params: { standInId } })).code).toBe('thing.notFound');
  });

  it('is not ended by others', async () => {
    expect((await app.as('head').refused(posts.endStandIn, { params: { standInId } })).code).toBe('thing.notFound');
  });

  it('asks a stand-in for the second factor of the role', async () => {
    const { personId, grants } = app.as('sectionOfficer');
    const city = app.as('cityOfficer');
    const { id } = await city.call(posts.giveStandIn, {
      params: { grantId: city.grants[0]! },
      body: { personId, until: '2025-10-20' },
    });
    const asCity = app.as('sectionOfficer').inPost({ grantId: city.grants[0]!, standInId: id });
    expect((await asCity.refused(filings.list)).code).toBe('access.secondFactor');
    expect(await asCity.call(session.read)).toMatchObject({ mustEnrolSecondFactor: true });
    // Nor can one person alone take over his account while he could act as the city.
    const system = app.as('systemAdministrator');
    const reset = { params: { personId }, body: { first: 'password' as const } };
    expect((await system.refused(people.resetPassword, reset)).code).toBe('access.roleHeld');
    await app.as('sectionOfficer').inPost(own(grants[0])).call(filings.list);
  });

  it('ends with the post while the stand-in acts, whichever is first', async () => {
    const { personId } = director();
    const security = app.as('securityAdministrator');
    const lentPost = lent();
    const acts = await Promise.allSettled([
      security.call(people.revokeRole, { params: { personId } }),
      ...[1, 2, 3].map(() => officer().inPost(lentPost).call(session.read)),
    ]);
    expect(acts[0]!.status).toBe('fulfilled');
    expect((await officer().inPost(lentPost).refused(session.read)).code).toBe('access.postChanged');
    const { rows } = await app.owner.query('select ended_at is not null as ended from stand_ins where id = $1', [
      standInId,
    ]);
    expect(rows).toEqual([{ ended: true }]);
  });
});

describe('a session that ends with a change of posts', () => {
  it('says so at the next request, and does not hinder the next sign-in', async () => {
    const security = app.as('securityAdministrator');
    const { personId } = app.as('roleless');
    const asked = (cookie: string) => app.withCookie(cookie).refused(session.read);
    const before = await openSession(app.owner, personId, app.clock.now);
    const body = { role: 'county-officer', unitId: units.fengze.id, schoolId: null };
    await security.call(people.grantRole, { params: { personId }, body });
    // Whoever held no post loses nothing: the session goes on, and works in the post.
    const first = await app.withCookie(before).call(session.read);
    expect(first).toMatchObject({ role: { key: 'county-officer' } });
    expect(first.permissions).toContain('filing.fill');
    app.clock.now = new Date(app.clock.now.getTime() + 1000);
    const second = { role: 'section-officer', unitId: units.city.id, schoolId: null };
    await security.call(people.grantRole, { params: { personId }, body: second });
    expect(await asked(before)).toMatchObject({
      ...{ status: 401, code: 'session.postsChanged' },
      sentence: '您获得了市局科室干部（泉州市）的岗位，请重新登录。',
    });
    const wrong = { body: { username: 'nobody.here', password: 'x' } };
    expect((await app.withCookie(before).refused(session.signIn, wrong)).code).not.toBe('session.postsChanged');

    app.clock.now = new Date(app.clock.now.getTime() + 1000);
    const after = await openSession(app.owner, personId, app.clock.now);
    for (const { grantId } of (await security.call(people.read, { params: { personId } })).posts) {
      await security.call(people.revokeRole, { params: { personId }, query: { grantId } });
    }
    expect((await asked(after)).sentence).toBe(
      '您不再担任市局科室干部（泉州市），不再担任县级督导干部（丰泽区），请重新登录。',
    );

    const other = await openSession(app.owner, personId, app.clock.now);
    await app.as('systemAdministrator').call(people.endSessions, { params: { personId } });
    expect((await asked(other)).code).toBe('session.missing');
  });
});

describe('two who grant at once', () => {
  it('cannot bring a separated role and business to one person', async () => {
    const security = app.as('securityAdministrator');
    const { personId } = app.as('roleless');
    const answers = await Promise.allSettled([
      security.call(people.grantRole, {
        params: { personId },
        body: { role: 'audit-administrator', unitId: null, schoolId: null },
      }),
      security.call(people.grantRole, {
        params: { personId },
        body: { role: 'county-officer', unitId: units.licheng.id, schoolId: null },
      }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await app.owner.query('select 1 from grants where person_id = $1 and revoked_at is null', [
      personId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('give one post once', async () => {
    const { personId } = app.as('expert');
    const grant = { params: { personId }, body: { role: 'school-clerk', unitId: null, schoolId: schools.junior.id } };
    const answers = await Promise.allSettled(
      [1, 2].map(() => app.as('securityAdministrator').call(people.grantRole, grant)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
