import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Slot } from '#domain/evaluation/campaign/slots.ts';
import type { EvaluationKind } from '#domain/evaluation/lists.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import {
  among,
  inChineseOrder,
  limited,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { Campaign, CampaignHandle } from './campaign.store.ts';

type Key = Pick<Campaign, 'placeId' | 'id'>;

/** What a person filters by when choosing subjects. */
export interface SubjectFilter {
  readonly countyId?: number | null | undefined;
  readonly schoolType?: string | null | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
  /** Only those that are chosen, or only the others. */
  readonly chosen?: boolean | undefined;
}

/** Somebody who can be judged. */
export interface SubjectChoice {
  readonly countyId: number;
  readonly schoolId: number | null;
  readonly name: string;
  readonly unitName: string;
  /** The code of the school's type. */
  readonly type: string | null;
  readonly sponsorCode: number | null;
  readonly ownership: Ownership | null;
  /** The number of the later evaluation; null where it is not chosen. */
  readonly subjectId: string | null;
  readonly chosen: boolean;
}

/** Counties of the city, or schools that are open: `x` with its words. */
const registered = (kind: EvaluationKind, scope: Scope) =>
  kind === 'county-inspection'
    ? sql`(select u.id as county_id, null::int as school_id, u.name, u.short_name as unit_name, null::text as type, null::int as sponsor_code,
                  null::text as ownership, u.search,
                  u.sort_order as position
             from org_units u where u.kind = 'county' and u.active and u.id = ${among(scope.places)})`
    : sql`(select s.county_id, s.id as school_id, s.name, u.short_name as unit_name, s.school_type as type, s.sponsor_code,
                  s.ownership, s.search,
                  u.sort_order as position
             from schools s join org_units u on u.id = s.county_id
            where s.county_id = ${among(scope.places)} and s.status = 'open')`;

/** The subjects of the campaign, read once: they lie at another place than their schools. */
const chosenRows = ({ placeId, id }: Key) => sql`
  chosen as materialized (
    select c.id, c.unit_id, c.school_id from campaign_subjects c where c.place_id = ${placeId} and c.campaign_id = ${id})`;

const from = (kind: EvaluationKind, scope: Scope) => sql`
  ${registered(kind, scope)} x
  left join chosen c on c.unit_id = x.county_id and coalesce(c.school_id, 0) = coalesce(x.school_id, 0)`;

