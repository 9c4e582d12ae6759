import * as contract from '#contract/files/attachments.ts';
import { type Served, serving } from '#core/access/serve.ts';
import {
  type AttachmentHandle,
  type AttachmentRef,
  findAttachedContent,
  listAttachments,
  writeAttached,
  writeAttachedAgain,
  writeDetached,
  writeRestored,
} from '#core/evidence/attachments.store.ts';
import { kindTitle, previewKind } from '#domain/file/file-kind.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { drawBeforehand, modeFor } from './copy.act.ts';
import { assertOpen, stateOf } from './file-state.shape.ts';
import { type FileContext, type Holders, heldAttachment, heldSubject, mayAttach } from './holding.act.ts';
import { type Preview, readPreview } from './preview.act.ts';

const on = serving<AttachmentHandle>();

/** How long an address holds. What is played is asked for again and again while it plays. */
const minutes = { save: 15, show: 240, original: 15 } as const;

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
      return {
        rows: rows.map((row) => ({
          ...{ id: row.id, part: row.part, name: row.name, size: row.size, kind: kindTitle(row.name, row.mediaType) },
          ...{
            addedByName: row.addedByName,
            addedAt: row.addedAt.toISOString(),
            aboutDay: row.aboutDay,
            note: row.note,
          },
          ...{ sensitive: row.sensitive, purpose: row.purpose, view: previewKind(row) },
          state: stateOf(ctx.files, row.scan),
        })),
        mayAttach: await mayAttach(holders(), ctx, wanted),
      };
    }),

    on(contract.attach, async (ctx, { body }) => {
      const { subjectType, subjectId, uploadId, attachmentId, ...words } = body;
      const subject = await heldSubject(holders(), ctx, { type: subjectType, id: subjectId }, 'attach');
      const attaching = { ...words, subject, actor: ctx.actor };
      const attached =
        uploadId === undefined
          ? await writeAttachedAgain(ctx.db, await heldAttachment(holders(), ctx, attachmentId!, 'read'), attaching)
          : await writeAttached(ctx.db, uploadId, attaching);
      if (attached === undefined) throw problem(uploadId === undefined ? 'file.gone' : 'file.notWhole');
      if (attached.added) await recordAttached(ctx, attached.id);
      return attached;
    }),

    on(contract.detach, async (ctx, { params }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'attach');
      if (await writeDetached(ctx.db, found)) await ctx.record(entryOf(found, 'detached'));
      return { done: true as const };
    }),

    on(contract.restore, async (ctx, { params }) => {
      const found = await heldAttachment(holders(), ctx, params.attachmentId, 'attach', { detached: true });
      if (!(await writeRestored(ctx.db, found))) throw problem('file.undoOver');
      await ctx.record(entryOf(found, 'restored'));
      return { done: true as const };
    }),

    on(
      contract.address,
      async (ctx, { params, body: { mode: wanted } }, notDrawn: Problem | null) => {
        const found = await heldAttachment(holders(), ctx, params.attachmentId, 'read');
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
        if (found.sensitive !== null) {
          await ctx.record(entryOf(found, 'opened', { purpose: found.purpose, mode }));
        }
        return { address: `/files/${token}/${encodeURIComponent(found.name)}`, until: until.toISOString() };
      },
      ({ params, body }, actor, beforehand) =>
        drawBeforehand(holders(), actor, { id: params.attachmentId, ...body }, beforehand),
    ),

    on(
      contract.preview,
      async (ctx, { params }, read: Preview) => {
        const { name } = await heldAttachment(holders(), ctx, params.attachmentId, 'read');
        return { name, ...read };
      },
      ({ params }, actor, beforehand) => readPreview(params.attachmentId, actor, beforehand),
    ),
  ];
}

async function recordAttached(ctx: FileContext, id: string): Promise<void> {
  const content = await findAttachedContent(ctx.db, id);
  if (content !== undefined) await ctx.record(entryOf(content, 'attached', { size: content.size }));
}
