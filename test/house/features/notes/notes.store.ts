import type { Generated } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { NoteState, NoteSubject } from './notes.flow.ts';

interface Notes extends Record<'id' | 'body', string>, Record<'place_id' | 'school_id', number> {
  state: Generated<NoteState>;
  revision: Generated<number>;
}
declare module '#platform/db/schema.ts' {
  interface Database {
    notes: Notes;
  }
}

export type NoteHandle = Handle<'notes', 'steps' | 'notices' | 'imports' | 'audit_events'>;
export type Note = NoteSubject & {
  readonly id: string;
  readonly type: 'note';
  readonly body: string;
  revision: number;
};

const columns = ['id', 'place_id as placeId', 'school_id as schoolId', 'body', 'state', 'revision'] as const;
const typed = <Row>(row: Row) => ({ ...row, type: 'note' as const });

export async function listNotes(db: NoteHandle, { places, schools }: Scope, id?: string): Promise<Note[]> {
  const placed = db.selectFrom('notes').select(columns).where('place_id', '=', among(places)).orderBy('id');
  const within = schools === null ? placed : placed.where('school_id', '=', among(schools));
  return (await (id === undefined ? within : within.where('id', '=', id)).execute()).map(typed);
}

/** The row at its place, locked; none where it lies in another place. */
export async function lockNote(db: NoteHandle, scope: Scope, id: string): Promise<Note[]> {
  const [found] = await listNotes(db, scope, id);
  if (!found) return [];
  const at = db.selectFrom('notes').select(columns).where('place_id', '=', found.placeId).where('id', '=', id);
  return (await at.forUpdate().execute()).map(typed);
}

/** Drafts of the school at which the person works. */
export async function insertNotes(db: NoteHandle, by: Pick<Actor, 'unitId' | 'schoolId'>, bodies: readonly string[]) {
  const at = { place_id: by.unitId ?? 0, school_id: by.schoolId ?? 0 };
  const rows = bodies.map((body) => ({ ...at, id: newId(), body }));
  return (await db.insertInto('notes').values(rows).returning(columns).execute()).map(typed);
}

export async function moveNote(db: NoteHandle, { placeId, id }: Note, state: NoteState): Promise<Note> {
  const set = db.updateTable('notes').set((row) => ({ state, revision: row('revision', '+', 1) }));
  const moved = set.where('place_id', '=', placeId).where('id', '=', id).returning(columns);
  return typed(await moved.executeTakeFirstOrThrow());
}
