import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { type listedEvidence, mostProvedRounds } from '#contract/evaluations/evidence.shape.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { Confidentiality } from '#domain/evaluation/lists.ts';
import type { Day } from '#domain/kit/school-year.ts';
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
import type { EvaluationHandle } from '../evaluation.store.ts';

/** A piece of evidence of a unit or a school. */
export interface Evidence {
  readonly type: 'evidence';
  readonly id: string;
  readonly placeId: number;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly title: string;
  readonly aboutDay: Day | null;
  readonly receivedOn: Day;
  readonly catalogueNumber: string | null;
  readonly boxNumber: string | null;
  readonly confidentiality: Confidentiality;
  readonly expiresOn: Day | null;
  readonly replacesId: string | null;
  readonly locked: boolean;
  readonly state: 'kept' | 'replaced' | 'withdrawn';
  readonly revision: number;
  readonly addedBy: string;
  readonly addedAt: Date;
}

/** A piece of evidence in a list: with its file, the newer piece in its place, and how much it proves. */
export interface EvidenceRow extends Evidence {
  readonly unitName: string;
  readonly replacedBy: string | null;
  readonly version: number;
  readonly file: {
    readonly id: string;
    readonly name: string;
    readonly mediaType: string;
    readonly size: number;
  } | null;
  readonly leaves: number;
}

const evidenceColumns = sql`
  'evidence' as type, i.id, i.place_id as "placeId", i.unit_id as "unitId", i.school_id as "schoolId", i.title,
  i.about_day as "aboutDay", i.received_on as "receivedOn", i.catalogue_number as "catalogueNumber",
  i.box_number as "boxNumber", i.confidentiality, i.expires_on as "expiresOn", i.replaces_id as "replacesId",
  i.locked_at is not null as locked, i.state, i.revision, i.entered_by_name as "addedBy", i.entered_at as "addedAt"`;

/** The pieces that may stand in a chain of versions. */
const mostVersions = 40;

/** The name of the school or the unit in whose library a piece stands. */
const unitNameColumn = sql`coalesce(
  (select s.name from schools s where s.county_id = i.place_id and s.id = i.school_id),
  (select u.name from org_units u where u.id = i.unit_id))`;

/** What a list shows of the piece `i`. */
export const listedColumns = sql`
  ${evidenceColumns}, ${unitNameColumn} as "unitName",
  (select n.id from evidence_items n where n.place_id = i.place_id and n.replaces_id = i.id and n.state <> 'withdrawn'
    limit 1) as "replacedBy",
  (with recursive earlier as (
     select i.replaces_id as id, 1 as n
     union all
     select p.replaces_id, e.n + 1 from earlier e
       join evidence_items p on p.place_id = i.place_id and p.id = e.id where e.n < ${mostVersions}::int
   ) select max(n) from earlier)::int as version,
  (select jsonb_build_object('id', a.id, 'name', a.name, 'mediaType', a.media_type, 'size', a.size)
     from attachments a
    where a.place_id = i.place_id and a.subject_type = 'evidence' and a.subject_id = i.id and a.detached_at is null
      and a.removed_at is null
    order by a.position, a.id limit 1) as file,
  (select count(*)::int from evidence_links k where k.evidence_id = i.id and k.evidence_place_id = i.place_id) as leaves`;

/** The evidence in reach, by place, school or seat: the first wall. */
export function evidenceWithin(scope: Scope): RawBuilder<SqlBool> {
  const { schools, campaigns } = scope;
  return sql<SqlBool>`(i.place_id = ${among(scope.places)}
      and (${schools === null}::boolean or i.school_id = any(${[...(schools ?? [])]}::int[]))
    or i.seats && ${[...campaigns]}::uuid[])`;
}

