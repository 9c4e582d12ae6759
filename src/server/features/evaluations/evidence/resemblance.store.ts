import { sql } from 'kysely';
import type { Resemblance } from '#domain/file/likeness/resemblance.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { hasCountyStep } from '../judging/owing.store.ts';
import type { PieceRef } from './print.store.ts';

/** A leaf of an evaluation that a piece of evidence proves. */
export interface ProvenLeaf {
  readonly evaluationId: string;
  readonly campaignPlaceId: number;
  readonly placeId: number;
  readonly code: string;
  /** The county reviews the school whose leaf it is. */
  readonly isOfCounty: boolean;
}

/** The leaves that a piece proves. */
export async function listProven(db: EvaluationHandle, { placeId, evidenceId }: PieceRef): Promise<ProvenLeaf[]> {
  const found = await sql<ProvenLeaf>`
    select k.evaluation_id as "evaluationId", e.campaign_place_id as "campaignPlaceId", k.place_id as "placeId", k.code,
           e.school_id is not null and ${hasCountyStep} as "isOfCounty"
      from evidence_links k
      join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
     where k.evidence_place_id = ${placeId} and k.evidence_id = ${evidenceId}`.execute(db);
  return found.rows;
}

/** A file of another piece. */
export interface OtherFile {
  readonly attachmentId: string;
  readonly placeId: number;
  readonly evidenceId: string;
}

/** Files of pieces that are kept, `a` with its piece `i`; versions of one piece are not compared. */
const filesOfOthers = (places: readonly number[], evidenceId: string) => sql`
  attachments a
  join evidence_items i on i.place_id = a.place_id and i.id = a.subject_id and i.state <> 'withdrawn'
 where a.place_id = any(${[...places]}::int[]) and a.subject_type = 'evidence' and a.subject_id <> ${evidenceId}
   and a.detached_at is null and a.removed_at is null and i.replaces_id is distinct from ${evidenceId}::uuid
   and not exists (
     select 1 from evidence_items own where own.place_id = i.place_id and own.id = ${evidenceId} and own.replaces_id = i.id)`;

const otherFileColumns = sql`a.id as "attachmentId", a.place_id as "placeId", a.subject_id as "evidenceId"`;

/** The files of other pieces with the same content, in these places. */
export async function listSameFiles(
  db: EvaluationHandle,
  places: readonly number[],
  { hash, evidenceId }: { readonly hash: string; readonly evidenceId: string },
  most: number,
): Promise<OtherFile[]> {
  const found = await sql<OtherFile>`
    select ${otherFileColumns} from ${filesOfOthers(places, evidenceId)} and a.file_hash = ${hash}
     order by a.added_at desc, a.id limit ${most}`.execute(db);
  return found.rows;
}

/** Those of some files that hang on other pieces and have another content. */
export async function findOtherFiles(
  db: EvaluationHandle,
  places: readonly number[],
  { hash, evidenceId }: { readonly hash: string; readonly evidenceId: string },
  attachmentIds: readonly string[],
): Promise<OtherFile[]> {
  const found = await sql<OtherFile>`
    select ${otherFileColumns} from ${filesOfOthers(places, evidenceId)} and a.file_hash <> ${hash}
       and a.id = any(${[...attachmentIds]}::uuid[])`.execute(db);
  return found.rows;
}

/** That a file of a piece looks like one of another piece. */
export interface NotedResemblance extends Resemblance {
  readonly attachmentId: string;
  readonly other: OtherFile;
}

/**
 * Where a resemblance at a leaf is read: at the city, and at a county that reviews its schools where the other piece lies there,
 * too. What lies in another county it is not told.
 */
const readersOf = ({ campaignPlaceId, placeId, isOfCounty }: ProvenLeaf, other: OtherFile): readonly number[] =>
  isOfCounty && other.placeId === placeId ? [campaignPlaceId, placeId] : [campaignPlaceId];

/** Notes that files of a piece look like others, at each leaf where somebody will judge; each once. */
export async function insertResemblances(
  db: EvaluationHandle,
  evidenceId: string,
  leaves: readonly ProvenLeaf[],
  noted: readonly NotedResemblance[],
  now: Date,
): Promise<void> {
  const rows = leaves.flatMap((leaf) =>
    noted.flatMap(({ attachmentId, other, kind, closeness }) =>
      readersOf(leaf, other).map((place) => ({
        ...{ place, id: newId(), evaluation: leaf.evaluationId, subject: leaf.placeId, code: leaf.code, attachmentId },
        ...{ otherPlace: other.placeId, otherEvidence: other.evidenceId, otherAttachment: other.attachmentId },
        ...{ kind, closeness: String(closeness) },
      })),
    ),
  );
  if (rows.length === 0) return;
  await sql`
    insert into evidence_resemblances (place_id, id, evaluation_id, subject_place_id, code, evidence_id, attachment_id,
      other_place_id, other_evidence_id, other_attachment_id, kind, closeness, found_at)
    select w.place, w.id, w.evaluation, w.subject, w.code, ${evidenceId}::uuid, w."attachmentId", w."otherPlace", w."otherEvidence",
           w."otherAttachment", w.kind, w.closeness, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(place integer, id uuid, evaluation uuid, subject integer, code text,
        "attachmentId" uuid, "otherPlace" integer, "otherEvidence" uuid, "otherAttachment" uuid, kind text, closeness numeric)
        on conflict (place_id, evaluation_id, code, attachment_id, other_attachment_id, kind) do nothing
    returning id`.execute(db);
}
