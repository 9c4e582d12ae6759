import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as imports from '#contract/directory/import.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { listSchoolsOn } from '#core/calendar/register.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const facts = {
  code: null,
  schoolType: '211',
  sponsorCode: 7,
  ownership: 'public' as const,
  urbanClass: 'rural' as const,
  foundedYear: 2024,
  countyId: units.licheng.id,
  managingUnitId: units.licheng.id,
  day: '2025-09-01',
};
function table(text: string) {
  const bytes = new TextEncoder().encode(text);
  return { name: '名录.csv', bytes, size: bytes.length };
}

const open = (name: string) => app.as('cityOfficer').call(schoolChanges.openSchool, { body: { ...facts, name } });

describe('a school without 学校标识码', () => {
  it('is opened, listed last, found, exported with an empty cell and taken back as it is', async () => {
    const as = app.as('cityOfficer');
    const { schoolId } = await open('无码小学');
    await open('另一无码小学');
    const listed = async (sort: string, page: number) =>
      (await as.call(directory.schools, { query: { sort, page, pageSize: 3 } })).rows.map((row) => [
        row.code,
        row.name,
      ]);
    const ascending = [...(await listed('code', 1)), ...(await listed('code', 2)), ...(await listed('code', 3))];
    expect(ascending.slice(-2)).toEqual([
      [null, '无码小学'],
      [null, '另一无码小学'],
    ]);
    expect((await listed('-code', 3)).map(([code]) => code)).toEqual([null, null]);
    expect((await as.call(directory.find, { query: { text: 'wmxx' } })).schools).toMatchObject([
      { id: schoolId, code: null },
      { code: null },
    ]);
    const exported = await as.call(directory.exportSchools, { query: { format: 'csv' } });
    const text = new TextDecoder().decode(exported.body);
    expect(text).toMatch(/^,无码小学,/m);
    const looked = await as.call(imports.previewImport, { file: table(text) });
    expect(looked).toMatchObject({ changes: { total: 0 }, hard: 0 });
    expect(looked.facts).toContainEqual(['与登记相同', `${looked.sheets[0]?.rows} 所`]);
  });

  it('is renamed and closed, and comes back, without any code being voided', async () => {
    const as = app.as('cityOfficer');
    const { schoolId, revision } = await open('短命小学');
    const params = { schoolId };
    const day = (n: number) => ({ revision: revision + n, day: `2025-09-0${n + 2}` });
    await as.call(schoolChanges.renameSchool, { params, body: { ...day(0), name: '短名小学' } });
    await as.call(schoolChanges.closeSchool, { params, body: day(1) });
    await as.call(schoolChanges.reopenSchool, { params, body: day(2) });
    const { rows } = await app.owner.query('select 1 from school_codes where school_id = $1', [schoolId]);
    expect(rows).toEqual([]);
    const { versions } = await as.call(directory.schoolHistory, { params });
    expect(versions.map((version) => [version.name, version.code])).toEqual([
      ['短名小学', null],
      ['短名小学', null],
      ['短命小学', null],
    ]);
  });

  it('is given its code once, and no other after it', async () => {
    const as = app.as('cityOfficer');
    const { schoolId } = await open('补码小学');
    const params = { schoolId };
    const give = (revision: number, code: string) => ({ params, body: { revision, note: '省厅赋码', code } });
    expect((await as.refused(schoolChanges.correctSchool, give(1, schools.first.code))).code).toBe('school.codeTaken');
    await as.call(schoolChanges.correctSchool, give(1, '2135999777'));
    expect((await as.call(directory.readSchool, { params })).code).toBe('2135999777');
    expect((await as.refused(schoolChanges.correctSchool, give(2, '2135999778'))).code).toBe('school.codeStays');
    const { rows } = await app.owner.query('select code, status from school_codes where school_id = $1', [schoolId]);
    expect(rows).toEqual([{ code: '2135999777', status: 'current' }]);
  });

  it('may take over the code of a school that goes into it', async () => {
    const as = app.as('cityOfficer');
    const host = await open('并入小学');
    const guest = { id: schools.neighbour.id, revision: 1 };
    await as.call(schoolChanges.mergeSchools, {
      params: { schoolId: host.schoolId },
      body: { revision: 1, day: '2025-09-02', guests: [guest], code: schools.neighbour.code },
    });
    const { code } = await as.call(directory.readSchool, { params: { schoolId: host.schoolId } });
    expect(code).toBe(schools.neighbour.code);
  });

  it('is not opened a second time by a table that brings its code, nor by one without', async () => {
    await open('表中小学');
    const look = async (row: string) => {
      const file = table(`学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份\n${row}`);
      const { groups, changes } = await app.as('cityOfficer').call(imports.previewImport, { file });
      return { findings: groups.flatMap(({ findings }) => findings), acts: changes.rows.map(({ act }) => act) };
    };
    const rest = '鲤城区,211,7,公办,乡村,2024';
    expect((await look(`2135999888,表中小学,${rest}`)).findings).toMatchObject([
      { part: '学校标识码', rule: '登记中有同名而暂无标识码的学校' },
    ]);
    expect((await look(`,未登记小学,${rest}`)).findings).toMatchObject([{ part: '学校标识码', rule: '不能为空' }]);
    expect(await look(`,表中小学,${rest.replace('乡村', '镇区')}`)).toEqual({ findings: [], acts: ['correct'] });
    expect((await look(`,表中小学,${rest}\n,表中小学,${rest}`)).findings).toMatchObject([{ value: '' }]);
  });
});