function matching(filter: SubjectFilter): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`];
  if (filter.countyId != null) conditions.push(sql`x.county_id = ${filter.countyId}`);
  if (filter.schoolType != null) conditions.push(sql`x.type = ${filter.schoolType}`);
  if (filter.search) conditions.push(searched(sql`x.search`, filter.search));
  if (filter.chosen !== undefined) conditions.push(sql`(c.unit_id is not null) = ${filter.chosen}::boolean`);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const choiceColumns = sql`
  x.county_id as "countyId", x.school_id as "schoolId", x.name, x.unit_name as "unitName", x.type,
  x.sponsor_code as "sponsorCode", x.ownership,
  c.id as "subjectId", c.unit_id is not null as chosen`;

const sortColumns = {
  place: sql`x.position, x.county_id`,
  name: inChineseOrder(sql`x.name`),
  type: sql`x.type`,
};

/** A page of those who can be judged. */
export async function listChoices(
  db: CampaignHandle,
  scope: Scope,
  campaign: Key & Pick<Campaign, 'kind'>,
  filter: SubjectFilter & Paging,
): Promise<Page<SubjectChoice>> {
  const selection = sql`from ${from(campaign.kind, scope)} where ${matching(filter)}`;
  const found = await sql<SubjectChoice & { total: number }>`
    with ${chosenRows(campaign)}
    select ${choiceColumns}, count(*) over ()::int as total ${selection}
     order by ${orderBy(filter.sort, sortColumns, 'place', sql`${inChineseOrder(sql`x.name`)}, x.school_id`)}
     ${limited(filter)}`.execute(db);
  const { rows, total } = await pageOf(found.rows, filter, async () => {
    const counted = await sql<{ n: number }>`
      with ${chosenRows(campaign)} select count(*)::int as n ${selection}`.execute(db);
    return counted.rows[0]!.n;
  });
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

/** Who is meant by a filter, or by name: those that the register knows here, and no more than a campaign may have. */
export async function findChoices(
  db: CampaignHandle,
  scope: Scope,
  campaign: Key & Pick<Campaign, 'kind'>,
  filter: SubjectFilter,
  only: readonly { readonly countyId: number; readonly schoolId: number | null }[] | null,
  most: number,
): Promise<SubjectChoice[]> {
  const named =
    only === null
      ? sql`true`
      : sql`exists (select 1 from jsonb_to_recordset(${JSON.stringify(only)}::jsonb) as n("countyId" int, "schoolId" int)
                     where n."countyId" = x.county_id and n."schoolId" is not distinct from x.school_id)`;
  const found = await sql<SubjectChoice>`
    with ${chosenRows(campaign)}
    select ${choiceColumns} from ${from(campaign.kind, scope)}
     where ${matching(filter)} and ${named}
     order by x.position, x.county_id, x.school_id limit ${most}`.execute(db);
  return found.rows;
}

/** A chosen subject with the number of its later evaluation. */
export interface SubjectRow {
  readonly id: string;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly name: string;
  /** The days that it has of its own in the step that goes in slots. */
  readonly slot: Slot | null;
}

export async function listSubjects(db: CampaignHandle, { placeId, id }: Key): Promise<SubjectRow[]> {
  const found = await sql<SubjectRow>`
    select s.id, s.unit_id as "unitId", s.school_id as "schoolId", s.name,
           case when s.slot_from is not null then jsonb_build_object('from', s.slot_from, 'to', s.slot_to) end as slot
      from campaign_subjects s join org_units u on u.id = s.unit_id
     where s.place_id = ${placeId} and s.campaign_id = ${id} and s.left_out is null
     order by u.sort_order, s.unit_id, ${inChineseOrder(sql`s.name`)}, s.id`.execute(db);
  return found.rows;
}

/** Writes the slots of these subjects, by their numbers. */
export async function writeSlots(
  db: CampaignHandle,
  { placeId, id }: Key,
  slots: ReadonlyMap<string, Slot>,
): Promise<void> {
  const rows = [...slots].map(([subject, { from: first, to }]) => ({ id: subject, slot_from: first, slot_to: to }));
  await sql`
    update campaign_subjects s set slot_from = w.slot_from, slot_to = w.slot_to
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, slot_from date, slot_to date)
     where s.place_id = ${placeId} and s.campaign_id = ${id} and s.id = w.id`.execute(db);
}

/** Moves the slots of all subjects, or of some, by days. */
export async function writeSlotsMoved(
  db: CampaignHandle,
  { placeId, id }: Key,
  by: number,
  only: readonly string[] | null,
): Promise<void> {
  await sql`
    update campaign_subjects s set slot_from = s.slot_from + ${by}::int, slot_to = s.slot_to + ${by}::int
     where s.place_id = ${placeId} and s.campaign_id = ${id}
       and (${only === null}::boolean or s.id = any(${[...(only ?? [])]}::uuid[]))`.execute(db);
}

/** Adds subjects that are not there yet; says how many came. */
export async function insertSubjects(
  db: CampaignHandle,
  { placeId, id }: Key,
  subjects: readonly (Pick<SubjectChoice, 'countyId' | 'schoolId' | 'name'> & { readonly alsoFoundBy: string })[],
): Promise<number> {
  if (subjects.length === 0) return 0;
  const rows = subjects.map(({ countyId, schoolId, name, alsoFoundBy }) => ({
    ...{ id: newId(), unit: countyId, school: schoolId, name, sounds: alsoFoundBy },
  }));
  const added = await sql`
    insert into campaign_subjects (place_id, campaign_id, id, unit_id, school_id, name, also_found_by)
    select ${placeId}::int, ${id}::uuid, w.id, w.unit, w.school, w.name, w.sounds
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, unit int, school int, name text, sounds text)
    on conflict (place_id, campaign_id, unit_id, school_id) do nothing returning id`.execute(db);
  return added.rows.length;
}

/** Takes subjects of a draft out again; says how many went. */
export async function deleteSubjects(
  db: CampaignHandle,
  { placeId, id }: Key,
  subjectIds: readonly string[],
): Promise<number> {
  if (subjectIds.length === 0) return 0;
  const gone = await sql`
    delete from campaign_subjects s
     where s.place_id = ${placeId} and s.campaign_id = ${id} and s.opened_at is null
       and s.id = any(${[...subjectIds]}::uuid[])
    returning s.id`.execute(db);
  return gone.rows.length;
}

/** A subject where it lies when its evaluation opens. */
export interface OpenedSubject extends SubjectRow {
  readonly placeId: number;
}

/**
 * Opens the subjects at the places where they lie now: a county at itself, a school at its county of today, which is written
 * down for good. A school that was closed or merged since the draft is left out, with the reason.
 */
export async function writeOpened(db: CampaignHandle, { placeId, id }: Key, at: Date): Promise<OpenedSubject[]> {
  const subjects = await listSubjects(db, { placeId, id });
  const schoolIds = subjects.flatMap(({ schoolId }) => schoolId ?? []);
  const present = await sql<{ id: number; place: number; status: string }>`
    select s.id, p.county_id as place, s.status from school_places p
      join schools s on s.county_id = p.county_id and s.id = p.school_id
     where p.school_id = any(${schoolIds}::int[])`.execute(db);
  const schools = new Map(present.rows.map((row) => [row.id, row]));
  const rows = subjects.map(({ id: subject, unitId, schoolId }) => {
    const school = schoolId === null ? { place: unitId, status: 'open' } : schools.get(schoolId);
    const out =
      school?.status === 'open' ? null : school?.status === 'merged' ? '学校已经并入其他学校' : '学校已经停办';
    return { id: subject, unit: school?.place ?? unitId, place: out === null ? school!.place : null, out };
  });
  await sql`
    update campaign_subjects s
       set subject_place_id = w.place, unit_id = w.unit, left_out = w.out,
           opened_at = case when w.place is not null then ${at}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, place int, unit int, out text)
     where s.place_id = ${placeId} and s.campaign_id = ${id} and s.id = w.id and s.opened_at is null
    returning s.id`.execute(db);
  return subjects.flatMap((subject, at) => {
    const { place, unit } = rows[at]!;
    return place === null ? [] : [{ ...subject, unitId: unit, placeId: place }];
  });
}

/** Where the evaluations of an open campaign lie. */
export async function listPlaces(db: CampaignHandle, { placeId, id }: Key): Promise<number[]> {
  const found = await sql<{ place: number }>`
    select distinct s.subject_place_id as place from campaign_subjects s
     where s.place_id = ${placeId} and s.campaign_id = ${id} and s.subject_place_id is not null order by 1`.execute(db);
  return [...new Set([placeId, ...found.rows.map(({ place }) => place)])];
}
