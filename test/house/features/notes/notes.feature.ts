import type { Feature } from '#core/access/feature.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { importing } from '#core/imports/importing.act.ts';
import { rowsImporting } from '#core/imports/rows-importing.act.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { advance, type StepRequest, type Workflow } from '#core/workflow/advance.act.ts';
import { next } from '#domain/flow/flow.ts';
import * as notes from './notes.contract.ts';
import { type NoteAct, type NoteState, noteFlow } from './notes.flow.ts';
import { insertNotes, listNotes, lockNote, moveNote, type Note, type NoteHandle } from './notes.store.ts';

type Ctx = Context<NoteHandle>;
const on = serving<NoteHandle>();

/** An act as the audit names it, with the place of the note. */
const entryOf = ({ id, placeId, schoolId }: Note, done: string, after: Record<string, unknown> = {}) => ({
  ...{ action: `note.${done}`, objectType: 'note', objectId: id, placeId, schoolId, after },
});
const record = (ctx: Ctx, rows: readonly Note[], done: string) => ctx.recordAll(rows.map((row) => entryOf(row, done)));
const noteRevised: Revised = { table: 'notes', type: 'note', acts: ['note.submit', 'note.return', 'note.approve'] };

const workflow: Workflow<Note, NoteState, NoteAct, Ctx> = {
  what: '条说明',
  lock: (ctx, [id]) => lockNote(ctx.db, ctx.scope, id ?? ''),
  ask: (ctx, note, act) => next(noteFlow, act, note, ctx.actor),
  signing: { signs: ['submit', 'approve'], returns: ['return'], judging: ['approve', 'return'] },
  overtaken: (note, ctx) => changedMeanwhile(ctx, '这条说明', note, noteRevised),
  apply: () => ({}),
  write: (ctx, moves) => Promise.all(moves.map(({ row, to }) => moveNote(ctx.db, row, to))),
  record: (_ctx, { row, to }, { action, reason }) => entryOf(row, action, { state: to, reason }),
};

type Sent = { params: { noteId: string }; body: { revision: number; reason?: string | undefined } };
const step = (ctx: Ctx, { params, body: { revision, reason } }: Sent, action: StepRequest<NoteAct>['action']) =>
  advance(ctx, workflow, params.noteId, revision, { action, reason });

const longestText = 2000;
const noteImporting = rowsImporting<typeof notes.noteImport, NoteHandle, string>({
  ...{ columns: [{ name: '说明' }], things: 'others', faulty: '不能导入的说明', longestText },
  understand(row) {
    const body = row.text('说明');
    if (body.length > longestText) row.fault('说明', '说明过长', `不超过 ${longestText} 字`);
    return body;
  },
  place: ({ unitId, schoolId }) => ({ placeId: unitId ?? 0, schoolId, subject: null }),
  async take(ctx, bodies) {
    await record(ctx, await insertNotes(ctx.db, ctx.actor, bodies), 'imported');
    return { notes: bodies.length };
  },
});

const noteRoutes = [
  on(notes.list, (ctx) => listNotes(ctx.db, ctx.scope)),
  on(notes.write, async (ctx, { body }) => {
    const written = await insertNotes(ctx.db, ctx.actor, [body.body]);
    await record(ctx, written, 'written');
    return written[0]!;
  }),
  on(notes.submit, (ctx, sent) => step(ctx, sent, 'submit')),
  on(notes.sendBack, (ctx, sent) => step(ctx, sent, 'return')),
  on(notes.approve, (ctx, sent) => step(ctx, sent, 'approve')),
  on(notes.remind, async (ctx, { params }) => {
    const subjects = (await listNotes(ctx.db, ctx.scope, params.noteId)).filter(({ state }) => state === 'draft');
    ctx.authorize(subjects.length > 0);
    const said = { kind: 'note.reminder', subjects, actor: ctx.actor, now: ctx.now, note: null };
    const { written: sent } = await writeNotices(ctx.db, { ...said, onceKey: ({ id }) => `note ${id} ${ctx.today}` });
    await record(ctx, sent, 'reminded');
    return { sent: sent.length };
  }),
  ...importing<NoteHandle>()(notes.noteImport, noteImporting),
];

export const notesFeature: Feature = { name: 'notes', routes: noteRoutes, tables: ['notes'], revised: [noteRevised] };
