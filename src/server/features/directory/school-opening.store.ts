import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { DirectoryHandle } from './directory.store.ts';
import type { SchoolState } from './school-change.store.ts';
import { writeSchoolSearch } from './school-search.store.ts';

export interface SchoolToOpen extends SchoolState {
  readonly initials: string;
  readonly foundedYear: number | null;
  readonly day: Day;
  readonly document: string | null;
  readonly note: string | null;
  readonly details: SchoolEventDetails;
}

/**
 * New schools with first version, code and event, however many, in one statement (a second writes what they are found by), in the order in which they were
 * given; `isGiven` is false where somebody else has just given the code away. The codes differ from each other. Each
 * insert returns something, because a distributed database refuses it otherwise.
 */
export async function insertSchools(
  db: DirectoryHandle,
  schools: readonly SchoolToOpen[],
  recorded: { readonly by: string; readonly at: Date },
): Promise<{ id: number; code: string | null; isGiven: boolean }[]> {
  const given = JSON.stringify(schools.map((school, index) => ({ ...school, eventId: newId(), position: index })));
  const found = await sql<{ id: number; code: string | null; isGiven: boolean }>`
    with given as materialized (
      select g.*, nextval('school_id_seq') as id from jsonb_to_recordset(${given}::jsonb) as g(
        position int, "countyId" int, code text, name text, initials text, "schoolType" text, "sponsorCode" smallint,
        ownership text, "urbanClass" text, "foundedYear" smallint, "managingUnitId" int, day date, document text,
        note text, details jsonb, "eventId" uuid)
    ), opened as (
      insert into schools (county_id, id, code, name, initials, school_type, sponsor_code, ownership, urban_class,
                           founded_year, managing_unit_id, opened_on)
      select "countyId", id, code, name, initials, "schoolType", "sponsorCode", ownership, "urbanClass", "foundedYear",
             "managingUnitId", day
        from given
      returning id
    ), placed as (
      insert into school_places (school_id, county_id)
      select id, "countyId" from given
      returning school_id
    ), standing as (
      insert into school_versions (county_id, school_id, valid_from, code, name, school_type, sponsor_code, ownership,
                                   urban_class, managing_unit_id)
      select "countyId", id, day, code, name, "schoolType", "sponsorCode", ownership, "urbanClass", "managingUnitId"
        from given
      returning school_id
    ), told as (
      insert into school_events (county_id, id, school_id, kind, happened_on, document, note, details, recorded_at,
                                 recorded_by)
      select "countyId", "eventId", id, 'opened', day, document, note, details, ${recorded.at}, ${recorded.by}
        from given
      returning id
    ), coded as (
      insert into school_codes (code, school_id, status, given_on)
      select code, id, 'current', day from given where code is not null
      on conflict (code) do nothing
      returning code
    )
    select given.id::int, given.code, given.code is null or coded.code is not null as "isGiven"
      from given left join coded using (code) order by given.position`.execute(db);
  await writeSchoolSearch(
    db,
    found.rows.map(({ id }) => id),
  );
  return found.rows;
}
