import { createHmac } from 'node:crypto';
import { generator } from '#domain/kit/generator.ts';
import { type CopyValue, copyRows } from '#platform/db/copy.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { soundValues } from '#test/support/sound-values.ts';

/** The city of the measurements: 13 units, 7,000 schools with a filing each, 200 people with an open session each. */
export const size = { counties: 13, schools: 7_000, people: 200 } as const;

export interface BenchPerson {
  readonly cookie: string;
  readonly role: 'city-officer' | 'county-officer';
  readonly countyIds: readonly number[];
}

export interface BenchSchool {
  readonly id: number;
  readonly countyId: number;
  readonly filingId: string;
}

export interface BenchCity {
  readonly people: readonly BenchPerson[];
  readonly schools: readonly BenchSchool[];
}

const cityId = 2;
const firstCounty = 3;
/** The field that the update writes; the value stays within the field's range for any number. */
export const typedField = '图书册数';

/** A typical draft while somebody types: filled except for the typed field, and with nothing wrong in it. */
const { [typedField]: _typed, ...sound } = soundValues('211');

/** Writes the city as the owner. The same seed gives the same ids, so that both servers answer for the same rows. */
export async function layBenchCity(ownerUrl: string, secret: string): Promise<BenchCity> {
  const draw = generator('bench city');
  const schools: BenchSchool[] = Array.from({ length: size.schools }, (_, index) => ({
    id: index + 1,
    countyId: firstCounty + (index % size.counties),
    filingId: `00000000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`,
  }));
  const people = Array.from({ length: size.people }, (_, index) => {
    const city = index % 10 === 0;
    const countyId = firstCounty + (index % size.counties);
    const token = `bench-token-of-person-number-${String(index).padStart(4, '0')}`;
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    return {
      id: `00000000-0000-7000-9000-${String(index + 1).padStart(12, '0')}`,
      token,
      cookie: `dudao.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
      role: city ? ('city-officer' as const) : ('county-officer' as const),
      unitId: city ? cityId : countyId,
      countyIds: city ? schools.slice(0, size.counties).map((school) => school.countyId) : [countyId],
    };
  });
  const units = (
    [
      [1, 'province', '35', null, null, '福建省'],
      [cityId, 'city', '3505', null, 1, '泉州市'],
      ...Array.from({ length: size.counties }, (_, n) => [
        firstCounty + n,
        'county',
        `3505-${n}`,
        null,
        cityId,
        `示例县${n + 1}`,
      ]),
    ] as CopyValue[][]
  ).map(([id = null, level = null, code = null, gb = null, parent = null, name = null]): CopyValue[] => [
    id,
    level,
    code,
    gb,
    parent,
    level === 'province' ? null : id,
    name,
    name,
    'slx',
    'shilixian',
    id,
    '联系人',
    '0595-00000000',
  ]);
  const school = (one: BenchSchool): CopyValue[] => [
    one.id,
    `2135${String(one.id).padStart(6, '0')}`,
    `示例第${one.id}小学`,
    '211',
    7,
    'public',
    draw.pick(['urban', 'town', 'rural']),
    one.countyId,
  ];
  const shared = 'id code name school_type sponsor_code ownership urban_class managing_unit_id'.split(' ');
  const drawn = schools.map(school);
  const at = (index: number) => schools[index]!;
  const values = Object.fromEntries(Object.entries(sound).map(([key, value]) => [key, { v: value, n: 1 }]));

  await withClient(ownerUrl, async (client) => {
    await client.query('begin');
    await copyRows(client, {
      table: 'org_units',
      columns:
        'id kind unit_code gb_code parent_id place_id name short_name initials also_found_by sort_order contact_name contact_phone'.split(
          ' ',
        ),
      rows: units,
    });
    await copyRows(client, {
      table: 'schools',
      columns: ['county_id', 'initials', 'also_found_by', 'founded_year', 'opened_on', ...shared],
      // As an act would have made it: else the first start makes it, and is measured at that.
      rows: drawn.map((row, index) => [at(index).countyId, 'sldxx', 'shilidixiaoxue', 1990, '1990-09-01', ...row]),
    });
    await client.query('insert into school_places (school_id, county_id) select id, county_id from schools');
    await client.query(
      `insert into periods (id, kind, year, name, starts_on, ends_on, frozen_on)
       values (1, 'school-year', 2025, '2025—2026学年', '2025-09-01', '2026-08-31', '2025-09-01')`,
    );
    await client.query(
      `insert into collections (id, key, period_id, owner_unit_id, catalogue_edition, name, flow, opens_on, deadline,
         grace_days, city_deadline)
       values (1, 'resources', 1, $1, 'resource-2025', '2025 学年', 'school-county-city', '2025-09-01', '2099-10-10', 10,
         '2099-10-31')`,
      [cityId],
    );
    await copyRows(client, {
      table: 'period_schools',
      columns: ['county_id', 'period_id', 'school_id', 'initials', 'founded_year', ...shared.slice(1)],
      rows: drawn.map(([id = null, ...row], index) => [at(index).countyId, 1, id, 'sldxx', 1990, ...row]),
    });
    const listed = (one: BenchSchool, index: number): CopyValue[] => {
      const [, code = null, name = null] = drawn[index]!;
      return [one.countyId, 1, 'school', one.id, code, name, 'sldxx', one.countyId];
    };
    const list = 'place_id collection_id subject_type subject_id code name initials managing_unit_id'.split(' ');
    await copyRows(client, { table: 'collection_subjects', columns: list, rows: schools.map(listed) });
    await copyRows(client, {
      table: 'filings',
      columns: [...list, ...'id school_type managed_by cells filled required'.split(' ')],
      rows: schools.map((one, index) => [
        ...listed(one, index),
        ...[one.filingId, '211', 'county', JSON.stringify(values), 40, 60],
      ]),
    });
    await copyRows(client, {
      table: 'people',
      columns: 'id also_found_by name username email password_changed_at two_factor_enabled'.split(' '),
      rows: people.map((one, index) => [
        one.id,
        'renyuan',
        `人员${index}`,
        `bench${index}`,
        `${one.id}@people.invalid`,
        new Date(),
        true,
      ]),
    });
    await copyRows(client, {
      table: 'grants',
      columns: 'id person_id role_key unit_id'.split(' '),
      rows: people.map((one) => [one.id, one.id, one.role, one.unitId]),
    });
    await copyRows(client, {
      table: 'sessions',
      columns: 'id user_id token expires_at last_seen_at'.split(' '),
      rows: people.map((one) => [one.id, one.id, one.token, new Date(Date.now() + 86_400_000), new Date()]),
    });
    await client.query('commit');
    await client.query('vacuum analyze');
  });
  return { people, schools };
}
