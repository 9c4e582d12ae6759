import type { Feature } from '#core/access/feature.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { advance, type Workflow } from '#core/workflow/advance.act.ts';
import { next } from '#domain/flow/flow.ts';
import { problem } from '#domain/kit/problem.ts';
import * as notes from './notes.contract.ts';
import { type NoteAct, type NoteState, noteFlow } from './notes.flow.ts';
import { insertNotes, listNotes, lockNote, moveNote, type Note, type NoteHandle } from './notes.store.ts';

type Ctx = Context<NoteHandle>;
const on = serving<NoteHandle>();

/** The act as the audit names it, with where the note lies. */
const recordOf = ({ id, placeId, schoolId }: Note, done: string, after: Record<string, unknown>) => {
  return { action: `note.${done}`, objectType: 'note', objectId: id, placeId, schoolId, after };
};

const workflow: Workflow<Note, NoteState, NoteAct, Ctx> = {
  what: '条说明',
  lock: (ctx, [id]) => lockNote(ctx.db, ctx.scope, id ?? ''),
  ask: (ctx, note, act) => next(noteFlow, act, note, ctx.actor),
  signing: { signs: ['submit', 'approve'], returns: ['return'], judging: ['approve', 'return'] },
  overtaken: () => problem('thing.changed', { what: '这条说明' }),
  apply: () => ({}),
  write: async (ctx, moves) => {
    for (const { row, to } of moves) await moveNote(ctx.db, row, to);
  },
  record: (ctx, { row, to }, { action, reason }) => ctx.record(recordOf(row, action, { state: to, reason })),
};

export const notesFeature: Feature = {
  name: 'notes',
  routes: [
    on(notes.list, (ctx) => listNotes(ctx.db, ctx.scope)),
    on(notes.write, async (ctx, { body }) => {
      const { unitId, schoolId } = ctx.actor;
      const [note] = await insertNotes(ctx.db, { place: unitId ?? 0, school: schoolId ?? 0 }, [body.body]);
      await ctx.record(recordOf(note!, 'written', {}));
      return note!;
    }),
    on(notes.submit, (ctx, { params, body }) =>
      advance(ctx, workflow, params.noteId, body.revision, { action: 'submit' }),
    ),
    on(notes.sendBack, (ctx, { params, body: { revision, reason } }) =>
      advance(ctx, workflow, params.noteId, revision, { action: 'return', reason }),
    ),
    on(notes.approve, (ctx, { params, body }) =>
      advance(ctx, workflow, params.noteId, body.revision, { action: 'approve' }),
    ),
    on(notes.remind, async (ctx, { params }) => {
      const subjects = (await listNotes(ctx.db, ctx.scope, params.noteId)).filter((note) => note.state === 'draft');
      ctx.authorize(subjects.length > 0);
      const said = { kind: 'note.reminder', subjects, actor: ctx.actor, now: ctx.now, note: null };
      const sent = await writeNotices(ctx.db, { ...said, onceKey: ({ id }) => `note ${id} ${ctx.today}` });
      for (const note of sent) await ctx.record(recordOf(note, 'reminded', {}));
      return { reminded: sent.length };
    }),
  ],
  tables: ['notes'],
};
