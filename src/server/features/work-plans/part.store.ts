import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { PlanRow, WorkPlanHandle } from './work-plan.store.ts';

/** What is issued of an item to one county. */
export interface PartContent {
  readonly placeId: number;
  readonly itemId: string;
  readonly position: number;
  readonly heading: string | null;
  readonly number: string | null;
  readonly text: string;
  readonly fromDay: Day | null;
  readonly toDay: Day | null;
  readonly named: boolean;
}

export interface PartRow extends PartContent {
  readonly id: string;
  readonly planPlaceId: number;
  readonly planId: string;
  readonly year: number;
  readonly planTitle: string;
  readonly documentNumber: string | null;
  readonly state: 'standing' | 'withdrawn';
  readonly revision: number;
  readonly issuedOn: Day;
  readonly changedOn: Day | null;
  /** Items that stand in plans of the county and carry it out. */
  readonly items: number;
}

const partColumns = sql`
  t.id, t.place_id as "placeId", t.item_id as "itemId", t.position, t.heading, t.number, t.text, t.from_day as "fromDay",
  t.to_day as "toDay", t.named, t.plan_place_id as "planPlaceId", t.plan_id as "planId", t.year,
  t.plan_title as "planTitle", t.document_number as "documentNumber", t.state, t.revision, t.issued_on as "issuedOn",
  t.changed_on as "changedOn", coalesce(taken.items, 0)::int as items`;

const partsIn = (places: readonly number[]) => sql`
  work_item_parts t
  left join (
    select i.place_id, i.part_id, count(*) as items
      from work_items i join work_plans p on p.place_id = i.place_id and p.id = i.plan_id and p.state <> 'cancelled'
     where i.place_id = ${among(places)} and i.part_id is not null and i.state <> 'withdrawn'
     group by i.place_id, i.part_id
  ) taken on taken.place_id = t.place_id and taken.part_id = t.id`;

/** What was issued to one county for a year, in the order of the plans. */
export async function listParts(db: WorkPlanHandle, placeId: number, year: number): Promise<PartRow[]> {
  const found = await sql<PartRow>`
    select ${partColumns} from ${partsIn([placeId])}
     where t.place_id = ${placeId} and t.year = ${year}
     order by t.state <> 'standing', t.issued_on, t.plan_id, t.position, t.id`.execute(db);
  return found.rows;
}

/** What was issued of one plan, at every county in reach. */
export async function listPartsOf(
  db: WorkPlanHandle,
  scope: Scope,
  plan: Pick<PlanRow, 'placeId' | 'id'>,
): Promise<PartRow[]> {
  const found = await sql<PartRow>`
    select ${partColumns} from ${partsIn(scope.places)}
     where t.place_id = ${among(scope.places)} and t.plan_place_id = ${plan.placeId} and t.plan_id = ${plan.id}
     order by t.place_id, t.position, t.id`.execute(db);
  return found.rows;
}

/** Writes copies anew, or for the first time; a copy that was there gets the next revision. */
export async function writeParts(
  db: WorkPlanHandle,
  plan: PlanRow,
  parts: readonly PartContent[],
  today: Day,
): Promise<void> {
  if (parts.length === 0) return;
  const rows = [...parts].sort((one, other) => one.placeId - other.placeId).map((part) => ({ ...part, id: newId() }));
  await sql`
    insert into work_item_parts as t (place_id, id, plan_place_id, plan_id, item_id, year, plan_title, document_number,
      position, heading, number, text, from_day, to_day, named, issued_on)
    select w."placeId", w.id, ${plan.placeId}::int, ${plan.id}::uuid, w."itemId", ${plan.year}::smallint, ${plan.title},
           ${plan.documentNumber}, w.position, w.heading, w.number, w.text, w."fromDay", w."toDay", w.named, ${today}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
        "placeId" int, id uuid, "itemId" uuid, position int, heading text, number text, text text, "fromDay" date,
        "toDay" date, named boolean)
    on conflict (place_id, plan_place_id, item_id) do update
       set plan_title = excluded.plan_title, document_number = excluded.document_number, position = excluded.position,
           heading = excluded.heading, number = excluded.number, text = excluded.text, from_day = excluded.from_day,
           to_day = excluded.to_day, named = excluded.named, state = 'standing', revision = t.revision + 1,
           changed_on = ${today}::date
    returning t.id`.execute(db);
}

/** Marks copies as withdrawn; the county keeps them to read. */
export async function writeWithdrawn(
  db: WorkPlanHandle,
  parts: readonly Pick<PartRow, 'placeId' | 'id'>[],
  today: Day,
): Promise<void> {
  if (parts.length === 0) return;
  const places = [...new Set(parts.map(({ placeId }) => placeId))];
  await sql`
    update work_item_parts t
       set state = 'withdrawn', revision = t.revision + 1, changed_on = ${today}::date
     where t.place_id = ${among(places)} and t.id = any(${parts.map(({ id }) => id)}::uuid[])`.execute(db);
}
