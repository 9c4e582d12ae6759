import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { DutyType } from '#domain/flow/finding.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { among, inChineseOrder, searched } from '#platform/db/listing.ts';
import type { FindingHandle } from './finding.store.ts';

/** A body that can have a duty, with the place where its findings lie. */
export interface Duty {
  readonly type: DutyType;
  readonly id: number;
  readonly name: string;
  readonly placeId: number;
  readonly placeName: string;
  /** Who runs the school; for units the level of their place. */
  readonly managedBy: ManagingLevel;
}

/** Units and open schools in reach, as one query. A section is a unit of its kind, and a province lies nowhere. */
const duties = (scope: Scope) => sql`
  select case u.kind when 'section' then 'section' else 'unit' end as type, u.id, u.name, u.search, u.place_id as place,
         case p.kind when 'city' then 'city' else 'county' end as managed, u.sort_order as position
    from org_units u join org_units p on p.id = u.place_id
   where u.active and u.place_id = ${among(scope.places)} and ${scope.schools === null}::boolean
  union all
  select 'school', s.id, s.name, s.search, s.county_id, case m.kind when 'city' then 'city' else 'county' end, 100000
    from schools s join org_units m on m.id = s.managing_unit_id
   where s.status = 'open' and s.county_id = ${among(scope.places)}
     and (${scope.schools === null}::boolean or s.id = any(${[...(scope.schools ?? [])]}::int[]))`;

const dutyColumns = sql`
  d.type, d.id, d.name, d.place as "placeId", p.short_name as "placeName", d.managed as "managedBy"`;

/** The bodies of these numbers that are in reach. */
export async function findDuties(
  db: FindingHandle,
  scope: Scope,
  wanted: readonly { readonly type: DutyType; readonly id: number }[],
): Promise<Duty[]> {
  if (wanted.length === 0) return [];
  const found = await sql<Duty>`
    select distinct ${dutyColumns}
      from (${duties(scope)}) d
      join org_units p on p.id = d.place
      join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) w(type text, id int) on w.type = d.type and w.id = d.id`.execute(
    db,
  );
  return found.rows;
}

/** Bodies that a person may choose: units first, then schools, each by name; one more than `limit` where there are more. */
export async function listDuties(
  db: FindingHandle,
  scope: Scope,
  asked: { readonly search: string; readonly limit: number },
): Promise<Duty[]> {
  const found = await sql<Duty>`
    select ${dutyColumns}
      from (${duties(scope)}) d join org_units p on p.id = d.place
     where ${searched(sql`d.search`, asked.search)}
     order by d.position, ${inChineseOrder(sql`d.name`)}, d.id
     limit ${asked.limit + 1}`.execute(db);
  return found.rows;
}

/** Bodies by what a table calls them: the name, the short name, or the 学校标识码. */
export async function findNamedDuties(
  db: FindingHandle,
  scope: Scope,
  names: readonly string[],
): Promise<(Duty & { readonly called: string })[]> {
  const found = await sql<Duty & { called: string }>`
    select ${dutyColumns}, w.name as called
      from (${duties(scope)}) d
      join org_units p on p.id = d.place
      join unnest(${[...names]}::text[]) w(name) on ${named()}`.execute(db);
  return found.rows;
}

const named = () => sql<SqlBool>`
  d.name = w.name or p.short_name || d.name = w.name or p.name || d.name = w.name
  or d.type = 'school' and exists (select 1 from schools s where s.county_id = d.place and s.id = d.id and s.code = w.name)
  or d.type <> 'school' and exists (select 1 from org_units o where o.id = d.id and o.short_name = w.name)`;

/** The city unit of the place, for acts that open findings: a county opens at its own unit. */
export async function findUnitKind(db: FindingHandle, id: number): Promise<string | undefined> {
  const unit = await db.selectFrom('org_units').select('kind').where('id', '=', id).executeTakeFirst();
  return unit?.kind;
}
