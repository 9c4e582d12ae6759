import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { productRoot } from '../src/server/app/root.ts';
import type { BenchCity, BenchPerson } from './city.ts';
import { against, fromPairs, type Pair, type Result } from './result.ts';
import { type Ground, type Process, startOther, startProduct } from './serve.ts';

const megabyte = 1024 * 1024;
const [uploads, size] = [16, 20 * megabyte];
/** Bytes that the desk sends at once. */
const part = 8 * megabyte;

/** Uploads against a bare stream to the same disk, in alternating rounds; and the memory that a large one takes. */
export async function measureFiles(
  ground: Ground,
  city: BenchCity,
  { rounds, large }: { readonly rounds: number; readonly large: number },
): Promise<Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-bench-bare-'));
  const bare = await startOther([await bundled(), folder]);
  const ours = await startProduct(ground);
  const people = city.people.filter(({ role }) => role === 'county-officer').slice(0, uploads);
  const bytes = randomBytes(size);
  try {
    const pairs: Pair[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const pair = {
        ours: await perSecond(() => Promise.all(at16((at) => bring(ours, people[at % people.length]!, size, bytes)))),
        limit: await perSecond(() => Promise.all(at16(() => send(bare.address, 'POST', {}, bytes)))),
      };
      // The first pair warms both up.
      if (round > 0) pairs.push(pair);
    }
    const about = { name: 'files.uploads', what: '16 uploads of 20 MB at once, MB per second', goal: 0.5, more: true };
    const results = [fromPairs({ ...about, unit: 'MB/s' }, pairs)];
    await bring(ours, people[0]!, large, bytes);
    const memory = {
      name: 'files.memory',
      what: `most memory of the server, with one upload of ${large / megabyte} MB`,
      unit: 'MB',
    };
    results.push(against(memory, mostMemory(ours), 200));
    return results;
  } finally {
    await ours.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const at16 = <Result>(work: (at: number) => Promise<Result>) => Array.from({ length: uploads }, (_, at) => work(at));

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return ((uploads * size) / megabyte / (performance.now() - begun)) * 1000;
}

/** Announces a file, sends it part by part as the desk does, and waits until the server has looked at it. */
async function bring({ address }: Process, { cookie }: BenchPerson, length: number, bytes: Buffer): Promise<void> {
  const id = randomUUID();
  const text = (value: string) => Buffer.from(value).toString('base64');
  const own = { cookie, 'tus-resumable': '1.0.0' };
  const metadata = `id ${text(id)},name ${text('数据.bin')}`;
  const announced = { ...own, 'upload-length': String(length), 'upload-metadata': metadata };
  await send(`${address}/files/uploads`, 'POST', announced, Buffer.alloc(0));
  for (let offset = 0; offset < length; offset += part) {
    const [from, wanted] = [offset % (bytes.length - part), Math.min(part, length - offset)];
    const headers = { ...own, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    await send(`${address}/files/uploads/${id}`, 'PATCH', headers, bytes.subarray(from, from + wanted));
  }
  for (;;) {
    const { state, fault } = (await (await fetch(`${address}/api/uploads/${id}`, { headers: { cookie } })).json()) as {
      state: string;
      fault: string | null;
    };
    if (state === 'whole') return;
    if (state !== 'checking') throw new Error(`an upload ended as ${state}: ${fault}`);
  }
}

function send(url: string, method: string, headers: Record<string, string>, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers: { ...headers, 'content-length': String(bytes.length) } });
    sending.on('error', reject);
    sending.on('response', (answer) => {
      answer.resume().on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve();
        else reject(new Error(`${method} ${url} was answered ${answer.statusCode}`));
      });
    });
    sending.end(bytes);
  });
}

/** The most memory that a process has had, in megabytes; where the system does not tell, nothing is measured. */
function mostMemory({ pid }: Process): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function bundled(): Promise<string> {
  const dir = path.join(productRoot, 'node_modules/.cache/bench');
  mkdirSync(dir, { recursive: true });
  const made = await rolldown({
    input: path.join(productRoot, 'bench/bare/stream-to-disk.ts'),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
  });
  const file = path.join(dir, 'stream-to-disk.mjs');
  await made.write({ file, format: 'esm' });
  await made.close();
  return file;
}
