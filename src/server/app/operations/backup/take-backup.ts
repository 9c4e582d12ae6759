import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { verifyAudit } from '#core/audit/verify.ts';
import { type BackupWriter, writeBackup } from '#platform/backup/backup-file.ts';
import type { SealingKey } from '#platform/backup/sealed-stream.ts';
import type { StartLog } from '#platform/config/start-error.ts';
import { countRows } from '#platform/db/dump/copy-in.ts';
import {
  type CopiedTable,
  copyOut,
  findChainHead,
  inSnapshot,
  listApplied,
  listContents,
  listCopiedTables,
  listSequences,
} from '#platform/db/dump/copy-out.ts';
import { withLease } from '#platform/db/handle.ts';
import { type OwnerClient, withClient } from '#platform/db/owner-client.ts';
import { openPool } from '#platform/db/pool.ts';
import { Files } from '#platform/files/files.ts';
import { missing } from '#platform/files/pending-files.ts';
import { productVersion } from '../../root.ts';
import {
  filePart,
  introName,
  type Manifest,
  manifestName,
  secretFiles,
  secretName,
  tablePartName,
} from './manifest.shape.ts';
import { inMegabytes, sayProgress } from './progress.ts';

export interface BackupOrder {
  readonly ownerUrl: string;
  readonly dataDir: string;
  readonly file: string;
  readonly key: SealingKey | null;
  readonly log: StartLog;
}

export interface TakenBackup {
  readonly manifest: Manifest;
  readonly sha256: string;
  readonly bytes: number;
}

/** Bytes of rows that make one part: what is in memory at a time. */
const partLength = 4 * 1024 * 1024;
const zip = promisify(gzip);

/**
 * Writes database, files and secrets of an installation into one file. All tables are read in one picture of the database,
 * beside a server that goes on working. A file that is not on the disk, or is not what its hash says, cannot be in the
 * backup; the manifest lists it, and everything else is kept.
 */
export async function takeBackup({ ownerUrl, dataDir, file, key, log }: BackupOrder): Promise<TakenBackup> {
  const intact = await chainHolds(ownerUrl);
  if (intact === false) log.warn('审计封存链已不完整，照样备份；请用 dudao audit verify 查明。');
  const takenAt = new Date().toISOString();
  const version = productVersion();
  const progress = sayProgress(log.info);
  let manifest: Manifest | undefined;
  const written = await writeBackup(file, key, async (plain) => {
    const parts = createHash('sha256');
    const writer = listing(plain, parts);
    await writer.add(introName, jsonOf({ dudaoBackup: 1, version, takenAt }));
    const secrets = secretFiles.filter((name) => existsSync(path.join(dataDir, name)));
    for (const name of secrets) await writer.add(secretName(name), readFileSync(path.join(dataDir, name)));
    manifest = await withClient(ownerUrl, (client) =>
      inSnapshot(client, async () => {
        const head = await findChainHead(client);
        const migrations = await listApplied(client);
        const tables: Manifest['tables'] = [];
        let rows = 0;
        for (const table of await listCopiedTables(client)) {
          const copied = await writeTable(client, table, writer, (more) => {
            rows += more;
            progress(() => `正在备份数据表 ${table.name}，已写 ${rows} 行……`);
          });
          tables.push(copied);
        }
        const sequences = await listSequences(client);
        const files = await writeFiles(client, dataDir, writer, (count, bytes) =>
          progress(() => `正在备份文件，已写 ${count} 个（${inMegabytes(bytes)}）……`),
        );
        const audit = { position: head?.position ?? 0, hash: head?.hash ?? '', intact };
        return {
          version,
          takenAt,
          migrations,
          tables,
          sequences,
          files,
          secrets,
          audit,
          partsSha256: parts.digest('hex'),
        };
      }),
    );
    await plain.add(manifestName, jsonOf(manifest));
  });
  return { manifest: manifest!, ...written };
}

const jsonOf = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

/** The same writer, which remembers the names of its parts. */
function listing(writer: BackupWriter, parts: ReturnType<typeof createHash>): BackupWriter {
  return {
    add: async (name, bytes) => {
      parts.update(`${name}.${createHash('sha256').update(bytes).digest('hex')}\n`);
      await writer.add(name, bytes);
    },
    addStream: async (name, size, sha256, bytes) => {
      parts.update(`${name}.${sha256}\n`);
      await writer.addStream(name, size, sha256, bytes);
    },
  };
}

async function writeTable(
  client: OwnerClient,
  table: CopiedTable,
  writer: BackupWriter,
  more: (rows: number) => void,
): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256');
  let rows = 0;
  let parts = 0;
  let held: Buffer[] = [];
  let length = 0;
  const put = async () => {
    const bytes = Buffer.concat(held);
    // A part ends with a row, so that each can be laid by itself.
    const end = bytes.lastIndexOf(10) + 1;
    parts += 1;
    await writer.add(tablePartName(table.name, parts), await zip(bytes.subarray(0, end)));
    held = end < bytes.length ? [bytes.subarray(end)] : [];
    length = bytes.length - end;
  };
  for await (const piece of await copyOut(client, table)) {
    hash.update(piece);
    const count = countRows(piece);
    rows += count;
    more(count);
    held.push(piece);
    length += piece.length;
    if (length >= partLength && count > 0) await put();
  }
  if (length > 0) await put();
  return { name: table.name, columns: [...table.columns], parts, rows, sha256: hash.digest('hex') };
}

async function writeFiles(
  client: OwnerClient,
  dataDir: string,
  writer: BackupWriter,
  more: (count: number, bytes: number) => void,
): Promise<Manifest['files']> {
  const files = await Files.open(path.join(dataDir, 'files'));
  const lost: string[] = [];
  let count = 0;
  let bytes = 0;
  for await (const page of listContents(client)) {
    for (const { hash } of page) {
      const place = files.contentPath(hash);
      const found = await stat(place).catch(missing);
      // Read twice: what a part is called stands before its bytes, and a rotten file must not spoil the whole.
      if (found === null || (await hashOfFile(place)) !== hash) {
        lost.push(hash);
        continue;
      }
      await writer.addStream(filePart, found.size, hash, createReadStream(place));
      count += 1;
      bytes += found.size;
      more(count, bytes);
    }
  }
  return { count, bytes, missing: lost };
}

async function hashOfFile(place: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(place, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Null where the schema is older than the statement that verifies it. */
async function chainHolds(ownerUrl: string): Promise<boolean | null> {
  const pool = openPool({ url: ownerUrl, max: 1, applicationName: 'dudao-backup' });
  try {
    return (await withLease(pool, (held) => verifyAudit(held))).ok;
  } catch {
    return null;
  } finally {
    await pool.end();
  }
}
