import { z } from 'zod';
import type { RequiredReach } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { page } from './kit/kit.shape.ts';

/**
 * Who may call a route: everybody, everybody who is signed in, or the holders of a permission. There is no default: a
 * route without `access` does not compile. If two roles reach one thing by different rights, any one permission of a
 * list suffices.
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
  /** `feature.act`. The phone's queue, the matrix test and the log use this name. */
  readonly name: string;
  readonly method: Method;
  /** The path, with `:name` for each of `params`. */
  readonly path: `/api/${string}`;
  readonly access: Access;
  /**
   * How far the post must reach beside its permission: a right that hangs on the reach alone stands here and not in the
   * handler. Without it every reach may call the route.
   */
  readonly reach?: RequiredReach;
  /**
   * The route is about the person's own sessions, credentials or posts: only the person calls it, signed in, and no
   * access token that speaks for the person. The audit names no principal, because nobody lends an account.
   */
  readonly ownSession?: boolean;
  /**
   * A signed-in write that changes nobody's rights, such as a mark that a notice was read: remembered sessions stay as they
   * are. Without this mark a write that needs no permission is one on the person's own session, password, posts or tokens,
   * and all remembered sessions are looked up again. A write with a permission does not need the mark, because its
   * permission says whether it is one over rights.
   */
  readonly keepsRights?: true;
  /**
   * A write that gives or ends somebody's reach although its permission is none over rights: remembered sessions are looked up
   * again before its reply.
   */
  readonly changesRights?: true;
  /**
   * `access`, `reach` and the person's place decide alone: no state of a subject matters. Without this mark the handler must
   * check for each subject whether the person may do the act now.
   */
  readonly scoped?: boolean;
  /** One Chinese line that says what the route does. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly output: Output;
  /**
   * The features whose reads are stale after this act, beside its own feature and the home page. A feature is named by
   * the word before the dot of its routes (`balance`). The desk reads them again. `everything` is for acts on data that
   * appears everywhere, such as the names of schools: such an act cannot know who shows the data.
   */
  readonly touches?: readonly string[] | 'everything';
  /**
   * Pages call this route by themselves at intervals. Such a call does not show that somebody is present and does not
   * keep a session alive.
   */
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

/** The parsed request that a handler receives. */
export interface RouteInput<R extends AnyRoute> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: [Declared<R['body']>] extends [never]
    ? undefined
    : Declared<R['body']> extends UploadBody<infer Fields>
      ? Upload<z.output<Fields>>
      : Parsed<R['body']>;
}

/** The unparsed request of a caller: only the parts that the route declares. */
export type RouteArguments<R extends AnyRoute> = ([Declared<R['params']>] extends [never]
  ? unknown
  : { params: Given<R['params']> }) &
  ([Declared<R['query']>] extends [never] ? unknown : { query?: Given<R['query']> }) &
  ([Declared<R['body']>] extends [never]
    ? unknown
    : Declared<R['body']> extends UploadBody<infer Fields>
      ? { file: UploadedBytes; fields?: { readonly [Name in keyof z.input<Fields>]: string } }
      : { body: Given<R['body']> });

/** The reply; a file comes as bytes with a name. */
export type RouteOutput<R extends AnyRoute> = R['output'] extends z.ZodType ? z.output<R['output']> : FileReply;

/** What the handler of a route returns. */
export type RouteReply<R extends AnyRoute> = R['output'] extends z.ZodType
  ? z.output<R['output']>
  : FileReply | FileToMake;

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
  /** The file is shown in the browser and not saved. */
  readonly inline?: boolean;
}

/** An `AbortSignal` where there is one: the contract knows neither DOM nor Node. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never;

/** A file that is slow to make: `body` is called when the transaction has ended and its connection is free. */
export interface FileToMake extends Omit<FileReply, 'body'> {
  /** @param gone aborted when nobody waits for the file any more */
  readonly body: (gone?: Signal) => Promise<Uint8Array>;
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

/** The content type of a workbook (.xlsx). */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The content types of a Word file (.docx) and of a PDF. */
export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const pdfType = 'application/pdf';

/** The content type of several files in one (.zip). */
export const zipType = 'application/zip';

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
