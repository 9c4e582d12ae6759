import { type RawBuilder, sql } from 'kysely';
import { type Actor, holds } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { judgedByCounty } from '../judging/owing.store.ts';
import { type Evidence, type EvidenceRow, listedColumns } from './evidence.store.ts';

/** Where in a piece the proof of a leaf stands: words, a page, and a rectangle of it as shares (left, top, width, height). */
export interface LinkPlace {
  readonly pageNote: string;
  readonly page: number | null;
  readonly region: readonly number[] | null;
}

const placeColumns = sql`k.page_note as "pageNote", k.page, to_jsonb(k.region) as region`;

/** Evidence at a leaf as it stands in a list, with what looks like it elsewhere. */
export interface LinkedRow extends EvidenceRow, LinkPlace {
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

/**
 * What of other units or years looks like this piece, the closest first: the city reads it, and the county that reviews a school
 * reads what lies at its own schools. A hint ends with what it hints at: a
 * file that was taken off on either side, or another piece that was withdrawn or replaced.
 */
const resemblancesColumn = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'evidenceId', r.other_evidence_id, 'title', o.title,
            'unitName', coalesce((select s.name from schools s where s.county_id = o.place_id and s.id = o.school_id), u.short_name),
            'year', extract(year from coalesce(o.about_day, o.received_on))::int, 'closeness', trim_scale(r.closeness)::text,
            'fileId', r.other_attachment_id) order by r.closeness desc), '[]')
     from (select closest.* from (
             select distinct on (x.other_evidence_id, x.kind) x.* from evidence_resemblances x
               join evidence_items other on other.place_id = x.other_place_id and other.id = x.other_evidence_id
                and other.state = 'kept'
               join attachments here on here.place_id = x.subject_place_id and here.id = x.attachment_id
                and here.detached_at is null and here.removed_at is null
               join attachments there on there.place_id = x.other_place_id and there.id = x.other_attachment_id
                and there.detached_at is null and there.removed_at is null
              where x.evidence_id = i.id and x.subject_place_id = i.place_id
              order by x.other_evidence_id, x.kind, x.closeness desc) closest
            order by closest.closeness desc, closest.id limit 20) r
     join evidence_items o on o.place_id = r.other_place_id and o.id = r.other_evidence_id
     join org_units u on u.id = o.unit_id) as resemblances`;

/** The evidence at one leaf, in the order of the catalogue. */
export async function listLinked(
  db: EvaluationHandle,
  { placeId, id, code }: { readonly placeId: number; readonly id: string; readonly code: string },
  most: number,
): Promise<LinkedRow[]> {
  const found = await sql<LinkedRow>`
    select ${listedColumns}, ${placeColumns}, ${resemblancesColumn}
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
  readonly generated: Evaluation['generated'];
  readonly code: string;
  readonly pageNote: string;
  readonly page: number | null;
}

export async function listLinks(
  db: EvaluationHandle,
  { placeId, id }: Pick<Evidence, 'placeId' | 'id'>,
  most: number,
): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`
    select k.place_id as "placeId", k.evaluation_id as "evaluationId", e.title as "evaluationTitle",
           e.framework_key as "frameworkKey", e.framework_revision as "frameworkRevision",
           e.framework_hash as "frameworkHash", e.generated, k.code, k.page_note as "pageNote", k.page
      from evidence_links k join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
     where k.evidence_id = ${id} and k.evidence_place_id = ${placeId}
     order by e.assessment_year desc, e.id, k.code limit ${most}`.execute(db);
  return found.rows;
}

/** Whether a piece stands at this leaf, with its place in it. */
export async function findLink(
  db: EvaluationHandle,
  leaf: { readonly placeId: number; readonly id: string; readonly code: string },
  evidence: Pick<Evidence, 'placeId' | 'id'>,
): Promise<LinkPlace | undefined> {
  const found = await sql<LinkPlace>`
    select ${placeColumns} from evidence_links k
     where k.place_id = ${leaf.placeId} and k.evaluation_id = ${leaf.id} and k.code = ${leaf.code}
       and k.evidence_place_id = ${evidence.placeId} and k.evidence_id = ${evidence.id}`.execute(db);
  return found.rows[0];
}

/** Puts a piece at a leaf with its note, in place of what stood there of it; without a note it is taken off. */
export async function writeLink(
  db: EvaluationHandle,
  leaf: { readonly placeId: number; readonly id: string; readonly code: string; readonly schoolId: number | null },
  evidence: Pick<Evidence, 'placeId' | 'id'>,
  linked: (LinkPlace & { readonly by: string }) | null,
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
      ...{
        evidence_place_id: evidence.placeId,
        evidence_id: evidence.id,
        page_note: linked.pageNote,
        page: linked.page,
      },
      region: linked.region === null ? null : sql<string[]>`${[...linked.region]}::numeric[]`,
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
      page, region, linked_by_name, linked_at)
    select k.place_id, k.evaluation_id, k.code, k.evidence_place_id, ${toId}::uuid, k.school_id, k.page_note,
           k.page, k.region, k.linked_by_name, k.linked_at
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
         or ${actor.level === 'county' && holds(actor, 'evaluation.judge')}::boolean and ${judgedByCounty}
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
