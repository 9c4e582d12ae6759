import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { WorkPlanKind, WorkPlanState } from '#domain/work-plan/plan.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';

/** The tables of work plans and meetings, and those of the core that their acts use. */
export type WorkPlanHandle = Handle<
  | 'work_plans'
  | 'work_items'
  | 'work_item_units'
  | 'work_item_ties'
  | 'work_item_notes'
  | 'work_item_parts'
  | 'meetings'
  | 'meeting_attendees',
  'org_units' | 'org_unit_versions' | 'periods' | 'steps' | 'notices' | 'audit_events'
>;

export interface PlanRow {
  readonly id: string;
  readonly type: 'work-plan';
  readonly placeId: number;
  readonly schoolId: null;
  readonly placeName: string;
  readonly kind: WorkPlanKind;
  readonly year: number;
  readonly unitId: number;
  readonly unitName: string;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly state: WorkPlanState;
  readonly sourceText: string;
  readonly revision: number;
  readonly issuedOn: Day | null;
  readonly closedOn: Day | null;
  readonly reason: string | null;
  /** Items that stand in it. */
  readonly items: number;
}

const planColumns = sql`
  p.id, 'work-plan' as type, p.place_id as "placeId", null as "schoolId", place.short_name as "placeName", p.kind, p.year,
  p.unit_id as "unitId", unit.name as "unitName", p.title, p.document_number as "documentNumber", p.state,
  p.source_text as "sourceText", p.revision, p.issued_on as "issuedOn", p.closed_on as "closedOn", p.reason,
  coalesce(standing.items, 0)::int as items`;

const plansIn = (scope: Scope) => sql`
  work_plans p
  join org_units place on place.id = p.place_id
  join org_units unit on unit.id = p.unit_id
  left join (
    select i.place_id, i.plan_id, count(*) as items from work_items i
     where i.place_id = ${among(scope.places)} and i.state <> 'withdrawn'
     group by i.place_id, i.plan_id
  ) standing on standing.place_id = p.place_id and standing.plan_id = p.id`;

/** The plans of a year, the city's first; those that were cancelled at the end. */
export async function listPlans(db: WorkPlanHandle, scope: Scope, year: number): Promise<PlanRow[]> {
  const found = await sql<PlanRow>`
    select ${planColumns} from ${plansIn(scope)}
     where p.place_id = ${among(scope.places)} and p.year = ${year}
     order by p.state = 'cancelled', place.kind <> 'city', place.sort_order, p.kind, unit.sort_order, p.id`.execute(db);
  return found.rows;
}

/** Years that have a plan or tasks from the city, newest first. */
export async function listPlanYears(db: WorkPlanHandle, scope: Scope): Promise<number[]> {
  const found = await sql<{ year: number }>`
    select p.year from work_plans p where p.place_id = ${among(scope.places)} and p.state <> 'cancelled'
     union select part.year from work_item_parts part where part.place_id = ${among(scope.places)}
     order by year desc`.execute(db);
  return found.rows.map(({ year }) => year);
}

export async function findPlan(db: WorkPlanHandle, scope: Scope, id: string): Promise<PlanRow | undefined> {
  const found = await sql<PlanRow>`
    select ${planColumns} from ${plansIn(scope)} where p.place_id = ${among(scope.places)} and p.id = ${id}`.execute(
    db,
  );
  return found.rows[0];
}

/** The plan, kept until the transaction ends. */
export async function lockPlan(db: WorkPlanHandle, scope: Scope, id: string): Promise<PlanRow | undefined> {
  const found = await findPlan(db, scope, id);
  if (!found) return undefined;
  const row = db.selectFrom('work_plans').select('id').where('place_id', '=', found.placeId).where('id', '=', id);
  await row.forUpdate().execute();
  return findPlan(db, scope, id);
}

export interface NewPlan {
  readonly placeId: number;
  readonly id: string;
  readonly kind: WorkPlanKind;
  readonly year: number;
  readonly unitId: number;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly sourceText: string;
}

/** How many plans of a year lie at a place, cancelled ones included. */
export async function countPlans(db: WorkPlanHandle, placeId: number, year: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from work_plans where place_id = ${placeId} and year = ${year}`.execute(db);
  return rows[0]!.n;
}

/** Writes a draft; false where the unit has a plan of this kind and year. */
export async function insertPlan(db: WorkPlanHandle, plan: NewPlan): Promise<boolean> {
  const written = await sql`
    insert into work_plans (place_id, id, kind, year, unit_id, title, document_number, source_text)
    values (${plan.placeId}, ${plan.id}, ${plan.kind}, ${plan.year}, ${plan.unitId}, ${plan.title},
            ${plan.documentNumber}, ${plan.sourceText})
    on conflict (place_id, kind, year, unit_id) where state <> 'cancelled' do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}

/** What an act sets of a locked plan. */
export type PlanChange = Partial<
  Pick<PlanRow, 'title' | 'documentNumber' | 'sourceText' | 'state' | 'issuedOn' | 'closedOn' | 'reason'>
>;

/** Sets the values and raises the revision, which it returns. */
export async function updatePlan(
  db: WorkPlanHandle,
  { placeId, id }: Pick<PlanRow, 'placeId' | 'id'>,
  change: PlanChange,
): Promise<number> {
  const { title, documentNumber, sourceText, state, issuedOn, closedOn, reason } = change;
  const written = await db
    .updateTable('work_plans')
    .set((row) => ({
      revision: row('revision', '+', 1),
      ...(title === undefined ? {} : { title }),
      ...(documentNumber === undefined ? {} : { document_number: documentNumber }),
      ...(sourceText === undefined ? {} : { source_text: sourceText }),
      ...(state === undefined ? {} : { state }),
      ...(issuedOn === undefined ? {} : { issued_on: issuedOn }),
      ...(closedOn === undefined ? {} : { closed_on: closedOn }),
      ...(reason === undefined ? {} : { reason }),
    }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return written.revision;
}
