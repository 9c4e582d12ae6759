import { sql } from 'kysely';
import type { StoredPrint } from '#domain/file/likeness/resemblance.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';

/** A piece of evidence by its row. */
export interface PieceRef {
  readonly placeId: number;
  readonly evidenceId: string;
}

/** A file of a piece of evidence. */
export interface PieceFile {
  readonly attachmentId: string;
  readonly hash: string;
  readonly mediaType: string;
}

/** A print with the keys under which it is found. */
export interface KeyedPrint extends StoredPrint {
  readonly keys: readonly number[];
}

/** A print of a file of a piece. */
export interface PiecePrint extends KeyedPrint {
  readonly attachmentId: string;
}

/** The files that hang on a piece. */
export async function listPieceFiles(
  db: EvaluationHandle,
  { placeId, evidenceId }: PieceRef,
): Promise<readonly PieceFile[]> {
  const found = await sql<PieceFile>`
    select a.id as "attachmentId", a.file_hash as hash, a.media_type as "mediaType" from attachments a
     where a.place_id = ${placeId} and a.subject_type = 'evidence' and a.subject_id = ${evidenceId} and a.detached_at is null
       and a.removed_at is null
     order by a.added_at, a.id`.execute(db);
  return found.rows;
}

/** The prints of all files of a piece, in the order in which they were taken. */
export async function listPrints(
  db: EvaluationHandle,
  { placeId, evidenceId }: PieceRef,
): Promise<readonly PiecePrint[]> {
  const found = await sql<PiecePrint>`
    select p.attachment_id as "attachmentId", p.kind, p.print, p.keys from evidence_prints p
     where p.place_id = ${placeId} and p.evidence_id = ${evidenceId}
     order by p.attachment_id, p.kind, p.position`.execute(db);
  return found.rows;
}

/** Puts down the prints of a file as long as it hangs on its piece; another server may have done it meanwhile. */
export async function insertPrints(
  db: EvaluationHandle,
  { placeId, attachmentId }: { readonly placeId: number; readonly attachmentId: string },
  prints: readonly KeyedPrint[],
): Promise<void> {
  await sql`
    insert into evidence_prints (place_id, attachment_id, kind, position, school_id, evidence_id, print, keys)
    select a.place_id, a.id, n.kind, n.position, a.school_id, a.subject_id, n.print, n.keys::integer[]
      from unnest(${prints.map(({ kind }) => kind)}::text[], ${prints.map((_, position) => position)}::int[],
                  ${prints.map(({ print }) => Buffer.from(print))}::bytea[],
                  ${prints.map(({ keys }) => `{${keys.join(',')}}`)}::text[]) as n (kind, position, print, keys)
      join attachments a on a.place_id = ${placeId} and a.id = ${attachmentId} and a.detached_at is null and a.removed_at is null
    on conflict do nothing
    returning position`.execute(db);
}

/** Takes away the prints of a piece but those of these files. */
export async function deletePrints(
  db: EvaluationHandle,
  { placeId, evidenceId }: PieceRef,
  kept: readonly string[],
): Promise<void> {
  await sql`
    delete from evidence_prints p
     where p.place_id = ${placeId} and p.evidence_id = ${evidenceId} and p.attachment_id <> all(${[...kept]}::uuid[])`.execute(
    db,
  );
}

/** The print of a file of another piece that may resemble what was looked for. */
export interface PrintCandidate extends PieceRef {
  readonly attachmentId: string;
  readonly print: Uint8Array;
}

/** The prints of other pieces in reach that share some of these keys, the most shared first. */
export async function findPrintCandidates(
  db: EvaluationHandle,
  { kind, keys }: { readonly kind: StoredPrint['kind']; readonly keys: readonly number[] },
  { evidenceId, least, most }: { readonly evidenceId: string; readonly least: number; readonly most: number },
): Promise<readonly PrintCandidate[]> {
  const found = await sql<PrintCandidate>`
    select place as "placeId", evidence as "evidenceId", attachment as "attachmentId", print_of as print
      from find_print_candidates(${[...keys]}::int[], ${kind}, ${evidenceId}::uuid, ${least}::int, ${most}::int)`.execute(
    db,
  );
  return found.rows;
}
