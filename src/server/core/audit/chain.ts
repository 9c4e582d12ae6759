import { createHash } from 'node:crypto';

/** One link of the chain as it stands in `audit_seals`. Transactions are 64-bit numbers, kept as text. */
export interface Seal {
  readonly position: number;
  readonly fromTransaction: string;
  readonly toTransaction: string;
  readonly firstId: number;
  readonly lastId: number;
  readonly rowCount: number;
  readonly rowsHash: string;
  readonly previousHash: string;
  readonly hash: string;
  /** The canonical form in which a row was hashed; there is one so far. */
  readonly format: number;
}

/** The hash before the first link: all zeros. */
export const genesis = '0'.repeat(64);

/**
 * The hash of a link: SHA-256 in hexadecimal over its parts, joined by `|`, in this order: position, from, to, first
 * id, last id, number of rows, hash of the rows, hash of the link before, format.
 */
export function hashOfSeal(seal: Omit<Seal, 'hash'>): string {
  const parts = [
    seal.position,
    seal.fromTransaction,
    seal.toTransaction,
    seal.firstId,
    seal.lastId,
    seal.rowCount,
    seal.rowsHash,
    seal.previousHash,
    seal.format,
  ];
  return createHash('sha256').update(parts.join('|')).digest('hex');
}

/**
 * The canonical form of a row and the hash of a set of rows, as SQL over `audit_events e`. It is kept here and not in
 * the database, so that a person who can change the database cannot change what "unchanged" means. (The sealing
 * function of the migrations has the same text: if that function invented something, this code would not reproduce it.)
 *
 * In format 1 a row is the JSON array of its columns in the order of the table, with times in UTC with microseconds. It
 * is written as PostgreSQL prints jsonb (keys in its own fixed order, one space after comma and colon), in UTF-8, and
 * hashed with SHA-256. The hash of a set is the SHA-256, in hexadecimal, of these 32-byte hashes one after another in
 * the order of `id`.
 */
export const rowsHashSql = `encode(sha256(string_agg(sha256(convert_to(jsonb_build_array(
  e.place_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.transaction_id::text,
  e.actor_id, e.actor_name, e.actor_role, e.address, e.action, e.object_type, e.object_id, e.school_id,
  e.fields, e.before, e.after, e.request_id, e.token_id, e.post_id, e.stand_in_id, e.stand_in_for, e.stand_in_for_name,
  e.campaign_id
)::text, 'UTF8')),
''::bytea order by e.id)), 'hex')`;
