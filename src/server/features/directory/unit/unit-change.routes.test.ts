import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as changes from '#contract/directory/unit-changes.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layOwingSchool, layYear } from '#test/support/collection.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  // The numbers of the scenario are written by hand, as those of an earlier installation were.
  await app.owner.query(`select setval('org_units_id_seq', (select max(id) from org_units))`);
});
afterAll(() => app.close());

const officer = () => app.as('cityOfficer');
const open = (given: object = {}) => ({
  body: {
    name: '泉州经济技术开发区',
    shortName: '开发区',
    gbCode: null,
    day: '2025-10-01',
    document: '泉政〔2025〕9号',
    ...given,
  },
});
const rowOf = async (id: number) => (await officer().call(changes.unitRegister)).rows.find((row) => row.id === id);
const recorded = async (action: string) =>
  (
    await app.owner.query('select place_id, object_id, before, after from audit_events where action = $1 order by id', [
      action,
    ])
  ).rows;

describe('a county-level unit is opened', () => {
  it('as a zone with a code and a tile of its own, from a day on', async () => {
    const zone = await officer().call(changes.openUnit, open());
    expect(zone).toMatchObject({
      ...{ level: 'county', name: '泉州经济技术开发区', shortName: '开发区', unitCode: '3505-A', gbCode: null },
      ...{ parentId: units.city.id, initials: 'qzjjjskfq', tile: { column: 0, row: 0 } },
    });
    expect(await rowOf(zone.id)).toMatchObject({ openedOn: '2025-10-01', schools: 0, posts: 0, removable: true });
    expect(await recorded('unit.opened')).toEqual([
      {
        ...{ place_id: zone.id, object_id: String(zone.id), before: null },
        after: { name: '泉州经济技术开发区', shortName: '开发区', unitCode: '3505-A', day: '2025-10-01' },
      },
    ]);
    // The officer reaches it at once.
    expect((await officer().call(orgUnits.readUnit, { params: { unitId: zone.id } })).versions).toEqual([
      {
        validFrom: '2025-10-01',
        validTo: null,
        name: '泉州经济技术开发区',
        parentName: '泉州市',
        document: '泉政〔2025〕9号',
      },
    ]);
  });

  it('with a code of the standard that is free and lies in the province', async () => {
    const county = { name: '安溪县', shortName: '安溪' };
    const refusal = async (gbCode: string | null, more = {}) =>
      (await officer().refused(changes.openUnit, open({ ...county, gbCode, ...more }))).sentence;
    expect(await refusal('350502')).toBe('行政区划代码 350502 已用于鲤城区，一个代码只给一个单位，请核对。');
    expect(await refusal('410302')).toBe(
      '行政区划代码 410302 与泉州市不在同一个省份，请核对；功能区没有代码，请留空。',
    );
    expect(await refusal('350524', { day: '2025-10-16' })).toContain('晚于今天（2025-10-15）');
    expect(await refusal('350524', { shortName: '开发区' })).toBe('“开发区”已用于另一个单位，请改用能区分的名称。');
    const made = await officer().call(changes.openUnit, open({ ...county, gbCode: '350524' }));
    expect(made).toMatchObject({ unitCode: '350524', gbCode: '350524', tile: { column: 0, row: 1 } });
  });

  it('once, when two ask at the same moment for one name', async () => {
    const twice = open({ name: '同时新区', shortName: '同时' });
    const asked = await Promise.allSettled([
      officer().call(changes.openUnit, twice),
      officer().call(changes.openUnit, twice),
    ]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('by nobody but the officer of the city', async () => {
    for (const member of ['countyDirector', 'systemAdministrator', 'sectionOfficer'] as const) {
      expect((await app.as(member).refused(changes.openUnit, open())).status).toBe(403);
    }
  });
});

it('a new name of a county may not look like that of another', async () => {
  const body = { name: '鲤城区', shortName: '丰泽', parentId: units.city.id, day: '2025-10-10' };
  const refused = await officer().refused(orgUnits.renameUnit, { params: { unitId: units.fengze.id }, body });
  expect(refused.sentence).toBe('“鲤城区”已用于另一个单位，请改用能区分的名称。');
});

describe('a county-level unit is closed', () => {
  const close = (unitId: number, given: object = {}) => ({
    ...{ params: { unitId }, body: { day: '2025-10-12', document: '', intoUnitId: null, ...given } },
  });

  it('only when no school, post or filing is left, and the sentence counts them', async () => {
    const year = await layYear(app.owner, {
      ...{ year: 2025, opensOn: '2025-09-15', deadline: '2025-10-10', cityDeadline: '2025-10-31' },
    });
    await layOwingSchool(app.owner, year, schools.foreign, { state: 'draft' });
    const refused = await officer().refused(changes.closeUnit, close(units.fengze.id));
    expect(refused.status).toBe(409);
    expect(refused.sentence).toMatch(
      /^丰泽区还有 3 所学校、\d+ 个岗位、1 份未批准的填报，不能撤销。请先把学校变更隶属或撤销、收回岗位、办结填报，再撤销单位。$/,
    );
  });

  it('on a day after its last change, into another unit that stands, and stays readable', async () => {
    const unit = await officer().call(changes.openUnit, open({ name: '旧区', shortName: '旧', day: '2025-09-01' }));
    const refusal = async (given: object) =>
      (await officer().refused(changes.closeUnit, close(unit.id, given))).sentence;
    expect(await refusal({ day: '2025-09-01' })).toContain('不晚于这个单位最近一次变动（2025-09-01）');
    expect(await refusal({ day: '2025-10-16' })).toContain('晚于今天');
    expect(await refusal({ intoUnitId: unit.id })).toContain('不能并入自身');
    await officer().call(changes.closeUnit, close(unit.id, { intoUnitId: units.licheng.id, document: '撤区' }));

    const tree = (await officer().call(orgUnits.units)).units.map(({ id }) => id);
    expect(tree).not.toContain(unit.id);
    expect(await rowOf(unit.id)).toMatchObject({
      ...{ openedOn: '2025-09-01', closedOn: '2025-10-12', closedInto: '鲤城区', tile: null },
    });
    const { versions } = await officer().call(orgUnits.readUnit, { params: { unitId: unit.id } });
    expect(versions[0]).toMatchObject({ validFrom: '2025-09-01', validTo: '2025-10-12', name: '旧区' });
    expect((await officer().refused(changes.closeUnit, close(unit.id))).sentence).toBe('旧区已于 2025-10-12 撤销。');
    // Its code is never given again.
    const next = await officer().call(changes.openUnit, open({ name: '新区', shortName: '新' }));
    expect(next.unitCode).not.toBe(unit.unitCode);
  });
});

describe('a unit that was entered by mistake', () => {
  it('is removed while nothing names it, and the record stays', async () => {
    const unit = await officer().call(changes.openUnit, open({ name: '误增区', shortName: '误增' }));
    await officer().call(changes.removeUnit, { params: { unitId: unit.id } });
    expect(await rowOf(unit.id)).toBeUndefined();
    expect((await recorded('unit.removed')).at(-1)).toMatchObject({ object_id: String(unit.id) });
  });

  it('is only closed once something names it: a school, a post of the past, or data of any feature', async () => {
    const refusal = async (unitId: number) =>
      (await officer().refused(changes.removeUnit, { params: { unitId } })).sentence;
    expect(await refusal(units.licheng.id)).toBe(
      '鲤城区有过学校、岗位或数据，不能删除；不再设立的，请办理“撤销”，以前各年的数据照常可查。',
    );
    const unit = await officer().call(changes.openUnit, open({ name: '有事区', shortName: '有事' }));
    await app.owner.query(
      `insert into notices (place_id, id, kind, audience, subject_type, subject_id, school_id, sent_by, sent_by_name, sent_at)
       values ($1, gen_random_uuid(), 'x', 'school', 'x', gen_random_uuid(), 1, 'x', 'x', now())`,
      [unit.id],
    );
    expect(await refusal(unit.id)).toContain('有事区有过学校、岗位或数据');
    expect(await rowOf(unit.id)).toBeDefined();
  });
});

describe('the map of tiles', () => {
  it('takes every place once, and draws nobody who is not named', async () => {
    const tiles = [
      { unitId: units.licheng.id, column: 3, row: 2 },
      { unitId: units.fengze.id, column: 3, row: 2 },
    ];
    const refused = await officer().refused(changes.arrangeUnits, { body: { tiles } });
    expect(refused.sentence).toBe('鲤城区、丰泽区排在同一格，请给每个单位一个自己的位置。');
    tiles[1]!.column = 4;
    expect(await officer().call(changes.arrangeUnits, { body: { tiles } })).toEqual({ placed: 2 });
    expect(await rowOf(units.fengze.id)).toMatchObject({ tile: { column: 4, row: 2 } });
    const { rows } = await officer().call(changes.unitRegister);
    expect(rows.filter(({ tile }) => tile !== null)).toHaveLength(2);
  });
});
