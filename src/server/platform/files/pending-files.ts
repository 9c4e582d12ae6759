import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { finished, type Readable, Writable } from 'node:stream';

/** What is known of an upload before its bytes are touched. */
export interface PendingUpload {
  readonly id: string;
  readonly size: number;
  readonly createdAt: Date;
}

interface Running {
  readonly hash: Hash;
  at: number;
}

/** Why a part of a file did not come in whole, where it is not the disk. */
export class PendingFault extends Error {
  readonly why: 'too much' | 'line broken';

  constructor(why: 'too much' | 'line broken') {
    super(`a part of an upload did not come in: ${why}`);
    this.why = why;
  }
}

/** The body of one request. */
export interface ComingPart {
  readonly bytes: Readable;
  /** Says that nothing more is read of it. */
  readonly over: () => void;
}

/**
 * Files that are being received, each under the id of its upload. A client goes on behind what lies here after any crash;
 * a file that is complete is on the disk and not only in the memory of the system before anything is said of it.
 */
export class PendingFiles {
  readonly #folder: string;
  readonly #known = new Map<string, PendingUpload>();
  /** The hash of what has come in so far, while one upload comes in without a break. */
  readonly #running = new Map<string, Running>();
  /** Uploads of which the disk took no more. */
  readonly #full = new Set<string>();
  readonly #coming = new AsyncLocalStorage<ComingPart>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Says what is known of the upload that the next request is about. */
  expect(upload: PendingUpload): void {
    this.#known.set(upload.id, upload);
  }

  pathOf(id: string): string {
    return path.join(this.#folder, id);
  }

  /** How many bytes lie on the disk; null where the file was never begun. */
  async received(id: string): Promise<number | null> {
    const found = await stat(this.pathOf(id)).catch(missing);
    return found === null ? null : found.size;
  }

  /** The hash of a file that is complete: kept while it came in, or else read from the disk. */
  async hashOf(id: string, size: number): Promise<string> {
    const running = this.#running.get(id);
    this.#running.delete(id);
    if (running?.at === size) return running.hash.digest('hex');
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.pathOf(id), { highWaterMark: 1024 * 1024 })) hash.update(chunk);
    return hash.digest('hex');
  }

  /** Lays down a file that the program has made itself. */
  async lay(id: string, bytes: Uint8Array): Promise<void> {
    const handle = await open(this.pathOf(id), 'w', 0o600);
    try {
      await writeWhole(handle, [Buffer.from(bytes)], 0, bytes.length);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  async discard(id: string): Promise<void> {
    this.forget(id);
    await rm(this.pathOf(id), { force: true });
  }

  /** Whether the disk took no more of this upload since somebody asked last. */
  hadNoRoom(id: string): boolean {
    return this.#full.delete(id);
  }

  /** Forgets what is in memory of an upload that ended. */
  forget(id: string): void {
    this.#running.delete(id);
    this.#known.delete(id);
  }

  /** What the next request is about; undefined where nobody has said it. */
  known(id: string): PendingUpload | undefined {
    return this.#known.get(id);
  }

  /** Makes the file where there is none; the same request sent again finds it with what it holds. */
  async begin(id: string): Promise<void> {
    const handle = await open(this.pathOf(id), 'a', 0o600);
    await handle.close();
  }

  /**
   * Runs one request of the protocol. What it writes, it reads from this body: through the library each byte would go by
   * four streams more, at half the speed.
   */
  receiving<Result>(part: ComingPart, work: () => Promise<Result>): Promise<Result> {
    return this.#coming.run(part, work);
  }

  /** @param turn has no bytes; it ends when the library gives the upload to a newer request */
  async write(turn: Readable, id: string, offset: number): Promise<number> {
    const coming = this.#coming.getStore();
    const size = this.#known.get(id)?.size;
    if (coming === undefined || size === undefined) throw new Error('bytes came in outside of a request');
    if (offset === 0) await this.begin(id);
    const handle = await open(this.pathOf(id), 'r+');
    const kept = this.#running.get(id);
    const running = kept?.at === offset ? kept : offset === 0 ? { hash: createHash('sha256'), at: 0 } : undefined;
    this.#running.delete(id);
    let at = offset;
    const put = async (chunks: Buffer[], length: number) => {
      if (at + length > size) throw new PendingFault('too much');
      const written = writeWhole(handle, chunks, at, length);
      // While the disk takes them; of a hash that ran ahead of the disk nothing is kept.
      if (running) for (const chunk of chunks) running.hash.update(chunk);
      await written.catch((error: NodeJS.ErrnoException) => {
        // The library tells of every error that the line has broken.
        if (full.has(error.code ?? '')) this.#full.add(id);
        throw error;
      });
      at += length;
      if (running) running.at = at;
    };
    try {
      await pour(coming.bytes, turn, put);
    } catch (error) {
      // Of a part that the disk did not take whole, nothing stays.
      await handle.truncate(at);
      throw error;
    } finally {
      coming.over();
      if (running && running.at === at) this.#running.set(id, running);
      // What a power cut takes is missing at the end: the client hears how much is there, and sends the rest again.
      if (at === size) await handle.datasync().finally(() => handle.close());
      else await handle.close();
    }
    return at;
  }
}

/**
 * Reads a body until its end, or until its turn is over. What comes in while a piece is being written is written together.
 * @throws when the line broke, after what came before was written; and what `put` throws
 */
function pour(
  bytes: Readable,
  turn: Readable,
  put: (chunks: Buffer[], length: number) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const disk = new Writable({
      highWaterMark: writtenAtOnce,
      write: (chunk: Buffer, _encoding, done) => void put([chunk], chunk.length).then(() => done(), done),
      writev: (pieces: { chunk: Buffer }[], done) => {
        const chunks = pieces.map(({ chunk }) => chunk);
        const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        void put(chunks, length).then(() => done(), done);
      },
    });
    let broken: unknown;
    const stop = (error?: Error | null) => {
      broken ??= error;
      bytes.unpipe(disk);
      disk.end();
    };
    const leave = [finished(bytes, { writable: false }, stop), finished(turn, { writable: false }, () => stop())];
    finished(disk, (error) => {
      for (const end of leave) end();
      const failed = error ?? (broken ? new PendingFault('line broken') : undefined);
      if (failed) reject(failed);
      else resolve();
    });
    turn.resume();
    bytes.pipe(disk, { end: false });
  });
}

/** Errors of the disk that mean that it takes no more. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Bytes that are written at once: each writing goes through one of few threads. */
const writtenAtOnce = 512 * 1024;

async function writeWhole(handle: FileHandle, chunks: Buffer[], position: number, length: number): Promise<void> {
  let { bytesWritten: written } = await handle.writev(chunks, position);
  if (written === length) return;
  // A disk that is nearly full takes a part, and tells the rest when it is asked again.
  const bytes = Buffer.concat(chunks);
  while (written < length) {
    written += (await handle.write(bytes, written, length - written, position + written)).bytesWritten;
  }
}

/** Nothing there is an answer; every other error is one. */
export function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
