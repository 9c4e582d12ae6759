import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import * as sets from '#contract/people/sets.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import { askingEach } from '#core/access/session/session.store.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';

/** Sections of the tests: two of the city, one of a county. */
const sections = { inspection: 71, planning: 72, county: 73 };

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
  for (const [id, place, name] of [
    [sections.inspection, units.city.id, '督导科'],
    [sections.planning, units.city.id, '计财科'],
    [sections.county, units.licheng.id, '督导股'],
  ] as const) {
    await app.owner.query(
      `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
       values ($1, 'section', $2, $2, $3, $3, 'x')`,
      [id, place, name],
    );
  }
});
afterAll(() => app.close());

const security = () => app.as('securityAdministrator');
const system = () => app.as('systemAdministrator');
const grantOf = (member: Member) => app.as(member).grants[0]!;
const move = (member: Member, sectionId: number | null) => ({
  params: { personId: app.as(member).personId, grantId: grantOf(member) },
  body: { sectionId },
});
const postsOf = async (personId: string) => (await security().call(people.read, { params: { personId } })).posts;
/** The section of the post at work, as the look-up of the session finds it. */
const sectionAtWork = async (member: Member) => {
  const { cookie, post } = app.as(member);
  const cookieToken = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
  const credential = { cookieToken, ...(post === null ? {} : { post }) };
  const signed = await app.services.lookUp(askingEach(app.services.pool), credential, app.clock.now);
  return signed?.actor.sectionId;
};

describe('the section of a post', () => {
  it('is offered below the unit alone', async () => {
    const offered = async (within: number) =>
      (await security().call(people.places, { query: { level: 'section', within } })).rows.map(({ name }) => name);
    expect(await offered(units.city.id)).toEqual(['督导科', '计财科']);
    expect(await offered(units.licheng.id)).toEqual(['督导股']);
    expect(await offered(units.fengze.id)).toEqual([]);
  });

  it('is granted with the post where it stands below the unit, and not otherwise', async () => {
    const { personId } = app.as('roleless');
    const give = (sectionId: number | null, unitId: number = units.city.id) => ({
      params: { personId },
      body: { role: 'section-officer', unitId, schoolId: null, sectionId },
    });
    const refusal = await security().refused(people.grantRole, give(sections.county));
    expect([refusal.code, refusal.sentence]).toEqual([
      'access.grantRefused',
      expect.stringContaining('督导股不在这个岗位的单位之下'),
    ]);
    expect((await security().refused(people.grantRole, give(9999))).code).toBe('thing.notFound');
    await security().call(people.grantRole, give(sections.inspection));
    expect((await postsOf(personId)).map((post) => [post.unitName, post.sectionName, post.sectionLapsed])).toEqual([
      ['泉州市', '督导科', false],
    ]);
    expect((await security().refused(people.grantRole, give(null))).sentence).toContain('已有这个岗位');
    // The same role in a second section is a second post.
    await security().call(people.grantRole, give(sections.planning));
    expect((await postsOf(personId)).map(({ sectionName }) => sectionName)).toEqual(['督导科', '计财科']);
    const { rows } = await app.owner.query(
      `select after ->> 'section' as section from audit_events where action = 'role.granted' and object_id = $1 order by id`,
      [personId],
    );
    expect(rows).toEqual([{ section: '督导科' }, { section: '计财科' }]);
  });

  it('is changed without ending anything, is known at the next request, and both sections stand in the audit', async () => {
    const officer = app.as('sectionOfficer');
    expect(await sectionAtWork('sectionOfficer')).toBeNull();
    await security().call(people.setSection, move('sectionOfficer', sections.inspection));
    await security().call(people.setSection, move('sectionOfficer', sections.planning));
    expect(await sectionAtWork('sectionOfficer')).toBe(sections.planning);
    const state = await officer.call(session.read);
    expect([state.unit?.id, state.posts.map(({ placeName }) => placeName)]).toEqual([units.city.id, ['泉州市 计财科']]);
    expect((await officer.call(posts.list)).posts.map(({ placeName }) => placeName)).toEqual(['泉州市 计财科']);
    const again = await security().refused(people.setSection, move('sectionOfficer', sections.planning));
    expect(again.code).toBe('thing.nothingChanges');
    expect((await security().refused(people.setSection, move('head', sections.county))).sentence).toContain(
      '不要选择科室',
    );
    expect((await system().refused(people.setSection, move('sectionOfficer', null))).code).toBe('access.denied');
    const { rows } = await app.owner.query(
      `select before ->> 'section' as before, after ->> 'section' as after from audit_events
        where action = 'role.sectionChanged' order by id`,
    );
    expect(rows).toEqual([
      { before: null, after: '督导科' },
      { before: '督导科', after: '计财科' },
    ]);
  });

  it('goes with the post to a colleague who stands in', async () => {
    await app.owner.query(
      `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
       values (74, 'section', $1, $1, '督导股', '督导股', 'x')`,
      [units.fengze.id],
    );
    await security().call(people.setSection, move('otherDirector', 74));
    const standIn = app.as('standIn');
    const state = await standIn.call(session.read);
    expect(state.posts.map((post) => [post.principalName, post.placeName])).toEqual([
      [null, '丰泽区'],
      ['丰泽主任', '丰泽区 督导股'],
    ]);
    expect(await sectionAtWork('standIn')).toBe(74);
  });

  it('that is closed is named on the page of the person and in the work of the 安全管理员, until another is chosen', async () => {
    const work = async () =>
      (await security().call(home.overview)).work.find(({ kind }) => kind === 'people.sectionLapsed')?.count ?? 0;
    const marked = async () =>
      (await security().call(people.list, { query: { mark: 'section-lapsed' } })).rows.map(({ name }) => name);
    expect([await work(), await marked()]).toEqual([0, []]);
    await app.owner.query(`update org_units set active = false, closed_on = current_date where id = $1`, [
      sections.planning,
    ]);
    expect(await marked()).toEqual(['科室员', '无角色']);
    expect(await work()).toBe(2);
    const post = (await postsOf(app.as('sectionOfficer').personId))[0];
    expect([post?.sectionName, post?.sectionLapsed]).toEqual(['计财科', true]);
    const closed = await security().refused(people.setSection, move('cityOfficer', sections.planning));
    expect(closed.sentence).toContain('计财科已经撤销');
    await security().call(people.setSection, move('sectionOfficer', null));
    expect(await work()).toBe(1);
    await app.owner.query(`update org_units set active = true, closed_on = null where id = $1`, [sections.planning]);
  });
});

