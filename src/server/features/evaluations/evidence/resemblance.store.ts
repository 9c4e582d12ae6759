import { sql } from 'kysely';
import { newId } from '#platform/ids/new-id.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';

/** A file of a piece of evidence, with the leaf of an open evaluation that the piece proves. */
export interface ProvingFile {
  readonly attachmentId: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly evaluationId: string;
  readonly campaignPlaceId: number;
  readonly placeId: number;
  readonly code: string;
}

/** The files of a piece at each leaf that it proves. */
export async function listProving(
  db: EvaluationHandle,
  { placeId, evidenceId }: { readonly placeId: number; readonly evidenceId: string },
): Promise<ProvingFile[]> {
  const found = await sql<ProvingFile>`
    select a.id as "attachmentId", a.file_hash as hash, a.media_type as "mediaType", k.evaluation_id as "evaluationId",
           e.campaign_place_id as "campaignPlaceId", k.place_id as "placeId", k.code
      from attachments a
      join evidence_links k on k.evidence_place_id = a.place_id and k.evidence_id = a.subject_id
      join evaluations e on e.place_id = k.place_id and e.id = k.evaluation_id
     where a.place_id = ${placeId} and a.subject_type = 'evidence' and a.subject_id = ${evidenceId} and a.detached_at is null
       and a.removed_at is null`.execute(db);
  return found.rows;
}

/** A file of another piece. */
export interface OtherFile {
  readonly attachmentId: string;
  readonly placeId: number;
  readonly evidenceId: string;
}

/** The files of other pieces with the same content, in these places; versions of one piece are not compared. */
export async function listSameFiles(
  db: EvaluationHandle,
  places: readonly number[],
  { hash, evidenceId }: { readonly hash: string; readonly evidenceId: string },
  most: number,
): Promise<OtherFile[]> {
  const found = await sql<OtherFile>`
    select a.id as "attachmentId", a.place_id as "placeId", a.subject_id as "evidenceId"
      from attachments a
      join evidence_items i on i.place_id = a.place_id and i.id = a.subject_id and i.state <> 'withdrawn'
     where a.file_hash = ${hash} and a.place_id = any(${[...places]}::int[]) and a.subject_type = 'evidence'
       and a.subject_id <> ${evidenceId} and a.detached_at is null and i.replaces_id is distinct from ${evidenceId}::uuid
       and not exists (
         select 1 from evidence_items own where own.place_id = i.place_id and own.id = ${evidenceId} and own.replaces_id = i.id)
     order by a.added_at desc, a.id limit ${most}`.execute(db);
  return found.rows;
}

/** Notes that two files look alike, at the leaf where somebody will judge; each once. */
export async function insertResemblances(
  db: EvaluationHandle,
  found: readonly {
    readonly proving: ProvingFile;
    readonly evidenceId: string;
    readonly other: OtherFile;
    readonly kind: 'same-file' | 'picture' | 'text';
    readonly closeness: number;
  }[],
  now: Date,
): Promise<void> {
  for (const { proving, evidenceId, other, kind, closeness } of found) {
    await db
      .insertInto('evidence_resemblances')
      .values({
        ...{ place_id: proving.campaignPlaceId, id: newId(), evaluation_id: proving.evaluationId },
        ...{ subject_place_id: proving.placeId, code: proving.code, evidence_id: evidenceId },
        ...{ attachment_id: proving.attachmentId, other_place_id: other.placeId, other_evidence_id: other.evidenceId },
        ...{ other_attachment_id: other.attachmentId, kind, closeness: String(closeness), found_at: now },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['place_id', 'evaluation_id', 'code', 'attachment_id', 'other_attachment_id', 'kind'])
          .doNothing(),
      )
      .execute();
  }
}
