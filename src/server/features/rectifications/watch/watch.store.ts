import { sql } from 'kysely';
import type { DutyType } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import type { FindingLevel } from '#domain/rectification/state.ts';
import { type FindingHandle, overdueOn } from '../finding.store.ts';

/** A finding that the clock looks at. */
export interface Watched {
  readonly type: 'finding';
  readonly placeId: number;
  readonly id: string;
  readonly schoolId: number | null;
  readonly schoolName: string | null;
  readonly title: string;
  readonly state: string;
  readonly revision: number;
  readonly dutyType: DutyType;
  readonly managedBy: ManagingLevel;
  readonly ofCity: boolean;
  readonly dueOn: Day;
  readonly dueFrom: Day | null;
  readonly dueDays: number | null;
  readonly dueProvisional: boolean;
  readonly escalationDays: number;
  readonly enteredAt: Date;
  /** Levels to which it has risen already, for the reason that is asked about. */
  readonly risen: FindingLevel[];
  readonly acknowledged: FindingLevel[];
}

const watchedColumns = (because: 'overdue' | 'urgent') => sql`
  'finding' as type, f.place_id as "placeId", f.id, f.school_id as "schoolId",
  (select s.name from school_places sp join schools s on s.county_id = sp.county_id and s.id = sp.school_id
    where sp.school_id = f.school_id) as "schoolName", f.title, f.state, f.revision,
  f.duty_type as "dutyType", f.managed_by as "managedBy", u.kind = 'city' as "ofCity", f.due_on as "dueOn",
  f.due_from as "dueFrom", f.due_days as "dueDays", f.due_provisional as "dueProvisional",
  k.escalation_days as "escalationDays", f.entered_at as "enteredAt",
  array(select e.level from finding_escalations e
         where e.place_id = f.place_id and e.finding_id = f.id and e.because = ${because}) as risen,
  array(select a.level from finding_acknowledgements a
         where a.place_id = f.place_id and a.finding_id = f.id) as acknowledged`;

const watchedTables = sql`findings f join org_units u on u.id = f.place_id join finding_kinds k on k.key = f.kind`;

/** What is overdue at a place, locked. */
export async function lockOverdue(db: FindingHandle, placeId: number, today: Day): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    select ${watchedColumns('overdue')} from ${watchedTables}
     where f.place_id = ${placeId} and ${overdueOn(today)}
     order by f.id
       for update of f`.execute(db);
  return rows;
}

/** Urgent danger at a place, locked. */
export async function lockDanger(db: FindingHandle, placeId: number): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    select ${watchedColumns('urgent')} from ${watchedTables}
     where f.place_id = ${placeId} and f.severity = 'urgent' and f.state not in ('closed', 'cancelled')
     order by f.id
       for update of f`.execute(db);
  return rows;
}

/** Findings of a place whose day was counted over a year that was not announced, locked. */
export async function lockProvisional(db: FindingHandle, placeId: number): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    select ${watchedColumns('overdue')} from ${watchedTables}
     where f.place_id = ${placeId} and f.due_provisional and f.state not in ('closed', 'cancelled')
     order by f.id
       for update of f`.execute(db);
  return rows;
}

/** Raises a finding to a level; false where it rose there before. */
export async function insertEscalation(
  db: FindingHandle,
  { placeId, id, schoolId }: Pick<Watched, 'placeId' | 'id' | 'schoolId'>,
  to: { because: 'overdue' | 'urgent'; level: FindingLevel; dueOn: Day | null; on: Day; at: Date },
): Promise<boolean> {
  const written = await db
    .insertInto('finding_escalations')
    .values({
      ...{ place_id: placeId, finding_id: id, school_id: schoolId, because: to.because, level: to.level },
      ...{ due_on: to.dueOn, raised_on: to.on, raised_at: to.at },
    })
    .onConflict((conflict) => conflict.columns(['place_id', 'finding_id', 'because', 'level']).doNothing())
    .returning('finding_id')
    .executeTakeFirst();
  return written !== undefined;
}

/** What becomes of a finding when something happens to its school. */
export interface OfSchool extends Watched {
  readonly kind: string;
  readonly severity: string;
  readonly foundOn: Day;
  readonly schoolYear: number;
}

/**
 * Findings of schools at these places, for what happens to the schools: those that are open, or all that were not given up.
 */
export async function lockOfSchools(
  db: FindingHandle,
  places: readonly number[],
  schoolIds: readonly number[],
  { closedToo }: { readonly closedToo: boolean },
): Promise<OfSchool[]> {
  const found: OfSchool[] = [];
  for (const place of [...places].sort((one, other) => one - other)) {
    const { rows } = await sql<OfSchool>`
      select ${watchedColumns('overdue')}, f.kind, f.severity, f.found_on as "foundOn", f.school_year as "schoolYear"
        from ${watchedTables}
       where f.place_id = ${place} and f.school_id = any(${[...schoolIds]}::int[])
         and f.state <> 'cancelled' and (${closedToo}::boolean or f.state <> 'closed')
       order by f.id
         for update of f`.execute(db);
    found.push(...rows);
  }
  return found;
}

/** The dated copy for the county into which a school came; false where it is there already. */
export async function insertPass(
  db: FindingHandle,
  pass: {
    readonly placeId: number;
    readonly id: string;
    readonly origin: OfSchool;
    readonly schoolId: number;
    readonly day: Day;
  },
): Promise<boolean> {
  const { origin } = pass;
  const written = await db
    .insertInto('finding_passes')
    .values({
      ...{ place_id: pass.placeId, id: pass.id, origin_place_id: origin.placeId, origin_id: origin.id },
      ...{ school_id: pass.schoolId, title: origin.title, kind: origin.kind, severity: origin.severity },
      ...{ state: origin.state, due_on: origin.dueOn, passed_on: pass.day },
      ...{ found_on: origin.foundOn, school_year: origin.schoolYear },
    })
    .onConflict((conflict) => conflict.columns(['place_id', 'origin_id', 'passed_on']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return written !== undefined;
}
