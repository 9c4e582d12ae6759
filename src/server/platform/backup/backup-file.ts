import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartError } from '../config/start-error.ts';
import { syncFolder } from '../files/folder-sync.ts';
import { isSealed, type SealingKey, seal, sealedHeadLength, unseal } from './sealed-stream.ts';
import { tar } from './tar.ts';

/**
 * A backup is one tar file, sealed where a key is given. Each part carries the SHA-256 of its bytes at the end of its name,
 * and behind the archive stands the SHA-256 of everything before it. So a damaged part is found and named while it is read,
 * before anything else is known of the file.
 */
const trailerLength = 512;
const trailerWord = 'DUDAO-SHA256 ';

export interface BackupWriter {
  /** Adds a part that is in memory. */
  add(name: string, bytes: Buffer): Promise<void>;
  /** Adds a part that is read from elsewhere, whose size and digest are known. */
  addStream(name: string, size: number, sha256: string, bytes: Readable): Promise<void>;
}

/** A part as it is read: the name without the digest, which is checked when `bytes` has ended. */
export interface BackupPart {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: AsyncIterable<Buffer>;
}

export const sha256Of = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes a backup under another name and gives it its own when it is whole and on the disk. It is readable by its owner
 * alone.
 * @returns the digest and the size of the file
 */
export async function writeBackup(
  file: string,
  key: SealingKey | null,
  fill: (writer: BackupWriter) => Promise<void>,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const unfinished = `${file}.partial`;
  if (existsSync(file)) throw new StartError(`文件 ${file} 已经存在；请换一个文件名，备份不会覆盖已有的文件。`);
  const pack = tar.pack();
  // Also between two parts, when nobody waits for it.
  pack.on('error', () => {});
  const whole = createHash('sha256');
  let bytes = 0;
  async function* counted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      whole.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  const plain = withTrailer(pack);
  const target = createWriteStream(unfinished, { mode: 0o600, flags: 'w', flush: true });
  // The disk may refuse while a part is still being read: then the part must not wait for ever, and what it meets is only the
  // echo of the refusal.
  let refusal: Error | undefined;
  target.once('error', (error) => {
    refusal = error;
    pack.destroy(error);
  });
  try {
    const written = pipeline(Readable.from(counted(key === null ? plain : seal(plain, key))), target);
    const filled = fill(writerOf(pack)).then(
      () => pack.finalize(),
      (error: Error) => {
        pack.destroy(error);
        throw error;
      },
    );
    await Promise.all([filled, written]);
    await rename(unfinished, file);
    await syncFolder(path.dirname(path.resolve(file)));
  } catch (met) {
    const error = refusal ?? met;
    target.destroy();
    await rm(unfinished, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new StartError(`磁盘已满，备份没有写成：${file}。请腾出空间再试。`, { cause: error });
    if (code === 'ENOENT' || code === 'EACCES') {
      throw new StartError(`不能写入备份文件 ${file}；请检查文件夹是否存在、是否可写。`, { cause: error });
    }
    throw error;
  }
  return { sha256: whole.digest('hex'), bytes };
}

async function* withTrailer(archive: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of archive) {
    hash.update(piece);
    yield piece;
  }
  const trailer = Buffer.alloc(trailerLength);
  trailer.write(`${trailerWord}${hash.digest('hex')}\n`);
  yield trailer;
}

function writerOf(pack: ReturnType<typeof tar.pack>): BackupWriter {
  const addStream = async (name: string, size: number, sha256: string, bytes: Readable) => {
    const header = { name: `${name}.${sha256}`, size, mode: 0o600, mtime: new Date() };
    let broken = (_: Error) => {};
    await new Promise<void>((resolve, reject) => {
      const entry = pack.entry(header, (error) => (error ? reject(error) : resolve()));
      broken = reject;
      pack.once('error', broken);
      if (entry === undefined) reject(new Error('the archive has ended'));
      else pipeline(bytes, entry).catch(reject);
    });
    pack.off('error', broken);
  };
  return {
    addStream,
    // A buffer that is handed over whole would not wait for the disk; a stream does.
    add: (name, bytes) => addStream(name, bytes.length, sha256Of(bytes), Readable.from([bytes])),
  };
}

/** Whether a file asks for a key. */
export async function asksForKey(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`打不开备份文件 ${file}；请核对文件名和权限。`, { cause: error });
  });
  try {
    const head = Buffer.alloc(sealedHeadLength);
    await handle.read(head, 0, head.length, 0);
    return isSealed(head);
  } finally {
    await handle.close();
  }
}

/**
 * Reads a backup from its beginning to its end, part by part. What `visit` leaves unread of a part is read and checked too.
 * @throws StartError that names the damaged part
 */
export async function readBackup(
  file: string,
  key: SealingKey | null,
  visit: (part: BackupPart) => Promise<void>,
  titleOf: (name: string, sha256: string) => string,
): Promise<void> {
  const extract = tar.extract();
  let at = '';
  let failure: unknown;
  extract.on('entry', (header, bytes, next) => {
    const cut = header.name.length - 65;
    const name = header.name.slice(0, cut);
    const sha256 = header.name.slice(cut + 1);
    at = titleOf(name, sha256);
    const hash = createHash('sha256');
    let digest: string | undefined;
    async function* checked(): AsyncGenerator<Buffer> {
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        hash.update(piece);
        yield piece;
      }
      digest = hash.digest('hex');
    }
    const reading = checked();
    const damaged = (cause?: unknown) =>
      new StartError(`备份文件已损坏：${titleOf(name, sha256)}与写入时不同。请换用另一份备份。`, { cause });
    visit({ name, sha256, bytes: reading })
      .then(async () => {
        for await (const _ of reading);
        if (digest !== sha256) throw damaged();
      })
      .catch(async (error: unknown) => {
        // What was read to its end and is not as it was written explains whatever was made of it.
        if (!(error instanceof StartError) && digest !== undefined && digest !== sha256) throw damaged(error);
        throw error;
      })
      .then(next, (error: unknown) => {
        failure = error;
        (extract as unknown as Readable).destroy(error as Error);
      });
  });
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  const plain = key === null ? raw : unseal(raw, key);
  try {
    await pipeline(Readable.from(withoutTrailer(plain)), extract);
  } catch (error) {
    const found = failure ?? error;
    if (at === '' && !(found instanceof StartError)) {
      throw new StartError(`文件 ${file} 不是督导的备份，或开头已损坏。`, { cause: error });
    }
    if (found instanceof StartError || failure !== undefined) throw found;
    throw new StartError(`备份文件已损坏：在“${at}”之后读不下去（${(error as Error).message}）。请换用另一份备份。`, {
      cause: error,
    });
  }
}

async function* withoutTrailer(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of plain) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const ready = rest.length - trailerLength;
    if (ready <= 0) continue;
    hash.update(rest.subarray(0, ready));
    yield rest.subarray(0, ready);
    rest = rest.subarray(ready);
  }
  const text = rest.toString('latin1').replace(/\0+$/, '');
  if (!text.startsWith(trailerWord))
    throw new StartError('备份文件不完整：结尾缺失，文件可能被截断。请换用另一份备份。');
  if (text !== `${trailerWord}${hash.digest('hex')}\n` || rest.length !== trailerLength) {
    throw new StartError('备份文件已损坏：全文的摘要与写入时不同。请换用另一份备份。');
  }
}
