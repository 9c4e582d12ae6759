import { spawnSync } from 'node:child_process';
import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';
import { metadataOf } from '../support/product/bring-file.ts';
import { schools } from '../support/scenario.ts';

let database: TestDatabase;
let stage: FaultStage;
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: 1, database });
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

const clerk = () => stage.as('clerk');
const headers = () => ({ cookie: clerk().cookie, 'tus-resumable': '1.0.0' });
const at = (id: string) => `${stage.product.address}/files/uploads/${id}`;

async function announce(id: string, size: number): Promise<void> {
  const { status } = await fetch(`${stage.product.address}/files/uploads`, {
    method: 'POST',
    headers: { ...headers(), 'upload-length': String(size), 'upload-metadata': metadataOf(id, '大文件.bin') },
  });
  expect(status).toBe(201);
}

async function offsetOf(id: string): Promise<number> {
  const answer = await fetch(at(id), { method: 'HEAD', headers: headers() });
  expect(answer.status).toBe(200);
  return Number(answer.headers.get('upload-offset'));
}

/** Bytes written at once. */
const step = 256 * 1024;

/** What is sent: a buffer, or what makes its parts when they are asked for. */
interface Sent {
  readonly size: number;
  subarray(from: number, to: number): Buffer;
}

const inMemory = (bytes: Buffer): Sent => ({
  size: bytes.length,
  subarray: (from, to) => bytes.subarray(from, to),
});

/** Sends bytes from an offset, a quarter of a megabyte at a time; `tear` says when the line ends instead. */
async function send(
  id: string,
  bytes: Sent,
  offset: number,
  tear?: (sent: number) => Promise<boolean>,
): Promise<number | null> {
  const length = bytes.size - offset;
  const sending = request(at(id), {
    method: 'PATCH',
    headers: {
      ...headers(),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(length),
    },
  });
  const over = new Promise<number | null>((resolve) => {
    sending.on('response', (answer) => resolve(answer.resume().statusCode ?? null));
    sending.on('error', () => resolve(null));
  });
  for (let from = 0; from < length; from += step) {
    if (sending.destroyed) return null;
    const part = bytes.subarray(offset + from, offset + Math.min(from + step, length));
    if (!sending.write(part)) await Promise.race([once(sending, 'drain'), over]);
    if (await tear?.(from + step)) {
      sending.destroy();
      return null;
    }
  }
  sending.end();
  return over;
}

/** What an upload is of: bytes that are unlike each other at every place, without the memory for all of them. */
class Content implements Sent {
  readonly size: number;
  readonly #key = randomBytes(32);

  constructor(size: number) {
    this.size = size;
  }

  /** The bytes from a whole number of blocks on; each is a block of the cipher at its own place. */
  #from(block: number, length: number): Buffer {
    const counter = Buffer.alloc(16);
    counter.writeBigUInt64BE(BigInt(block), 8);
    return createCipheriv('aes-256-ctr', this.#key, counter).update(Buffer.alloc(length));
  }

  subarray(from: number, to: number): Buffer {
    const block = Math.floor(from / 16);
    const end = Math.min(to, this.size);
    return this.#from(block, end - block * 16).subarray(from - block * 16);
  }

  sha256(): string {
    const hash = createHash('sha256');
    for (let at = 0; at < this.size; at += step) hash.update(this.subarray(at, at + step));
    return hash.digest('hex');
  }
}

