import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Permission } from '#domain/access/permissions.ts';
import type { FindingFact, FindingSubject } from '#domain/rectification/flow.ts';
import type { Handle } from '#platform/db/handle.ts';

/** The ledger, and who can act for a school. */
type FactHandle = Handle<'findings', 'schools' | 'school_places' | 'grants' | 'roles' | 'people'>;

/** Those facts beside a finding that were looked up. */
export type FoundFacts = Partial<Pick<FindingSubject, FindingFact>>;

/**
 * The school into which the finding's school was merged, however many mergers ago, or itself; null where that school has
 * ended. Read beside each finding, because what becomes of a school changes no finding.
 */
export const schoolNow = sql<number | null>`
  (with recursive gone as (
     select p.school_id, p.county_id, p.into_school_id from school_places p where p.school_id = f.school_id
     union
     select p.school_id, p.county_id, p.into_school_id
       from gone g join school_places p on p.school_id = g.into_school_id
   ) select g.school_id from gone g join schools s on s.county_id = g.county_id and s.id = g.school_id
      where g.into_school_id is null and s.status = 'open' limit 1)`;

const plans: Permission = 'rectification.plan';

/** Whether anybody of the school can plan and report: then nobody acts in its place. */
export function hasAccounts(schoolId: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`exists (
    select 1 from grants g join roles r on r.key = g.role_key join people q on q.id = g.person_id
     where g.school_id = ${schoolId} and g.revoked_at is null and q.status = 'active' and r.reach = 'school'
       and ${plans}::text = any(r.permissions))`;
}

/** Whether anybody of this school can, for an act that gives it a finding. */
export async function isSelfActing(db: FactHandle, schoolId: number): Promise<boolean> {
  const { rows } = await sql<{ can: boolean }>`select ${hasAccounts(sql`${schoolId}`)} as can`.execute(db);
  return rows[0]!.can;
}

/** How many parts of a finding are still to be closed. */
export const openPartsOf = sql<number>`
  (select count(*) from findings p where p.place_id = f.place_id and p.parent_id = f.id
      and p.state not in ('closed', 'cancelled'))::int`;

/** Whether the school of the duty is where the finding lies: not so where it has ended, was merged or has moved. */
const schoolStands = sql<SqlBool>`(f.duty_type <> 'school' or exists (
  select 1 from schools s where s.county_id = f.place_id and s.id = f.school_id and s.status = 'open'))`;

/** Of whatever has the duty, if its school stands. */
const ofOwnSchool = {
  dutySchoolId: sql`case when f.duty_type = 'school' then f.school_id end`,
  hasAccounts: sql`f.duty_type = 'school' and ${hasAccounts(sql`f.school_id`)}`,
};

/** The same of the school that its school has become, if any. */
const ofSuccessor = { dutySchoolId: schoolNow, hasAccounts: hasAccounts(schoolNow) };

const factColumns: Readonly<Record<FindingFact, RawBuilder<unknown>>> = {
  ...ofOwnSchool,
  openParts: openPartsOf,
  asked: sql`exists (select 1 from finding_extensions e where e.place_id = f.place_id and e.finding_id = f.id
      and e.decided_at is null)`,
  acknowledged: sql`array(select a.level from finding_acknowledgements a
      where a.place_id = f.place_id and a.finding_id = f.id)`,
};

type Columns = Readonly<Partial<Record<FindingFact, RawBuilder<unknown>>>>;

const asJson = (columns: Columns) =>
  sql`json_build_object(${sql.join(Object.entries(columns).map(([fact, column]) => sql`${sql.lit(fact)}, ${column}`))})`;

function pick(columns: Columns, facts: readonly FindingFact[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([fact]) => facts.includes(fact as FindingFact)));
}

/** These facts as one value of a finding `f`, and whether they hold: where its school is gone, those of the duty do not. */
export function factsBeside(facts: readonly FindingFact[]): {
  readonly beside: RawBuilder<unknown>;
  readonly stands: RawBuilder<SqlBool>;
} {
  const ofDuty = Object.keys(pick(ofSuccessor, facts)).length > 0;
  return { beside: asJson(pick(factColumns, facts)), stands: ofDuty ? schoolStands : sql<SqlBool>`true` };
}

/** The facts of the duty of findings whose school is gone, by the id of the finding: in one statement, however many. */
export async function findFactsOfSuccessors(
  db: FactHandle,
  gone: readonly { readonly placeId: number; readonly id: string }[],
  facts: readonly FindingFact[],
): Promise<ReadonlyMap<string, FoundFacts>> {
  if (gone.length === 0) return new Map();
  const { rows } = await sql<{ id: string; facts: FoundFacts }>`
    select f.id, ${asJson(pick(ofSuccessor, facts))} as facts from findings f
     where f.place_id = any(${[...new Set(gone.map(({ placeId }) => placeId))]}::int[])
       and f.id = any(${gone.map(({ id }) => id)}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}
