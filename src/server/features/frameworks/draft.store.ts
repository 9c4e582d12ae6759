import { sql } from 'kysely';
import { among } from '#platform/db/listing.ts';
import type { EditionName, FrameworkHandle } from './framework.store.ts';

export interface DraftRow {
  readonly placeId: number;
  readonly id: string;
  readonly key: string;
  readonly basedOn: EditionName;
  readonly definition: Record<string, unknown>;
  /** How often each cell was written, by `C1.points`. */
  readonly versions: Readonly<Record<string, number>>;
  readonly state: 'draft' | 'published' | 'discarded';
  readonly revision: number;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

const columns = sql`
  place_id as "placeId", id, key, based_on as "basedOn", definition, versions, state, revision, created_by as "createdBy",
  updated_at as "updatedAt", updated_by as "updatedBy"`;

/** The drafts of these places that are neither published nor given up, the one written last first. */
export async function listDrafts(db: FrameworkHandle, places: readonly number[]): Promise<DraftRow[]> {
  const found = await sql<DraftRow>`
    select ${columns} from framework_drafts where place_id = ${among(places)} and state = 'draft'
     order by updated_at desc, id`.execute(db);
  return found.rows;
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

export interface NewDraft {
  readonly placeId: number;
  readonly id: string;
  readonly key: string;
  readonly basedOn: EditionName;
  readonly definition: unknown;
  readonly at: Date;
  readonly by: string;
}

/** Writes a draft; false where one of this key stands at the place. */
export async function insertDraft(db: FrameworkHandle, one: NewDraft): Promise<boolean> {
  const written = await sql`
    insert into framework_drafts
      (place_id, id, key, based_on, definition, created_by, created_at, updated_by, updated_at)
    values (${one.placeId}, ${one.id}, ${one.key}, ${JSON.stringify(one.basedOn)}, ${JSON.stringify(one.definition)},
            ${one.by}, ${one.at}, ${one.by}, ${one.at})
    on conflict (place_id, key) where state = 'draft' do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}

/** Stores what was written into a locked draft. */
export async function updateDraft(
  db: FrameworkHandle,
  { placeId, id }: Pick<DraftRow, 'placeId' | 'id'>,
  next: { definition: unknown; versions: Readonly<Record<string, number>>; at: Date; by: string },
): Promise<void> {
  await sql`
    update framework_drafts
       set definition = ${JSON.stringify(next.definition)}, versions = ${JSON.stringify(next.versions)},
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