describe('a list of people', () => {
  const preview = (...rows: string[]) => {
    const bytes = new TextEncoder().encode(['姓名,电话,角色,单位,科室', ...rows].join('\r\n'));
    const file = { name: '人员.csv', bytes, size: bytes.length };
    return system().call(imports.previewImport, { file });
  };

  it('names sections, and one that the unit does not have is a finding at its cell', async () => {
    const faulty = await preview(
      '王一,13811,市局科室干部,,督导股',
      '李二,13822,县级督导干部,鲤城区,督导股',
      '赵三,13833,市局科室干部,,计财科',
      '孙四,13844,校长,示例第一小学,督导科',
    );
    expect(
      faulty.groups.flatMap(({ findings }) => findings.map(({ place, part, rule }) => [place, part, rule])),
    ).toEqual([
      ['E2', '科室', '泉州市没有科室“督导股”'],
      ['E5', '科室', '学校的岗位不分科室，请不要填写科室'],
    ]);
  });

  it('grants the posts in their sections', async () => {
    const { importId, changes } = await preview(
      '李二,13822,县级督导干部,鲤城区,督导股',
      '赵三,13833,市局科室干部,,督导科',
    );
    expect(changes.people.map(({ placeName, sectionName }) => [placeName, sectionName])).toEqual([
      ['鲤城区', '督导股'],
      ['泉州市', '督导科'],
    ]);
    const { setId } = await system().call(imports.confirmImport, { params: { importId } });
    const { digest, rows } = await security().call(sets.read, { params: { setId }, query: {} });
    expect(rows.map((row) => [row.sectionName, row.refusal])).toEqual([
      ['督导科', null],
      ['督导股', null],
    ]);
    // The section may be closed between the list and the grant.
    await app.owner.query(`update org_units set active = false, closed_on = current_date where id = $1`, [
      sections.county,
    ]);
    const refused = (await security().call(sets.read, { params: { setId }, query: {} })).rows.map(
      ({ refusal }) => refusal,
    );
    expect(refused).toEqual([null, expect.stringContaining('督导股已经撤销')]);
    await app.owner.query(`update org_units set active = true, closed_on = null where id = $1`, [sections.county]);
    await security().call(sets.grant, { params: { setId }, body: { digest, except: [], refused: 0 } });
    const granted = await Promise.all(rows.map(({ personId }) => postsOf(personId)));
    expect(granted.map(([post]) => post?.sectionId)).toEqual([sections.inspection, sections.county]);
  });
});
