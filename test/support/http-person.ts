import type { AnyRoute, RouteArguments, RouteOutput } from '#contract/route.ts';
import { addressOf } from '#web/shared/call/call.ts';

/** The answer: a status with the parsed reply, or nothing because the connection broke during the request. */
export interface HttpAnswer {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string;
  // The reply of any route that was called; a test reads the keys that it expects.
  readonly body: unknown;
}

type Input<R extends AnyRoute> = object extends RouteArguments<R> ? [RouteArguments<R>?] : [RouteArguments<R>];

/** Somebody who calls the running product over HTTP. */
export interface HttpPerson {
  readonly cookie: string;
  /** Calls and reads the output; a refusal fails the test. */
  call<R extends AnyRoute>(route: R, ...input: Input<R>): Promise<RouteOutput<R>>;
  /** Calls and accepts any answer. */
  ask<R extends AnyRoute>(route: R, ...input: Input<R>): Promise<HttpAnswer>;
}

/** A request without an answer after this long hangs; every fault must be reported long before. */
const hangsAfter = 30_000;

/** `address` is read at each call, because the product may be started again at another address. */
export function httpPerson(address: () => string, cookie: string): HttpPerson {
  async function send(route: AnyRoute, input: Record<string, unknown> = {}): Promise<Response> {
    const file = input.file as { name: string; bytes: Uint8Array<ArrayBuffer> } | undefined;
    const headers: Record<string, string> = { cookie, connection: 'close' };
    let body: FormData | string | undefined;
    if (file) {
      body = new FormData();
      for (const [name, value] of Object.entries((input.fields ?? {}) as Record<string, string>))
        body.append(name, value);
      body.append('file', new Blob([file.bytes]), file.name);
    } else if (input.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(input.body);
    }
    return fetch(`${address()}${addressOf(route, input as never)}`, {
      method: route.method,
      headers,
      signal: AbortSignal.timeout(hangsAfter),
      ...(body === undefined ? {} : { body }),
    });
  }

  return {
    cookie,
    async call(route, ...input) {
      const response = await send(route, input[0] as never);
      if (!response.ok) throw new Error(`${route.name} was refused: ${response.status} ${await response.text()}`);
      if ('kind' in route.output) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { fileName: '', contentType: response.headers.get('content-type') ?? '', body: bytes } as never;
      }
      return (await response.json()) as never;
    },
    async ask(route, ...input) {
      try {
        const response = await send(route, input[0] as never);
        const text = await response.text();
        const isJson = response.headers.get('content-type')?.includes('json') ?? false;
        const body = isJson ? (JSON.parse(text) as { code?: string; message?: string }) : {};
        return { status: response.status, code: body.code ?? null, message: body.message ?? '', body };
      } catch (error) {
        // A request that hangs is a separate kind of fault, not a broken connection.
        if (error instanceof DOMException && error.name === 'TimeoutError') throw error;
        return { status: null, code: null, message: '', body: null };
      }
    },
  };
}
