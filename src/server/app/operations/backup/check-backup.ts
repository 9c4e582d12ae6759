import { createHash } from 'node:crypto';
import { type BackupPart, readBackup } from '#platform/backup/backup-file.ts';
import type { SealingKey } from '#platform/backup/sealed-stream.ts';
import { StartError } from '#platform/config/start-error.ts';
import { readMigrations } from '#platform/db/migrate/migrate-files.ts';
import { migrationsFolder } from '../../root.ts';
import {
  filePart,
  introName,
  introShape,
  type Manifest,
  manifestName,
  manifestShape,
  partTitle,
  secretFiles,
  secretName,
} from './manifest.shape.ts';

/**
 * Reads a whole backup and holds it against its own digests, before anything is written anywhere.
 * @throws StartError that names what is damaged, or why this program cannot use the backup
 */
export async function checkBackup(
  file: string,
  key: SealingKey | null,
  read: (bytes: number) => void,
): Promise<Manifest> {
  const parts = createHash('sha256');
  let first = true;
  let written: string | undefined;
  let found = '';
  const names: string[] = [];
  await readBackup(
    file,
    key,
    async (part) => {
      if (first && part.name !== introName) throw new StartError(`文件 ${file} 不是督导的备份。`);
      first = false;
      if (part.name === introName) parseIntro(await textOf(part), file);
      else if (part.name === manifestName) {
        written = await textOf(part);
        found = parts.digest('hex');
        return;
      } else {
        names.push(part.name);
        for await (const piece of part.bytes) read(piece.length);
      }
      parts.update(`${part.name}.${part.sha256}\n`);
    },
    partTitle,
  );
  if (written === undefined) throw new StartError('备份文件不完整：没有清单，文件可能被截断。请换用另一份备份。');
  const manifest = parseManifest(written);
  if (found !== manifest.partsSha256) {
    throw new StartError('备份文件已损坏：各部分与清单不符（缺少、多出或次序被改动）。请换用另一份备份。');
  }
  assertKnownSchema(manifest);
  assertKnownParts(manifest, names);
  return manifest;
}

/** The value of a text of JSON; undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseManifest(text: string): Manifest {
  const parsed = manifestShape.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new StartError('备份文件的清单不是本程序所写的格式，不能使用。请换用另一份备份。', { cause: parsed.error });
}

/** Each part is one that a backup has: rows of a table of the manifest, a file, or a secret. */
function assertKnownParts({ tables }: Manifest, names: readonly string[]): void {
  // Judged by its number: what a manifest claims to have fills no memory.
  const counts = new Map(tables.map(({ name, parts }) => [name, parts]));
  const isRows = (name: string): boolean => {
    const [, table = '', number] = /^tables\/([a-z_]+)\/(\d{6})$/.exec(name) ?? [];
    return Number(number) >= 1 && Number(number) <= (counts.get(table) ?? 0);
  };
  const secrets = secretFiles.map(secretName);
  const strange = names.find((name) => name !== filePart && !isRows(name) && !secrets.includes(name));
  if (strange === undefined) return;
  throw new StartError(`备份文件里有清单没有的部分：${partTitle(strange, '').trim()}，不能使用。请换用另一份备份。`);
}

function parseIntro(text: string, file: string): void {
  const parsed = introShape.safeParse(jsonOf(text));
  if (!parsed.success) throw new StartError(`备份 ${file} 的格式不为本程序所知；请使用较新版本的程序恢复。`);
}

export async function textOf(part: BackupPart): Promise<string> {
  return (await bytesOf(part)).toString('utf8');
}

export async function bytesOf(part: BackupPart): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of part.bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The migrations of the backup are an unchanged beginning of those of this program. */
function assertKnownSchema({ migrations, version }: Manifest): void {
  const known = readMigrations(migrationsFolder);
  const strange = migrations.find(({ name, sha256 }, at) => known[at]?.name !== name || known[at].sha256 !== sha256);
  if (strange === undefined) return;
  throw new StartError(
    `备份出自版本 ${version} 的程序，其中执行过的升级文件 ${strange.name} 与本程序的不同；请用备份时的版本或更新的版本恢复。`,
  );
}
