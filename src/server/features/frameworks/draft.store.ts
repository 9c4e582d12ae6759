import { type RawBuilder, sql } from 'kysely';
import { among } from '#platform/db/listing.ts';
import type { EditionName, FrameworkHandle } from './framework.store.ts';

/** A draft as a list shows it, without what it says. */
export interface DraftListRow {
  readonly placeId: number;
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly leaves: number;
  readonly openCodes: readonly string[];
  /** Null for a draft that began with nothing or came in as a workbook. */
  readonly basedOn: EditionName | null;
  readonly revision: number;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

export interface DraftRow extends DraftListRow {
  readonly definition: Record<string, unknown>;
  /** How often each cell was written, by `C1.points`. */
  readonly versions: Readonly<Record<string, number>>;
  readonly state: 'draft' | 'published' | 'discarded';
  /** Leaves whose method was guessed from the words of a workbook. */
  readonly guesses: readonly string[];
  /** The change that can be taken back, and the one that can be made again; null where there is none. */
  readonly undo: NamedChange | null;
  readonly redo: NamedChange | null;
}

/** An act that changed a draft, and whose it was. */
export interface NamedChange {
  readonly act: string;
  readonly by: string;
}

/** A draft as it was on the other side of a change. */
export interface KeptDraft extends NamedChange {
  readonly definition: Record<string, unknown>;
  readonly guesses: readonly string[];
}

/** How many changes of a draft are kept to be taken back. */
const mostKept = 20;

const listColumns = sql`
  place_id as "placeId", id, key, title, leaves, open_codes as "openCodes", based_on as "basedOn", revision,
  created_by as "createdBy", updated_at as "updatedAt", updated_by as "updatedBy"`;

/** The newest of the kept drafts by its name alone: each of them is as long as the draft. */
const named = (kept: RawBuilder<unknown>) =>
  sql`case when jsonb_array_length(${kept}) > 0
           then jsonb_build_object('act', ${kept} -> -1 ->> 'act', 'by', ${kept} -> -1 ->> 'by') end`;

const columns = sql`${listColumns}, definition, versions, state, guesses, ${named(sql`earlier`)} as undo, ${named(sql`undone`)} as redo`;

/** The drafts of these places that are neither published nor given up, the one written last first. */
export async function listDrafts(db: FrameworkHandle, places: readonly number[]): Promise<DraftListRow[]> {
  const found = await sql<DraftListRow>`
    select ${listColumns} from framework_drafts where place_id = ${among(places)} and state = 'draft'
     order by updated_at desc, id`.execute(db);
  return found.rows;
}

/** How many drafts of a place are neither published nor given up. */
export async function countDrafts(db: FrameworkHandle, place: number): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from framework_drafts where place_id = ${place} and state = 'draft'`.execute(db);
  return found.rows[0]!.count;
}

export async function findDraft(
  db: FrameworkHandle,
  places: readonly number[],
  id: string,
): Promise<DraftRow | undefined> {
  const found = await sql<DraftRow>`
    select ${columns} from framework_drafts where place_id = ${among(places)} and id = ${id}`.execute(db);
  return found.rows[0];
}

/** The draft, kept until the transaction ends. */
export async function lockDraft(
  db: FrameworkHandle,
  places: readonly number[],
  id: string,
): Promise<DraftRow | undefined> {
  const found = await findDraft(db, places, id);
  if (found === undefined) return undefined;
  const locked = await sql<DraftRow>`
    select ${columns} from framework_drafts where place_id = ${found.placeId} and id = ${id} for update`.execute(db);
  return locked.rows[0];
}

/** The draft as it was before its last change, or before the last one that was taken back. */
export async function findKept(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  which: 'earlier' | 'undone',
): Promise<KeptDraft | undefined> {
  const found = await sql<{ kept: KeptDraft | null }>`
    select ${sql.ref(which)} -> -1 as kept from framework_drafts where place_id = ${placeId} and id = ${id}`.execute(
    db,
  );
  return found.rows[0]?.kept ?? undefined;
}

/** What a draft says, with what the list shows of it. */
export interface DraftContent {
  readonly definition: unknown;
  readonly title: string;
  readonly leaves: number;
  readonly openCodes: readonly string[];
  readonly guesses: readonly string[];
}

export interface NewDraft extends DraftContent {
  readonly placeId: number;
  readonly id: string;
  readonly key: string;
  readonly basedOn: EditionName | null;
  readonly at: Date;
  readonly by: string;
}

/** Writes a draft; false where one of this key stands at the place. */
export async function insertDraft(db: FrameworkHandle, one: NewDraft): Promise<boolean> {
  const written = await sql`
    insert into framework_drafts
      (place_id, id, key, based_on, definition, title, leaves, open_codes, guesses, created_by, created_at, updated_by,
       updated_at)
    values (${one.placeId}, ${one.id}, ${one.key}, ${one.basedOn === null ? null : JSON.stringify(one.basedOn)},
            ${JSON.stringify(one.definition)}, ${one.title}, ${one.leaves}, ${JSON.stringify(one.openCodes)},
            ${JSON.stringify(one.guesses)}, ${one.by}, ${one.at}, ${one.by}, ${one.at})
    on conflict (place_id, key) where state = 'draft' do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}

/** Stores what was written into a locked draft. */
export async function updateDraft(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  next: DraftContent & {
    versions: Readonly<Record<string, number>>;
    /** The draft as it was, and by what it was changed: a change, one that is taken back, or one that is made again. */
    kept: KeptDraft;
    by: string;
    how: 'change' | 'undo' | 'redo';
    at: Date;
  },
): Promise<void> {
  const kept = sql`${JSON.stringify(next.kept)}::jsonb`;
  const full = sql`case when jsonb_array_length(earlier) >= ${mostKept} then earlier - 0 else earlier end`;
  const [earlier, undone] = {
    change: [sql`${full} || ${kept}`, sql`'[]'::jsonb`],
    undo: [sql`earlier - -1`, sql`undone || ${kept}`],
    redo: [sql`${full} || ${kept}`, sql`undone - -1`],
  }[next.how];
  await sql`
    update framework_drafts
       set definition = ${JSON.stringify(next.definition)}, versions = ${JSON.stringify(next.versions)},
           title = ${next.title}, leaves = ${next.leaves}, open_codes = ${JSON.stringify(next.openCodes)},
           guesses = ${JSON.stringify(next.guesses)},
           earlier = ${earlier}, undone = ${undone},
           revision = revision + 1, updated_at = ${next.at}, updated_by = ${next.by}
     where place_id = ${placeId} and id = ${id}`.execute(db);
}

/** Ends a locked draft: it became an edition, or is given up with a reason. */
export async function endDraft(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  end: { state: 'published'; published: number } | { state: 'discarded'; reason: string },
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await sql`
    update framework_drafts
       set state = ${end.state}, published_revision = ${end.state === 'published' ? end.published : null},
           reason = ${end.state === 'discarded' ? end.reason : null},
           revision = revision + 1, updated_at = ${at}, updated_by = ${by}
     where place_id = ${placeId} and id = ${id}`.execute(db);
}
