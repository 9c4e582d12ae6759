import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import serveStatic from '@fastify/static';
import fastJsonStringify from 'fast-json-stringify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import type { AnyRoute, FileOutput, FileReply, FileToMake, Upload, UploadBody } from '#contract/route.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import { shownLine } from '#domain/text/characters.ts';
import { databaseProblem } from '../db/errors.ts';
import { boundBodies, type ClientBounds, clientBounds, wholeRequest } from './body-bounds.ts';
import type { Answer, Call, Endpoint, StreamEndpoint } from './endpoint.ts';
import { goneOf } from './gone.ts';
import { readJsonBodies } from './json-body.ts';
import type { MetricsOptions } from './metrics.ts';
import { mountStreams } from './streams.ts';

export interface HttpOptions {
  readonly endpoints: readonly Endpoint[];
  /** Paths at which bytes stream. */
  readonly streams?: readonly StreamEndpoint[];
  /** The built desk; absent in tests of the API. */
  readonly webRoot?: string;
  /** Addresses of proxies whose `X-Forwarded-For` is trusted; none by default. */
  readonly trustedProxies?: readonly string[];
  readonly logLevel?: string;
  /** Development and test: every reply is also checked against the contract, and a mismatch is a fault. */
  readonly checkReplies?: boolean;
  /** Who may read how the process stands; absent: nothing is counted. */
  readonly metrics?: MetricsOptions | undefined;
  /** How long clients may take. */
  readonly bounds?: ClientBounds;
}

/**
 * The headers of every answer. They are constant, so that they cost nothing: a plugin that composes the same lines for
 * each request took a tenth of the time of a read when measured. HSTS is left to the proxy that ends TLS; on plain HTTP
 * in an office network it would lock people out.
 */
const protection = {
  'content-security-policy': [
    "default-src 'self'",
    // The desk sets widths and positions as style attributes. Scripts come only from this server.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';'),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** Limit of a JSON body; an upload has the limit of its route. */
const jsonLimit = 1024 * 1024;

/** The HTTP interface: every endpoint at its path, the built desk for all other paths, refusals as sentences. */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const bounds = options.bounds ?? clientBounds;
  const app = fastify({
    logger:
      options.logLevel === 'silent' ? false : { level: options.logLevel ?? 'info', serializers: { err: briefly } },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    genReqId: () => randomUUID(),
    bodyLimit: jsonLimit,
    routerOptions: { maxParamLength: 200 },
    // What is refused before a route is found, such as a path that is no text, passes no hook.
    frameworkErrors: (error, request, reply) => void refuse(reply.headers(protection), request, error),
    clientErrorHandler: refuseUnparsed,
    forceCloseConnections: 'idle',
    requestTimeout: wholeRequest,
    connectionTimeout: bounds.silence,
    keepAliveTimeout: bounds.idle,
    http: { headersTimeout: bounds.header, connectionsCheckingInterval: bounds.header / 3 },
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(protection);
    done();
  });
  // Loaded by those alone who ask for it.
  if (options.metrics !== undefined) (await import('./metrics.ts')).mountMetrics(app, options.metrics);
  boundBodies(app, bounds, refuse);
  readJsonBodies(app);
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fields: 20, fieldSize: 20_000 } });

  app.setErrorHandler((error, request, reply) => refuse(reply, request, error));
  for (const endpoint of options.endpoints) mount(app, endpoint, options.checkReplies ?? false);
  await mountStreams(app, options.streams ?? []);
  await serveDesk(app, options.webRoot);
  return app;
}

function mount(app: FastifyInstance, endpoint: Endpoint, checkReplies: boolean): void {
  const { route } = endpoint;
  const write = writer(route, checkReplies);
  app.route({
    method: route.method,
    url: route.path,
    // A watchdog asks for the head of what is public. A second route beside every other costs a fifteenth of a start.
    exposeHeadRoute: route.access === 'public',
    ...(isUpload(route.body) ? uploadOptions(route.body) : {}),
    handler: async (request, reply) => {
      const declared = route.body;
      const gone = goneOf(reply.raw);
      const call: Call = {
        params: request.params,
        query: request.query,
        body: request.body,
        ...(isUpload(declared) ? { receive: () => receive(request, declared) } : {}),
        headers: request.headers,
        cookies: request.cookies,
        address: request.ip,
        requestId: request.id,
        gone,
        log: request.log,
      };
      return write(reply, await endpoint.answer(call), gone);
    },
  });
}

/**
 * How a reply of this route is written. The serializer is made from the contract at first use. A field that the
 * contract does not name cannot leave the server, and start-up does not make a hundred serializers.
 */
