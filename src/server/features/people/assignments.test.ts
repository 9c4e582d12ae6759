import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveSchool } from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as assignments from '#contract/people/assignments.ts';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
/** Appointed by the city, without any school yet. */
const inspector = () => app.as('idleInspector');
const security = () => app.as('securityAdministrator');
const post = (member: 'idleInspector' | 'inspector' | 'expert' | 'head' = 'idleInspector') => {
  const { personId, grants } = app.as(member);
  return { personId, grantId: grants[0]! };
};
beforeEach(() => app.owner.query('delete from assignments where grant_id = $1', [post().grantId]));

type Days = { from?: string; to?: string | null };
const input = (schoolId: number, { from = '2025-10-01', to = null }: Days = {}) => ({
  params: post(),
  body: { schoolId, from, to },
});
const assign = async (schoolId: number, days?: Days) =>
  (await security().call(assignments.assign, input(schoolId, days))).id;
const refused = async (schoolId: number, days?: Days) =>
  (await security().refused(assignments.assign, input(schoolId, days))).sentence;
const end = (assignmentId: string) => security().call(assignments.end, { params: { ...post(), assignmentId } });
const listed = async () => (await security().call(assignments.list, { params: post() })).rows;
/** Schools that the inspector finds, asked through the session that was open before. */
const seen = async () => (await inspector().call(directory.schools)).rows.map((row) => row.id);

/** Returns how many inspectors lost the school, as the officer is told. */
async function moveJunior(countyId: number, day: string): Promise<number> {
  const { rows } = await app.owner.query('select revision from schools where id = $1', [schools.junior.id]);
  const to = { countyId, managingUnitId: countyId, sponsorCode: 7, ownership: 'public' as const };
  const params = { schoolId: schools.junior.id };
  const body = { revision: rows[0].revision, day, ...to };
  return (await app.as('cityOfficer').call(moveSchool, { params, body })).inspectorsReleased;
}

