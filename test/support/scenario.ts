import type pg from 'pg';
import type { Ownership } from '#domain/org/ownership.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';

/** The place of the tests: a province, a city, two counties, and schools of all kinds that the rules distinguish. */
export const units = {
  province: { id: 1, level: 'province', code: '35', gbCode: null, name: '福建省', parent: null },
  city: { id: 2, level: 'city', code: '350500', gbCode: '350500', name: '泉州市', parent: 1 },
  licheng: { id: 11, level: 'county', code: '350502', gbCode: '350502', name: '鲤城区', parent: 2 },
  fengze: { id: 12, level: 'county', code: '350503', gbCode: '350503', name: '丰泽区', parent: 2 },
} as const;

interface TestSchool {
  readonly id: number;
  readonly county: number;
  readonly managing: number;
  readonly code: string;
  readonly name: string;
  readonly initials: string;
  readonly type: string;
  readonly sponsor: number;
  readonly ownership: Ownership;
  readonly urban: UrbanClass;
}

const school = (given: Partial<TestSchool> & Pick<TestSchool, 'id' | 'code' | 'name' | 'initials'>): TestSchool => ({
  county: units.licheng.id,
  managing: units.licheng.id,
  type: '211',
  sponsor: 7,
  ownership: 'public',
  urban: 'urban',
  ...given,
});

export const schools = {
  /** The school of most tests. */
  first: school({ id: 101, code: '2135999001', name: '示例第一小学', initials: 'slydyxx' }),
  /** Its neighbour in the same county, whose data it may never see. */
  neighbour: school({ id: 102, code: '2135999002', name: '示例第二小学', initials: 'sldexx' }),
  junior: school({ id: 103, code: '3135999003', name: '示例初级中学', initials: 'slcjzx', type: '311' }),
  /** In the other county. */
  foreign: school({
    id: 201,
    county: units.fengze.id,
    managing: units.fengze.id,
    code: '3135999004',
    name: '示例九年一贯制学校',
    initials: 'sljnygzxx',
    type: '312',
  }),
  /** 市直: lies in 丰泽, answers to the city. */
  cityManaged: school({
    id: 202,
    county: units.fengze.id,
    managing: units.city.id,
    code: '3135999005',
    name: '示例市直初级中学',
    initials: 'slszcjzx',
    type: '311',
    sponsor: 5,
  }),
  private: school({
    id: 203,
    county: units.fengze.id,
    managing: units.fengze.id,
    code: '2135999006',
    name: '示例民办小学',
    initials: 'slmbxx',
    sponsor: 10,
    ownership: 'private',
  }),
} as const;

export type SchoolName = keyof typeof schools;

/** Writes units and schools as the owner; tests of the directory then change them through the product. */
export async function layScenario(owner: pg.ClientBase): Promise<void> {
  for (const unit of Object.values(units)) {
    await owner.query(
      `insert into org_units (id, kind, unit_code, gb_code, parent_id, name, short_name, initials, sort_order,
         contact_name, contact_phone, place_id)
       values ($1, $2, $3, $4, $5, $6, $6, 'x', $1, '联系人', '0595-22000000',
               case when $2 <> 'province' then $1::int end)`,
      [unit.id, unit.level, unit.code, unit.gbCode, unit.parent, unit.name],
    );
    await owner.query(
      `insert into org_unit_versions (unit_id, valid_from, name, parent_id) values ($1, '2000-01-01', $2, $3)`,
      [unit.id, unit.name, unit.parent],
    );
  }
  for (const one of Object.values(schools)) {
    const shared = [one.code, one.name, one.type, one.sponsor, one.ownership, one.urban, one.managing];
    await owner.query(
      `insert into schools (county_id, id, initials, founded_year, opened_on, code, name, school_type, sponsor_code,
         ownership, urban_class, managing_unit_id)
       values ($1, $2, $3, 2000, '2000-09-01', $4, $5, $6, $7, $8, $9, $10)`,
      [one.county, one.id, one.initials, ...shared],
    );
    await owner.query(
      `insert into school_versions (county_id, school_id, valid_from, code, name, school_type, sponsor_code, ownership,
         urban_class, managing_unit_id)
       values ($1, $2, '2000-09-01', $3, $4, $5, $6, $7, $8, $9)`,
      [one.county, one.id, ...shared],
    );
    await owner.query('insert into school_places (school_id, county_id) values ($1, $2)', [one.id, one.county]);
    await owner.query(
      `insert into school_codes (code, school_id, status, given_on) values ($1, $2, 'current', '2000-09-01')`,
      [one.code, one.id],
    );
  }
  await owner.query(`select setval('school_id_seq', 1000)`);
  await owner.query(`select setval(pg_get_serial_sequence('org_units', 'id'), 1000)`);
}
