import { PassThrough, Readable } from 'node:stream';
import { MemoryLocker, Metadata, Server } from '@tus/server';
import { largestFile, uploadDays } from '#domain/file/upload-bounds.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import type { PendingFiles, PendingUpload } from './pending-files.ts';
import { TusStore } from './tus-store.ts';
import { uploadsPath } from './uploads-path.ts';

/** One request of the protocol, by somebody of whom it is known that the upload is theirs. */
export interface TusRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Readable;
  readonly upload: PendingUpload;
  /** Called once when the last byte is on the disk. */
  readonly complete: () => void;
}

export interface TusAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The protocol of resumable uploads (tus 1.0.0: creation, termination, expiration) over the library. It is asked only for
 * an upload whose owner is known. Of its answers the headers for foreign pages are taken out, and its refusals are
 * replaced by ours.
 */
export class TusPort {
  readonly #files: PendingFiles;
  readonly #server: Server;
  readonly #asked = new WeakMap<object, TusRequest>();
  readonly #refused = new WeakMap<object, unknown>();

  constructor(files: PendingFiles) {
    this.#files = files;
    this.#server = new Server({
      path: uploadsPath,
      datastore: new TusStore(files, uploadDays * 24 * 3_600_000),
      relativeLocation: true,
      maxSize: largestFile,
      locker: new MemoryLocker(),
      // A newer connection of the same person takes over at once: the older one has mostly died unnoticed.
      lockDrainTimeout: 1,
      namingFunction: (request) => this.#askedBy(request).upload.id,
      getFileIdFromRequest: (request) => this.#askedBy(request).upload.id,
      onUploadFinish: async (request) => {
        this.#askedBy(request).complete();
        return {};
      },
      onResponseError: (request, error) => {
        this.#refused.set(request, error);
        return undefined;
      },
    });
  }

  /** @throws Problem for every refusal */
  async answer(asked: TusRequest): Promise<TusAnswer> {
    this.#files.expect(asked.upload);
    const turn = new PassThrough();
    const request = requestOf(asked, turn);
    this.#asked.set(request, asked);
    const part = { bytes: asked.bytes, over: () => void turn.end() };
    const answer = await this.#files.receiving(part, () => this.#server.handleWeb(request as never));
    const refused = this.#refused.get(request);
    if (this.#files.hadNoRoom(asked.upload.id)) throw problem('file.noRoom');
    if (refused !== undefined || answer.status >= 400) throw refusalOf(refused, answer.status);
    const headers = [...answer.headers].filter(([name]) => !/^(access-control-|content-length$)/.test(name));
    return { status: answer.status, headers: Object.fromEntries(headers) };
  }

  /** What a client says of a new upload in the header `upload-metadata`; undefined where nothing can be read of it. */
  readMetadata(header: string | undefined): { readonly id: string; readonly name: string } | undefined {
    try {
      const { id, name } = Metadata.parse(header);
      return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
    } catch {
      return undefined;
    }
  }

  #askedBy(request: object): TusRequest {
    const asked = this.#asked.get(request);
    if (asked === undefined) throw new Error('the library asked about a request that was not made');
    return asked;
  }
}

/**
 * The request as the library reads it. Only what the protocol needs of the headers goes in, and for a body a stream without
 * bytes, which lasts as long as the body.
 */
function requestOf({ method, headers, upload }: TusRequest, turn: Readable): Request {
  const names = ['tus-resumable', 'upload-length', 'upload-offset', 'content-type', 'content-length'];
  const given = names.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' && !(method === 'POST' && name.startsWith('content')) ? [[name, value]] : [];
  });
  const address = method === 'POST' ? uploadsPath : `${uploadsPath}/${upload.id}`;
  return new Request(`http://uploads.invalid${address}`, {
    method,
    headers: Object.fromEntries(given) as Record<string, string>,
    ...(method === 'PATCH' ? { body: Readable.toWeb(turn), duplex: 'half' } : {}),
  } as unknown as RequestInit);
}

function refusalOf(error: unknown, status: number): Problem | Error {
  if (isProblem(error)) return error;
  const { status_code: stated } = (error ?? {}) as { status_code?: number };
  const known = stated ?? status;
  if (known === 404 || known === 410) return problem('thing.notFound', { what: '个上传' });
  if (known === 409) return problem('thing.changed', { what: '这个文件的上传进度' });
  if (known === 413) return problem('file.tooLarge', { limitBytes: largestFile });
  if (known < 500) return problem('request.invalid', { issues: [{ path: '', message: '不是有效的上传请求' }] });
  return error instanceof Error ? error : new Error(`the upload failed with ${known}`);
}
