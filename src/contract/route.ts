import { z } from 'zod';
import type { Permission } from '#domain/access/permissions.ts';
import { page } from './kit.shape.ts';

/**
 * Who may knock: everybody, whoever is signed in, or whoever holds a permission. There is no default: a route without
 * `access` does not compile. Where two roles reach one thing by different rights, any one of a list suffices.
 */
export type Access = 'public' | 'signed-in' | Permission | readonly [Permission, ...Permission[]];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The reply is a file to download, not JSON. */
export interface FileOutput {
  readonly kind: 'file';
  readonly contentTypes: readonly string[];
}

type Shape = z.ZodObject;

/** The body is one uploaded file with the fields of a form beside it. */
export interface UploadBody<Fields extends Shape = Shape> {
  readonly kind: 'upload';
  readonly maxBytes: number;
  readonly fields: Fields;
}

export interface Route<
  Params extends Shape | undefined = Shape | undefined,
  Query extends Shape | undefined = Shape | undefined,
  Body extends z.ZodType | UploadBody | undefined = z.ZodType | UploadBody | undefined,
  Output extends z.ZodType | FileOutput = z.ZodType | FileOutput,
> {
  /** `feature.act`; the phone queues by it, the matrix test and the log name it. */
  readonly name: string;
  readonly method: Method;
  /** With `:name` for each of `params`. */
  readonly path: `/api/${string}`;
  readonly access: Access;
  /**
   * The whole right lies in `access` and in the person's place: there is no subject whose state decides. Without it the
   * handler must ask for each subject whether the act is this person's now.
   */
  readonly scoped?: boolean;
  /** One Chinese line: what it does. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly output: Output;
  /**
   * Whose reads are stale after this act, beside those of its own name and of the home page: the words before the dot of
   * the names of routes (`balance`). The desk reads them again. `everything` is said by acts on what everybody's work
   * shows, such as the names of schools, which cannot know who shows it.
   */
  readonly touches?: readonly string[] | 'everything';
  /** Asked by a page on its own, round and round: it is no sign that somebody is there, and keeps no session alive. */
  readonly quiet?: boolean;
}

export type AnyRoute = Route;

/** What a route declared for a part; `never` where it declared nothing (an optional property reads as `T | undefined`). */
type Declared<T> = Exclude<T, undefined>;
type Parsed<T> = [Declared<T>] extends [never]
  ? undefined
  : Declared<T> extends z.ZodType
    ? z.output<Declared<T>>
    : undefined;
type Given<T> = Declared<T> extends z.ZodType ? z.input<Declared<T>> : never;

/** What a handler receives, after parsing. */
export interface RouteInput<R extends AnyRoute> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: [Declared<R['body']>] extends [never]
    ? undefined
    : Declared<R['body']> extends UploadBody<infer Fields>
      ? Upload<z.output<Fields>>
      : Parsed<R['body']>;
}

/** What a caller gives, before parsing: only the parts that the route declares. */
export type RouteArguments<R extends AnyRoute> = ([Declared<R['params']>] extends [never]
  ? unknown
  : { params: Given<R['params']> }) &
  ([Declared<R['query']>] extends [never] ? unknown : { query?: Given<R['query']> }) &
  ([Declared<R['body']>] extends [never]
    ? unknown
    : Declared<R['body']> extends UploadBody<infer Fields>
      ? { file: UploadedBytes; fields?: { readonly [Name in keyof z.input<Fields>]: string } }
      : { body: Given<R['body']> });

/** What comes back; a file comes as bytes with a name. */
export type RouteOutput<R extends AnyRoute> = R['output'] extends z.ZodType ? z.output<R['output']> : FileReply;

/** A browser `File` or anything like it; the contract knows no DOM. */
export interface UploadedBytes {
  readonly name: string;
  readonly size: number;
}

/** A received file, whole: uploads are small workbooks, limited by the route's `maxBytes`. Fields arrive as texts. */
export interface Upload<Fields = Readonly<Record<string, string>>> {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly fields: Fields;
}

export interface FileReply {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Shown where it is instead of saved. */
  readonly inline?: boolean;
}

/** Declares a route: the one value that the server serves, the web calls and the OpenAPI document prints. */
export function route<
  const Output extends z.ZodType | FileOutput,
  const Params extends Shape | undefined = undefined,
  const Query extends Shape | undefined = undefined,
  const Body extends z.ZodType | UploadBody | undefined = undefined,
>(definition: Route<Params, Query, Body, Output>): Route<Params, Query, Body, Output> {
  return definition;
}

/** An output that is downloaded; name the content types that can come. */
export function file(...contentTypes: string[]): FileOutput {
  return { kind: 'file', contentTypes };
}

/** A body that is one uploaded file of at most `maxBytes`, with these fields beside it (texts, read by the schema). */
export function upload<Fields extends Shape = z.ZodObject<Record<never, never>>>(
  maxBytes: number,
  fields?: Fields,
): UploadBody<Fields> {
  return { kind: 'upload', maxBytes, fields: fields ?? (z.object({}) as unknown as Fields) };
}

/** The query that every list understands. `sort` is a column name of the list, `-name` for descending. */
export const listQuery = z.object({
  ...page,
  sort: z.string().max(60).optional(),
  search: z.string().trim().max(60).optional(),
});

/** A page of rows with the number of all rows that match. */
export function listOutput<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), total: z.number().int() });
}
