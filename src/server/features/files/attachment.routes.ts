import * as contract from '#contract/files/attachments.ts';
import type { HeldSubject } from '#core/access/holder.ts';
import { type Served, serving } from '#core/access/serve.ts';
import { lastChange } from '#core/audit/last-change.ts';
import {
  type AttachmentRef,
  countAttachments,
  findAttachedContent,
  findAttachment,
  findLongestPeriod,
  listAttachments,
  writeAttached,
  writeAttachedAgain,
  writeDetached,
  writeMark,
  writePeriod,
  writeRestored,
} from '#core/evidence/attachments.store.ts';
import { kindTitle, previewKind } from '#domain/file/file-kind.ts';
import { type FileMark, isSameMark, markOf, markRefusal, periodFault } from '#domain/file/marked-file.ts';
import { fileNoticeKinds } from '#domain/file/notice.ts';
import { receiptNumber } from '#domain/file/receipt.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { drawBeforehand, modeFor } from './copy.act.ts';
import { assertOpen, isOpen, markedState, stateOf } from './file-state.shape.ts';
import {
  type FileContext,
  type FileHandle,
  type Holders,
  heldAttachment,
  heldSubject,
  mayAttach,
  mayKeep,
  mayMark,
  openedAttachment,
  refusalToOpen,
  tellHolder,
} from './holding.act.ts';
import { type Preview, readPreview } from './preview.act.ts';
import { tellUploader } from './tell.act.ts';

const on = serving<FileHandle>();

/** How long an address holds. What is played is asked for again and again while it plays. */
const minutes = { save: 15, show: 240, original: 15 } as const;

const subjectOf = ({ placeId, schoolId, subjectType, subjectId }: AttachmentRef) => ({
  ...{ placeId, schoolId, type: subjectType, id: subjectId },
});

const entryOf = (
  { id, placeId, schoolId, subjectType, subjectId, name }: AttachmentRef,
  done: string,
  after: Record<string, unknown> = {},
) => ({
  ...{ action: `attachment.${done}`, objectType: 'attachment', objectId: id, placeId, schoolId },
  after: { fileName: name, subjectType, subjectId, ...after },
});

