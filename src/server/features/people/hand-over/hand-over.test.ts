import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as notices from '#contract/notices/notices.ts';
import * as assignments from '#contract/people/assignments.ts';
import * as handing from '#contract/people/hand-over.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
const county = units.licheng.id;
const [letterId, issuedId, findingId, closedId, schoolsFindingId] = Array.from({ length: 5 }, () => randomUUID());

async function nameOf(member: Member): Promise<string> {
  const { rows } = await app.owner.query('select name from people where id = $1', [app.as(member).personId]);
  return rows[0].name;
}

beforeAll(async () => {
  app = await openTestApp();
  const { personId } = app.as('countyOfficer');
  const name = await nameOf('countyOfficer');
  await app.owner.query(
    `insert into letters (place_id, id, kind, title, model, restricted, drafted_by, drafted_by_name, drafted_at, written_by, updated_at, state, reason)
     select $1::int, id, 'notice', '通知', '{}', true, $2::text, $3, now(), array[$2::text], now(), state, case when state = 'cancelled' then '误拟' end
       from (values ($4::uuid, 'draft'), ($5::uuid, 'cancelled')) as l(id, state)`,
    [county, personId, name, letterId, issuedId],
  );
  await app.owner.query(
    `insert into findings (place_id, id, school_id, kind, title, severity, duty_type, duty_unit_id, duty_person, opened_by_unit_id,
       opened_level, managed_by, school_year, source_type, source_id, source_key, found_on, due_on, closed_on, state, entered_by_name,
       entered_at, updated_at)
     select $1::int, id, school, 'safety', '通道堆放杂物', 'serious', duty, case when duty = 'unit' then $1::int end, $2, $1::int, 'county', 'county', 2025,
            'manual', 'x', id::text, '2025-10-10', '2025-12-10', case when state = 'closed' then date '2025-10-12' end, state, '督导', now(),
            now()
       from (values ($3::uuid, 'unit', 'planned', null::int), ($4::uuid, 'unit', 'closed', null), ($5::uuid, 'school', 'planned', $6))
         as f(id, duty, state, school)`,
    [county, name, findingId, closedId, schoolsFindingId, schools.first.id],
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
const openOf = (member: Member) => security().call(handing.openWork, { params: of(member) });
const all = ['official-documents.drafts', 'rectifications.duties'];

describe('移交工作', () => {
  it('counts what is open at a post by kind, and shows nothing of it', async () => {
    const { rows, can } = await openOf('countyOfficer');
    expect(rows.map(({ kind, count }) => [kind, count]).sort()).toEqual(all.map((kind) => [kind, 1]));
    expect(can.handOver).toBe(true);
    expect(JSON.stringify(await openOf('countyOfficer'))).not.toContain('通知');
    expect((await openOf('countyDirector')).rows).toEqual([]);
    expect(
      (await app.as('systemAdministrator').call(handing.openWork, { params: of('countyOfficer') })).can.handOver,
    ).toBe(false);
    expect((await app.as('countyDirector').refused(handing.openWork, { params: of('countyOfficer') })).code).toBe(
      'access.denied',
    );
  });

  it('offers the posts of the same unit alone, each with what its role may take', async () => {
    const { successors } = await openOf('countyOfficer');
    const director = successors.find(({ grantId }) => grantId === of('countyDirector').grantId);
    expect(director?.kinds).toEqual(expect.arrayContaining(all));
    const elsewhere = of('otherDirector').grantId;
    expect(successors.map(({ grantId }) => grantId)).not.toContain(elsewhere);
    const refusal = await security().refused(handing.handOver, {
      params: of('countyOfficer'),
      body: { to: elsewhere, kinds: all },
    });
    expect(refusal.code).toBe('thing.notFound');
  });

  it('passes each subject with both names, tells both, and leaves what is ended or not the person’s', async () => {
    const [leaving, coming] = [await nameOf('countyOfficer'), await nameOf('countyDirector')];
    const body = { to: of('countyDirector').grantId, kinds: [...all, 'people.schools'] };
    await security().call(handing.handOver, { params: of('countyOfficer'), body });
    await app.runJobs();
    expect((await openOf('countyOfficer')).rows).toEqual([]);
    expect((await openOf('countyDirector')).rows).toHaveLength(2);
    const { rows: letters } = await app.owner.query(
      'select id, drafted_by_name, written_by from letters order by state',
    );
    expect(letters).toEqual([
      expect.objectContaining({ id: issuedId, drafted_by_name: leaving }),
      {
        id: letterId,
        drafted_by_name: coming,
        written_by: [of('countyOfficer').personId, of('countyDirector').personId],
      },
    ]);
    const { rows: findings } = await app.owner.query(
      'select id, duty_person, revision from findings order by duty_person <> $1, state',
      [coming],
    );
    expect(findings).toEqual([
      { id: findingId, duty_person: coming, revision: 2 },
      { id: closedId, duty_person: leaving, revision: 1 },
      { id: schoolsFindingId, duty_person: leaving, revision: 1 },
    ]);
    const { rows: measures } = await app.owner.query('select responsible from finding_measures order by position');
    expect(measures).toEqual([{ responsible: coming }, { responsible: leaving }]);
    const { rows: steps } = await app.owner.query('select subject_id, action, reason from steps order by subject_type');
    const reason = `经办人由${leaving}改为${coming}`;
    expect(steps).toEqual([
      { subject_id: findingId, action: 'personChanged', reason },
      { subject_id: letterId, action: 'handedOver', reason },
    ]);
    for (const member of ['countyOfficer', 'countyDirector'] as const) {
      const { rows } = await app.as(member).call(notices.list, { query: {} });
      expect(
        rows.map(({ kind, note }) => [kind, note]),
        member,
      ).toContainEqual(['people.handedOver', expect.stringContaining(reason)]);
    }
    const { rows: audited } = await app.owner.query(
      `select action, place_id from audit_events where action in ('person.handedOver', 'letter.handedOver', 'finding.personChanged') order by action`,
    );
    expect(audited).toEqual([
      { action: 'finding.personChanged', place_id: county },
      { action: 'letter.handedOver', place_id: county },
      { action: 'person.handedOver', place_id: 0 },
    ]);
    const again = await security().refused(handing.handOver, { params: of('countyOfficer'), body });
    expect(again.sentence).toBe('所选的工作已经办完或已移交，请刷新后查看。');
  });

  it('passes the schools of an inspector for the days that are left, to a post that reaches by assignment', async () => {
    const [leaving, coming] = [of('inspector'), of('idleInspector')];
    const before = (await openOf('inspector')).rows.find(({ kind }) => kind === 'people.schools');
    const { rows: places } = await app.owner.query('select unit_id from grants where id = any ($1)', [
      [leaving.grantId, coming.grantId],
    ]);
    await app.owner.query('update grants set unit_id = $1 where id = any ($2)', [
      places[0].unit_id,
      [leaving.grantId, coming.grantId],
    ]);
    const director = (await openOf('inspector')).successors.filter(({ kinds }) => kinds.includes('people.schools'));
    expect(director.map(({ grantId }) => grantId)).toEqual([coming.grantId]);
    await security().call(handing.handOver, {
      params: leaving,
      body: { to: coming.grantId, kinds: ['people.schools'] },
    });
    await app.runJobs();
    const standing = async (params: ReturnType<typeof of>) =>
      (await security().call(assignments.list, { params })).rows.filter(({ state }) => state === 'current').length;
    expect(await standing(leaving)).toBe(0);
    expect(await standing(coming)).toBe(before?.count);
  });
});
