import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { PendingFault, type PendingFiles } from './pending-files.ts';

/**
 * The pending files as the library of the protocol asks for them. Of its own store nothing is used: it empties a file that is
 * made twice, and syncs nothing.
 */
export class TusStore extends DataStore {
  readonly #files: PendingFiles;
  readonly #expiration: number;

  /** @param expiration milliseconds for which an upload may go on */
  constructor(files: PendingFiles, expiration: number) {
    super();
    this.#files = files;
    this.#expiration = expiration;
    this.extensions = ['creation', 'termination', 'expiration'];
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#files.begin(upload.id);
    return upload;
  }

  override async remove(id: string): Promise<void> {
    await this.#files.discard(id);
  }

  override async getUpload(id: string): Promise<Upload> {
    const known = this.#files.known(id);
    if (known === undefined) throw ERRORS.FILE_NOT_FOUND;
    return new Upload({
      id,
      size: known.size,
      // Nothing has come in of a file whose first request was lost.
      offset: (await this.#files.received(id)) ?? 0,
      creation_date: known.createdAt.toISOString(),
    });
  }

  override getExpiration(): number {
    return this.#expiration;
  }

  override async write(turn: Readable, id: string, offset: number): Promise<number> {
    try {
      return await this.#files.write(turn, id, offset);
    } catch (error) {
      if (!(error instanceof PendingFault)) throw error;
      throw error.why === 'too much' ? ERRORS.ERR_MAX_SIZE_EXCEEDED : ERRORS.ABORTED;
    }
  }
}
