import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { readHeadedTable } from '#platform/documents/headed-table.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { directoryFeature } from './directory.feature.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

describe('who sees what', () => {
  test('nobody without a session', async () => {
    expect((await app.stranger.refused(directory.schools)).status).toBe(401);
  });

  test('a county sees its schools, a school itself, the city everything, an administrator nothing', async () => {
    const names = async (member: Parameters<TestApp['as']>[0]) => {
      const { rows, total } = await app.as(member).call(directory.schools, { query: { pageSize: 50 } });
      expect(rows).toHaveLength(total);
      return rows.map((row) => row.id);
    };
    expect(await names('countyOfficer')).toEqual([schools.first.id, schools.neighbour.id, schools.junior.id]);
    expect(await names('head')).toEqual([schools.first.id]);
    expect(await names('cityOfficer')).toHaveLength(6);
    expect((await app.as('systemAdministrator').refused(directory.schools)).status).toBe(403);
  });

  test('from outside or without an assignment nobody sees a school, and an expert sees no telephone', async () => {
    await app.owner.query("update org_units set contact_name = '林督导', contact_phone = '0595-1' where id = $1", [
      units.licheng.id,
    ]);
    const contact = async (member: Parameters<TestApp['as']>[0]) => {
      const tree = (await app.as(member).call(orgUnits.units)).units;
      expect(tree.map(({ id }) => id)).toContain(units.fengze.id);
      return tree.find(({ id }) => id === units.licheng.id)?.contact;
    };
    expect(await contact('expert')).toEqual({ name: null, phone: null });
    expect(await contact('idleInspector')).toEqual({ name: '林督导', phone: '0595-1' });

    const ofSchool = { params: { schoolId: schools.first.id } };
    const ofUnit = { params: { unitId: units.licheng.id } };
    const find = { query: { text: '示例' } };
    const expert = app.as('expert');
    for (const refusal of [
      await expert.refused(directory.schools),
      await expert.refused(directory.exportSchools, { query: { format: 'csv' } }),
      await expert.refused(directory.readSchool, ofSchool),
      await expert.refused(directory.schoolHistory, ofSchool),
      await expert.refused(directory.find, find),
      await expert.refused(orgUnits.readUnit, ofUnit),
    ]) {
      expect(refusal.code).toBe('access.denied');
    }
    const idle = app.as('idleInspector');
    expect(await idle.call(directory.schools)).toMatchObject({ rows: [], total: 0 });
    const csv = await idle.call(directory.exportSchools, { query: { format: 'csv' } });
    expect(new TextDecoder().decode(csv.body).trim().split('\r\n')).toHaveLength(1);
    expect((await idle.refused(directory.readSchool, ofSchool)).code).toBe('thing.notFound');
    expect((await idle.refused(directory.schoolHistory, ofSchool)).code).toBe('thing.notFound');
    expect((await idle.call(directory.find, find)).schools).toEqual([]);
    expect((await idle.refused(orgUnits.readUnit, ofUnit)).code).toBe('thing.notFound');
    await app.owner.query('update org_units set contact_name = null, contact_phone = null');
  });

  test('a school outside is not found, for a neighbour as for a county', async () => {
    const foreign = { params: { schoolId: schools.foreign.id } };
    const neighbour = { params: { schoolId: schools.neighbour.id } };
    expect((await app.as('countyOfficer').refused(directory.readSchool, foreign)).code).toBe('thing.notFound');
    expect((await app.as('countyOfficer').refused(directory.schoolHistory, foreign)).code).toBe('thing.notFound');
    expect((await app.as('head').refused(directory.readSchool, neighbour)).code).toBe('thing.notFound');
    expect((await app.as('head').call(directory.find, { query: { text: '示例' } })).schools).toHaveLength(1);
    expect(
      (await app.as('countyOfficer').refused(orgUnits.readUnit, { params: { unitId: units.fengze.id } })).status,
    ).toBe(404);
  });

  test('only the city officer changes schools, and the reply says so beforehand', async () => {
    const params = { schoolId: schools.first.id };
    const body = { revision: 1, day: '2025-10-15', name: '别的名字' };
    for (const member of ['countyDirector', 'countyOfficer', 'head', 'sectionOfficer'] as const) {
      expect((await app.as(member).refused(schoolChanges.renameSchool, { params, body })).status).toBe(403);
      const { can } = await app.as(member).call(directory.readSchool, { params });
      expect(Object.values(can)).not.toContain(true);
    }
    const { can } = await app.as('cityOfficer').call(directory.readSchool, { params });
    expect(can).toMatchObject({ rename: true, close: true, reopen: false });
  });
});

