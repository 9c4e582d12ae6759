import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { AnyRoute, Upload } from '#contract/route.ts';

/** A request as the layers above see it, independent of the framework. */
export interface Call {
  readonly params: unknown;
  readonly query: unknown;
  /** Parsed JSON. For an upload, nothing is read until `receive` is called. */
  readonly body: unknown;
  /** Reads the uploaded file whole; only where the route declares one. */
  readonly receive?: () => Promise<Upload>;
  readonly headers: IncomingMessage['headers'];
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The caller's address, as reported by the proxy that the settings trust. */
  readonly address: string;
  readonly requestId: string;
  /** Aborted when the caller's connection closes before the answer is sent: nobody will read it. */
  readonly gone: AbortSignal;
  readonly log: Log;
}

export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** The answer of an endpoint: a value for the route's output, with cookies to set and headers to add. */
export interface Answer {
  readonly value: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** A declared route with the function that answers it. */
export interface Endpoint {
  readonly route: AnyRoute;
  answer(call: Call): Promise<Answer>;
}

/** A request whose bytes stream in or out: nothing of it is parsed. */
export interface StreamCall extends Omit<Call, 'params' | 'query' | 'body' | 'receive'> {
  readonly method: string;
  /** The path with its query, as it was sent. */
  readonly url: string;
  /** The bytes of the body, unread. */
  readonly bytes: Readable;
}

/** The answer to such a request; its headers stand in place of those that every answer has. */
export interface StreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable | string | undefined;
}

/** Paths outside the contract, at which bytes stream. A refusal that it throws is answered like every other. */
export interface StreamEndpoint {
  readonly methods: readonly ('GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE')[];
  /** `/*` at the end stands for everything below. */
  readonly path: `/files/${string}`;
  answer(call: StreamCall): Promise<StreamAnswer>;
}
