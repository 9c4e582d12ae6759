import type { Signed } from '#core/access/session/session.ts';
import { type StreamContext, serveStream } from '#core/access/stream.ts';
import { finishUpload } from '#core/evidence/finish-upload.act.ts';
import {
  countUploads,
  deleteUpload,
  findUpload,
  insertUpload,
  lockUploadsOf,
  type StoredUpload,
  type UploadHandle,
  writeReceived,
} from '#core/evidence/uploads.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { fileName } from '#domain/file/file-name.ts';
import { largestFile, mostUploadBytes, mostUploads } from '#domain/file/upload-bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { withWriting } from '#platform/db/handle.ts';
import { uploadsPath } from '#platform/files/uploads-path.ts';
import type { StreamAnswer } from '#platform/http/endpoint.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Bytes after which the progress of an upload is noted anew. */
const notedEvery = 64 * 1024 * 1024;

const notFound = () => problem('thing.notFound', { what: '个上传' });
const invalid = (message: string) => problem('request.invalid', { issues: [{ path: '', message }] });

type Person = Pick<Signed, 'actor'>;

/** A transaction that sees the uploads of this person and nothing else. */
function own<Result>({ services }: StreamContext, { actor }: Person, work: (db: UploadHandle) => Promise<Result>) {
  const scope = { ...nowhere, person: actor.userId };
  return withWriting(services.pool, scope, work);
}

/** Where a file is announced, and its parts come in, by the protocol tus. Nothing is read before its owner is known. */
export const uploadStreams = [
  serveStream({ methods: ['POST'], path: uploadsPath }, async (ctx) => {
    const person = await admitted(ctx);
    return answer(ctx, person, await begun(ctx, person));
  }),
  serveStream({ methods: ['HEAD', 'PATCH', 'DELETE'], path: `${uploadsPath}/*` }, async (ctx) => {
    const person = await admitted(ctx);
    const [id = ''] = ctx.call.url.slice(uploadsPath.length + 1).split('?');
    const found = uuid.test(id) ? await own(ctx, person, (db) => findUpload(db, person.actor.userId, id)) : undefined;
    if (found === undefined) throw notFound();
    return answer(ctx, person, found);
  }),
];

/** A person in a browser or with a token; no other way of saying the method counts. */
async function admitted(ctx: StreamContext): Promise<Signed> {
  if (ctx.call.headers['x-http-method-override'] !== undefined) throw invalid('不接受改写的请求方法');
  return ctx.identify();
}

async function begun(ctx: StreamContext, person: Person): Promise<StoredUpload> {
  const { headers } = ctx.call;
  const hasBody = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  const stated = headers['upload-length'];
  if (hasBody || headers['upload-concat'] !== undefined || typeof stated !== 'string' || !/^\d{1,15}$/.test(stated)) {
    throw invalid('不是有效的上传请求');
  }
  const size = Number(stated);
  const tus = await ctx.services.files.store.tus();
  const said = tus.readMetadata(headers['upload-metadata'] as string | undefined);
  if (said === undefined || !uuid.test(said.id)) throw invalid('缺少文件的编号或名称');
  if (size === 0) throw problem('file.empty');
  if (size > largestFile) throw problem('file.tooLarge', { limitBytes: largestFile });
  const name = fileName(said.name);
  const { userId } = person.actor;
  const upload = await own(ctx, person, async (db) => {
    await lockUploadsOf(db, userId);
    const known = await findUpload(db, userId, said.id);
    if (known !== undefined) return known;
    const { missing, mayBegin } = await countUploads(db, size);
    if (!mayBegin)
      throw problem('file.tooManyUploads', { most: mostUploads, mostGigabytes: mostUploadBytes / 1024 ** 3 });
    if (!(await ctx.services.files.store.hasRoomFor(size + missing))) throw problem('file.noRoom');
    if (!(await insertUpload(db, userId, { id: said.id, name, size }))) {
      throw problem('thing.exists', { what: '这个编号的上传' });
    }
    return findUpload(db, userId, said.id);
  });
  if (upload === undefined) throw new Error('an upload that was entered is not there');
  if (upload.size !== size || upload.name !== name) throw problem('thing.exists', { what: '这个编号的上传' });
  return upload;
}

async function answer(ctx: StreamContext, person: Person, upload: StoredUpload): Promise<StreamAnswer> {
  const { call, services } = ctx;
  const { pending } = services.files.store;
  if (upload.state !== 'pending') return settled(ctx, person, upload);
  const finishing = { services, personId: person.actor.userId, log: call.log };
  if (services.files.store.isFinishing(upload.id) && call.method !== 'HEAD') throw problem('file.notWhole');
  const tus = await services.files.store.tus();
  const { status, headers } = await tus.answer({
    method: call.method,
    headers: call.headers,
    bytes: call.bytes,
    upload,
    complete: () => void finishUpload(finishing, upload),
  });
  if (call.method === 'DELETE') {
    await own(ctx, person, (db) => deleteUpload(db, upload.id));
    pending.forget(upload.id);
  } else if (call.method !== 'POST') {
    const offset = Number(headers['upload-offset']);
    if (offset < upload.size) {
      // The disk knows how far it is; the row says roughly how much room the rest still needs.
      if (offset >= upload.received + notedEvery) await own(ctx, person, (db) => writeReceived(db, upload.id, offset));
    } else if (call.method === 'HEAD') void finishUpload(finishing, upload);
  }
  return { status, headers };
}

/** An upload that is over: a client that asks learns that every byte is there, and takes it back or leaves it. */
async function settled(ctx: StreamContext, person: Person, { id, size }: StoredUpload): Promise<StreamAnswer> {
  const headers = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' };
  if (ctx.call.method === 'DELETE') {
    await own(ctx, person, (db) => deleteUpload(db, id));
    return { status: 204, headers };
  }
  if (ctx.call.method === 'POST') return { status: 201, headers: { ...headers, location: `${uploadsPath}/${id}` } };
  if (ctx.call.method === 'PATCH') throw problem('thing.changed', { what: '这个文件的上传进度' });
  return { status: 200, headers: { ...headers, 'upload-offset': String(size), 'upload-length': String(size) } };
}
