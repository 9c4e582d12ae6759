import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as directory from '#contract/directory/directory.ts';
import * as lower from '#contract/directory/lower-units.ts';
import * as people from '#contract/people/people.ts';
import type { RouteInput } from '#contract/route.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';

const { city, licheng, fengze } = units;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  await app.owner.query(`select setval('org_units_id_seq', (select max(id) from org_units))`);
});
afterAll(() => app.close());

const officer = () => app.as('cityOfficer');
const opening = (unitId: number, given: Partial<RouteInput<typeof lower.openLowerUnit>['body']>) => ({
  params: { unitId },
  body: { name: '督导室', kind: 'section' as const, parentId: null, day: '2025-09-01', ...given },
});
const open = (unitId: number, given: Parameters<typeof opening>[1], by: Member = 'cityOfficer') =>
  app.as(by).call(lower.openLowerUnit, opening(unitId, given));
const at = (lowerUnitId: number, body: object = {}) => ({ params: { lowerUnitId }, body: body as never });
const rowsOf = async (unitId: number, by: Member = 'cityOfficer') =>
  (await app.as(by).call(lower.lowerUnits, { params: { unitId } })).rows;
const recorded = async (id: number) =>
  (
    await app.owner.query(
      `select action, place_id, before, after from audit_events
     where object_type = 'unit' and object_id = $1 order by id`,
      [String(id)],
    )
  ).rows;

/** The director of 鲤城 holds the register of her county, as an installation may decide. */
const whileCountyManages = async (act: () => Promise<void>) => {
  const change = (how: string) =>
    app.owner.query(
      `update roles set permissions = ${how}(permissions, 'directory.manage') where key = 'county-director'`,
    );
  await change('array_append');
  try {
    await act();
  } finally {
    await change('array_remove');
  }
};

describe('a unit below a city or a county', () => {
  it('is opened where its kind may stand, from a day on, under a name of its own', async () => {
    const bureau = await open(city.id, { name: '市财政局', kind: 'department', document: '泉委编〔2025〕3号' });
    const part = await open(city.id, { name: '教科文科', parentId: bureau.id });
    expect(part).toMatchObject({
      ...{ kind: 'section', parentId: bureau.id, parentName: '市财政局', placeId: city.id, placeName: '泉州市' },
      ...{ openedOn: '2025-09-01', closedOn: null, posts: 0 },
    });
    expect((await rowsOf(city.id)).map(({ name }) => name)).toEqual(['教科文科', '市财政局']);
    expect(await recorded(bureau.id)).toEqual([
      {
        ...{ action: 'unit.opened', place_id: city.id, before: null },
        after: { name: '市财政局', unitKind: '部门', parentId: city.id, day: '2025-09-01' },
      },
    ]);
    const refusal = async (unitId: number, given: Parameters<typeof opening>[1]) =>
      (await officer().refused(lower.openLowerUnit, opening(unitId, given))).sentence;
    expect(await refusal(city.id, { name: '东海街道', kind: 'township' })).toBe(
      '泉州市之下不能设乡镇（街道），可设科室、部门、直属单位；请另选类别或上级。',
    );
    expect(await refusal(city.id, { name: '预算股', parentId: part.id })).toBe(
      '教科文科之下不再设单位，请选择它的上级。',
    );
    expect(await refusal(city.id, { name: '教科文科' })).toBe('“教科文科”已用于另一个单位，请改用能区分的名称。');
    expect(await refusal(city.id, { day: '2025-10-16' })).toContain('晚于今天（2025-10-15）');
    // The same name may stand in another place.
    expect(await open(licheng.id, { name: '教科文科' })).toMatchObject({ placeId: licheng.id });
    expect(await refusal(licheng.id, { parentId: bureau.id })).toContain('找不到这个单位');
  });

  it('is renamed from a day on with its history, and the renaming is taken back', async () => {
    const unit = await open(city.id, { name: '基教科' });
    const renamed = await officer().call(lower.renameLowerUnit, at(unit.id, { name: '基础教育科', day: '2025-10-01' }));
    expect(renamed.name).toBe('基础教育科');
    const namesOf = async () =>
      (await officer().call(lower.readLowerUnit, at(unit.id))).versions.map(({ validFrom, validTo, name }) => [
        ...[name, validFrom, validTo],
      ]);
    expect(await namesOf()).toEqual([
      ['基础教育科', '2025-10-01', null],
      ['基教科', '2025-09-01', '2025-10-01'],
    ]);
    const { sentence } = await officer().refused(
      lower.renameLowerUnit,
      at(unit.id, { name: '义教科', day: '2025-09-30' }),
    );
    expect(sentence).toContain('早于最近一次登记的变动（2025-10-01）');
    expect((await officer().call(lower.undoLowerUnitRename, at(unit.id))).name).toBe('基教科');
    expect(await namesOf()).toEqual([['基教科', '2025-09-01', null]]);
    expect((await recorded(unit.id)).map(({ action, place_id }) => [action, place_id])).toEqual([
      ['unit.opened', city.id],
      ['unit.renamed', city.id],
      ['unit.renameUndone', city.id],
    ]);
    expect((await officer().refused(lower.undoLowerUnitRename, at(unit.id))).code).toBe('undo.overtaken');
  });

  it('is closed on a day, after its posts were named and the units below it are closed', async () => {
    const bureau = await open(city.id, { name: '市人社局', kind: 'department' });
    const part = await open(city.id, { name: '专技科', parentId: bureau.id });
    const member = app.as('sectionOfficer');
    await app.as('securityAdministrator').call(people.setSection, {
      params: { personId: member.personId, grantId: member.grants[0]! },
      body: { sectionId: part.id },
    });
    const detail = await officer().call(lower.readLowerUnit, at(part.id));
    expect(detail).toMatchObject({
      posts: [{ grantId: member.grants[0], person: '科室员', role: '市局科室干部' }],
      unit: { posts: 1 },
      can: { manage: true },
    });
    // Whoever may not close it does not read who works in it.
    expect(await app.as('countyOfficer').call(lower.readLowerUnit, at(part.id))).toMatchObject({
      ...{ posts: [], can: { manage: false } },
    });
    const closing = { day: '2025-10-15' };
    expect((await officer().refused(lower.closeLowerUnit, at(bureau.id, closing))).sentence).toBe(
      '市人社局之下还有专技科，不能撤销。请先撤销这些单位。',
    );
    expect((await officer().refused(lower.closeLowerUnit, at(part.id, { day: '2025-09-01' }))).code).toBe(
      'unit.dayTooEarly',
    );
    await officer().call(lower.closeLowerUnit, at(part.id, closing));
    await officer().call(lower.closeLowerUnit, at(bureau.id, closing));
    const closed = (await rowsOf(city.id)).filter(({ closedOn }) => closedOn !== null);
    expect(closed.map(({ name, closedOn, posts }) => [name, closedOn, posts])).toEqual([
      ['专技科', '2025-10-15', 1],
      ['市人社局', '2025-10-15', 0],
    ]);
    const again = await officer().refused(lower.closeLowerUnit, at(part.id, closing));
    expect(again.sentence).toBe('专技科已于 2025-10-15 撤销。');
    // The post goes on, and its administrator is told to choose another section.
    const { rows } = await app.as('securityAdministrator').call(people.list, { query: { mark: 'section-lapsed' } });
    expect(rows.map(({ name }) => name)).toEqual(['科室员']);
  });

  it('is found by its name, its pinyin and by nobody after it is closed', async () => {
    const unit = await open(fengze.id, { name: '学前教育股' });
    const found = async (text: string, by: Member = 'cityOfficer') =>
      (await app.as(by).call(directory.find, { query: { text } })).lowerUnits;
    const line = { id: unit.id, name: '学前教育股', placeId: fengze.id, placeName: '丰泽区' };
    expect(await found('学前教育')).toEqual([line]);
    expect(await found('xqjyg', 'otherOfficer')).toEqual([line]);
    expect(await found('学前教育', 'countyOfficer')).toEqual([]);
    await officer().call(lower.closeLowerUnit, at(unit.id, { day: '2025-10-15' }));
    expect(await found('学前教育')).toEqual([]);
  });
});

