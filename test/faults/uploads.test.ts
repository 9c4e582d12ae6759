import { spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort } from '../support/effort.ts';
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

/** Sends bytes from an offset, a quarter of a megabyte at a time; `tear` says when the line ends instead. */
async function send(
  id: string,
  bytes: Buffer,
  offset: number,
  tear?: (sent: number) => Promise<boolean>,
): Promise<number | null> {
  const part = bytes.subarray(offset);
  const sending = request(at(id), {
    method: 'PATCH',
    headers: {
      ...headers(),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(part.length),
    },
  });
  const over = new Promise<number | null>((resolve) => {
    sending.on('response', (answer) => resolve(answer.resume().statusCode ?? null));
    sending.on('error', () => resolve(null));
  });
  const step = 256 * 1024;
  for (let from = 0; from < part.length; from += step) {
    if (sending.destroyed) return null;
    if (!sending.write(part.subarray(from, from + step))) await Promise.race([once(sending, 'drain'), over]);
    if (await tear?.(from + step)) {
      sending.destroy();
      return null;
    }
  }
  sending.end();
  return over;
}

it(
  'an upload that is torn, and torn again by a kill of the server, goes on and is byte for byte what was sent',
  async () => {
    const bytes = randomBytes((effort.thorough ? 400 : 40) * 1024 * 1024);
    const third = Math.floor(bytes.length / 3);
    const id = randomUUID();
    await announce(id, bytes.length);
    await send(id, bytes, 0, async (sent) => sent > third);
    const first = await offsetOf(id);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(bytes.length);

    await send(id, bytes, first, async (sent) => {
      if (sent < third) return false;
      await stage.product.kill();
      return true;
    });
    await stage.restart();
    const second = await offsetOf(id);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(bytes.length);

    // Killed once more when every byte is there and nobody has looked at it.
    expect(await send(id, bytes, second)).toBe(204);
    await stage.product.kill();
    await stage.restart();
    await expect
      .poll(async () => (await clerk().call(files.readUpload, { params: { uploadId: id } })).state, { timeout: 30_000 })
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
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  },
  effort.patience,
);

it(
  'a newer connection of the same person takes an upload over from one that stands still',
  async () => {
    const bytes = randomBytes(2 * 1024 * 1024);
    const id = randomUUID();
    await announce(id, bytes.length);
    let release = () => {};
    const standing = new Promise<void>((resolve) => {
      release = resolve;
    });
    let sent = 0;
    const old = send(id, bytes, 0, async (so) => {
      sent = so;
      if (so >= bytes.length / 2) await standing;
      return so >= bytes.length / 2;
    });
    await expect.poll(() => sent).toBeGreaterThanOrEqual(bytes.length / 2);
    const offset = await offsetOf(id);
    expect(await send(id, bytes, offset)).toBe(204);
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
    expect(await send(id, bytes, await offsetOf(id))).toBe(204);
    await expect
      .poll(async () => (await clerk().call(files.readUpload, { params: { uploadId: id } })).state)
      .toBe('whole');
  },
  effort.patience,
);
