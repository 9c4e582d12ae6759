import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Actor, holds, type Scope } from '#domain/access/actor.ts';
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

const listedColumns = sql`
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

/** One page with the number of all matches. */
export async function listEvidence(
  db: EvaluationHandle,
  scope: Scope,
  filter: EvidenceFilter & Paging,
  today: Day,
): Promise<Page<EvidenceRow>> {
  const found = await sql<EvidenceRow & { total: number }>`
    select ${listedColumns}, count(*) over () as total from evidence_items i
     where ${matching(scope, filter, today)} order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  const { rows, total } = await pageOf(found.rows, filter, () => countEvidence(db, scope, filter, today));
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

/** A line of the catalogue: a piece with the leaves that it proves. */
export interface CatalogueLine extends EvidenceRow {
  readonly codes: string | null;
}

/** All matches in their order with the codes of their leaves, for a file. */
export async function findCatalogue(
  db: EvaluationHandle,
  scope: Scope,
  filter: EvidenceFilter,
  today: Day,
  most: number,
): Promise<CatalogueLine[]> {
  const found = await sql<CatalogueLine>`
    select ${listedColumns},
           (select string_agg(distinct k.code, '、' order by k.code) from evidence_links k
             where k.evidence_id = i.id and k.evidence_place_id = i.place_id) as codes
      from evidence_items i
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

/** Evidence at a leaf as it stands in a list, with what looks like it elsewhere. */
export interface LinkedRow extends EvidenceRow {
  readonly pageNote: string;
  readonly resemblances: readonly {
    readonly kind: 'same-file' | 'picture' | 'text';
    readonly evidenceId: string;
    readonly title: string;
    readonly unitName: string;
    readonly year: number;
    readonly closeness: string;
    readonly fileId: string | null;
  }[];
}

/** What of other units or years looks like this piece; only the city reads it. */
const resemblancesColumn = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'evidenceId', r.other_evidence_id, 'title', o.title,
            'unitName', coalesce((select s.name from schools s where s.county_id = o.place_id and s.id = o.school_id), u.short_name),
            'year', extract(year from coalesce(o.about_day, o.received_on))::int, 'closeness', trim_scale(r.closeness)::text,
            'fileId', r.other_attachment_id) order by r.closeness desc), '[]')
     from (select distinct on (x.other_evidence_id, x.kind) x.* from evidence_resemblances x
            where x.evidence_id = i.id and x.subject_place_id = i.place_id
            order by x.other_evidence_id, x.kind, x.closeness desc limit 20) r
     join evidence_items o on o.place_id = r.other_place_id and o.id = r.other_evidence_id
     join org_units u on u.id = o.unit_id) as resemblances`;

/** The evidence at one leaf, in the order of the catalogue. */
export async function listLinked(
  db: EvaluationHandle,
  { placeId, id, code }: { readonly placeId: number; readonly id: string; readonly code: string },
  most: number,
): Promise<LinkedRow[]> {
  const found = await sql<LinkedRow>`
    select ${listedColumns}, k.page_note as "pageNote", ${resemblancesColumn}
      from evidence_links k
      join evidence_items i on i.place_id = k.evidence_place_id and i.id = k.evidence_id
     where k.place_id = ${placeId} and k.evaluation_id = ${id} and k.code = ${code}
     order by i.catalogue_number collate "zh-x-icu", i.entered_at, i.id limit ${most}`.execute(db);
  return found.rows;
}

/** What looks like a piece elsewhere. */
export async function findResemblances(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
): Promise<LinkedRow['resemblances']> {
  const found = await sql<Pick<LinkedRow, 'resemblances'>>`
    select ${resemblancesColumn} from evidence_items i where i.place_id = ${placeId} and i.id = ${id}`.execute(db);
  return found.rows[0]?.resemblances ?? [];
}

/** A leaf that a piece proves. */
export interface LinkRow {
  readonly placeId: number;
  readonly evaluationId: string;
  readonly evaluationTitle: string;
  readonly frameworkKey: string;
  readonly frameworkRevision: number;
  readonly frameworkHash: string;
  readonly code: string;
  readonly pageNote: string;
}

export async function listLinks(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
  most: number,
): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`
    select k.place_id as "placeId", k.evaluation_id as "evaluationId", e.title as "evaluationTitle",
           e.framework_key as "frameworkKey", e.framework_revision as "frameworkRevision",
           e.framework_hash as "frameworkHash", k.code, k.page_note as "pageNote"
      from evidence_links k join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
     where k.evidence_id = ${id} and k.evidence_place_id = ${placeId}
     order by e.assessment_year desc, e.id, k.code limit ${most}`.execute(db);
  return found.rows;
}

