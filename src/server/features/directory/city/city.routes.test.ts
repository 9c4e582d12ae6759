import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as city from '#contract/directory/city.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { prepareCalendar } from '#core/calendar/announced-years.act.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { directoryFeature } from '../directory.feature.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
  await clear();
});
afterAll(() => app.close());

/** An installation in which nobody has chosen a city: no unit, no post of the business, no announced year. */
async function clear() {
  await app.owner.query(`
    delete from assignments; delete from stand_ins; update sessions set grant_id = null, stand_in_id = null
     where grant_id in (select id from grants where unit_id is not null or school_id is not null);
    delete from grants where unit_id is not null or school_id is not null;
    delete from school_versions; delete from schools; delete from school_places; delete from periods;
    delete from calendar_days; delete from calendar_years; delete from org_unit_versions; delete from org_units`);
}

const chooser = () => app.as('systemAdministrator');
const luoyang = {
  code: '410300',
  counties: ['410303', '410302', '410329'],
  zones: [{ name: '洛阳高新技术产业开发区', shortName: '高新区' }],
  seen: null,
};
const tree = async () => (await chooser().call(orgUnits.units)).units;

describe('before the city is chosen', () => {
  it('the cities of the country are offered, with their pinyin, and nothing bars the choice', async () => {
    const { cities, chosen, bar, asOf } = await chooser().call(city.divisions);
    expect([cities.length, chosen, bar, asOf]).toEqual([369, null, null, '2023-06-30']);
    expect(cities.find(({ code }) => code === '410300')).toEqual({
      ...{ code: '410300', name: '洛阳市', province: '河南省', spelling: 'luoyangshi', initials: 'lys' },
    });
    expect(cities.find(({ code }) => code === '500100')?.spelling).toBe('chongqingshi');
    expect(cities.find(({ code }) => code === '419001')).toMatchObject({ name: '济源市', province: '河南省' });
  });

  it('the counties of a city are named, and the one in which nobody files is marked', async () => {
    const { counties } = await chooser().call(city.division, { params: { code: '350500' } });
    expect(counties).toHaveLength(12);
    expect(counties.filter(({ files }) => !files).map(({ name }) => name)).toEqual(['金门县']);
    const refused = await chooser().refused(city.division, { params: { code: '999999' } });
    expect(refused.sentence).toContain('行政区划代码 999999 不在所选城市的名录中');
  });

  it('a start writes no calendar and does not fail', async () => {
    await prepareCalendar(app.services.pool);
    const { rows } = await app.owner.query('select count(*)::int as count from calendar_years');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('nobody but the 系统管理员 chooses', async () => {
    for (const member of ['securityAdministrator', 'auditAdministrator', 'roleless'] as const) {
      expect((await app.as(member).refused(city.chooseCity, { body: luoyang })).status).toBe(403);
    }
  });
});

describe('the choice', () => {
  beforeEach(clear);

  it('writes province, city, counties in the order of their codes and zones, with short names, codes and tiles', async () => {
    const { cityId } = await chooser().call(city.chooseCity, { body: luoyang });
    const units = await tree();
    expect(units.map((unit) => [unit.level, unit.name, unit.shortName, unit.unitCode, unit.gbCode])).toEqual([
      ['province', '河南省', '河南', '410000', '410000'],
      ['city', '洛阳市', '洛阳', '410300', '410300'],
      ['county', '老城区', '老城', '410302', '410302'],
      ['county', '西工区', '西工', '410303', '410303'],
      ['county', '伊川县', '伊川', '410329', '410329'],
      ['county', '洛阳高新技术产业开发区', '高新区', '4103-A', null],
    ]);
    expect(units.slice(2).map(({ tile }) => [tile?.column, tile?.row])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(units[1]?.id).toBe(cityId);
    expect(units[2]).toMatchObject({ parentId: cityId, initials: 'lcq' });
    const { rows } = await app.owner.query(
      `select place_id, action, before, after from audit_events where action = 'unit.cityChosen' order by id desc limit 1`,
    );
    expect(rows).toEqual([
      {
        ...{ place_id: cityId, action: 'unit.cityChosen', before: null },
        after: {
          ...{ name: '洛阳市', unitCode: '410300' },
          units: ['老城区', '西工区', '伊川县', '洛阳高新技术产业开发区'],
        },
      },
    ]);
  });

  it('brings the announced years, and says so at the city', async () => {
    const { cityId } = await chooser().call(city.chooseCity, { body: luoyang });
    const { rows } = await app.owner.query(
      `select count(*)::int as years, (select count(*)::int from audit_events where action = 'calendar.announced'
         and place_id = $1) as recorded from calendar_years where state = 'announced'`,
      [cityId],
    );
    expect(rows).toEqual([{ years: 4, recorded: 4 }]);
  });

  it('is made again while nothing hangs on it, and numbers are never used twice', async () => {
    const first = await chooser().call(city.chooseCity, { body: luoyang });
    const again = { code: '419001', counties: ['419001'], zones: [], seen: first.cityId };
    const { cityId } = await chooser().call(city.chooseCity, { body: again });
    const units = await tree();
    expect(units.map((unit) => [unit.level, unit.name, unit.unitCode, unit.gbCode])).toEqual([
      ['province', '河南省', '410000', '410000'],
      ['city', '济源市', '419001-0', null],
      ['county', '济源市', '419001', '419001'],
    ]);
    expect(cityId).toBeGreaterThan(first.cityId + 4);
    expect((await chooser().call(city.divisions)).chosen).toEqual({
      ...{ unitId: cityId, code: '419001-0', name: '济源市' },
    });
  });

  it('of a city without counties begins with a zone, and is refused without one', async () => {
    const bare = { code: '441900', counties: [], zones: [], seen: null };
    expect((await chooser().refused(city.chooseCity, { body: bare })).sentence).toBe(
      '东莞市至少要有一个县级单位：请勾选县（市、区），或填写一个功能区。',
    );
    const zones = [{ name: '松山湖片区', shortName: '松山湖' }];
    await chooser().call(city.chooseCity, { body: { ...bare, zones } });
    expect((await tree()).map(({ name }) => name)).toEqual(['广东省', '东莞市', '松山湖片区']);
  });

  it('of two people at once counts once', async () => {
    const results = await Promise.allSettled([
      chooser().call(city.chooseCity, { body: luoyang }),
      chooser().call(city.chooseCity, { body: { ...luoyang, code: '350500', counties: ['350502'] } }),
    ]);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'thing.changed' });
    expect((await tree()).filter(({ level }) => level === 'city')).toHaveLength(1);
  });

  it('names what is wrong: a county elsewhere, a name that looks like another', async () => {
    const elsewhere = { ...luoyang, counties: ['410302', '350502'] };
    expect((await chooser().refused(city.chooseCity, { body: elsewhere })).sentence).toBe(
      '行政区划代码 350502 不在所选城市的名录中，请从名录中选取；名录里没有的单位，请作为功能区填写。',
    );
    const same = { ...luoyang, zones: [{ name: '老城区', shortName: '老城开发区' }] };
    expect((await chooser().refused(city.chooseCity, { body: same })).sentence).toBe(
      '“老城区”已用于另一个单位，请改用能区分的名称。',
    );
    expect(await tree()).toEqual([]);
  });

  it('is barred by what hangs on the units, with the counts and the way out', async () => {
    const { cityId } = await chooser().call(city.chooseCity, { body: luoyang });
    await app.owner.query(
      `insert into grants (id, person_id, role_key, unit_id, revoked_at)
       select gen_random_uuid(), $1, 'city-officer', $2, now()`,
      [app.as('roleless').personId, cityId],
    );
    await app.owner.query(
      `insert into schools (county_id, name, initials, school_type, sponsor_code, ownership, urban_class, managing_unit_id,
         opened_on) select id, '某小学', 'mxx', '211', 1, 'public', 'urban', id, '2025-09-01' from org_units
        where name = '老城区'`,
    );
    const refused = await chooser().refused(city.chooseCity, { body: { ...luoyang, seen: cityId } });
    expect(refused.status).toBe(409);
    expect(refused.sentence).toBe(
      '洛阳市已有 1 所学校、1 个岗位，不能再另选城市。单位有变化的，由市级督导干部在“单位与学校”的“单位”页增设、更名或撤销。',
    );
    expect((await chooser().call(city.divisions)).bar).toBe(refused.sentence);
  });
});
