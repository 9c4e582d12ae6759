import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { directoryFeature } from '../directory.feature.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

const city = () => app.as('cityOfficer');
const school = schools.first;
const ofSchool = { params: { schoolId: school.id } };
const ofUnit = { params: { unitId: units.fengze.id } };
const rename = async (name: string, day: string) => {
  const { revision } = await city().call(directory.readSchool, ofSchool);
  return city().call(schoolChanges.renameSchool, { ...ofSchool, body: { revision, day, name } });
};
const read = async (text: string, id: number) => (await app.owner.query(text, [id])).rows;
const schoolRow = () => read(`select to_jsonb(s) - 'revision' as row from schools s where id = $1`, school.id);
const schoolVersions = () =>
  read('select to_jsonb(v) as row from school_versions v where school_id = $1 order by valid_from', school.id);
const unitRow = () => read('select to_jsonb(u) as row from org_units u where id = $1', units.fengze.id);
const unitVersions = () =>
  read('select to_jsonb(v) as row from org_unit_versions v where unit_id = $1 order by valid_from', units.fengze.id);
/** Lets the last audited act lie as long ago. */
const age = async (seconds: number) => {
  await app.owner.query('alter table audit_events disable trigger user');
  await app.owner.query(
    `update audit_events set at = at - make_interval(secs => $1) where id = (select max(id) from audit_events)`,
    [seconds],
  );
  await app.owner.query('alter table audit_events enable trigger user');
};

describe('the renaming of a school that is taken back', () => {
  it('leaves the school and its history as they were, and an event that says so', async () => {
    // The search column is made with the first change; what is compared begins after one.
    await rename('示例第一实验小学', '2024-09-01');
    const before = [await schoolRow(), await schoolVersions()];
    await rename('示例第一小学东校区', '2025-09-01');
    expect(await schoolVersions()).toHaveLength(before[1]!.length + 1);
    await city().call(schoolChanges.undoRename, ofSchool);
    expect([await schoolRow(), await schoolVersions()]).toEqual(before);
    const { events } = await city().call(directory.schoolHistory, ofSchool);
    expect(events.map(({ kind, note }) => [kind, note])).toContainEqual(['corrected', '撤销刚才的更名']);
    const audit = await app.owner.query(
      `select action, before ->> 'name' as before, after ->> 'name' as after from audit_events order by id desc limit 1`,
    );
    expect(audit.rows).toEqual([
      { action: 'school.renameUndone', before: '示例第一小学东校区', after: '示例第一实验小学' },
    ]);
  });

  it('on the day of another change restores what that day said', async () => {
    await rename('第一次改名小学', '2025-10-01');
    const before = [await schoolRow(), await schoolVersions()];
    await rename('第二次改名小学', '2025-10-01');
    await city().call(schoolChanges.undoRename, ofSchool);
    expect([await schoolRow(), await schoolVersions()]).toEqual(before);
  });

  it('is refused after another change, after a minute, twice, and to a county', async () => {
    expect(await city().refused(schoolChanges.undoRename, ofSchool)).toMatchObject({ code: 'undo.overtaken' });
    await rename('第三次改名小学', '2025-10-10');
    expect(await app.as('countyDirector').refused(schoolChanges.undoRename, ofSchool)).toMatchObject({ status: 403 });
    await age(61);
    const late = await city().refused(schoolChanges.undoRename, ofSchool);
    expect(late).toMatchObject({ status: 409, code: 'undo.tooLate' });
    expect(late.message).toContain('“第三次改名小学”：更名已过一分钟，不能再撤销');
    const foreign = { params: { schoolId: 999_999 } };
    expect(await city().refused(schoolChanges.undoRename, foreign)).toMatchObject({ status: 404 });
  });
});

describe('the renaming of a unit that is taken back', () => {
  it('leaves the unit and its history as they were', async () => {
    const body = { day: '2025-09-01', name: '丰泽新区', shortName: '丰泽新', parentId: units.city.id };
    const first = { ...body, name: '丰泽区', shortName: '丰泽县', day: '2024-09-01' };
    await city().call(orgUnits.renameUnit, { ...ofUnit, body: first });
    const before = [await unitRow(), await unitVersions()];
    await city().call(orgUnits.renameUnit, { ...ofUnit, body });
    expect(await unitRow()).not.toEqual(before[0]);
    expect(await city().call(orgUnits.undoUnitRename, ofUnit)).toMatchObject({ name: '丰泽区', shortName: '丰泽县' });
    expect([await unitRow(), await unitVersions()]).toEqual(before);
    expect(await city().refused(orgUnits.undoUnitRename, ofUnit)).toMatchObject({ code: 'undo.overtaken' });
  });

  it('on the day of another renaming restores name and document of that day', async () => {
    const body = { day: '2025-10-01', shortName: '丰泽', parentId: units.city.id };
    await city().call(orgUnits.renameUnit, {
      ...ofUnit,
      body: { ...body, name: '丰泽一区', document: '泉政〔2025〕1号' },
    });
    const before = [await unitRow(), await unitVersions()];
    await city().call(orgUnits.renameUnit, { ...ofUnit, body: { ...body, name: '丰泽二区' } });
    await city().call(orgUnits.undoUnitRename, ofUnit);
    expect([await unitRow(), await unitVersions()]).toEqual(before);
  });

  it('is taken back for the province too, whose acts lie with the city', async () => {
    const province = { params: { unitId: units.province.id } };
    const body = { day: '2025-09-01', name: '福建', shortName: '闽', parentId: null };
    await city().call(orgUnits.renameUnit, { ...province, body });
    expect(await city().call(orgUnits.undoUnitRename, province)).toMatchObject({ name: '福建省' });
  });
});