function writer(route: AnyRoute, checkReplies: boolean) {
  if (isFile(route.output)) {
    return async (reply: FastifyReply, answer: Answer, gone: AbortSignal) => {
      const { fileName, contentType, body, inline = false } = answer.value as FileReply | FileToMake;
      const bytes = typeof body === 'function' ? await body(gone) : body;
      setHeaders(reply, answer);
      reply.header('content-type', contentType);
      reply.header(
        'content-disposition',
        `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      );
      reply.header('cache-control', 'no-store');
      return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    };
  }
  const output = route.output;
  return (reply: FastifyReply, answer: Answer) => {
    if (checkReplies) output.parse(JSON.parse(JSON.stringify(answer.value ?? null)));
    const stringify = serializerOf(output);
    setHeaders(reply, answer);
    reply.header('content-type', 'application/json; charset=utf-8');
    reply.header('cache-control', 'no-store');
    return reply.send(stringify(answer.value ?? null));
  };
}

type Serializer = (value: unknown) => string;

/** By the shape of the reply: a second server of this process, as tests open hundreds, makes none of them anew. */
const serializers = new WeakMap<z.ZodType, Serializer>();

function serializerOf(output: z.ZodType): Serializer {
  const known = serializers.get(output);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(output, { target: 'draft-7', io: 'output', unrepresentable: 'any' });
  const made: Serializer = fastJsonStringify(schema as object);
  serializers.set(output, made);
  return made;
}

function setHeaders(reply: FastifyReply, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value as string | string[]);
}

const uploadOptions = ({ maxBytes }: UploadBody) => ({
  bodyLimit: maxBytes + 64 * 1024,
  config: { uploadBytes: maxBytes },
  onRequest: assertUpload,
});

const noFile = () => problem('request.invalid', { issues: [{ path: '文件', message: '没有收到文件' }] });

/** An upload route reads no other body: its limit is far above that of JSON, and nobody has been asked yet who sends. */
function assertUpload(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const isForm = /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '');
  done(isForm ? undefined : noFile());
}

async function receive(request: FastifyRequest, body: UploadBody): Promise<Upload> {
  const part = await request.file({ limits: { fileSize: body.maxBytes } }).catch(unreadableUpload);
  if (!part) throw noFile();
  const bytes = await part.toBuffer().catch((error: { code?: string }) => {
    if (error.code === 'FST_REQ_FILE_TOO_LARGE') throw problem('request.tooLarge', { limitBytes: body.maxBytes });
    return unreadableUpload(error);
  });
  const fields: Record<string, string> = {};
  for (const [name, field] of Object.entries(part.fields)) {
    if (field && !Array.isArray(field) && field.type === 'field') fields[name] = String(field.value);
  }
  return { file: { name: shownLine(part.filename), bytes }, fields };
}

/** The parser of uploads throws plain errors; what it cannot read is the client's. */
function unreadableUpload(error: { readonly statusCode?: number; readonly code?: string }): never {
  if (isProblem(error) || error.statusCode !== undefined) throw error;
  throw problem('request.invalid', { issues: [{ path: '文件', message: '没有完整收到，请重新上传' }] });
}

/** Sends every refusal: a code, a sentence, details, and a number to quote to the support. */
function refuse(reply: FastifyReply, request: FastifyRequest, error: unknown): FastifyReply {
  const refusal = asProblem(error);
  const reference = request.id;
  // The code that watches the database logs an outage once; the refused requests do not log it again.
  if (refusal.retryAfter !== null) reply.header('retry-after', String(refusal.retryAfter));
  if (refusal.status >= 500 && refusal.status !== 503)
    request.log.error({ err: error, reference, url: request.url }, 'fault');
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ ...refusal.toJSON(), reference }));
}

/** Answers what is no HTTP, or an endless header: there is no request yet, so the answer is written out. */
function refuseUnparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const message = error.code === 'HPE_HEADER_OVERFLOW' ? '请求头过长' : '请求无法读取';
  const slow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const refusal = slow ? problem('request.tooSlow') : problem('request.invalid', { issues: [{ path: '', message }] });
  const body = JSON.stringify({ ...refusal.toJSON(), reference: randomUUID() });
  const headers = {
    ...protection,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function asProblem(thrown: unknown): Problem {
  // Libraries with connections of their own throw their driver's errors.
  const error = databaseProblem(thrown);
  if (isProblem(error)) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return problem('request.tooLarge', { limitBytes: jsonLimit });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return problem('request.invalid', { issues: [{ path: '', message: unreadable[code ?? ''] ?? '请求无法读取' }] });
  }
  return problem('server.fault');
}

/** Refusals that the framework makes before a route is called, in words. */
const unreadable: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: '内容不是有效的 JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: '没有收到内容',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: '内容类型不对，应为 application/json，上传文件为 multipart/form-data',
  FST_INVALID_MULTIPART_CONTENT_TYPE: '没有收到文件，上传文件的内容类型应为 multipart/form-data',
};

/** Logs only what happened and where: drivers attach whole connections, with the data they carried, to their errors. */
function briefly(error: Error) {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return { type: error.name, message: error.message, code, constraint, table, stack: error.stack ?? '' };
}

/**
 * The built desk: hashed assets are cached for ever, the page itself never, and every other address returns the page.
 */
async function serveDesk(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  const built = webRoot !== undefined && existsSync(path.join(webRoot, 'index.html'));
  if (built) {
    await app.register(serveStatic, {
      root: webRoot,
      preCompressed: true,
      wildcard: true,
      index: ['index.html'],
      cacheControl: false,
      setHeaders: (response, file) => {
        const hashed = file.includes(`${path.sep}assets${path.sep}`);
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (/^\/(api|files)\//.test(request.url) || request.method !== 'GET') {
      return refuse(reply, request, problem('thing.notFound', { what: '个地址' }));
    }
    const asked = request.url.split('?')[0] ?? '';
    // No address of the desk is a file or lies in a hidden folder (`/.env`, `/.git/config`).
    if (!built || path.extname(asked) !== '' || /\/(\.|%2e)/i.test(asked)) {
      return reply.code(404).type('text/plain; charset=utf-8').send('没有这个页面。');
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}

const isUpload = (body: AnyRoute['body']): body is UploadBody =>
  body !== undefined && 'kind' in body && body.kind === 'upload';
const isFile = (output: AnyRoute['output']): output is FileOutput => 'kind' in output && output.kind === 'file';