describe('schools that are assigned to a post', () => {
  it('are in reach at once and out of reach at once, in the session that is open', async () => {
    expect(await seen()).toEqual([]);
    const id = await assign(schools.first.id);
    expect(await seen()).toEqual([schools.first.id]);
    await end(id);
    expect(await seen()).toEqual([]);
  });

  it('are listed with their days, their unit and who gave and ended them', async () => {
    const ended = await assign(schools.first.id, { to: '2025-12-31' });
    await assign(schools.foreign.id, { from: '2025-11-01' });
    await end(ended);
    const rows = await listed();
    const told = rows.map(({ schoolName, unitName, from, to, state, givenBy, endedBy, can }) => [
      ...[schoolName, unitName, from, to, state, givenBy, endedBy, can.end],
    ]);
    expect(told).toEqual([
      [schools.foreign.name, '丰泽区', '2025-11-01', null, 'coming', '安全员', null, true],
      [schools.first.name, '鲤城区', '2025-10-01', '2025-12-31', 'ended', '安全员', '安全员', false],
    ]);
  });

  it('share no day with another assignment of the same school, except an ended one', async () => {
    const id = await assign(schools.first.id, { to: '2025-12-31' });
    expect(await refused(schools.first.id, { from: '2025-12-31' })).toContain('已指派给这个岗位');
    await assign(schools.first.id, { from: '2026-01-01' });
    await end(id);
    await assign(schools.first.id, { to: '2025-12-31' });
    expect((await listed()).map((row) => row.state)).toEqual(['current', 'coming', 'ended']);
  });

  it('are assigned once by two who do it at once', async () => {
    const answers = await Promise.allSettled([assign(schools.first.id), assign(schools.first.id)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listed()).toHaveLength(1);
  });

  it('stay with an inspector of the city when they move to another county, and are told where they lie now', async () => {
    await assign(schools.junior.id);
    expect(await moveJunior(units.fengze.id, '2025-10-14')).toBe(0);
    expect((await listed()).map((row) => [row.schoolName, row.unitName])).toEqual([[schools.junior.name, '丰泽区']]);
    expect(await seen()).toEqual([schools.junior.id]);
    await moveJunior(units.licheng.id, '2025-10-15');
  });

  describe('that leave the county of an inspector', () => {
    const grantId = randomUUID();
    const countyPost = () => ({ personId: inspector().personId, grantId });
    beforeAll(() =>
      app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'test-inspector', $3)`, [
        grantId,
        inspector().personId,
        units.licheng.id,
      ]),
    );
    afterAll(() => app.owner.query('update grants set revoked_at = now() where id = $1', [grantId]));
    afterEach(async () => {
      const { rows } = await app.owner.query('select managing_unit_id as unit from schools where id = $1', [
        schools.junior.id,
      ]);
      if (rows[0].unit !== units.licheng.id) await moveJunior(units.licheng.id, '2025-10-15');
      await app.owner.query('delete from assignments where grant_id = $1', [grantId]);
    });
    const assignHere = (schoolId: number, from = '2025-10-01', to: string | null = null) =>
      security().call(assignments.assign, { params: countyPost(), body: { schoolId, from, to } });
    const ends = async () =>
      (
        await app.owner.query(
          `select a.school_id, a.valid_from::text as "from", e.actor_id, e.object_id, e.before ->> 'place' as place,
                  e.after ->> 'reason' as reason
             from assignments a left join audit_events e
               on e.action = 'assignment.ended' and e.before ->> 'assignment' = a.id::text
            where a.grant_id = $1 and a.ended_at is not null order by a.valid_from`,
          [grantId],
        )
      ).rows;

    it('end in the same act, present and coming ones, and no other, with the reason in the audit', async () => {
      await assignHere(schools.junior.id, '2025-10-01', '2025-12-31');
      await assignHere(schools.junior.id, '2026-01-01');
      await assignHere(schools.first.id);
      const asCounty = inspector().inPost({ grantId, standInId: null });
      const reached = async () => (await asCounty.call(directory.schools)).rows.map((row) => row.id).sort();
      expect(await reached()).toEqual([schools.first.id, schools.junior.id].sort());
      // One person, who had two assignments of this school.
      expect(await moveJunior(units.fengze.id, '2025-10-15')).toBe(1);
      expect(await reached()).toEqual([schools.first.id]);
      const told = {
        ...{ school_id: schools.junior.id, actor_id: app.as('cityOfficer').personId },
        ...{ object_id: inspector().personId, place: schools.junior.name },
        reason: `${schools.junior.name}已迁至丰泽区，不在聘任单位辖区内。`,
      };
      expect(await ends()).toEqual([
        { ...told, from: '2025-10-01' },
        { ...told, from: '2026-01-01' },
      ]);
    });

    it.each([1, 2, 3, 4])('are not assigned by somebody who is at it while they move (%i)', async () => {
      const answers = await Promise.allSettled([
        assignHere(schools.junior.id),
        moveJunior(units.fengze.id, '2025-10-15'),
      ]);
      expect(answers[1]!.status).toBe('fulfilled');
      const { rows } = await app.owner.query('select 1 from assignments where grant_id = $1 and ended_at is null', [
        grantId,
      ]);
      expect(rows).toEqual([]);
    });

    it('stay when they only change hands within the county', async () => {
      await assignHere(schools.junior.id);
      const { rows } = await app.owner.query('select revision from schools where id = $1', [schools.junior.id]);
      const to = { countyId: units.licheng.id, managingUnitId: units.city.id, sponsorCode: 6 };
      await app.as('cityOfficer').call(moveSchool, {
        params: { schoolId: schools.junior.id },
        body: { revision: rows[0].revision, day: '2025-10-15', ...to, ownership: 'public' },
      });
      expect(await ends()).toEqual([]);
    });
  });

  it('stand in the audit, given and ended, under the person', async () => {
    const id = await assign(schools.first.id);
    await end(id);
    const { rows } = await app.owner.query(
      `select action, actor_id, place_id, object_id, coalesce(before, after) ->> 'place' as place
         from audit_events where coalesce(before, after) ->> 'assignment' = $1 order by id`,
      [id],
    );
    const of = { place_id: 0, object_id: post().personId, place: schools.first.name };
    const by = { actor_id: security().personId, ...of };
    expect(rows).toEqual([
      { action: 'assignment.given', ...by },
      { action: 'assignment.ended', ...by },
    ]);
  });

  it('end with the post', async () => {
    const { personId } = app.as('roleless');
    const role = { role: 'test-inspector', unitId: units.licheng.id, schoolId: null };
    await security().call(people.grantRole, { params: { personId }, body: role });
    const [given] = (await security().call(people.read, { params: { personId } })).posts;
    const params = { personId, grantId: given!.grantId };
    const body = { schoolId: schools.first.id, from: '2025-10-01', to: null };
    await security().call(assignments.assign, { params, body });
    const abroad = { params, body: { ...body, schoolId: schools.foreign.id } };
    expect((await security().refused(assignments.assign, abroad)).sentence).toContain('不在鲤城区辖区内');
    await security().call(people.revokeRole, { params: { personId }, query: { grantId: params.grantId } });
    const { rows } = await app.owner.query('select 1 from assignments where grant_id = $1 and ended_at is null', [
      params.grantId,
    ]);
    expect(rows).toEqual([]);
    expect((await security().refused(assignments.list, { params })).code).toBe('thing.notFound');
  });
});

describe('nobody assigns', () => {
  it('but the 安全管理员; the 系统管理员 looks on', async () => {
    expect((await app.as('systemAdministrator').refused(assignments.assign, input(101))).code).toBe('access.denied');
    const { can } = await app.as('systemAdministrator').call(assignments.list, { params: post() });
    expect(can).toEqual({ assign: false });
    expect((await security().call(assignments.list, { params: post() })).can).toEqual({ assign: true });
  });

  it('schools to a post that reaches by its unit, or by a campaign, whose list can only be read', async () => {
    const body = { schoolId: schools.first.id, from: '2025-10-01', to: null };
    const to = (member: 'head' | 'expert') => security().refused(assignments.assign, { params: post(member), body });
    expect((await to('head')).sentence).toContain('不由指派决定');
    expect((await to('expert')).code).toBe('access.assignmentRefused');
    const campaigns = await security().call(assignments.list, { params: post('expert') });
    expect(campaigns.can).toEqual({ assign: false });
    expect(campaigns.rows.map((row) => [row.campaignId !== null, row.can.end])).toEqual([[true, false]]);
    const campaign = { ...post('expert'), assignmentId: campaigns.rows[0]!.id };
    expect((await security().refused(assignments.end, { params: campaign })).sentence).toContain('由立项单位');
  });

  it('schools to somebody whose account is disabled', async () => {
    const { personId } = post();
    await app.owner.query(`update people set status = 'disabled' where id = $1`, [personId]);
    expect(await refused(schools.first.id)).toContain('账户已停用');
    await app.owner.query(`update people set status = 'active' where id = $1`, [personId]);
  });

  it('an end to what is over already', async () => {
    const id = await assign(schools.first.id, { from: '2025-10-01', to: '2025-10-20' });
    await app.owner.query(`update assignments set valid_to = '2025-10-10' where id = $1`, [id]);
    const params = { ...post(), assignmentId: id };
    expect((await security().refused(assignments.end, { params })).sentence).toContain('已经到期');
  });

  it('a school that does not exist', async () => {
    expect(await refused(999_999)).toContain('所学校');
  });

  it('in the name of another person or post: what does not fit together does not exist', async () => {
    const id = await assign(schools.first.id);
    const strange = { personId: app.as('head').personId, grantId: post().grantId };
    expect((await security().refused(assignments.list, { params: strange })).code).toBe('thing.notFound');
    const body = { schoolId: schools.first.id, from: '2026-10-01', to: null };
    expect((await security().refused(assignments.assign, { params: strange, body })).code).toBe('thing.notFound');
    for (const params of [strange, post('inspector')]) {
      const ending = { params: { ...params, assignmentId: id } };
      expect((await security().refused(assignments.end, ending)).code).toBe('thing.notFound');
    }
    await end(id);
    expect((await security().refused(assignments.end, { params: { ...post(), assignmentId: id } })).code).toBe(
      'thing.notFound',
    );
  });
});

describe('places to choose from', () => {
  const found = async (query: object) =>
    (await security().call(people.places, { query: query as never })).rows.map((row) => row.name);

  it('are the schools of the appointing unit, a city having those of its counties', async () => {
    const inFengze = Object.values(schools).filter((school) => school.county === units.fengze.id);
    expect((await found({ level: 'school', within: units.fengze.id })).sort()).toEqual(
      inFengze.map((school) => school.name).sort(),
    );
    const all = await found({ level: 'school' });
    expect(all.length).toBeGreaterThan(inFengze.length);
    expect(await found({ level: 'school', within: units.city.id })).toEqual(all);
    expect(await found({ level: 'school', within: 999_999 })).toEqual([]);
  });

  it('are the city and its counties where either may appoint', async () => {
    expect((await found({ level: 'unit' })).sort()).toEqual(['丰泽区', '泉州市', '鲤城区']);
  });

  it('say nothing where a kindergarten has no code', async () => {
    await app.owner.query('update schools set code = null where id = $1', [schools.neighbour.id]);
    const { rows } = await security().call(people.places, { query: { level: 'school', search: '第二小学' } });
    expect(rows.map((row) => row.note)).toEqual(['鲤城区']);
    await app.owner.query('update schools set code = $2 where id = $1', [schools.neighbour.id, schools.neighbour.code]);
  });
});
