import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CountyReach, ItemUnit, WorkItemState } from '#domain/work-plan/plan.ts';
import { among, searched } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { PlanRow, WorkPlanHandle } from './work-plan.store.ts';

/** What a person writes of an item, ready to be stored. */
export interface ItemContent {
  readonly heading: string | null;
  readonly number: string | null;
  readonly text: string;
  readonly fromDay: Day | null;
  readonly toDay: Day | null;
  readonly countyReach: CountyReach;
  readonly cityManaged: boolean;
  readonly units: readonly ItemUnit[];
  readonly ties: readonly ItemTie[];
}

export interface ItemTie {
  readonly kind: string;
  readonly periodId: number;
}

export interface StoredItem extends ItemContent {
  readonly id: string;
  readonly partId?: string | null;
  readonly meetingId?: string | null;
  readonly reason?: string | null;
}

export interface NoteRow {
  readonly id: string;
  readonly itemId: string;
  readonly body: string;
  readonly day: Day;
  readonly settles: boolean;
  readonly author: string;
  readonly at: Date;
}

export interface TieRow {
  readonly id: string;
  readonly itemId: string;
  readonly kind: string;
  readonly periodId: number;
  readonly year: number;
}

/** An item as the database holds it, with all that hangs on it. */
export interface ItemRow extends Omit<ItemContent, 'ties'> {
  readonly id: string;
  readonly placeId: number;
  readonly planId: string;
  readonly position: number;
  readonly state: WorkItemState;
  readonly reason: string | null;
  readonly meeting: { readonly id: string; readonly title: string; readonly heldOn: Day } | null;
  readonly part: { readonly id: string; readonly number: string | null; readonly planTitle: string } | null;
  readonly ties: readonly TieRow[];
  readonly notes: readonly NoteRow[];
}

type BareRow = Omit<ItemRow, 'units' | 'ties' | 'notes' | 'meeting' | 'part'> & {
  readonly meetingId: string | null;
  readonly meetingTitle: string | null;
  readonly heldOn: Day | null;
  readonly partId: string | null;
  readonly partNumber: string | null;
  readonly planTitle: string | null;
};

/** The items of these plans in their order, each with its units, ties and notes. */
export async function listItems(db: WorkPlanHandle, scope: Scope, planIds: readonly string[]): Promise<ItemRow[]> {
  const items = sql`
    work_items i where i.place_id = ${among(scope.places)} and i.plan_id = any(${[...planIds]}::uuid[])`;
  const found = await sql<BareRow>`
    select i.id, i.place_id as "placeId", i.plan_id as "planId", i.position, i.heading, i.number, i.text,
           i.from_day as "fromDay", i.to_day as "toDay", i.county_reach as "countyReach",
           i.city_managed as "cityManaged", i.state, i.reason, m.id as "meetingId", m.title as "meetingTitle",
           m.held_on as "heldOn", part.id as "partId", part.number as "partNumber", part.plan_title as "planTitle"
      from work_items i
      left join meetings m on m.place_id = i.place_id and m.id = i.meeting_id
      left join work_item_parts part on part.place_id = i.place_id and part.id = i.part_id
     where i.place_id = ${among(scope.places)} and i.plan_id = any(${[...planIds]}::uuid[])
     order by i.plan_id, i.position, i.id`.execute(db);
  if (found.rows.length === 0) return [];
  const units = await sql<ItemUnit & { itemId: string }>`
    select u.item_id as "itemId", u.part, u.written, u.unit_id as "unitId" from work_item_units u
     where u.place_id = ${among(scope.places)} and u.item_id in (select i.id from ${items})
     order by u.item_id, u.position`.execute(db);
  const ties = await sql<TieRow>`
    select t.id, t.item_id as "itemId", t.kind, t.period_id as "periodId", p.year
      from work_item_ties t join periods p on p.id = t.period_id
     where t.place_id = ${among(scope.places)} and t.item_id in (select i.id from ${items})
     order by t.item_id, p.year, t.kind`.execute(db);
  const notes = await sql<NoteRow>`
    select n.id, n.item_id as "itemId", n.body, n.day, n.settles, n.author_name as author, n.at from work_item_notes n
     where n.place_id = ${among(scope.places)} and n.item_id in (select i.id from ${items})
     order by n.item_id, n.day desc, n.at desc`.execute(db);
  return found.rows.map(({ meetingId, meetingTitle, heldOn, partId, partNumber, planTitle, ...row }) => ({
    ...row,
    meeting: meetingId === null ? null : { id: meetingId, title: meetingTitle!, heldOn: heldOn! },
    part: partId === null ? null : { id: partId, number: partNumber, planTitle: planTitle! },
    units: units.rows.flatMap(({ itemId, ...unit }) => (itemId === row.id ? [unit] : [])),
    ties: ties.rows.filter(({ itemId }) => itemId === row.id),
    notes: notes.rows.filter(({ itemId }) => itemId === row.id),
  }));
}

