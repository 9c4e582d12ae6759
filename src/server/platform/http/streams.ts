import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { largestFile } from '#domain/file/upload-bounds.ts';
import type { StreamEndpoint } from './endpoint.ts';
import { goneOf } from './gone.ts';

/** The content type of a part of an upload (tus 1.0.0). */
const partType = 'application/offset+octet-stream';

/**
 * Mounts the paths at which bytes stream. Only here a body of this type comes in, and nothing reads it before its endpoint
 * knows who sends it.
 */
export async function mountStreams(app: FastifyInstance, streams: readonly StreamEndpoint[]): Promise<void> {
  await app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser(partType, (_request, _bytes, done) => done(null));
    for (const { methods, path, answer } of streams) {
      own.route({
        method: [...methods],
        url: path,
        exposeHeadRoute: false,
        bodyLimit: largestFile,
        config: { streamBytes: largestFile },
        handler: async (request, reply) => {
          const given = await answer({
            method: request.method,
            url: request.url,
            bytes: request.raw,
            headers: request.headers,
            cookies: request.cookies,
            address: request.ip,
            requestId: request.id,
            gone: goneOf(reply.raw),
            log: request.log,
          }).catch(async (error: unknown) => {
            await drain(request.raw);
            throw error;
          });
          reply.code(given.status).headers(given.headers);
          // What a client still sends after the answer is not read, so the connection cannot go on.
          if (hasUnread(request.raw)) reply.header('connection', 'close');
          return reply.send(given.body ?? null);
        },
      });
    }
  });
}

/** Bytes of the largest rest that is read and thrown away before a refusal. */
const mostDrained = 32 * 1024 * 1024;

/**
 * Reads the rest of a body that is refused. A client that is still sending when the line is closed sees a broken line and
 * not the refusal, and sends the same again.
 */
async function drain(request: IncomingMessage): Promise<void> {
  if (
    !hasUnread(request) ||
    request.readableEnded ||
    request.destroyed ||
    !(Number(request.headers['content-length']) <= mostDrained)
  )
    return;
  await new Promise<void>((resolve) => {
    for (const over of ['end', 'close', 'error']) request.once(over, () => resolve());
    // Whoever read it before has given up.
    request.removeAllListeners('data').resume();
  });
}

const hasUnread = ({ complete, headers }: { complete: boolean; headers: Record<string, unknown> }): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