describe('a kindergarten', () => {
  const as = () => app.as('cityOfficer');
  const opened = (name: string, schoolType: string) =>
    as().call(schoolChanges.openSchool, { body: { ...facts, name, schoolType } });

  it('is opened by the route, and stands on its own list and in its own export', async () => {
    await opened('示例幼儿园', '111');
    const names = async (query: { kind?: 'kindergarten' }) =>
      (await as().call(directory.schools, { query })).rows.map((row) => row.name);
    expect(await names({})).not.toContain('示例幼儿园');
    expect(await names({ kind: 'kindergarten' })).toEqual(['示例幼儿园']);
    const exported = async (query: { kind?: 'kindergarten' }) =>
      new TextDecoder().decode((await as().call(directory.exportSchools, { query: { format: 'csv', ...query } })).body);
    expect(await exported({})).not.toContain('幼儿园');
    expect(await exported({ kind: 'kindergarten' })).toContain('示例幼儿园');
    expect((await as().call(directory.find, { query: { text: '示例幼' } })).schools).toEqual([]);
    const { schools: counted } = await as().call(orgUnits.readUnit, { params: { unitId: units.licheng.id } });
    expect(counted.map((line) => line.schoolType)).not.toContain('111');
  });

  it('stands in the register of no year, so that no collection takes it', async () => {
    const { schoolId } = await opened('未收幼儿园', '111');
    const pupils = await opened('新收小学', '211');
    const onDay = await withLease(app.services.pool, (held) =>
      held.reading(atPlaces([units.licheng.id]), (db) => listSchoolsOn(db, '2025-10-01')),
    );
    const ids = onDay.map((one) => one.schoolId);
    expect(ids).toContain(pupils.schoolId);
    expect(ids).not.toContain(schoolId);
  });

  it('never becomes a school, nor is merged with one', async () => {
    const [garden, pupils] = [await opened('变更幼儿园', '111'), await opened('变更小学', '211')];
    const retyped = await as().refused(schoolChanges.retypeSchool, {
      params: { schoolId: garden.schoolId },
      body: { revision: 1, day: '2025-09-02', schoolType: '211' },
    });
    expect(retyped.sentence + JSON.stringify(retyped.details)).toContain('幼儿园与学校不能互相变更或合并');
    const merged = await as().refused(schoolChanges.mergeSchools, {
      params: { schoolId: pupils.schoolId },
      body: { revision: 1, day: '2025-09-02', guests: [{ id: garden.schoolId, revision: garden.revision }] },
    });
    expect(merged.sentence + JSON.stringify(merged.details)).toContain('幼儿园与学校不能互相变更或合并');
  });
});