/** Items whose text holds every typed word, of plans that stand; the newest plan first. */
export async function listFoundItems(db: WorkPlanHandle, scope: Scope, text: string) {
  const found = await sql<{ planId: string; id: string; planTitle: string; number: string | null; text: string }>`
    select i.plan_id as "planId", i.id, p.title as "planTitle", i.number, i.text
      from work_items i join work_plans p on p.place_id = i.place_id and p.id = i.plan_id
     where i.place_id = ${among(scope.places)} and i.state <> 'withdrawn' and p.state <> 'cancelled'
       and ${searched(sql`lower(i.text)`, text)}
     order by p.year desc, i.place_id, i.position limit 8`.execute(db);
  return found.rows;
}

/** Makes these the items of a draft, in their order: others go, known ones keep their ids. */
export async function writeItems(
  db: WorkPlanHandle,
  plan: Pick<PlanRow, 'placeId' | 'id'>,
  items: readonly StoredItem[],
): Promise<void> {
  const kept = items.map(({ id }) => id);
  await sql`
    delete from work_items where place_id = ${plan.placeId} and plan_id = ${plan.id} and id <> all(${kept}::uuid[])`.execute(
    db,
  );
  await writeEach(
    db,
    plan,
    items.map((item, at) => ({ ...item, position: at + 1 })),
  );
}

/** Writes new items behind the last of a plan. */
export async function insertItems(
  db: WorkPlanHandle,
  plan: Pick<PlanRow, 'placeId' | 'id'>,
  items: readonly StoredItem[],
  last: number,
): Promise<void> {
  await writeEach(
    db,
    plan,
    items.map((item, at) => ({ ...item, position: last + at + 1 })),
  );
}

/** Writes one item of an issued plan at a place of its order; those behind it move down. */
export async function writeItem(
  db: WorkPlanHandle,
  plan: Pick<PlanRow, 'placeId' | 'id'>,
  item: StoredItem,
  position: number,
): Promise<void> {
  await writeEach(db, plan, [{ ...item, position }]);
  await sql`
    update work_items i set position = placed.position
      from (
        select o.id, case when o.id = ${item.id} then least(${position}::int, (count(*) over ())::int)
                          else o.place_among + (o.place_among >= ${position}::int)::int end as position
          from (select w.id, (row_number() over (partition by w.id = ${item.id} order by w.position, w.id))::int as place_among
                  from work_items w where w.place_id = ${plan.placeId} and w.plan_id = ${plan.id}) o
      ) placed
     where i.place_id = ${plan.placeId} and i.plan_id = ${plan.id} and i.id = placed.id
       and i.position <> placed.position`.execute(db);
}

