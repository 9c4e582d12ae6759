import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { countyNames, type KnownUnit } from '#domain/work-plan/named-units.ts';
import type { WorkPlanHandle } from './work-plan.store.ts';

/** A unit that a plan may name, with the name that the screen shows. */
export interface NamedUnit extends KnownUnit {
  readonly name: string;
}

/**
 * The counties in reach and the offices of the plan's place, by the names that they bore in the year of the plan and those
 * that they bear now. A unit that was closed before the year is none of them.
 */
export async function listKnownUnits(
  db: WorkPlanHandle,
  scope: Scope,
  placeId: number,
  year: number,
): Promise<NamedUnit[]> {
  const found = await sql<{ id: number; kind: KnownUnit['kind']; name: string; names: string[]; city: string | null }>`
    select u.id, case when u.kind = 'county' then 'county' else 'other' end as kind, u.short_name as name,
           array_agg(distinct u.name) || array_agg(distinct u.short_name)
             || array_remove(array_agg(distinct v.name), null) as names,
           max(city.short_name) as city
      from org_units u
      left join org_units city on city.id = u.parent_id and city.kind = 'city'
      left join org_unit_versions v
        on v.unit_id = u.id and v.valid_from <= make_date(${year}::int, 12, 31)
       and (v.valid_to is null or v.valid_to > make_date(${year}::int, 1, 1))
     where (u.kind = 'county' and u.id = any(${[...scope.places]}::int[])
            or u.kind in ('section', 'department', 'institution', 'township') and u.place_id = ${placeId})
       and (u.closed_on is null or u.closed_on > make_date(${year}::int, 1, 1))
     group by u.id
     order by u.kind <> 'county', u.sort_order, u.id`.execute(db);
  return found.rows.map(({ city, names, kind, ...unit }) => ({
    ...unit,
    kind,
    names: kind === 'county' && city !== null ? countyNames(names, city) : [...new Set(names)],
  }));
}

/** The sections of a place for which a plan can be drawn up. */
export async function listSections(db: WorkPlanHandle, placeId: number) {
  return db
    .selectFrom('org_units')
    .select(['id', 'name'])
    .where('kind', '=', 'section')
    .where('place_id', '=', placeId)
    .where('active', '=', true)
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
}

/** The school years that are written down, newest first, by the numbers of their periods. */
export async function listSchoolYears(db: WorkPlanHandle): Promise<{ year: number; periodId: number }[]> {
  return db
    .selectFrom('periods')
    .select(['year', 'id as periodId'])
    .where('kind', '=', 'school-year')
    .orderBy('year', 'desc')
    .execute();
}