/** Whether a piece stands at this leaf, with its note. */
export async function findLink(
  db: EvaluationHandle,
  leaf: { readonly placeId: number; readonly id: string; readonly code: string },
  evidence: Pick<Evidence, 'placeId' | 'id'>,
): Promise<{ pageNote: string } | undefined> {
  const found = await sql<{ pageNote: string }>`
    select k.page_note as "pageNote" from evidence_links k
     where k.place_id = ${leaf.placeId} and k.evaluation_id = ${leaf.id} and k.code = ${leaf.code}
       and k.evidence_place_id = ${evidence.placeId} and k.evidence_id = ${evidence.id}`.execute(db);
  return found.rows[0];
}

/** Puts a piece at a leaf with its note, in place of what stood there of it; without a note it is taken off. */
export async function writeLink(
  db: EvaluationHandle,
  leaf: { readonly placeId: number; readonly id: string; readonly code: string; readonly schoolId: number | null },
  evidence: Pick<Evidence, 'placeId' | 'id'>,
  linked: { readonly pageNote: string; readonly by: string } | null,
  now: Date,
): Promise<void> {
  await db
    .deleteFrom('evidence_links')
    .where('place_id', '=', leaf.placeId)
    .where('evaluation_id', '=', leaf.id)
    .where('code', '=', leaf.code)
    .where('evidence_place_id', '=', evidence.placeId)
    .where('evidence_id', '=', evidence.id)
    .execute();
  if (linked === null) return;
  await db
    .insertInto('evidence_links')
    .values({
      ...{ place_id: leaf.placeId, evaluation_id: leaf.id, code: leaf.code, school_id: leaf.schoolId },
      ...{ evidence_place_id: evidence.placeId, evidence_id: evidence.id, page_note: linked.pageNote },
      ...{ linked_by_name: linked.by, linked_at: now },
    })
    .execute();
}

/** Puts a newer version at every leaf of the one that it replaces. */
export async function writeMovedLinks(
  db: EvaluationHandle,
  from: Pick<Evidence, 'placeId' | 'id'>,
  toId: string,
): Promise<void> {
  const { placeId, id } = from;
  await sql`
    insert into evidence_links (place_id, evaluation_id, code, evidence_place_id, evidence_id, school_id, page_note,
      linked_by_name, linked_at)
    select k.place_id, k.evaluation_id, k.code, k.evidence_place_id, ${toId}::uuid, k.school_id, k.page_note,
           k.linked_by_name, k.linked_at
      from evidence_links k where k.place_id = ${placeId} and k.evidence_place_id = ${placeId} and k.evidence_id = ${id}
    returning code`.execute(db);
  await db
    .deleteFrom('evidence_links')
    .where('place_id', '=', placeId)
    .where('evidence_place_id', '=', placeId)
    .where('evidence_id', '=', id)
    .execute();
}

/**
 * Whether this person judges a leaf now that a piece proves: by a seat that covers it, as the county that reviews, or as
 * whoever concludes.
 */
export async function isJudging(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
  actor: Actor,
): Promise<boolean> {
  const found = await sql`
    select 1 from evidence_links k
      join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
      join evaluation_leaves l on l.place_id = k.place_id and l.evaluation_id = k.evaluation_id and l.code = k.code
     where k.place_id = ${placeId} and k.evidence_place_id = ${placeId} and k.evidence_id = ${id} and e.state = 'open'
       and e.step not in ('notice', 'selfEvaluation')
       and (${actor.level === 'city' && holds(actor, 'evaluation.conclude')}::boolean
         or ${actor.level === 'county' && holds(actor, 'evaluation.judge')}::boolean and e.step = 'countyReview'
         or exists (select 1 from evaluation_reviewers r
                     where r.place_id = e.campaign_place_id and r.evaluation_id = e.id and r.person_id = ${actor.userId}::uuid
                       and r.ended_on is null and (r.nodes @> '{*}' or r.nodes && l.nodes)))
     limit 1`.execute(db);
  return found.rows.length > 0;
}

/** How many pieces stand at each leaf that prove something: with a file, and not expired. A name alone proves nothing. */
export const provedLeaves = (
  { placeId, id }: { readonly placeId: number; readonly id: string },
  today: Day,
): RawBuilder<{ code: string; n: number }> => sql`
  select k.code, count(*)::int as n from evidence_links k
    join evidence_items i on i.place_id = k.evidence_place_id and i.id = k.evidence_id
   where k.place_id = ${placeId} and k.evaluation_id = ${id} and i.state = 'kept'
     and coalesce(i.expires_on >= ${today}::date, true)
     and exists (select 1 from attachments a
                  where a.place_id = i.place_id and a.subject_type = 'evidence' and a.subject_id = i.id
                    and a.detached_at is null and a.removed_at is null)
   group by k.code`;

/** The same for the list of what is missing. */
export async function countProved(
  db: EvaluationHandle,
  evaluation: { readonly placeId: number; readonly id: string },
  today: Day,
): Promise<ReadonlyMap<string, number>> {
  const found = await provedLeaves(evaluation, today).execute(db);
  return new Map(found.rows.map(({ code, n }) => [code, n]));
}