describe('the register of lower units', () => {
  it('is changed by whoever manages it at its place: the city, and a county where its role says so', async () => {
    const ofCity = await open(city.id, { name: '人事科' });
    const ofOther = await open(fengze.id, { name: '督导股' });
    const refused = await app
      .as('countyDirector')
      .refused(lower.openLowerUnit, opening(licheng.id, { name: '人事股' }));
    expect(refused.code).toBe('access.denied');
    await whileCountyManages(async () => {
      const director = app.as('countyDirector');
      const own = await open(licheng.id, { name: '人事股' }, 'countyDirector');
      await director.call(lower.renameLowerUnit, at(own.id, { name: '人事教师股', day: '2025-10-01' }));
      await director.call(lower.closeLowerUnit, at(own.id, { day: '2025-10-15' }));
      // What stands below the city or another county is not there for her acts.
      const rename = { name: '他名', day: '2025-10-15' };
      const codes = await Promise.all([
        director.refused(lower.openLowerUnit, opening(city.id, { name: '他科' })),
        director.refused(lower.openLowerUnit, opening(fengze.id, { name: '他科' })),
        ...[ofCity, ofOther].flatMap(({ id }) => [
          director.refused(lower.renameLowerUnit, at(id, rename)),
          director.refused(lower.undoLowerUnitRename, at(id)),
          director.refused(lower.closeLowerUnit, at(id, { day: '2025-10-15' })),
        ]),
        director.refused(lower.readLowerUnit, at(ofOther.id)),
      ]);
      expect(codes.map(({ code }) => code)).toEqual(codes.map(() => 'thing.notFound'));
      expect((await director.call(lower.lowerUnits, { params: { unitId: city.id } })).can).toEqual({ manage: false });
    });
  });

  it('gives one name once, when two ask for it at the same moment', async () => {
    const asked = await Promise.allSettled([
      open(licheng.id, { name: '安全股' }),
      open(licheng.id, { name: '安全股' }),
    ]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