/** What every subject with files shares; the holder of its type answers for it. */
export function attachmentRoutes(holders: () => Holders): readonly Served[] {
  return [
    on(contract.list, async (ctx, { query }) => {
      const wanted = { type: query.subjectType, id: query.subjectId };
      const subject = await heldSubject(holders(), ctx, wanted, 'read');
      const rows = await listAttachments(ctx.db, subject);
      const attaches = await mayAttach(holders(), ctx, wanted);
      const marked = (row: (typeof rows)[number]) => hangingOn(subject, row);
      return {
        rows: rows.map((row) => {
          const state =
            markedState(refusalToOpen(holders(), ctx.actor, marked(row), ctx.today)) ?? stateOf(ctx.files, row.scan);
          return {
            ...{ id: row.id, part: row.part, name: row.name, size: row.size, kind: kindTitle(row.name, row.mediaType) },
            ...{
              addedByName: row.addedByName,
              addedAt: row.addedAt.toISOString(),
              aboutDay: row.aboutDay,
              note: row.note,
            },
            ...{ sensitive: row.sensitive, purpose: row.purpose, view: previewKind(row) },
            ...{ keepUntil: row.keepUntil, openers: row.openers, removedOn: row.removedOn },
            mayKeep: mayKeep(holders(), ctx.actor, marked(row), attaches),
            mayMark: mayMark(holders(), ctx.actor, marked(row), attaches),
            receipt: receiptNumber(row),
            digest: isOpen(state) ? row.digest : null,
            state,
          };
        }),
        mayAttach: attaches,
      };
    }),

    on(contract.attach, async (ctx, { body }) => {
      const { subjectType, subjectId, uploadId, attachmentId, ...words } = body;
      const subject = await heldSubject(holders(), ctx, { type: subjectType, id: subjectId }, 'attach');
      assertPeriod(words.keepUntil, ctx.today);
      const attaching = { ...words, subject, actor: ctx.actor };
      await lockCount(ctx.db, 'attachments', subject.id);
      // The same file can hang there, and takes the mark if it is the narrower one.
      const before = await listAttachments(ctx.db, subject);
      const attached =
        uploadId === undefined
          ? await writeAttachedAgain(ctx.db, await openedAttachment(holders(), ctx, attachmentId!), attaching)
          : await writeAttached(ctx.db, uploadId, attaching);
      if (attached === undefined) throw problem(uploadId === undefined ? 'file.gone' : 'file.notWhole');
      if (!attached.added) return attached;
      const hung = before.find(({ id }) => id === attached.id);
      if (hung !== undefined) {
        // Another mark on what hangs there is written by whoever may mark it, whatever way it comes.
        ctx.authorize(mayMark(holders(), ctx.actor, hangingOn(subject, hung), true), problem('file.notMarked'));
        const now = await recordMarked(ctx, attached.id, markOf(hung));
        // Where the same file came with an earlier last day, whoever brought it first learns that.
        if (now?.keepUntil != null && hung.keepUntil !== null && now.keepUntil < hung.keepUntil) {
          await tell(ctx, now, 'shortened', `${hung.keepUntil} 改为 ${now.keepUntil}：又附了一次同一个文件`);
        }
        return attached;
      }
      assertRoomFor('attachments', (await countAttachments(ctx.db, subject)) - 1);
      await recordAttached(ctx, attached.id);
      await tellHolder(holders(), ctx, subject);
      return attached;
    }),

    on(contract.detach, async (ctx, { params }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'attach');
      if (await writeDetached(ctx.db, found)) {
        await ctx.record(entryOf(found, 'detached'));
        await tell(ctx, found, 'detached', markedNote(found));
        await tellHolder(holders(), ctx, subjectOf(found));
      }
      return { done: true as const };
    }),

    on(contract.restore, async (ctx, { params }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'attach', { detached: true });
      const subject = subjectOf(found);
      const before = await listAttachments(ctx.db, subject);
      const restored = await writeRestored(ctx.db, found);
      if (restored === undefined) throw problem('file.undoOver');
      const anew = before.find(({ id }) => id === restored.id);
      if (anew === undefined) {
        await ctx.record(entryOf(found, 'restored'));
        await tell(ctx, found, 'restored', markedNote(found));
        await tellHolder(holders(), ctx, subject);
      } else if (restored.changed) await recordMarked(ctx, anew.id, markOf(anew));
      return { done: true as const };
    }),

    on(contract.mark, async (ctx, { params, body: { mark, read } }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'attach');
      if (found.removedOn !== null) throw refusalToOpen(holders(), ctx.actor, found, ctx.today)!;
      ctx.authorize(mayMark(holders(), ctx.actor, found, true), problem('file.notMarked'));
      const before = markOf(found);
      if (before === null) assertPeriod(mark.keepUntil, ctx.today, 'mark.keepUntil');
      const refusal = isSameMark(before, read) ? markRefusal(before, mark) : await overtaken(ctx, found, '标记');
      if (refusal !== null) throw refusal;
      if (!(await writeMark(ctx.db, found, before, mark))) throw await overtaken(ctx, found, '标记');
      await recordMarked(ctx, found.id, before);
      return { done: true as const };
    }),

    on(contract.keep, async (ctx, { params, body: { keepUntil, read, reason } }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'read');
      if (found.keepUntil === null) throw problem('file.noPeriod');
      const subject = { type: found.subjectType, id: found.subjectId };
      const attaches = await mayAttach(holders(), ctx, subject);
      if (found.removedOn !== null) throw refusalToOpen(holders(), ctx.actor, found, ctx.today)!;
      ctx.authorize(mayKeep(holders(), ctx.actor, found, attaches), problem('file.notKept'));
      assertPeriod(keepUntil, ctx.today);
      if (keepUntil === found.keepUntil) throw problem('thing.nothingChanges', { what: '保存期' });
      const shortens = keepUntil < found.keepUntil;
      if (shortens) ctx.authorize(attaches, problem('file.notShortened'));
      if (shortens && reason === undefined) throw invalid('reason', '缩短保存期须写明原因');
      const longest = await findLongestPeriod(ctx.db, found);
      if (longest !== null && keepUntil > found.keepUntil && keepUntil > longest) {
        throw problem('file.copyKept', { longest });
      }
      if (!(await writePeriod(ctx.db, { ...found, keepUntil: read }, keepUntil))) {
        throw await overtaken(ctx, found, '保存期');
      }
      await ctx.record({
        ...entryOf(found, 'kept', { purpose: found.purpose, keepUntil, ...(shortens ? { reason } : {}) }),
        before: { keepUntil: found.keepUntil },
      });
      if (shortens) await tell(ctx, found, 'shortened', `保存期由 ${found.keepUntil} 改为 ${keepUntil}：${reason}`);
      return { done: true as const };
    }),

    on(
      contract.address,
      async (ctx, { params, body: { mode: wanted } }, notDrawn: Problem | null) => {
        const found = await openedAttachment(holders(), ctx, params.attachmentId);
        const content = await findAttachedContent(ctx.db, found.id);
        if (content === undefined) throw problem('file.gone');
        assertOpen(ctx.files, content.scan);
        if (notDrawn !== null) throw notDrawn;
        const mode = modeFor(holders(), ctx.actor, content, wanted);
        const session = ctx.sessionId ?? ctx.actor.tokenId;
        if (session === null) throw problem('access.sessionOnly');
        const until = new Date(ctx.now.getTime() + minutes[mode] * 60_000);
        const { placeId, id: attachmentId } = found;
        const token = ctx.files.addresses.write({
          ...{ sessionId: session, post: ctx.actor.post, placeId, attachmentId, mode, until },
        });
        await recordOpened(ctx, found, mode);
        return { address: `/files/${token}/${encodeURIComponent(found.name)}`, until: until.toISOString() };
      },
      ({ params, body }, actor, beforehand) =>
        drawBeforehand(holders(), actor, { id: params.attachmentId, ...body }, beforehand),
    ),

    on(
      contract.preview,
      async (ctx, { params }, read: Preview) => {
        const found = await openedAttachment(holders(), ctx, params.attachmentId);
        await recordOpened(ctx, found, 'show');
        return { name: found.name, ...read };
      },
      ({ params }, actor, beforehand) => readPreview(holders(), params.attachmentId, actor, beforehand),
    ),
  ];
}

