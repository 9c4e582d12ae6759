import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import { type Feature, following } from '#core/access/feature.ts';
import { schoolCorrected, schoolReopened, schoolsEnded } from '#core/directory/school-occurrences.ts';
import { job, type Occurrence } from '#platform/jobs/port.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { directoryFeature } from './directory.feature.ts';

let app: TestApp;

/** Follows every announcement of the register; two of its jobs follow the same event. */
const follower: Feature = {
  name: 'follower',
  ...{ routes: [], tables: [] },
  follows: [
    ...[follow('ended', schoolsEnded), follow('endedToo', schoolsEnded)],
    ...[follow('reopened', schoolReopened), follow('corrected', schoolCorrected)],
  ],
};

function follow<Data extends object>(name: string, to: Occurrence<Data>) {
  return following(to, job({ name: `follower.${name}`, title: name, data: to.data, retries: 0 }));
}

beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature, follower] });
});
afterAll(() => app?.close());

const today = '2025-10-15';

async function revisionOf(schoolId: number): Promise<number> {
  return (await app.as('cityOfficer').call(directory.readSchool, { params: { schoolId } })).revision;
}

/** A new school that a test may change freely. */
let serial = 1;
async function opened(change: object = {}): Promise<{ id: number; code: string; name: string }> {
  serial += 1;
  const code = `21359${String(serial).padStart(5, '0')}`;
  const facts = {
    code,
    name: `待变动小学${serial}`,
    schoolType: '211',
    sponsorCode: 7,
    ownership: 'public' as const,
    urbanClass: 'rural' as const,
    foundedYear: 1958,
    countyId: units.licheng.id,
    managingUnitId: units.licheng.id,
    day: '2020-09-01',
    ...change,
  };
  const { schoolId } = await app.as('cityOfficer').call(schoolChanges.openSchool, { body: facts });
  return { id: schoolId, code: facts.code, name: facts.name };
}