export async function findEvidence(db: EvaluationHandle, scope: Scope, id: string): Promise<EvidenceRow | undefined> {
  const found = await sql<EvidenceRow>`
    select ${listedColumns} from evidence_items i where ${evidenceWithin(scope)} and i.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The piece, kept until the transaction ends. */
export async function lockEvidence(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
): Promise<Evidence | undefined> {
  const found = await sql<Evidence>`
    select ${evidenceColumns} from evidence_items i where i.place_id = ${placeId} and i.id = ${id} for update`.execute(
    db,
  );
  return found.rows[0];
}

export interface EvidenceFilter {
  readonly unit?: string | undefined;
  readonly evaluationId?: string | undefined;
  readonly libraryOf?: string | undefined;
  readonly boxNumber?: string | undefined;
  readonly year?: number | undefined;
  readonly unlinked?: boolean | undefined;
  readonly expired?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** A library is that of one unit or school; whoever reaches several reads them all. */
function matching(scope: Scope, filter: EvidenceFilter, today: Day): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [evidenceWithin(scope), sql`i.state = 'kept'`];
  if (filter.boxNumber !== undefined) conditions.push(sql`i.box_number = ${filter.boxNumber}`);
  if (filter.unit) {
    conditions.push(sql`case when i.school_id is null
      then exists (select 1 from org_units u where u.id = i.unit_id and ${searched(sql`u.search`, filter.unit)})
      else exists (select 1 from schools s
                    where s.county_id = i.place_id and s.id = i.school_id and ${searched(sql`s.search`, filter.unit)}) end`);
  }
  if (filter.year !== undefined)
    conditions.push(sql`extract(year from coalesce(i.about_day, i.received_on))::int = ${filter.year}::int`);
  if (filter.expired !== undefined)
    conditions.push(sql`coalesce(i.expires_on < ${today}::date, false) = ${filter.expired}::boolean`);
  const links = sql`select 1 from evidence_links k where k.evidence_id = i.id and k.evidence_place_id = i.place_id`;
  if (filter.unlinked !== undefined) conditions.push(sql`exists (${links}) <> ${filter.unlinked}::boolean`);
  if (filter.evaluationId !== undefined)
    conditions.push(sql`exists (${links} and k.evaluation_id = ${filter.evaluationId}::uuid)`);
  if (filter.libraryOf !== undefined) {
    conditions.push(sql`exists (select 1 from evaluations e
      where e.place_id = i.place_id and e.id = ${filter.libraryOf}::uuid and e.school_id is not distinct from i.school_id)`);
  }
  if (filter.search) conditions.push(searched(sql`i.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const sortColumns = {
  catalogue: sql`i.catalogue_number collate "zh-x-icu"`,
  title: inChineseOrder(sql`i.title`),
  unit: inChineseOrder(unitNameColumn),
  aboutDay: sql`i.about_day`,
  addedAt: sql`i.entered_at`,
  box: sql`i.box_number collate "zh-x-icu"`,
};

const ordered = (sort: string | undefined) =>
  orderBy(sort, sortColumns, 'catalogue', sql`${inChineseOrder(sql`i.title`)}, i.place_id, i.id`);

async function countEvidence(db: EvaluationHandle, scope: Scope, filter: EvidenceFilter, today: Day): Promise<number> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from evidence_items i where ${matching(scope, filter, today)}`.execute(db);
  return counted.rows[0]!.total;
}

/** A piece in a list, with the leaves that it proves. */
export interface ListedEvidence extends EvidenceRow {
  readonly proves: z.output<typeof listedEvidence>['proves'];
}

/** The leaves that the piece `i` proves, evaluation by evaluation, the newest first. */
const provesColumn = sql`coalesce((
  select jsonb_agg(jsonb_build_object('year', p.year, 'edition', p.edition, 'codes', p.codes) order by p.year desc, p.evaluation_id)
    from (
      select k.evaluation_id, e.assessment_year as year, jsonb_agg(k.code order by k.code) as codes,
             (select jsonb_build_object('title', f.title, 'authority', f.authority, 'completedBy', f.completed_by)
                from framework_editions f where f.key = e.framework_key and f.revision = e.framework_revision) as edition
        from evidence_links k left join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
       where k.evidence_id = i.id and k.evidence_place_id = i.place_id
       group by k.evaluation_id, e.assessment_year, e.framework_key, e.framework_revision
       order by e.assessment_year desc, k.evaluation_id limit ${mostProvedRounds}) p), '[]') as proves`;

/** One page with the number of all matches. */
export async function listEvidence(
  db: EvaluationHandle,
  scope: Scope,
  filter: EvidenceFilter & Paging,
  today: Day,
): Promise<Page<ListedEvidence>> {
  const found = await sql<ListedEvidence & { total: number }>`
    select ${listedColumns}, ${provesColumn}, count(*) over () as total from evidence_items i
     where ${matching(scope, filter, today)} order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  const { rows, total } = await pageOf(found.rows, filter, () => countEvidence(db, scope, filter, today));
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

/** All matches in their order, for a file. */
export async function findCatalogue(
  db: EvaluationHandle,
  scope: Scope,
  filter: EvidenceFilter,
  today: Day,
  most: number,
): Promise<ListedEvidence[]> {
  const found = await sql<ListedEvidence>`
    select ${listedColumns}, ${provesColumn} from evidence_items i
     where ${matching(scope, filter, today)} order by ${ordered(filter.sort)} limit ${most}`.execute(db);
  return found.rows;
}

/** The versions of a piece, the newest first: those before it and those after it. */
export async function listVersions(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
): Promise<EvidenceRow[]> {
  const found = await sql<EvidenceRow>`
    with recursive earlier as (
      select i.id, i.replaces_id, 1 as n from evidence_items i where i.place_id = ${placeId} and i.id = ${id}
      union all
      select p.id, p.replaces_id, e.n + 1 from earlier e
        join evidence_items p on p.place_id = ${placeId} and p.id = e.replaces_id where e.n < ${mostVersions}::int
    ), later as (
      select i.id, 1 as n from evidence_items i where i.place_id = ${placeId} and i.id = ${id}
      union all
      select p.id, l.n + 1 from later l
        join evidence_items p on p.place_id = ${placeId} and p.replaces_id = l.id and p.state <> 'withdrawn'
       where l.n < ${mostVersions}::int
    )
    select ${listedColumns} from evidence_items i
     where i.place_id = ${placeId} and i.id in (select id from earlier union select id from later)
     order by version desc limit ${mostVersions}`.execute(db);
  return found.rows;
}

/** What a person writes of a piece. */
export type EvidenceContent = Pick<
  Evidence,
  'title' | 'aboutDay' | 'receivedOn' | 'catalogueNumber' | 'boxNumber' | 'confidentiality' | 'expiresOn'
>;

const contentColumns = (one: EvidenceContent) => ({
  ...{ title: one.title, about_day: one.aboutDay, received_on: one.receivedOn },
  ...{ catalogue_number: one.catalogueNumber, box_number: one.boxNumber },
  ...{ confidentiality: one.confidentiality, expires_on: one.expiresOn },
});

export async function insertEvidence(
  db: EvaluationHandle,
  one: EvidenceContent &
    Pick<Evidence, 'id' | 'placeId' | 'unitId' | 'schoolId' | 'replacesId'> & {
      readonly alsoFoundBy: string;
      readonly personId: string;
      readonly by: string;
    },
  now: Date,
): Promise<void> {
  await db
    .insertInto('evidence_items')
    .values({
      ...contentColumns(one),
      ...{ place_id: one.placeId, id: one.id, unit_id: one.unitId, school_id: one.schoolId },
      ...{ replaces_id: one.replacesId, also_found_by: one.alsoFoundBy },
      ...{ entered_by: one.personId, entered_by_name: one.by, entered_at: now, updated_at: now },
    })
    .execute();
}

/** Sets the values of a locked piece and raises its revision, which it returns. */
export async function updateEvidence(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
  change: Partial<EvidenceContent & Pick<Evidence, 'state'>> & {
    readonly reason?: string;
    readonly alsoFoundBy?: string;
  },
  now: Date,
): Promise<number> {
  const { state, reason, alsoFoundBy, ...content } = change;
  const written = await db
    .updateTable('evidence_items')
    .set((row) => ({
      ...('title' in content ? contentColumns(content as EvidenceContent) : {}),
      ...(state === undefined ? {} : { state }),
      ...(reason === undefined ? {} : { reason }),
      ...(alsoFoundBy === undefined ? {} : { also_found_by: alsoFoundBy }),
      ...{ updated_at: now, revision: row('revision', '+', 1) },
    }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return written.revision;
}

/** Sets which seats read a piece, its links and its files, after any of them or its confidentiality changed. */
export function showing(db: EvaluationHandle, { placeId, id }: Pick<Evidence, 'placeId' | 'id'>) {
  return sql`select show_evidence(${placeId}::int, ${id}::uuid)`.compile(db);
}
