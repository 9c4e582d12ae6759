import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A school year and its record of resources, as the database names them. */
export interface LaidYear {
  readonly periodId: number;
  readonly collectionId: number;
}

/** Opens a school year and its yearly record as the owner, with the ids that the database gives. */
export async function layYear(
  owner: pg.ClientBase,
  given: {
    readonly year: number;
    readonly opensOn: string;
    readonly deadline: string;
    readonly cityDeadline: string;
    readonly graceDays?: number;
  },
): Promise<LaidYear> {
  const { year, opensOn, deadline, cityDeadline, graceDays = 0 } = given;
  const period = await owner.query<{ id: number }>(
    `insert into periods (kind, year, name, starts_on, ends_on, frozen_on)
     values ('school-year', $1::int, $1 || ' 学年', make_date($1, 9, 1), make_date($1 + 1, 8, 31), $2) returning id`,
    [year, opensOn],
  );
  const periodId = period.rows[0]!.id;
  const collection = await owner.query<{ id: number }>(
    `insert into collections (key, period_id, owner_unit_id, catalogue_edition, name, flow, opens_on, deadline,
       grace_days, city_deadline)
     values ('resources', $1, (select min(id) from org_units where kind = 'city'), 'resource-2025', $2 || ' 学年',
       'school-county-city', $3, $4, $5, $6) returning id`,
    [periodId, String(year), opensOn, deadline, graceDays, cityDeadline],
  );
  return { periodId, collectionId: collection.rows[0]!.id };
}

/** Removes a school year that was set up here. */
export async function removeYear(owner: pg.ClientBase, { periodId, collectionId }: LaidYear): Promise<void> {
  await owner.query('delete from collections where id = $1', [collectionId]);
  await owner.query('delete from periods where id = $1', [periodId]);
}

/**
 * Adds a school to the register of such a year and to the list of its record, with a filing in the state of `filing`.
 */
export async function layOwingSchool(
  owner: pg.ClientBase,
  { periodId, collectionId }: LaidYear,
  school: {
    readonly id: number;
    readonly county: number;
    readonly managing: number;
    readonly code: string;
    readonly name: string;
    readonly type: string;
    readonly sponsor: number;
    readonly ownership: string;
    readonly urban: string;
  },
  filing: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id, county, managing, code, name } = school;
  await owner.query(
    `insert into period_schools (county_id, period_id, school_id, code, name, initials, school_type, sponsor_code,
       ownership, urban_class, founded_year, managing_unit_id)
     values ($1, $2, $3, $4, $5, 'x', $6, $7, $8, $9, 2000, $10)`,
    [county, periodId, id, code, name, school.type, school.sponsor, school.ownership, school.urban, managing],
  );
  await owner.query(
    `insert into collection_subjects (place_id, collection_id, subject_type, subject_id, code, name, initials,
       managing_unit_id) values ($1, $2, 'school', $3, $4, $5, 'x', $6)`,
    [county, collectionId, id, code, name, managing],
  );
  const filingId = randomUUID();
  const columns = {
    ...{ place_id: county, id: filingId, collection_id: collectionId, subject_id: id, code, name, initials: 'x' },
    ...{ school_type: school.type, managing_unit_id: managing, managed_by: managing === county ? 'county' : 'city' },
    ...filing,
  };
  const places = Object.keys(columns).map((_, at) => `$${at + 1}`);
  await owner.query(
    `insert into filings (${Object.keys(columns).join(', ')}) values (${places.join(', ')})`,
    Object.values(columns),
  );
  return filingId;
}
