import type { AnyRoute, RouteArguments, RouteOutput } from '#contract/route.ts';
import { tabPost } from '../session/tab-post.ts';
import { type ProblemBody, ProblemError, retryAfterOf, unreachable } from './problem.ts';

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: File;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Called with the bytes of a download received so far, and the total if the server stated it. */
  onProgress?: (received: number, total: number | null) => void;
  /** Asks whether somebody is signed in at all, so "nobody" is a normal answer and not an interruption. */
  asking?: boolean;
  /** The post in which the call is made; that of the tab unless given. */
  post?: string | null;
}

let onSignedOut: (problem: ProblemError) => void = () => {};

/** The desk sets once what happens when a session has ended during the person's work; the problem says why. */
export function whenSignedOut(act: (problem: ProblemError) => void): void {
  onSignedOut = act;
}

let onPostChanged: () => void = () => {};

/** The desk sets once what happens when the person no longer holds the post of this tab. */
export function whenPostChanged(act: () => void): void {
  onPostChanged = act;
}

/**
 * Calls a route of the contract. Resolves with the output that the route declares (a file is returned as name and
 * bytes). Rejects only with a `ProblemError`, or with an abort that the caller asked for.
 */
export async function call<R extends AnyRoute>(
  route: R,
  input: RouteArguments<R>,
  options: CallOptions = {},
): Promise<RouteOutput<R>> {
  const given = input as AnyInput;
  const response = await send(route, given, options);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (response.status === 401 && route.access !== 'public' && !options.asking) onSignedOut(problem);
    if (problem.code === 'access.postChanged' && !options.asking) onPostChanged();
    throw problem;
  }
  if (isFile(route)) return (await readFile(response, options.onProgress)) as RouteOutput<R>;
  if (response.status === 204) return undefined as RouteOutput<R>;
  return (await response.json()) as RouteOutput<R>;
}

/** The address of a route with its parameters and query filled in, for links that the browser follows by itself. */
export function addressOf<R extends AnyRoute>(route: R, input: RouteArguments<R>): string {
  return filledAddress(route, input as AnyInput);
}

function filledAddress(route: AnyRoute, { params = {}, query = {} }: AnyInput): string {
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function send(route: AnyRoute, given: AnyInput, options: CallOptions): Promise<Response> {
  const { signal } = options;
  const headers = new Headers({ accept: 'application/json' });
  const post = route.access === 'public' ? null : options.post === undefined ? tabPost() : options.post;
  if (post !== null) headers.set('x-dudao-post', post);
  let body: BodyInit | undefined;
  if (given.file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(given.fields ?? {})) form.append(name, value);
    form.append('file', given.file, given.file.name);
    body = form;
  } else if (given.body !== undefined) {
    headers.set('content-type', 'application/json');
    body = JSON.stringify(given.body);
  }
  try {
    return await fetch(filledAddress(route, given), {
      method: route.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(error);
  }
}

async function readProblem(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null;
  return new ProblemError(
    {
      code: body?.code ?? 'server.fault',
      kind: body?.kind ?? 'fault',
      message: body?.message ?? '系统暂时没有应答，您的内容没有丢失，请稍后再试。',
      details: body?.details,
      reference: body?.reference ?? response.headers.get('x-request-id') ?? undefined,
    },
    response.status,
    { retryAfter: retryAfterOf(response.headers.get('retry-after')) },
  );
}

function isFile(route: AnyRoute): boolean {
  return 'kind' in route.output && route.output.kind === 'file';
}

async function readFile(response: Response, onProgress: CallOptions['onProgress']) {
  const length = Number(response.headers.get('content-length'));
  const total = Number.isFinite(length) && length > 0 ? length : null;
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    received += value.byteLength;
    onProgress?.(received, total);
  }
  const body = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return {
    fileName: fileNameOf(response.headers.get('content-disposition')),
    contentType: response.headers.get('content-type') ?? 'application/octet-stream',
    body,
  };
}

function fileNameOf(disposition: string | null): string {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? '下载';
}