/** @throws request.invalid with the field */
function assertPeriod(keepUntil: Day | null, today: Day, path = 'keepUntil'): void {
  const message = keepUntil === null ? null : periodFault(keepUntil, today);
  if (message !== null) throw invalid(path, message);
}

const invalid = (path: string, message: string) => problem('request.invalid', { issues: [{ path, message }] });

const markedNote = ({ purpose }: AttachmentRef) => `涉及未成年人，用途：${purpose}`;

/** A row of a subject's list with what the rules of marks ask of the subject. */
const hangingOn = <Row extends object>({ type, judged = true }: HeldSubject, row: Row) => ({
  ...row,
  subjectType: type,
  judged,
});

/** Of a marked file whoever brought it learns what somebody else did with it. */
async function tell(
  { db, actor, now }: FileContext,
  found: AttachmentRef,
  kind: 'shortened' | 'detached' | 'restored',
  note: string,
): Promise<void> {
  if (found.sensitive !== null) await tellUploader(db, found, { kind: fileNoticeKinds[kind], note, actor, now });
}

/** The refusal of what was read before somebody changed the mark: it names who. */
async function overtaken(ctx: FileContext, { id, placeId }: AttachmentRef, part: '标记' | '保存期'): Promise<Problem> {
  const acts = ['attached', 'marked', 'kept'].map((done) => `attachment.${done}`);
  const last = await lastChange(ctx, placeId, { type: 'attachment', ids: [id], acts });
  return problem('thing.changed', { what: `这个附件的${part}`, last });
}

/** Of a marked file each opening is kept. */
async function recordOpened(ctx: FileContext, found: AttachmentRef, mode: string): Promise<void> {
  if (found.sensitive !== null) await ctx.record(entryOf(found, 'opened', { purpose: found.purpose, mode }));
}

async function recordAttached(ctx: FileContext, id: string): Promise<void> {
  const content = await findAttachedContent(ctx.db, id);
  if (content === undefined) return;
  const { size, sensitive, purpose, keepUntil, openers } = content;
  const mark = sensitive === null ? {} : { sensitive, purpose, keepUntil, openers };
  await ctx.record(entryOf(content, 'attached', { size, ...mark }));
}

/** Another mark is kept with the one before. Returns the file as it hangs now. */
async function recordMarked(ctx: FileContext, id: string, before: FileMark | null): Promise<AttachmentRef | undefined> {
  const found = await findAttachment(ctx.db, ctx.scope, id, { detached: false });
  if (found === undefined) return undefined;
  await ctx.record({ ...entryOf(found, 'marked', { ...markOf(found) }), before: before && { ...before } });
  return found;
}
