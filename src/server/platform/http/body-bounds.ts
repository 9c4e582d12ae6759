import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problem } from '#domain/kit/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of an upload route: how large a file it takes. */
    readonly uploadBytes?: number;
    /** Of a path at which bytes stream to the disk: how many it takes at most. They are never kept in memory. */
    readonly streamBytes?: number;
  }
}

/** How long a client may take, in milliseconds, and how much it may leave unfinished. */
export interface ClientBounds {
  /** From the opened connection, or the last answer's next byte, to the end of the header. */
  readonly header: number;
  /** The whole body of a request that is no upload. */
  readonly body: number;
  /** The whole body of an upload: this, and a second for so many bytes of its size. */
  readonly upload: number;
  readonly uploadBytesPerSecond: number;
  /** Between two bytes of a body. */
  readonly pause: number;
  /** A connection on which nothing arrives and nothing leaves, whatever it waits for. */
  readonly silence: number;
  /** A connection that waits for its next request. Proxies keep theirs for a minute, and must not be cut off first. */
  readonly idle: number;
  /** Bodies of one address that are under way at once. They are kept in memory before anybody is asked who sends. */
  readonly unfinished: number;
}

/** An answer may take minutes (a year is opened for a whole city), so only the client's own part is bounded tightly. */
export const clientBounds: ClientBounds = {
  header: 15_000,
  body: 20_000,
  upload: 60_000,
  uploadBytesPerSecond: 32 * 1024,
  pause: 20_000,
  silence: 330_000,
  idle: 72_000,
  unfinished: 64,
};

/** The last resort of node itself, for what no bound below covers: longer than the largest honest upload takes. */
export const wholeRequest = 1_200_000;

type Refuse = (reply: FastifyReply, request: FastifyRequest, refusal: Problem) => void;

/**
 * Bounds the time of each request's body, on every path, whether a route reads it or not: the clock hangs on the
 * connection and starts before the request is looked at.
 */
export function boundBodies(app: FastifyInstance, bounds: ClientBounds, refuse: Refuse): void {
  const unfinished = new Map<string, number>();
  const count = (address: string, step: 1 | -1) => {
    const number = (unfinished.get(address) ?? 0) + step;
    if (number === 0) unfinished.delete(address);
    else unfinished.set(address, number);
  };

  app.addHook('onRequest', (request, reply, done) => {
    if (!hasBody(request)) return done();
    // Node ends a connection after such an answer, whatever the client goes on to send.
    const turnAway = (refusal: Problem) => refuse(reply.header('connection', 'close'), request, refusal);
    if (request.method === 'GET' || request.method === 'HEAD') {
      return turnAway(problem('request.invalid', { issues: [{ path: '', message: '查询不能带有内容' }] }));
    }
    const address = request.ip;
    // A school sends its films from one address for hours: what streams is bounded for each person by who it is.
    const counted = request.routeOptions.config.streamBytes === undefined;
    if (counted && (unfinished.get(address) ?? 0) >= bounds.unfinished) return turnAway(problem('request.tooManyOwn'));
    if (counted) count(address, 1);
    const stop = watch(request, bounds, () => tooSlow(request, reply, refuse));
    const { raw } = request;
    const over = () => {
      raw.off('end', over);
      raw.socket.off('close', over);
      stop();
      if (counted) count(address, -1);
    };
    // A request that was answered before its body came is not told that its connection has ended.
    raw.on('end', over);
    raw.socket.on('close', over);
    done();
  });

  // A body that nobody read is thrown away after the answer. Node does so on a connection; a request that comes in without
  // one has no Node in between.
  app.addHook('onResponse', (request, _reply, done) => {
    if (hasBody(request) && !request.raw.readableEnded) request.raw.resume();
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Calls `expired` once, when the body takes too long as a whole or no byte of it comes; the result ends the watch. */
function watch(request: FastifyRequest, bounds: ClientBounds, expired: () => void): () => void {
  const { socket } = request.raw;
  let seen = socket.bytesRead;
  let seenAt = performance.now();
  const until = seenAt + wholeBody(request, bounds);
  const look = setInterval(() => {
    const now = performance.now();
    if (socket.bytesRead !== seen) {
      seen = socket.bytesRead;
      seenAt = now;
    }
    if (now < until && now < seenAt + bounds.pause) return;
    clearInterval(look);
    expired();
  }, Math.min(bounds.pause, bounds.body) / 10);
  look.unref();
  return () => clearInterval(look);
}

function wholeBody({ routeOptions, headers }: FastifyRequest, bounds: ClientBounds): number {
  const { streamBytes, uploadBytes = streamBytes } = routeOptions.config;
  if (uploadBytes === undefined) return bounds.body;
  const stated = Number(headers['content-length'] ?? uploadBytes);
  return bounds.upload + (Math.min(stated, uploadBytes) / bounds.uploadBytesPerSecond) * 1000;
}

function tooSlow(request: FastifyRequest, reply: FastifyReply, refuse: Refuse): void {
  const { raw } = request;
  if (reply.sent) {
    // Answered long ago: the rest of the body is read only to be thrown away.
    raw.destroy();
    return;
  }
  reply.header('connection', 'close');
  const refusal = problem('request.tooSlow');
  // Whoever reads the body ends with this error, and it is answered like any other. Where nobody reads, it is answered
  // here.
  if (raw.listenerCount('error') > 0) raw.emit('error', refusal);
  setImmediate(() => {
    if (!reply.sent) refuse(reply, request, refusal);
  });
}
