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

/** The copies of the draft `f` on one side of its changes. */
const copiesOf = (undone: boolean) => sql`
  framework_draft_copies k where k.place_id = f.place_id and k.draft_id = f.id and k.undone = ${undone}::boolean`;

/** The newest of the kept drafts by its name alone: each of them is as long as the draft. */
const named = (undone: boolean): RawBuilder<unknown> => sql`
  (select jsonb_build_object('act', k.act, 'by', k.by_name) from ${copiesOf(undone)} order by k.position desc limit 1)`;

const columns = sql`${listColumns}, definition, versions, state, guesses, ${named(false)} as undo, ${named(true)} as redo`;

/** The drafts of these places that are neither published nor given up, the one written last first. */
export async function listDrafts(db: FrameworkHandle, places: readonly number[]): Promise<DraftListRow[]> {
  const found = await sql<DraftListRow>`
    select ${listColumns} from framework_drafts f where place_id = ${among(places)} and state = 'draft'
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
    select ${columns} from framework_drafts f where place_id = ${among(places)} and id = ${id}`.execute(db);
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
    select ${columns} from framework_drafts f where place_id = ${found.placeId} and id = ${id} for update`.execute(db);
  return locked.rows[0];
}

/** The draft as it was before its last change, or before the last one that was taken back. */
export async function findKept(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  undone: boolean,
): Promise<KeptDraft | undefined> {
  const found = await sql<KeptDraft>`
    select k.definition, k.guesses, k.act, k.by_name as by from framework_draft_copies k
     where k.place_id = ${placeId} and k.draft_id = ${id} and k.undone = ${undone}::boolean
     order by k.position desc limit 1`.execute(db);
  return found.rows[0];
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
  await sql`
    update framework_drafts
       set definition = ${JSON.stringify(next.definition)}, versions = ${JSON.stringify(next.versions)},
           title = ${next.title}, leaves = ${next.leaves}, open_codes = ${JSON.stringify(next.openCodes)},
           guesses = ${JSON.stringify(next.guesses)},
           revision = revision + 1, updated_at = ${next.at}, updated_by = ${next.by}
     where place_id = ${placeId} and id = ${id}`.execute(db);
  await writeCopies(db, { placeId, id }, next.kept, next.how);
}

/**
 * Keeps the draft as it was as one row more: on the side of what can be taken back, or of what can be made again. What was taken
 * back or made again goes from its side, the oldest beyond those that are kept goes, and a new change leaves nothing to be made
 * again.
 */
async function writeCopies(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  { definition, guesses, act, by }: KeptDraft,
  how: 'change' | 'undo' | 'redo',
): Promise<void> {
  const side = (undone: boolean) =>
    sql`k.place_id = ${placeId} and k.draft_id = ${id} and k.undone = ${undone}::boolean`;
  const newest = (undone: boolean) => sql`(select max(position) from framework_draft_copies k where ${side(undone)})`;
  const to = how === 'undo';
  const gone = how === 'change' ? side(true) : sql`${side(!to)} and k.position = ${newest(!to)}`;
  await sql`delete from framework_draft_copies k where ${gone}`.execute(db);
  await sql`
    insert into framework_draft_copies (place_id, draft_id, undone, position, definition, guesses, act, by_name)
    select ${placeId}, ${id}, ${to}::boolean, coalesce(${newest(to)}, 0) + 1, ${JSON.stringify(definition)}::jsonb,
           ${JSON.stringify(guesses)}::jsonb, ${act}, ${by}
    returning position`.execute(db);
  await sql`
    delete from framework_draft_copies k where ${side(to)} and k.position <= ${newest(to)} - ${mostKept}::int`.execute(
    db,
  );
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
