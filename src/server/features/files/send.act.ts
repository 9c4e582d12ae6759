import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { mayLookFor } from '#core/access/holder.ts';
import { type StreamContext, serveStream } from '#core/access/stream.ts';
import { type AttachedContent, type AttachmentHandle, findAttachedContent } from '#core/evidence/attachments.store.ts';
import type { Actor } from '#domain/access/actor.ts';
import { bytesOnly, isDrawn } from '#domain/file/file-kind.ts';
import { isProblem } from '#domain/kit/problem.ts';
import { withReading } from '#platform/db/handle.ts';
import type { FileAddress } from '#platform/files/file-address.ts';
import { missing } from '#platform/files/pending-files.ts';
import { pictureCopy } from '#platform/files/picture-copy.ts';
import { shownPictureType } from '#platform/files/picture-order.ts';
import type { StreamAnswer } from '#platform/http/endpoint.ts';
import { copyFor } from './copy.act.ts';
import { isOpen, stateOf } from './file-state.shape.ts';
import { type Holders, refusalToOpen } from './holding.act.ts';

/**
 * What stands with every byte that somebody brought: nothing in it runs, nothing foreign shows it, and nothing keeps it.
 */
const guarded = {
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

const notFoundPage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有这个文件</title>
<body style="font:16px/1.6 system-ui,sans-serif;margin:48px auto;max-width:480px;padding:0 16px"><h1 style="font-size:20px">没有这个文件</h1>
<p>这个地址已经失效：登录已结束、文件已移除，或地址已过期。请回到系统里重新打开。</p></body></html>`;

const notFound = (): StreamAnswer => ({
  status: 404,
  headers: { ...guarded, 'content-type': 'text/html; charset=utf-8' },
  body: notFoundPage,
});

/** Everything below `/files/`: bytes of attachments by their address, and a page of ours for whatever is not there. */
export const fileStreams = (holders: () => Holders) => [
  serveStream({ methods: ['GET', 'HEAD'], path: '/files/*' }, async (ctx) => {
    const [, , token = '', rest] = (ctx.call.url.split('?')[0] ?? '').split('/');
    if (token === 'viewer' && rest === '') return viewer(ctx);
    const address = ctx.services.files.addresses.read(token, ctx.now);
    if (address === undefined) return notFound();
    const opened = await openedBy(ctx, address, holders());
    return opened === undefined ? notFound() : send(ctx, address, opened, holders());
  }),
];

/** The page that draws a PDF. Whoever asks for it gets a program of ours and no file. */
async function viewer({ call, services }: StreamContext): Promise<StreamAnswer> {
  const { viewer: page } = services.files;
  const about = await page.about();
  if (about === null) return notFound();
  const headers = {
    ...guarded,
    'content-security-policy': about.policy,
    'cache-control': 'no-cache',
    etag: about.etag,
  };
  if (call.headers['if-none-match'] === about.etag) return { status: 304, headers };
  const whole = { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' };
  return { status: 200, headers: whole, body: call.method === 'HEAD' ? undefined : page.packed() };
}

interface Opened {
  readonly actor: Actor;
  readonly content: AttachedContent;
}

/** The content behind an address, looked at anew for each opening and each part; undefined for everybody else. */
async function openedBy(
  ctx: StreamContext,
  { sessionId, post, placeId, attachmentId }: FileAddress,
  holders: Holders,
): Promise<Opened | undefined> {
  try {
    const { actor, scope, sessionId: own } = await ctx.identify(post);
    if ((own ?? actor.tokenId) !== sessionId) return undefined;
    const content = await withReading(ctx.services.pool, scope, (db: AttachmentHandle) =>
      findAttachedContent(db, attachmentId),
    );
    if (content?.placeId !== placeId) return undefined;
    const holder = holders.get(content.subjectType);
    if (holder === undefined || !mayLookFor(holder, actor)) return undefined;
    // The period may have ended, or the right to judge, since the address was given.
    if (refusalToOpen(holders, actor, content, ctx.services.today()) !== null) return undefined;
    const state = stateOf(ctx.services.files, content.scan);
    return isOpen(state) ? { actor, content } : undefined;
  } catch (error) {
    // A session that ended, a post that was taken: the address leads nowhere. Trouble of the server is told as such.
    if (isProblem(error) && error.status < 500 && error.status !== 429) return undefined;
    throw error;
  }
}

async function send(
  { call, services }: StreamContext,
  { mode, attachmentId }: FileAddress,
  { actor, content }: Opened,
  holders: Holders,
): Promise<StreamAnswer> {
  const { hash, name, mediaType } = content;
  const copy = copyFor(holders, actor, content, mode);
  const viewer = { person: actor.userId, gone: call.gone };
  const path =
    copy === null ? services.files.store.contentPath(hash) : await pictureCopy(services.files, content, copy, viewer);
  const found = await stat(path).catch(missing);
  if (found === null) return notFound();
  const { size } = found;
  const shows = mode === 'show' && isDrawn(mediaType);
  const type = copy === 'shown' ? shownPictureType : shows ? mediaType : bytesOnly;
  const headers = {
    ...guarded,
    'content-type': type,
    'content-disposition': `${shows ? 'inline' : 'attachment'}; filename="file"; filename*=UTF-8''${encoded(name)}`,
    'accept-ranges': 'bytes',
    // By the attachment: an address says nothing of the content.
    etag: `"${attachmentId}"`,
  };
  const range = rangeOf(call.headers.range, call.headers['if-range'], headers.etag, size);
  if (range === 'outside') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  const [start, end] = range ?? [0, size - 1];
  const part = range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` };
  return {
    status: range === undefined ? 200 : 206,
    headers: { ...headers, ...part, 'content-length': String(end - start + 1) },
    body: call.method === 'HEAD' ? undefined : createReadStream(path, { start, end, highWaterMark: 256 * 1024 }),
  };
}

/** A name as RFC 5987 writes it: `'`, `(`, `)` and `*` have meanings of their own there. */
const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The one part that is asked for; undefined for the whole. Several parts at once are answered with the whole. */
function rangeOf(
  asked: string | undefined,
  ifRange: unknown,
  etag: string,
  size: number,
): readonly [number, number] | 'outside' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked ?? '') ?? [];
  if ((from === '' && to === '') || (ifRange !== undefined && ifRange !== etag)) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start >= size || start > end ? 'outside' : [start, end];
}
