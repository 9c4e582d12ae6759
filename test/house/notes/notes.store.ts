import type { Generated } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { NoteState, NoteSubject } from './notes.flow.ts';

declare module '#platform/db/schema.ts' {
  interface Database {
    notes: {
      place_id: number;
      id: string;
      school_id: number;
      body: string;
      state: Generated<NoteState>;
      revision: Generated<number>;
    };
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

export async function listNotes(db: NoteHandle, scope: Scope, id?: string): Promise<Note[]> {
  const within = db.selectFrom('notes').select(columns).where('place_id', 'in', scope.places).orderBy('id');
  const rows = await (id === undefined ? within : within.where('id', '=', id)).execute();
  return rows.map(typed);
}

/** The row at its place, locked; undefined where it lies elsewhere. */
export async function lockNote(db: NoteHandle, scope: Scope, id: string): Promise<Note[]> {
  const [found] = await listNotes(db, scope, id);
  if (!found) return [];
  const at = db.selectFrom('notes').select(columns).where('place_id', '=', found.placeId).where('id', '=', id);
  return (await at.forUpdate().execute()).map(typed);
}

export async function insertNotes(db: NoteHandle, at: { place: number; school: number }, bodies: readonly string[]) {
  const rows = bodies.map((body) => ({ place_id: at.place, id: newId(), school_id: at.school, body }));
  return (await db.insertInto('notes').values(rows).returning(columns).execute()).map(typed);
}

export async function moveNote(db: NoteHandle, { placeId, id }: Note, state: NoteState): Promise<void> {
  const set = db.updateTable('notes').set((row) => ({ state, revision: row('revision', '+', 1) }));
  await set.where('place_id', '=', placeId).where('id', '=', id).execute();
}