describe('lists', () => {
  const found = async (query: object) => {
    const { rows, total } = await app.as('cityOfficer').call(directory.schools, { query });
    return { ids: rows.map((row) => row.id), total };
  };

  test('find by name, code and pinyin initials, and take signs literally', async () => {
    expect((await found({ search: '第二' })).ids).toEqual([schools.neighbour.id]);
    expect((await found({ search: schools.foreign.code })).ids).toEqual([schools.foreign.id]);
    expect((await found({ search: 'SLMB' })).ids).toEqual([schools.private.id]);
    expect((await found({ search: '%' })).ids).toEqual([]);
    expect((await found({ search: '2135' })).total).toBeGreaterThan(2);
  });

  test('filter by place, kind, level, ownership and who manages', async () => {
    expect((await found({ unitId: units.fengze.id })).total).toBe(3);
    expect((await found({ managedBy: 'city' })).ids).toEqual([schools.cityManaged.id]);
    expect((await found({ level: 'junior' })).ids).toEqual([
      schools.junior.id,
      schools.foreign.id,
      schools.cityManaged.id,
    ]);
    expect((await found({ schoolType: '312' })).ids).toEqual([schools.foreign.id]);
    expect((await found({ ownership: 'private' })).ids).toEqual([schools.private.id]);
    expect((await found({ status: 'closed' })).total).toBe(0);
  });

  test('count all while showing a page, also behind the last one', async () => {
    const first = await found({ page: 1, pageSize: 2 });
    const second = await found({ page: 2, pageSize: 2 });
    const { total } = first;
    expect(first.ids).toHaveLength(2);
    expect(second.ids).not.toContain(first.ids[0]);
    expect(await found({ page: 99, pageSize: 2 })).toEqual({ ids: [], total });
  });

  test('sort by column, both ways', async () => {
    const up = (await found({ sort: 'name' })).ids;
    expect((await found({ sort: '-name' })).ids).toEqual([...up].reverse());
    expect((await app.as('cityOfficer').call(directory.schools, { query: { sort: 'nonsense' } })).rows[0]?.id).toBe(
      schools.first.id,
    );
  });

  test('leave as files with the same rows', async () => {
    for (const format of ['xlsx', 'csv'] as const) {
      const reply = await app.as('countyOfficer').call(directory.exportSchools, { query: { format } });
      expect(reply.fileName).toMatch(/^学校名录_鲤城区_\d{4}-\d\d-\d\d\.(?:xlsx|csv)$/);
      const columns = ['学校标识码', '学校名称', '办别'].map((name) => ({ name }));
      const table = await readHeadedTable({ name: reply.fileName, bytes: reply.body }, columns);
      expect(table.rows).toHaveLength((await app.as('countyOfficer').call(directory.schools)).total);
      expect(table.rows[0]?.cells.get('学校标识码')?.text).toBe(schools.first.code);
    }
  });
});

describe('units', () => {
  test('a tree for everybody who is signed in, with the zone-safe codes', async () => {
    const { units: all } = await app.as('roleless').call(orgUnits.units);
    expect(all.map((unit) => unit.name)).toEqual(['福建省', '泉州市', '鲤城区', '丰泽区']);
  });

  test('a county names its own contact and nobody else’s', async () => {
    const body = { name: '陈老师', phone: '0595-1234' };
    await app.as('countyOfficer').call(orgUnits.saveContact, { params: { unitId: units.licheng.id }, body });
    const other = { params: { unitId: units.fengze.id }, body };
    expect((await app.as('countyOfficer').refused(orgUnits.saveContact, other)).status).toBe(404);
    expect((await app.as('head').refused(orgUnits.saveContact, other)).status).toBe(403);
    // The audit stores the city's acts on itself and on the province at the place of the city.
    for (const unit of [units.city, units.province]) {
      await app.as('cityOfficer').call(orgUnits.saveContact, { params: { unitId: unit.id }, body });
    }
    const { rows: told } = await app.owner.query(
      `select place_id, object_id from audit_events where action = 'unit.contactSaved' order by id desc limit 2`,
    );
    expect(told.map((row) => [row.object_id, row.place_id])).toEqual([
      [String(units.province.id), units.city.id],
      [String(units.city.id), units.city.id],
    ]);
    const read = await app.as('head').call(directory.readSchool, { params: { schoolId: schools.first.id } });
    expect(read.contact).toEqual({ unitName: '鲤城区', ...body });
  });

  test('renaming keeps the old name; a county cannot hang below a county', async () => {
    const params = { unitId: units.fengze.id };
    const body = { day: '2025-01-01', name: '丰泽新区', shortName: '丰泽', parentId: units.city.id };
    const wrong = { params, body: { ...body, parentId: units.licheng.id } };
    expect((await app.as('cityOfficer').refused(orgUnits.renameUnit, wrong)).code).toBe('unit.notParent');
    await app.as('cityOfficer').call(orgUnits.renameUnit, { params, body });
    const { versions } = await app.as('cityOfficer').call(orgUnits.readUnit, { params });
    expect(versions.map((version) => version.name)).toEqual(['丰泽新区', '丰泽区']);
  });
});
