import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import type { Cell } from '#domain/filing/cells.ts';
import type { FilingState } from '#domain/filing/state.ts';
import { type FilingHandle, type FilingRow, type FullFiling, standingColumns } from './filing.store.ts';

/** The changes of a save or an import to a filing that the transaction has locked. */
export interface CellWrite {
  readonly placeId: number;
  readonly id: string;
  readonly cells: Record<string, Cell>;
  readonly filled: number;
  readonly required: number;
  readonly hardFindings: number;
  readonly softFindings: number;
  /** Doubts that still want an explanation. */
  readonly openDoubts: number;
  readonly changedFields: number | null;
}

/** Writes the changed cells of locked filings beside the others, and counts the revisions up; one statement for all. */
export async function writeCells(db: FilingHandle, writes: readonly CellWrite[], now: Date): Promise<void> {
  if (writes.length > 0) await db.executeQuery(cellWrites(db, writes, now));
}

/**
 * The statement of `writeCells`, for a request that has nothing more to ask before its commit. It names the rows twice:
 * PostgreSQL cannot estimate a recordset, and with the recordset alone it reads every filing of the county for one
 * cell.
 */
export function cellWrites(db: FilingHandle, writes: readonly CellWrite[], now: Date): CompiledQuery {
  return sql`
    update filings f
       set cells = f.cells || w.cells, revision = f.revision + 1, updated_at = ${now}, filled = w.filled,
           required = w.required, hard_findings = w.hard, soft_findings = w.soft, open_doubts = w.open, changed_fields = w.changed
      from jsonb_to_recordset(${JSON.stringify(
        writes.map((write) => ({
          place: write.placeId,
          id: write.id,
          cells: write.cells,
          filled: write.filled,
          required: write.required,
          hard: write.hardFindings,
          soft: write.softFindings,
          open: write.openDoubts,
          changed: write.changedFields,
        })),
      )}::jsonb)
        as w(place int, id uuid, cells jsonb, filled int, required int, hard int, soft int, open int, changed int)
     where f.place_id = w.place and f.id = w.id and ${among(writes)}`.compile(db);
}

/**
 * The rows that a statement writes, as the index finds them. One row is named as such: of a list of unknown length
 * PostgreSQL expects ten, and would plan the statement anew each time.
 */
function among(rows: readonly Pick<FilingRow, 'placeId' | 'id'>[]) {
  const [only, ...more] = rows;
  if (only && more.length === 0) return sql<SqlBool>`f.place_id = ${only.placeId} and f.id = ${only.id}`;
  const places = [...new Set(rows.map(({ placeId }) => placeId))];
  return sql<SqlBool>`f.place_id = any(${places}::int[]) and f.id = any(${rows.map(({ id }) => id)}::uuid[])`;
}

/** The fields that an act sets on a filing beside its state; other fields stay unchanged. */
export type FilingChange = Partial<
  Pick<
    FullFiling,
    | 'submittedAt'
    | 'approvedAt'
    | 'acceptedAt'
    | 'firstSubmittedOn'
    | 'contentHash'
    | 'approved'
    | 'openFields'
    | 'returnReason'
    | 'returnedAt'
    | 'changedFields'
  >
>;

/** What the database holds of a filing after an act on it. */
export type FilingStanding = Pick<
  FullFiling,
  | 'id'
  | 'state'
  | 'revision'
  | 'openFields'
  | 'returnReason'
  | 'returnedAt'
  | 'extension'
  | 'firstSubmittedOn'
  | 'changedFields'
  | 'checkedAt'
  | 'checkedBy'
  | 'checkNote'
  | 'contentHash'
  | 'submittedAt'
  | 'approvedAt'
  | 'acceptedAt'
  | 'updatedAt'
>;

/**
 * Moves locked filings to their states with what the act gives them. A check was of the state before and ends with it.
 * Returns them as the database holds them then.
 */
export function writeMoves(
  db: FilingHandle,
  moves: readonly { readonly row: FullFiling; readonly to: FilingState; readonly set: FilingChange }[],
  now: Date,
): Promise<FilingStanding[]> {
  const unchecked = { checkedAt: null, checkedBy: null, checkNote: null };
  const rows = moves.map(({ row, to, set }) => {
    // Approved values are never removed; an act that approves nothing need not send them.
    const approval = set.approved ? { approved: set.approved } : {};
    const standing = standingOf({ ...row, ...set, ...unchecked });
    return { row, to, values: { ...standing, ...approval } };
  });
  return writeStandings(db, rows, now);
}