/** The most memory that the server has had since its start, in megabytes. */
function mostMemory(): number {
  const status = readFileSync(`/proc/${stage.product.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
}

const megabyte = 1024 * 1024;

it(
  'an upload that is torn, and torn again by kills of the server at any moment, goes on and is byte for byte what was sent',
  async () => {
    const bytes = new Content((effort.thorough ? 2048 : 40) * megabyte);
    const moments = momentsOf('uploads');
    const id = randomUUID();
    let memory = 0;
    const kill = () => {
      memory = Math.max(memory, mostMemory());
      return stage.product.kill();
    };
    await announce(id, bytes.size);
    const third = Math.floor(bytes.size / 3);
    await send(id, bytes, 0, async (sent) => sent > third);
    let kept = await offsetOf(id);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(bytes.size);

    // The last of the kills comes when every byte is there.
    for (let round = 1; round < effort.kills; round += 1) {
      const until = moments.integer(1, Math.floor((bytes.size - kept) / (effort.kills - round + 1)));
      await send(id, bytes, kept, async (sent) => {
        if (sent < until) return false;
        await kill();
        return true;
      });
      await stage.restart();
      const now = await offsetOf(id);
      // What was kept before is kept; of what was on its way nobody was told anything.
      expect(now).toBeGreaterThanOrEqual(kept);
      expect(now).toBeLessThan(bytes.size);
      kept = now;
    }

    // Killed once more when every byte is there and nobody has looked at it.
    expect(await send(id, bytes, kept)).toBe(204);
    await kill();
    await stage.restart();
    await expect
      .poll(async () => (await clerk().call(files.readUpload, { params: { uploadId: id } })).state, { timeout: 60_000 })
      .toBe('whole');
    const [filing] = await stage.owner<{ id: string }>(`select id from filings where school_id = $1`, [
      schools.first.id,
    ]);
    const subject = { subjectType: 'filing', subjectId: filing!.id };
    const { id: attachmentId } = await clerk().call(files.attach, { body: { ...subject, uploadId: id } });
    const { address } = await clerk().call(files.address, { params: { attachmentId }, body: { mode: 'save' } });
    const answer = await fetch(stage.product.address + address, { headers: { cookie: clerk().cookie } });
    const hash = createHash('sha256');
    for await (const chunk of answer.body!) hash.update(chunk);
    expect(hash.digest('hex')).toBe(bytes.sha256());
    memory = Math.max(memory, mostMemory());
    if (effort.thorough)
      process.stdout.write(`uploads: ${bytes.size / megabyte} MB, at most ${memory.toFixed(0)} MB\n`);
    expect(memory).toBeLessThan(200);
  },
  effort.patience,
);

it(
  'a newer connection of the same person takes an upload over from one that stands still',
  async () => {
    const bytes = randomBytes(2 * megabyte);
    const id = randomUUID();
    await announce(id, bytes.length);
    let release = () => {};
    const standing = new Promise<void>((resolve) => {
      release = resolve;
    });
    let sent = 0;
    const old = send(id, inMemory(bytes), 0, async (so) => {
      sent = so;
      if (so >= bytes.length / 2) await standing;
      return so >= bytes.length / 2;
    });
    await expect.poll(() => sent).toBeGreaterThanOrEqual(bytes.length / 2);
    const offset = await offsetOf(id);
    expect(await send(id, inMemory(bytes), offset)).toBe(204);
    release();
    await old;
    await expect
      .poll(async () => (await clerk().call(files.readUpload, { params: { uploadId: id } })).state)
      .toBe('whole');
  },
  effort.patience,
);

it(
  'a disk that takes no more is told in a sentence, and nothing half-written is taken for whole',
  async () => {
    const { pid } = stage.product;
    // A limit on the size of files stands for a full disk, where no small file system can be made.
    const limited = (bytes: string) => spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]).status;
    expect(limited(String(3 * 1024 * 1024))).toBe(0);
    const bytes = randomBytes(5 * 1024 * 1024);
    const id = randomUUID();
    await announce(id, bytes.length);
    const answer = await fetch(at(id), {
      method: 'PATCH',
      headers: { ...headers(), 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(bytes),
    });
    expect([answer.status, (await answer.json()).message]).toEqual([507, expect.stringContaining('磁盘空间不足')]);
    const { state, received } = await clerk().call(files.readUpload, { params: { uploadId: id } });
    expect(state).toBe('pending');
    expect(received).toBeLessThanOrEqual(3 * 1024 * 1024);
    limited('unlimited');
    expect(await send(id, inMemory(bytes), await offsetOf(id))).toBe(204);
    await expect
      .poll(async () => (await clerk().call(files.readUpload, { params: { uploadId: id } })).state)
      .toBe('whole');
  },
  effort.patience,
);
