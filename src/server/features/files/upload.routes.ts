import type { z } from 'zod';
import * as contract from '#contract/files/attachments.ts';
import { type RawContext, serveRaw } from '#core/access/serve.ts';
import { finishUpload, isComplete } from '#core/evidence/finish-upload.act.ts';
import { findUpload, listUploads, type StoredUpload, type UploadHandle } from '#core/evidence/uploads.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { withReading } from '#platform/db/handle.ts';

/** Milliseconds for which a question about an upload waits for its check. */
const patience = 2_000;

function reading<Result>(
  { services, signed }: RawContext,
  work: (db: UploadHandle, personId: string) => Promise<Result>,
) {
  const personId = signed!.actor.userId;
  const scope = { ...nowhere, person: personId };
  return withReading(services.pool, scope, (db: UploadHandle) => work(db, personId));
}

type Shown = z.input<typeof contract.upload>;

async function shown({ services }: RawContext, upload: StoredUpload): Promise<Shown> {
  const { id, name, size, fault, createdAt, expiresAt } = upload;
  const onDisk = upload.state === 'pending' ? ((await services.files.store.pending.received(id)) ?? 0) : size;
  const state = upload.state === 'pending' && onDisk === size ? 'checking' : upload.state;
  const moments = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, name, size, received: onDisk, state, fault, ...moments };
}

export const uploadRoutes = [
  serveRaw(contract.uploads, async (ctx) => {
    const found = await reading(ctx, listUploads);
    return { rows: await Promise.all(found.map((one) => shown(ctx, one))) };
  }),

  serveRaw(contract.readUpload, async (ctx, { params }) => {
    const find = () => reading(ctx, (db, personId) => findUpload(db, personId, params.uploadId));
    let found = await find();
    if (found === undefined) throw problem('thing.notFound', { what: '个上传' });
    if (found.state === 'pending' && (await isComplete(ctx.services.files, found))) {
      // Also after a crash, when nobody else finishes it.
      const finishing = { services: ctx.services, personId: ctx.signed!.actor.userId, log: ctx.call.log };
      await Promise.race([finishUpload(finishing, found), new Promise((over) => setTimeout(over, patience).unref())]);
      found = (await find()) ?? found;
    }
    return shown(ctx, found);
  }),
];