/** What an act replaces in a filing; moments as texts. */
const replaceable = [
  'submittedAt',
  'approvedAt',
  'acceptedAt',
  'returnedAt',
  'firstSubmittedOn',
  'contentHash',
  'openFields',
  'returnReason',
  'changedFields',
  'checkedAt',
  'checkedBy',
  'checkNote',
] as const satisfies readonly (keyof FullFiling)[];

function standingOf(row: Pick<FullFiling, (typeof replaceable)[number]>): Record<string, unknown> {
  return Object.fromEntries(replaceable.map((key) => [key, row[key]]));
}

/** What an act replaces in a filing, as its step keeps it. `approved` only where the act approved. */
export function keptOf(row: FullFiling, set: FilingChange): Record<string, unknown> {
  const kept = standingOf(row);
  return set.approved === undefined ? kept : { ...kept, approved: row.approved };
}

/**
 * Writes state and values of locked filings: one statement, however many. `approved` changes only where the values have it.
 * @param now when the filings changed; null for a check, which raises no revision: what others have open is still what
 *   they read
 */
export async function writeStandings(
  db: FilingHandle,
  standings: readonly {
    readonly row: FullFiling;
    readonly to: FilingState;
    readonly values: Readonly<Record<string, unknown>>;
  }[],
  now: Date | null,
): Promise<FilingStanding[]> {
  const rows = standings.map(({ row: { placeId, id }, to, values }) => {
    return { ...values, placeId, id, state: to, approves: 'approved' in values };
  });
  const written = await sql<FilingStanding>`
    update filings f
       set state = w.state, revision = f.revision + ${now === null ? 0 : 1}::int,
           updated_at = coalesce(${now}::timestamptz, f.updated_at), first_submitted_on = w."firstSubmittedOn",
           submitted_at = w."submittedAt", approved_at = w."approvedAt", accepted_at = w."acceptedAt",
           returned_at = w."returnedAt", return_reason = w."returnReason", open_fields = w."openFields",
           content_hash = w."contentHash", changed_fields = w."changedFields",
           checked_at = w."checkedAt", checked_by = w."checkedBy", check_note = w."checkNote",
           approved = case when w.approves then w.approved else f.approved end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
             "placeId" int, id uuid, state text, approves boolean, "firstSubmittedOn" date, "submittedAt" timestamptz,
             "approvedAt" timestamptz, "acceptedAt" timestamptz, "returnedAt" timestamptz, "returnReason" text,
             "openFields" text[], "contentHash" text, "changedFields" int, "checkedAt" timestamptz, "checkedBy" text,
             "checkNote" text, approved jsonb)
     where f.place_id = w."placeId" and f.id = w.id and ${among(rows)}
     returning ${standingColumns}`.execute(db);
  return written.rows;
}

/** Sets the one-off extension of a locked filing. Returns the filing as the database holds it then. */
export async function writeExtension(
  db: FilingHandle,
  filing: Pick<FilingRow, 'placeId' | 'id'>,
  until: string,
  now: Date,
): Promise<FilingStanding> {
  const written = await sql<FilingStanding>`
    update filings f
       set deadline_extension = ${until}::date, revision = f.revision + 1, updated_at = ${now}
     where f.place_id = ${filing.placeId} and f.id = ${filing.id}
     returning ${standingColumns}`.execute(db);
  return written.rows[0]!;
}

/**
 * Writes who has checked a locked filing, or takes the check away. The revision stays as it is: what others have open is
 * still what they read. Returns the filing as the database holds it then.
 */
export async function writeCheck(
  db: FilingHandle,
  filing: Pick<FilingRow, 'placeId' | 'id'>,
  check: { readonly at: Date; readonly by: string; readonly note: string | null } | null,
): Promise<FilingStanding> {
  const written = await sql<FilingStanding>`
    update filings f
       set checked_at = ${check?.at ?? null}::timestamptz, checked_by = ${check?.by ?? null}, check_note = ${check?.note ?? null}
     where f.place_id = ${filing.placeId} and f.id = ${filing.id}
     returning ${standingColumns}`.execute(db);
  return written.rows[0]!;
}