describe('changes', () => {
  let school: Awaited<ReturnType<typeof opened>>;
  beforeEach(async () => {
    school = await opened();
  });
  const city = () => app.as('cityOfficer');
  const params = () => ({ schoolId: school.id });
  const history = async () => city().call(directory.schoolHistory, { params: params() });

  test('renaming keeps the code, the old name and the document, and is audited', async () => {
    const body = { revision: 1, day: '2024-09-01', document: '泉教〔2024〕8号', name: '改名后的小学' };
    expect(await city().call(schoolChanges.renameSchool, { params: params(), body })).toEqual({
      schoolId: school.id,
      revision: 2,
    });
    const { versions, events } = await history();
    expect(versions.map(({ name, validFrom, validTo, code }) => ({ name, validFrom, validTo, code }))).toEqual([
      { name: '改名后的小学', validFrom: '2024-09-01', validTo: null, code: school.code },
      { name: school.name, validFrom: '2020-09-01', validTo: '2024-09-01', code: school.code },
    ]);
    expect(events[0]).toMatchObject({
      kind: 'renamed',
      document: '泉教〔2024〕8号',
      changes: [{ what: '名称', from: school.name, to: '改名后的小学' }],
    });
    expect((await city().call(directory.schools, { query: { search: 'gmhdxx' } })).rows[0]?.id).toBe(school.id);
    const { rows } = await app.owner.query(
      `select action, before ->> 'name' as before, after ->> 'name' as after from audit_events
        where object_type = 'school' and object_id = $1 order by id desc limit 1`,
      [String(school.id)],
    );
    expect(rows[0]).toEqual({ action: 'school.renamed', before: school.name, after: '改名后的小学' });
  });

  test('of two people the later is told, and nothing of hers is written', async () => {
    const body = { revision: 1, day: today };
    await city().call(schoolChanges.renameSchool, { params: params(), body: { ...body, name: '先到者' } });
    const refusal = await city().refused(schoolChanges.renameSchool, {
      params: params(),
      body: { ...body, name: '后到者' },
    });
    expect(refusal).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于 .*\d\d:\d\d 修改“先到者”/) },
    });
    expect((await history()).versions[0]?.name).toBe('先到者');
  });

  test('two changes of one day make one version, a change before the last is refused, one ahead of today too', async () => {
    const at = (day: string, name: string, revision: number) => ({ params: params(), body: { day, name, revision } });
    await city().call(schoolChanges.renameSchool, at('2024-09-01', '甲名', 1));
    await city().call(schoolChanges.renameSchool, at('2024-09-01', '乙名', 2));
    expect((await history()).versions.map((version) => version.name)).toEqual(['乙名', school.name]);
    expect((await city().refused(schoolChanges.renameSchool, at('2024-08-31', '丙名', 3))).code).toBe(
      'school.dayTooEarly',
    );
    expect((await city().refused(schoolChanges.renameSchool, at('2025-10-16', '丙名', 3))).code).toBe(
      'school.dayInFuture',
    );
    expect((await city().refused(schoolChanges.renameSchool, at(today, '乙名', 3))).code).toBe('school.nothingChanges');
  });

  test('moving to another county takes its accounts along and leaves the history where it was', async () => {
    const body = {
      revision: await revisionOf(schools.junior.id),
      day: today,
      countyId: units.fengze.id,
      managingUnitId: units.fengze.id,
      sponsorCode: 7,
      ownership: 'public' as const,
    };
    await app.owner.query(
      `insert into grants (id, person_id, role_key, school_id) values (gen_random_uuid(), $1, 'school-clerk', $2)`,
      [app.as('roleless').personId, schools.junior.id],
    );
    await city().call(schoolChanges.moveSchool, { params: { schoolId: schools.junior.id }, body });
    const { rows } = await app.owner.query(
      'select county_id, former_counties from grants join school_places using (school_id) where school_id = $1',
      [schools.junior.id],
    );
    expect(rows).toEqual([{ county_id: units.fengze.id, former_counties: [units.licheng.id] }]);
    const moved = { params: { schoolId: schools.junior.id } };
    expect((await app.as('countyOfficer').refused(directory.readSchool, moved)).status).toBe(404);
    const { versions, events } = await app.as('otherOfficer').call(directory.schoolHistory, moved);
    expect(versions.map((version) => version.countyName)).toEqual(['丰泽区', '鲤城区']);
    expect(events[0]?.changes).toEqual([
      { what: '所在地', from: '鲤城区', to: '丰泽区' },
      { what: '管理单位', from: '鲤城区', to: '丰泽区' },
    ]);
  });

  test('moving to the city needs a sponsor that fits', async () => {
    const body = {
      revision: 1,
      day: today,
      countyId: units.licheng.id,
      managingUnitId: units.city.id,
      sponsorCode: 7,
      ownership: 'public' as const,
    };
    const refusal = await city().refused(schoolChanges.moveSchool, { params: params(), body });
    expect(refusal.sentence).toContain('市直');
    await city().call(schoolChanges.moveSchool, { params: params(), body: { ...body, sponsorCode: 5 } });
    expect(await city().call(directory.readSchool, { params: params() })).toMatchObject({
      managingUnitName: '泉州市',
      sponsorCode: 5,
      contact: { unitName: '泉州市' },
    });
  });

  test('a change of class voids the code for ever', async () => {
    const code = `31359${school.code.slice(5)}`;
    const body = { revision: 1, day: today, schoolType: '312' };
    expect((await city().refused(schoolChanges.retypeSchool, { params: params(), body })).code).toBe(
      'school.newCodeNeeded',
    );
    await city().call(schoolChanges.retypeSchool, { params: params(), body: { ...body, code } });
    expect(await city().call(directory.readSchool, { params: params() })).toMatchObject({ code, schoolType: '312' });
    const again = await app.as('cityOfficer').refused(schoolChanges.openSchool, {
      body: {
        ...{ code: school.code, name: '抢用旧码小学', schoolType: '211', sponsorCode: 7, ownership: 'public' },
        ...{ urbanClass: 'rural', foundedYear: null, countyId: units.licheng.id, managingUnitId: units.licheng.id },
        day: today,
      },
    });
    expect(again.code).toBe('school.codeTaken');
    expect(again.sentence).toContain('作废');
  });

  test('merging closes the guest, keeps both histories, and can carry the guest’s code on', async () => {
    const guest = await opened();
    const body = { revision: 1, day: today, guests: [{ id: guest.id, revision: 1 }], code: guest.code };
    await city().call(schoolChanges.mergeSchools, { params: params(), body });
    expect(await city().call(directory.readSchool, { params: params() })).toMatchObject({
      code: guest.code,
      status: 'open',
    });
    const gone = await city().call(directory.readSchool, { params: { schoolId: guest.id } });
    expect(gone).toMatchObject({ status: 'merged', closedOn: today });
    expect(Object.values(gone.can)).not.toContain(true);
    expect((await history()).events[0]).toMatchObject({
      kind: 'merged',
      others: [{ id: guest.id, part: 'absorbed', name: guest.name }],
    });
    const { rows } = await app.owner.query(
      'select code, status, school_id from school_codes where code = any($1) order by code',
      [[school.code, guest.code]],
    );
    expect(rows).toEqual([
      { code: school.code, status: 'void', school_id: school.id },
      { code: guest.code, status: 'current', school_id: school.id },
    ]);
    const self = { revision: 2, day: today, guests: [{ id: school.id, revision: 2 }] };
    expect((await city().refused(schoolChanges.mergeSchools, { params: params(), body: self })).code).toBe(
      'school.notMergeable',
    );
  });

  test('splitting opens the parts and leaves the origin, or closes it', async () => {
    const part = {
      ...{ code: `21358${school.code.slice(5)}`, name: '分出来的小学', schoolType: '211', sponsorCode: 7 },
      ...{ ownership: 'public' as const, urbanClass: 'town' as const, foundedYear: 2025 },
      ...{ countyId: units.licheng.id, managingUnitId: units.licheng.id },
    };
    const { parts } = await city().call(schoolChanges.splitSchool, {
      params: params(),
      body: { revision: 1, day: today, parts: [part] },
    });
    const branch = await city().call(directory.schoolHistory, { params: { schoolId: parts[0]! } });
    expect(branch.events[0]).toMatchObject({ kind: 'opened', others: [{ id: school.id, part: 'origin' }] });
    const taken = await city().refused(schoolChanges.splitSchool, {
      params: params(),
      body: { revision: 2, day: today, parts: [part], closes: true },
    });
    expect(taken.code).toBe('school.codeTaken');
    expect((await city().call(directory.readSchool, { params: params() })).status).toBe('open');
  });

  test('closing, reopening and correcting is announced, and each follower asks for its job', async () => {
    const asked = async (act: () => Promise<unknown>) => {
      const before = app.jobs.length;
      await act();
      return app.jobs.slice(before).map(({ name, data }) => [name, data.schoolId ?? data.schoolIds, data.reason]);
    };
    const part = {
      ...{ code: `21357${school.code.slice(5)}`, name: '分设后的小学', schoolType: '211', sponsorCode: 7 },
      ...{ ownership: 'public' as const, urbanClass: 'town' as const, foundedYear: 2025 },
      ...{ countyId: units.licheng.id, managingUnitId: units.licheng.id },
    };
    const at = (body: object) => ({ params: params(), body: { day: today, ...body } }) as never;
    expect(
      await asked(() =>
        city().call(schoolChanges.correctSchool, at({ revision: 1, note: '误选', urbanClass: 'town' })),
      ),
    ).toEqual([['follower.corrected', school.id, undefined]]);
    expect(
      await asked(() => city().call(schoolChanges.splitSchool, at({ revision: 2, parts: [part], closes: true }))),
    ).toEqual(['ended', 'endedToo'].map((name) => [`follower.${name}`, [school.id], `学校已于 ${today} 分设后撤销`]));
    expect(await asked(() => city().call(schoolChanges.reopenSchool, at({ revision: 3 })))).toEqual([
      ['follower.reopened', school.id, undefined],
    ]);
    const { places } = app.jobs.at(-1)!.data;
    expect(places).toEqual([units.city.id, units.licheng.id, units.fengze.id]);
  });

  test('closing voids the code, reopening brings it back, and the gap stays a gap', async () => {
    await city().call(schoolChanges.closeSchool, { params: params(), body: { revision: 1, day: '2024-09-01' } });
    expect(
      (
        await city().refused(schoolChanges.renameSchool, {
          params: params(),
          body: { revision: 2, day: today, name: '已撤销的学校' },
        })
      ).code,
    ).toBe('school.notInState');
    expect((await city().call(directory.schools, { query: { status: 'closed' } })).rows.map((row) => row.id)).toContain(
      school.id,
    );
    await city().call(schoolChanges.reopenSchool, { params: params(), body: { revision: 2, day: '2025-09-01' } });
    expect((await history()).versions.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2025-09-01', null],
      ['2020-09-01', '2024-09-01'],
    ]);
    const { rows } = await app.owner.query('select status, voided_on from school_codes where code = $1', [school.code]);
    expect(rows).toEqual([{ status: 'current', voided_on: null }]);
  });

  test('a correction rewrites the present version and says why', async () => {
    const body = { revision: 1, note: '登记时误选', urbanClass: 'town' as const, foundedYear: 1960 };
    await city().call(schoolChanges.correctSchool, { params: params(), body });
    const { versions, events } = await history();
    expect(versions).toHaveLength(1);
    expect(versions[0]?.urbanClass).toBe('town');
    expect(events[0]).toMatchObject({
      kind: 'corrected',
      note: '登记时误选',
      changes: [
        { what: '城乡类型', from: '乡村', to: '镇区' },
        { what: '建校年份', from: '1958', to: '1960' },
      ],
    });
  });

  test('a correction reaches back through the versions that hold the same wrong fact, and no further', async () => {
    const at = (body: object) => ({ params: params(), body }) as never;
    for (const [index, day] of ['2022-09-01', '2023-09-01', today].entries()) {
      await city().call(schoolChanges.renameSchool, at({ revision: index + 1, day, name: `第${index}次改名` }));
    }
    await app.owner.query(
      `update school_versions set urban_class = 'urban' where school_id = $1 and valid_from = '2022-09-01'`,
      [school.id],
    );
    await city().call(
      schoolChanges.correctSchool,
      at({ revision: 4, note: '误选', name: '正确校名', urbanClass: 'town' }),
    );
    expect((await history()).versions.map(({ name, urbanClass }) => [name, urbanClass])).toEqual([
      ['正确校名', 'town'],
      ['第1次改名', 'town'],
      ['第0次改名', 'urban'],
      [school.name, 'rural'],
    ]);
  });

  test('what contradicts itself is refused with every fault', async () => {
    const refusal = await city().refused(schoolChanges.openSchool, {
      body: {
        ...{ code: '2144000001', name: '矛盾小学', schoolType: '219', sponsorCode: 10, ownership: 'public' },
        ...{ urbanClass: 'town', foundedYear: 2030, countyId: units.licheng.id, managingUnitId: units.licheng.id },
        day: today,
      },
    });
    expect(refusal.code).toBe('school.facts');
    const { faults } = refusal.details as { faults: { field: string }[] };
    expect(faults.map((fault) => fault.field)).toEqual(['code', 'schoolType', 'ownership', 'foundedYear']);
  });
});
