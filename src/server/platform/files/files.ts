import { randomUUID } from 'node:crypto';
import { link, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { diskReserve } from '#domain/file/upload-bounds.ts';
import { makeFolder, syncFolder } from './folder-sync.ts';
import { missing, PendingFiles } from './pending-files.ts';
import type { TusPort } from './tus.ts';

/**
 * The files of the installation on its disk: `pending/<id>` while they come in, `contents/ab/<hash>` when they are whole,
 * `derived/ab/<hash>…` what was drawn from them, `trash/<hash>.<id>` between forgetting a content and removing its bytes.
 */
export class Files {
  readonly pending: PendingFiles;
  readonly #root: string;
  #tus: Promise<TusPort> | undefined;
  readonly #finishing = new Map<string, Promise<void>>();

  private constructor(root: string) {
    this.#root = root;
    this.pending = new PendingFiles(path.join(root, 'pending'));
  }

  /** Opens the folder, and makes it where there is none. */
  static async open(root: string): Promise<Files> {
    for (const name of ['pending', 'contents', 'derived', 'trash']) await makeFolder(path.join(root, name));
    return new Files(root);
  }

  /** The port of uploads. Its library is loaded by the first of them: a start would take an eighth longer. */
  tus(): Promise<TusPort> {
    this.#tus ??= import('./tus.ts').then(({ TusPort }) => new TusPort(this.pending));
    return this.#tus;
  }

  contentPath(hash: string): string {
    return path.join(this.#root, 'contents', hash.slice(0, 2), hash);
  }

  /** Where something that was drawn from a content is kept. */
  derivedPath(hash: string, name: string): string {
    return path.join(this.#root, 'derived', hash.slice(0, 2), `${hash}.${name}`);
  }

  /** Makes a file at a derived path: it is there whole or not at all. */
  async derive(place: string, make: (temporary: string) => Promise<void>): Promise<void> {
    await makeFolder(path.dirname(place));
    const temporary = `${place}.${randomUUID()}.part`;
    try {
      await make(temporary);
      await rename(temporary, place);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Whether the disk takes so many bytes more and keeps its reserve. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize - bytes > diskReserve;
  }

  /**
   * Lays a file that came in beside the contents, under its hash. It stays where it was too, until `pending.discard`: a
   * crash between the two loses nothing. Called under the lock of the content.
   */
  async keep(id: string, hash: string): Promise<void> {
    const place = this.contentPath(hash);
    await makeFolder(path.dirname(place));
    if ((await stat(place).catch(missing)) === null) {
      await link(this.pending.pathOf(id), place).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return;
        // A file system without second names.
        if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(error.code ?? '')) throw error;
        await rename(this.pending.pathOf(id), place);
      });
    }
    await syncFolder(path.dirname(place));
  }

  /**
   * Runs the work for an upload once at a time; whoever asks meanwhile gets the same run.
   * @returns the run, which never rejects where `failed` does not throw
   */
  finishing(id: string, work: () => Promise<void>): Promise<void> {
    const known = this.#finishing.get(id);
    if (known !== undefined) return known;
    const run = work().finally(() => this.#finishing.delete(id));
    this.#finishing.set(id, run);
    return run;
  }

  isFinishing(id: string): boolean {
    return this.#finishing.has(id);
  }

  /** Takes a content out of the way, under its lock and before the commit; the result removes its bytes for good. */
  async moveToTrash(hash: string): Promise<() => Promise<void>> {
    const gone = path.join(this.#root, 'trash', `${hash}.${randomUUID()}`);
    const moved = await rename(this.contentPath(hash), gone).then(() => true, missing);
    return async () => {
      if (moved) await rm(gone, { force: true });
      await this.removeDerived(hash);
    };
  }

  async removeDerived(hash: string): Promise<void> {
    const folder = path.dirname(this.derivedPath(hash, ''));
    const names = (await readdir(folder).catch(missing)) ?? [];
    for (const name of names.filter((one) => one.startsWith(hash))) await rm(path.join(folder, name), { force: true });
  }

  /** The hashes of contents of which something derived lies on the disk, a folder at a time. */
  async *derivedHashes(): AsyncGenerator<string[]> {
    const root = path.join(this.#root, 'derived');
    for (const folder of await readdir(root)) {
      const names = await readdir(path.join(root, folder));
      yield [...new Set(names.map((name) => name.slice(0, 64)))];
    }
  }

  async hasContent(hash: string): Promise<boolean> {
    return (await stat(this.contentPath(hash)).catch(missing)) !== null;
  }

  /** What a crash left in the trash: the hash of each, and the ways back and out. */
  async trash(): Promise<ReadonlyArray<{ readonly hash: string; putBack(): Promise<void>; remove(): Promise<void> }>> {
    const folder = path.join(this.#root, 'trash');
    const names = await readdir(folder);
    return names.flatMap((name) => {
      const [hash = ''] = name.split('.');
      if (!/^[0-9a-f]{64}$/.test(hash)) return [];
      const place = path.join(folder, name);
      return [
        {
          hash,
          putBack: async () => {
            await makeFolder(path.dirname(this.contentPath(hash)));
            await rename(place, this.contentPath(hash));
            await syncFolder(path.dirname(this.contentPath(hash)));
          },
          remove: () => rm(place, { force: true }),
        },
      ];
    });
  }

  /** Files that came in, by their ids. */
  async pendingIds(): Promise<string[]> {
    return readdir(path.join(this.#root, 'pending'));
  }

  /** The hashes of all contents on the disk, a folder at a time. */
  async *storedHashes(): AsyncGenerator<string[]> {
    const root = path.join(this.#root, 'contents');
    for (const folder of await readdir(root)) {
      const names = await readdir(path.join(root, folder));
      yield names.filter((name) => /^[0-9a-f]{64}$/.test(name));
    }
  }
}
