import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as notices from '#contract/notices/notices.ts';
import * as assignments from '#contract/people/assignments.ts';
import * as passing from '#contract/people/pass-work.ts';
import * as people from '#contract/people/people.ts';
import { openLetterStates } from '#domain/letter/state.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
const county = units.licheng.id;
const ids = Array.from({ length: 12 }, () => randomUUID());
const [letterId, issuedId, findingId, closedId, schoolsFindingId, checkedId, sectionsId, movedId] = ids;
const colleague = { personId: ids[8]!, grantId: ids[9]! };

async function nameOf(member: Member): Promise<string> {
  const { rows } = await app.owner.query('select name from people where id = $1', [app.as(member).personId]);
  return rows[0].name;
}

beforeAll(async () => {
  app = await openTestApp();
  const { personId } = app.as('countyOfficer');
  const name = await nameOf('countyOfficer');
  await app.owner.query(
    `insert into people (id, name, username, email) values ($1, '接手人', 'colleague', 'colleague@dudao.invalid')`,
    [colleague.personId],
  );
  await app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'county-officer', $3)`, [
    colleague.grantId,
    colleague.personId,
    county,
  ]);
  await app.owner.query(
    `insert into letters (place_id, id, kind, title, model, restricted, drafted_by, drafted_by_name, drafted_at, written_by, updated_at, state, reason)
     select $1::int, id, 'notice', '通知', '{}', true, $2::text, $3, now(), array[$2::text], now(), state, case when state = 'cancelled' then '误拟' end
       from (values ($4::uuid, 'draft'), ($5::uuid, 'cancelled'), ($6::uuid, 'checked')) as l(id, state)`,
    [county, personId, name, letterId, issuedId, checkedId],
  );
  await app.owner.query(
    `insert into steps (place_id, id, subject_type, subject_id, action, from_state, to_state, actor_id, actor_name, at)
     values ($1, gen_random_uuid(), 'letter', $2, 'check', 'submitted', 'checked', $3, '接手人', now())`,
    [county, checkedId, colleague.personId],
  );
  await app.owner.query(
    `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
     values (72, 'section', $1, $1, '安全科', '安全科', 'aq')`,
    [county],
  );
  await app.owner.query(
    `insert into findings (place_id, id, school_id, kind, title, severity, duty_type, duty_unit_id, duty_person, opened_by_unit_id,
       opened_level, managed_by, school_year, source_type, source_id, source_key, found_on, due_on, closed_on, state, entered_by_name,
       entered_at, updated_at)
     select place, id, school, 'safety', '通道堆放杂物', 'serious', duty, case duty when 'unit' then $1::int when 'section' then 72 end, named, $1::int, 'county', 'county', 2025,
            'manual', 'x', id::text, '2025-10-10', '2025-12-10', case when state = 'closed' then date '2025-10-12' end, state, '督导', now(),
            now()
       from (values ($1::int, $3::uuid, 'unit', 'planned', null::int, $2), ($1, $4, 'unit', 'closed', null, $2),
                    ($1, $5, 'school', 'planned', $6, $2), ($1, $7, 'section', 'planned', null, $2), ($8, $9, 'school', 'planned', $6, $10))
         as f(place, id, duty, state, school, named)`,
    [
      ...[county, name, findingId, closedId, schoolsFindingId, schools.first.id, sectionsId],
      ...[units.fengze.id, movedId, await nameOf('head')],
    ],
  );
  await app.owner.query(
    `insert into finding_measures (place_id, finding_id, id, position, body, responsible, done_on)
     values ($1, $2, gen_random_uuid(), 1, '清理通道', $3, null), ($1, $2, gen_random_uuid(), 2, '登记', $3, '2025-10-12')`,
    [county, findingId, name],
  );
});
afterAll(() => app.close());

const security = () => app.as('securityAdministrator');
const of = (member: Member) => ({ personId: app.as(member).personId, grantId: app.as(member).grants[0]! });
const openOf = (member: Member) => security().call(passing.openWork, { params: of(member) });
const all = ['official-documents.drafts', 'rectifications.duties'];

describe('移交工作', () => {
  it('counts what is open at a post by kind, and shows nothing of it', async () => {
    const { rows, can } = await openOf('countyOfficer');
    expect(rows.map(({ kind, count }) => [kind, count]).sort()).toEqual([
      ['official-documents.drafts', 2],
      ['rectifications.duties', 1],
    ]);
    expect(can.passWork).toBe(true);
    expect(JSON.stringify(await openOf('countyOfficer'))).not.toContain('通知');
    expect((await openOf('countyDirector')).rows).toEqual([]);
    for (const member of ['systemAdministrator', 'countyDirector'] as const) {
      const refusal = await app.as(member).refused(passing.openWork, { params: of('countyOfficer') });
      expect(refusal.code, member).toBe('access.denied');
    }
  });

  it('counts what is in the states that the domain calls open', async () => {
    const { personId } = app.as('otherOfficer');
    const name = await nameOf('otherOfficer');
    await app.owner.query(
      `insert into letters (place_id, id, kind, title, model, drafted_by, drafted_by_name, drafted_at, updated_at, state, signed_on)
       select $1::int, gen_random_uuid(), 'notice', '通知', '{}', $2, $3, now(), now(), state, case when state = 'signed' then date '2025-10-10' end from unnest($4::text[]) as state`,
      [units.fengze.id, personId, name, openLetterStates],
    );
    const { rows } = await openOf('otherOfficer');
    expect(rows).toEqual([expect.objectContaining({ count: openLetterStates.length })]);
  });

  it('counts the findings of a school at every place that opened one', async () => {
    expect((await openOf('head')).rows.map(({ kind, count }) => [kind, count])).toEqual([['rectifications.duties', 1]]);
  });

  it('offers the posts of the same unit alone, each with what it may take', async () => {
    const { successors } = await openOf('countyOfficer');
    const kindsAt = (grantId: string) => successors.find((one) => one.grantId === grantId)?.kinds;
    expect(kindsAt(colleague.grantId)).toEqual(expect.arrayContaining(all));
    const elsewhere = of('otherDirector').grantId;
    expect(kindsAt(elsewhere)).toBeUndefined();
    const refusal = await security().refused(passing.passWork, {
      params: of('countyOfficer'),
      body: { to: elsewhere, kinds: all },
    });
    expect(refusal.code).toBe('thing.notFound');
  });

  it('passes no letters to whoever alone could sign them', async () => {
    const { grantId } = of('countyDirector');
    const director = (await openOf('countyOfficer')).successors.find((one) => one.grantId === grantId);
    expect(director?.kinds).toEqual(['rectifications.duties']);
    expect(director?.bars).toEqual([expect.stringContaining('没有人能签发公文')]);
    const body = { to: grantId, kinds: ['official-documents.drafts'] };
    const refusal = await security().refused(passing.passWork, { params: of('countyOfficer'), body });
    expect(refusal.sentence).toContain('没有人能签发公文');
  });

  it('passes no findings where two people of the unit have the name', async () => {
    const id = randomUUID();
    await app.owner.query(
      `with namesake as (insert into people (id, name, username, email) values ($1, $2, 'namesake', 'namesake@dudao.invalid') returning id)
       insert into grants (id, person_id, role_key, unit_id) select $1, id, 'county-officer', $3 from namesake`,
      [id, await nameOf('countyOfficer'), county],
    );
    const body = { to: of('countyDirector').grantId, kinds: ['rectifications.duties'] };
    const refused = async () =>
      (await security().refused(passing.passWork, { params: of('countyOfficer'), body })).sentence;
    expect(await refused()).toContain('分不清');
    // Nor where the other one left.
    await app.owner.query('update grants set revoked_at = now() where id = $1', [id]);
    expect(await refused()).toContain('分不清');
    await app.owner.query('delete from grants where id = $1', [id]);
    await app.owner.query('delete from people where id = $1', [id]);
  });

  it('passes no findings by a former name that somebody else there has or had', async () => {
    const director = of('countyDirector');
    const [leaving, other] = [await nameOf('countyOfficer'), await nameOf('countyDirector')];
    const account = { params: { personId: of('countyOfficer').personId } };
    const rename = async (name: string) => {
      const { phone, revision } = await app.as('systemAdministrator').call(people.read, account);
      await app.as('systemAdministrator').call(people.update, { ...account, body: { name, phone, revision } });
    };
    const counted = async () => (await openOf('countyOfficer')).rows.find(({ kind }) => kind === all[1])?.count;
    await app.owner.query(`update findings set duty_person = $1 where id = any ($2)`, [other, [findingId, closedId]]);
    // A slip that was taken back at once: the findings are the director's, also when the director has a new name or left.
    await rename(other);
    await rename(leaving);
    expect(await counted()).toBeUndefined();
    const { kinds, bars } = (await openOf('countyDirector')).successors.find(
      ({ grantId }) => grantId === colleague.grantId,
    )!;
    expect(kinds).not.toContain(all[1]);
    expect(bars).toEqual([expect.stringContaining(`两人都叫过${other}`)]);
    await app.owner.query('update grants set revoked_at = now() where id = $1', [director.grantId]);
    expect(await counted()).toBeUndefined();
    // What only the one who leaves was called counts.
    await app.owner.query('update grants set revoked_at = null where id = $1', [director.grantId]);
    await app.owner.query(`update findings set duty_person = '单独用过' where id = $1`, [findingId]);
    await rename('单独用过');
    await rename(leaving);
    expect(await counted()).toBe(1);
    await app.owner.query(`update findings set duty_person = $1 where id = any ($2)`, [leaving, [findingId, closedId]]);
  });

  it('passes each subject with both names, and leaves what is ended, another’s or was judged by the successor', async () => {
    const [leaving, coming, renamed] = [await nameOf('countyOfficer'), '接手人', '改名的人'];
    // What names the person keeps the name of then.
    const account = { params: { personId: of('countyOfficer').personId } };
    const { phone, revision } = await app.as('systemAdministrator').call(people.read, account);
    await app.as('systemAdministrator').call(people.update, { ...account, body: { name: renamed, phone, revision } });
    const body = { to: colleague.grantId, kinds: [...all, 'people.schools'] };
    // A job of another kind that names the person passes no work, and bars nothing.
    await app.owner.query(
      `insert into jobs (name, data) values ('other.thing', jsonb_build_object('placeId', $1::int, 'from', jsonb_build_object('id', $2::text)))`,
      [county, of('countyOfficer').personId],
    );
    const reply = await security().call(passing.passWork, { params: of('countyOfficer'), body });
    expect(reply.staying).toBe('接手人审核或签发过的 1 项');
    expect(reply.beyond).toBeNull();
    // A second one before the first has passed anything: the jobs of the first lie in the queue of the product.
    for (const { name, data } of app.jobs) {
      await app.owner.query('insert into jobs (name, data) values ($1, $2)', [name, JSON.stringify(data)]);
    }
    const second = { to: of('countyDirector').grantId, kinds: ['rectifications.duties'] };
    const refusal = await security().refused(passing.passWork, { params: of('countyOfficer'), body: second });
    expect(refusal.sentence).toBe('这个人在这里的一次移交正在办理，请稍候刷新，再看还有什么没有移交。');
    await app.owner.query('delete from jobs');
    await app.runJobs();
    const { rows: acts } = await app.owner.query(
      `select object_id from audit_events where action = 'person.workPassed'`,
    );
    expect(acts).toEqual([{ object_id: of('countyOfficer').personId }]);
    expect((await openOf('countyOfficer')).rows.map(({ kind, count }) => [kind, count])).toEqual([
      ['official-documents.drafts', 1],
    ]);
    const { rows: letters } = await app.owner.query(
      'select id, drafted_by_name as drafted, handled_by_name as handled, written_by from letters where place_id = $1 order by handled_by_name, state',
      [county],
    );
    const untouched = { drafted: leaving, written_by: [of('countyOfficer').personId] };
    expect(letters).toEqual([
      { ...untouched, id: letterId, handled: coming },
      { ...untouched, id: issuedId, handled: null },
      { ...untouched, id: checkedId, handled: null },
    ]);
    const { rows: findings } = await app.owner.query(
      'select id, duty_person, revision from findings where place_id = $2 order by duty_person <> $1, state, duty_type',
      [coming, county],
    );
    expect(findings).toEqual([
      { id: findingId, duty_person: coming, revision: 2 },
      { id: closedId, duty_person: leaving, revision: 1 },
      { id: schoolsFindingId, duty_person: leaving, revision: 1 },
      { id: sectionsId, duty_person: leaving, revision: 1 },
    ]);
    const { rows: measures } = await app.owner.query('select responsible from finding_measures order by position');
    expect(measures).toEqual([{ responsible: coming }, { responsible: leaving }]);
    const by = await nameOf('securityAdministrator');
    const { rows: steps } = await app.owner.query(
      `select subject_id, actor_name, reason from steps where action = 'workPassed' order by subject_type`,
    );
    expect(steps).toEqual([
      { subject_id: findingId, actor_name: by, reason: `责任人由${renamed}改为${coming}` },
      { subject_id: letterId, actor_name: by, reason: `经办人由${renamed}改为${coming}` },
    ]);
    const { rows: audited } = await app.owner.query(
      `select action, place_id from audit_events where action in ('letter.workPassed', 'finding.workPassed') order by action`,
    );
    expect(audited).toEqual([
      { action: 'finding.workPassed', place_id: county },
      { action: 'letter.workPassed', place_id: county },
    ]);
  });

  it('tells both people what passed by its title, with a way there, and nobody of what did not pass', async () => {
    const { rows } = await app.as('countyOfficer').call(notices.list, { query: {} });
    expect(rows.map(({ kind, about, subjectId }) => [kind, about, subjectId]).sort()).toEqual([
      ['letter.passed', '通知', letterId],
      ['rectification.dutyPassed', '通道堆放杂物', findingId],
    ]);
    const { rows: told } = await app.owner.query(
      'select person_id as person, count(*)::int as n from notices group by 1',
    );
    expect(told).toEqual(
      expect.arrayContaining([
        { person: of('countyOfficer').personId, n: 2 },
        { person: colleague.personId, n: 2 },
      ]),
    );
    expect(told).toHaveLength(2);
  });

  it('passes the work of a post that was taken back', async () => {
    await app.owner.query('update grants set revoked_at = now() where id = $1', [of('countyOfficer').grantId]);
    await app.owner.query('delete from steps where subject_id = $1 and action = $2', [checkedId, 'check']);
    const body = { to: colleague.grantId, kinds: ['official-documents.drafts'] };
    await app.owner.query(
      `insert into letters (place_id, id, kind, title, model, drafted_by, drafted_by_name, drafted_at, updated_at)
       select $1::int, gen_random_uuid(), 'notice', '草稿', '{}', $2, '接手人', now(), now() from generate_series(1, 199)`,
      [county, colleague.personId],
    );
    const { beyond } = await security().call(passing.passWork, { params: of('countyOfficer'), body });
    expect(beyond).toBe(
      '接手人现在经办 200 份没有送审的公文，已到上限 200 份，送审或作废到 200 份以下之前不能再拟新的。',
    );
    await app.runJobs();
    expect((await openOf('countyOfficer')).rows).toEqual([]);
    const again = await security().refused(passing.passWork, { params: of('countyOfficer'), body });
    expect(again.sentence).toBe('所选的工作已经办完或已移交，请刷新后查看。');
  });

  it('passes the schools of an inspector for the days that the other has not, and records what was given', async () => {
    const [leaving, coming] = [of('inspector'), of('idleInspector')];
    await app.owner.query(
      'update grants set unit_id = (select unit_id from grants where id = $1) where id = any ($2)',
      [leaving.grantId, [leaving.grantId, coming.grantId]],
    );
    const rowsOf = async ({ personId, grantId }: ReturnType<typeof of>) =>
      (await security().call(assignments.list, { params: { personId, grantId } })).rows
        .filter(({ state }) => state === 'current' || state === 'coming')
        .map(({ schoolId, from, to }) => ({ schoolId, from, to }))
        .sort((a, b) => (`${a.schoolId} ${a.from}` < `${b.schoolId} ${b.from}` ? -1 : 1));
    const before = await rowsOf(leaving);
    const long = before.find(({ to }) => to === null)!;
    const short = { schoolId: long.schoolId!, from: '2025-10-15', to: '2025-10-20' };
    await security().call(assignments.assign, { params: coming, body: short });
    const able = (await openOf('inspector')).successors.filter(({ kinds }) => kinds.includes('people.schools'));
    expect(able.map(({ grantId }) => grantId)).toEqual([coming.grantId]);
    const given = async () =>
      (
        await app.owner.query(
          `select after->>'role' as role, after->>'from' as from, after->>'until' as until, after->>'assignment' as assignment
             from audit_events where action = 'assignment.given' and object_id = $1 order by at, id`,
          [coming.personId],
        )
      ).rows;
    const earlier = (await given()).length;
    const body = { to: coming.grantId, kinds: ['people.schools'] };
    await security().call(passing.passWork, { params: leaving, body });
    await app.runJobs();
    expect(await rowsOf(leaving)).toEqual([]);
    const after = await rowsOf(coming);
    expect(after).toContainEqual(short);
    expect(after).toContainEqual({ schoolId: long.schoolId, from: '2025-10-21', to: null });
    const fresh = (await given()).slice(earlier);
    const { rows: stored } = await app.owner.query('select id from assignments where grant_id = $1', [coming.grantId]);
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(fresh.map(({ assignment }) => assignment)));
    expect(fresh).toHaveLength(stored.length - 1);
    expect(fresh.map(({ role }) => role)).toEqual(fresh.map(() => 'test-inspector'));
    const { rows: ended } = await app.owner.query(
      `select before->>'role' as role from audit_events where action = 'assignment.ended' and object_id = $1`,
      [leaving.personId],
    );
    expect(ended).toEqual(before.map(() => ({ role: 'test-inspector' })));
  });
});