async function writeEach(
  db: WorkPlanHandle,
  plan: Pick<PlanRow, 'placeId' | 'id'>,
  items: ReadonlyArray<StoredItem & { readonly position: number }>,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ units: _units, ties: _ties, partId, meetingId, reason, ...item }) => ({
    ...item,
    ...{ partId: partId ?? null, meetingId: meetingId ?? null, reason: reason ?? null },
  }));
  await sql`
    insert into work_items as i (place_id, plan_id, id, position, heading, number, text, from_day, to_day, county_reach,
                                 city_managed, part_id, meeting_id, reason)
    select ${plan.placeId}::int, ${plan.id}::uuid, w.id, w.position, w.heading, w.number, w.text, w."fromDay", w."toDay",
           w."countyReach", w."cityManaged", w."partId", w."meetingId", w.reason
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
        id uuid, position int, heading text, number text, text text, "fromDay" date, "toDay" date, "countyReach" text,
        "cityManaged" boolean, "partId" uuid, "meetingId" uuid, reason text)
    on conflict (place_id, id) do update
       set position = excluded.position, heading = excluded.heading, number = excluded.number, text = excluded.text,
           from_day = excluded.from_day, to_day = excluded.to_day, county_reach = excluded.county_reach,
           city_managed = excluded.city_managed, reason = coalesce(excluded.reason, i.reason)
     where i.plan_id = excluded.plan_id
    returning id`.execute(db);
  const ids = items.map(({ id }) => id);
  const units = items.flatMap(({ id, units: of }) =>
    of.map(({ part, written, unitId }, at) => ({ item: id, position: at + 1, part, written, unit: unitId })),
  );
  await sql`delete from work_item_units where place_id = ${plan.placeId} and item_id = any(${ids}::uuid[])`.execute(db);
  await sql`
    insert into work_item_units (place_id, item_id, position, part, written, unit_id)
    select ${plan.placeId}::int, w.item, w.position, w.part, w.written, w.unit
      from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as w(item uuid, position smallint, part text, written text, unit int)
    returning item_id`.execute(db);
  const ties = items.flatMap(({ id, ties: of }) =>
    of.map(({ kind, periodId }) => ({ item: id, id: newId(), kind, period: periodId })),
  );
  const wanted = JSON.stringify(ties);
  // A tie that stays keeps its id.
  await sql`
    delete from work_item_ties t
     where t.place_id = ${plan.placeId} and t.item_id = any(${ids}::uuid[])
       and not exists (select 1 from jsonb_to_recordset(${wanted}::jsonb) as w(item uuid, kind text, period int)
                        where w.item = t.item_id and w.kind = t.kind and w.period = t.period_id)`.execute(db);
  await sql`
    insert into work_item_ties (place_id, item_id, id, kind, period_id)
    select ${plan.placeId}::int, w.item, w.id, w.kind, w.period
      from jsonb_to_recordset(${wanted}::jsonb) as w(item uuid, id uuid, kind text, period int)
    on conflict (place_id, item_id, kind, period_id) do nothing
    returning id`.execute(db);
}

export async function updateItemState(
  db: WorkPlanHandle,
  { placeId, id }: Pick<ItemRow, 'placeId' | 'id'>,
  state: WorkItemState,
  reason: string | null,
): Promise<void> {
  await db
    .updateTable('work_items')
    .set({ state, reason })
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .execute();
}

/** A note as files hang on it. */
export interface NoteSubject {
  readonly type: 'work-item-note';
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: null;
  readonly planId: string;
  readonly authorId: string;
}

export async function findNote(db: WorkPlanHandle, scope: Scope, id: string): Promise<NoteSubject | undefined> {
  const found = await sql<NoteSubject>`
    select 'work-item-note' as type, n.id, n.place_id as "placeId", null as "schoolId", i.plan_id as "planId",
           n.author_id as "authorId"
      from work_item_notes n join work_items i on i.place_id = n.place_id and i.id = n.item_id
     where n.place_id = ${among(scope.places)} and n.id = ${id}`.execute(db);
  return found.rows[0];
}

/** How many notes an item has, and how many of them this person wrote in the last hour. */
export async function countNotes(
  db: WorkPlanHandle,
  { placeId, id }: Pick<ItemRow, 'placeId' | 'id'>,
  { authorId, now }: { readonly authorId: string; readonly now: Date },
): Promise<{ readonly all: number; readonly own: number }> {
  const { rows } = await sql<{ all: number; own: number }>`
    select count(*)::int as all,
           count(*) filter (where author_id = ${authorId} and at > ${now}::timestamptz - interval '1 hour')::int as own
      from work_item_notes where place_id = ${placeId} and item_id = ${id}`.execute(db);
  return rows[0]!;
}

export async function insertNote(
  db: WorkPlanHandle,
  { placeId, id: itemId }: Pick<ItemRow, 'placeId' | 'id'>,
  note: Omit<NoteRow, 'id' | 'itemId'> & { readonly authorId: string },
): Promise<NoteRow> {
  const id = newId();
  const { body, day, settles, author, authorId, at } = note;
  await db
    .insertInto('work_item_notes')
    .values({
      ...{ place_id: placeId, id, item_id: itemId, body, day, settles },
      ...{ author_id: authorId, author_name: author, at },
    })
    .execute();
  return { id, itemId, body, day, settles, author, at };
}
