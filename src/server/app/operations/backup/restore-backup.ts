import { readdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { check } from '#core/access/soundness.ts';
import { verifyAudit } from '#core/audit/verify.ts';
import { type BackupPart, readBackup } from '#platform/backup/backup-file.ts';
import type { SealingKey } from '#platform/backup/sealed-stream.ts';
import type { Config } from '#platform/config/config.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import {
  beginCopyIn,
  beginLogSegment,
  clearUnfinished,
  copyIn,
  digestRows,
  isBare,
  isUnfinished,
  keepCopyIn,
  markUnfinished,
  passTransaction,
  setSequences,
  undoCopyIn,
} from '#platform/db/dump/copy-in.ts';
import { withLease } from '#platform/db/handle.ts';
import { migrate } from '#platform/db/migrate.ts';
import { type OwnerClient, type OwnerSession, roleOf, withSession } from '#platform/db/owner-client.ts';
import { openPool } from '#platform/db/pool.ts';
import { Files } from '#platform/files/files.ts';
import { makeFolder, syncFolder } from '#platform/files/folder-sync.ts';
import { assertChineseOrder } from '#platform/postgres/chinese-order.ts';
import { writeSecretFile } from '#platform/postgres/data-folder.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { raiseEpoch } from '#platform/postgres/embedded/raise-epoch.ts';
import { removeCluster } from '#platform/postgres/embedded/remove-cluster.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { clearFolderMark, isFolderUnfinished, markFolder } from '#platform/postgres/unfinished-restore.ts';
import { deleteEverything } from '../../content.store.ts';
import { migrationsFolder } from '../../root.ts';
import { soundnessChecks } from '../../soundness-checks.ts';
import { findChainEnd } from './chain-end.store.ts';
import { bytesOf, checkBackup } from './check-backup.ts';
import { filePart, type Manifest, partTitle, secretFiles } from './manifest.shape.ts';
import { inMegabytes, sayProgress } from './progress.ts';
import { recordBackup } from './record-backup.ts';

export interface RestoreOrder {
  readonly config: Config;
  readonly file: string;
  readonly key: SealingKey | null;
  readonly log: StartLog;
  /** False only in tests: then the making of the database does not wait for the disk. */
  readonly durable?: boolean;
}

export interface RestoredBackup {
  readonly manifest: Manifest;
  /** The epoch from which a given server has to go on before the program may start; null where nothing is left to do. */
  readonly epochToRaise: number | null;
  /** What features found wrong in the rows that were laid: their titles. The rows are those of the backup all the same. */
  readonly unsound: readonly string[];
}

type Laid = Pick<RestoredBackup, 'epochToRaise' | 'unsound'>;

/** What may lie in a data folder into which a backup is restored: nothing of anybody's work. */
const harmless = (name: string) =>
  name.startsWith('.') ||
  name === 'lost+found' ||
  name === 'dudao-data' ||
  name === 'app-role.json' ||
  /^lock\b/.test(name);

/**
 * Restores a backup into an empty place, and proves it: the file is read once and held against its digests before
 * anything is written; then every table and every file is read again from where it was laid. If a step fails, the place
 * is empty again. A restore that is killed leaves a mark, by which the program refuses to start; the next one begins anew.
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoredBackup> {
  const { config, file, key, log } = order;
  const progress = sayProgress(log.info);
  let seen = 0;
  const manifest = await checkBackup(file, key, (bytes) => {
    seen += bytes;
    progress(() => `正在核对备份文件，已读 ${inMegabytes(seen)}……`);
  });
  assertFolderFree(config.dataDir);
  const before = new Set(namesIn(config.dataDir));
  const hold = await holdDataFolder(config.dataDir);
  try {
    if (isFolderUnfinished(config.dataDir)) await emptyFolder(config.dataDir, log);
    markFolder(config.dataDir);
    const laid = await restoreHeld(order, manifest).catch(async (error: unknown) => {
      await emptyFolder(config.dataDir, log);
      if (config.databaseUrl === null) removeLeftovers(config.dataDir, before);
      clearFolderMark(config.dataDir);
      throw error;
    });
    clearFolderMark(config.dataDir);
    return { manifest, ...laid };
  } finally {
    hold.release();
  }
}

async function restoreHeld(order: RestoreOrder, manifest: Manifest): Promise<Laid> {
  const { config, log, durable = true } = order;
  if (config.databaseUrl !== null) {
    return withSession(config.databaseUrl, async (owner) => {
      await claimDatabase(owner.client);
      try {
        await layDatabase(owner, order, manifest);
        const unsound = await finishDatabase(owner, config, manifest, log);
        const { named, next } = await findChainEnd(owner.client);
        const isNear = named - next <= spendable;
        const progress = sayProgress(log.info);
        if (isNear) {
          await passTransaction(owner.client, named, (left) => progress(() => `正在抬高事务编号，还差 ${left}……`));
        }
        if (isNear) await recordRestore(owner, config, manifest);
        await clearUnfinished(owner.client);
        return { epochToRaise: isNear ? null : epochAfter(named), unsound };
      } catch (error) {
        await undoCopyIn(owner.client);
        await deleteEverything(owner.client).catch(() => {});
        throw error;
      }
    });
  }
  const first = await startEmbedded({ dataDir: config.dataDir, log, durable });
  let named = 0n;
  try {
    await withSession(first.ownerUrl, async (owner) => {
      await layDatabase(owner, order, manifest);
      named = (await findChainEnd(owner.client)).named;
      // The last record of the server then lies at the beginning of a segment of its log.
      await beginLogSegment(owner.client);
    });
  } finally {
    await first.stop();
  }
  // Before anything else is written: transactions of the new cluster come after all that the audit names.
  raiseEpoch(config.dataDir, epochAfter(named));
  const second = await startEmbedded({ dataDir: config.dataDir, log, durable });
  try {
    return await withSession(second.ownerUrl, async (owner) => {
      const unsound = await finishDatabase(owner, config, manifest, log);
      await recordRestore(owner, config, manifest);
      return { epochToRaise: null, unsound };
    });
  } finally {
    await second.stop();
  }
}

/** Only where new transactions come after those of the chain: a row below them could never be sealed. */
async function recordRestore(owner: OwnerSession, config: Config, manifest: Manifest): Promise<void> {
  const appUrl = await ensureAppRole(owner, { dataDir: config.dataDir, appUrl: config.databaseAppUrl });
  await recordBackup(appUrl, 'setting.restored', manifest);
}

/**
 * How many transaction ids are spent one by one on a server whose epoch only its administrator can raise: a minute's worth,
 * and far from what a server has (two thousand million).
 */
const spendable = 5_000_000n;

const epochAfter = (transaction: bigint) => Number(transaction >> 32n) + 1;

/** @throws StartError where the folder holds anything but what an earlier restore left */
function assertFolderFree(dataDir: string): void {
  if (isFolderUnfinished(dataDir)) return;
  const [found] = namesIn(dataDir).filter((name) => !harmless(name));
  if (found === undefined) return;
  throw new StartError(
    `数据目录 ${dataDir} 不是空的（例如 ${found}）；恢复只写入空的位置，请用 DATA_DIR 另设一个新的文件夹。`,
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Removes what a restore has written; the mark goes last, and by its own call. */
async function emptyFolder(dataDir: string, log: StartLog): Promise<void> {
  await removeCluster(dataDir, log);
  for (const name of namesIn(dataDir)) {
    if (harmless(name) || name === 'restore-unfinished') continue;
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

/**
 * What the start of the embedded server wrote beside the cluster, which is gone. On a given server the role lives on, and the file
 * with its password is kept for the next try.
 */
function removeLeftovers(dataDir: string, before: ReadonlySet<string>): void {
  for (const name of ['app-role.json', 'dudao-data']) {
    if (!before.has(name)) rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

async function claimDatabase(client: OwnerClient): Promise<void> {
  if (await isUnfinished(client)) await deleteEverything(client);
  else if (!(await isBare(client))) {
    throw new StartError('DATABASE_URL 指向的数据库不是空的；恢复只写入空的数据库，请新建一个。');
  }
  await markUnfinished(client);
}

/** Makes the schema of the backup, and lays rows, files and secrets in the order in which they come. */
async function layDatabase(owner: OwnerSession, order: RestoreOrder, manifest: Manifest): Promise<void> {
  const { config, file, key, log } = order;
  await assertChineseOrder(owner);
  const appUrl = await ensureAppRole(owner, { dataDir: config.dataDir, appUrl: config.databaseAppUrl });
  const upTo = manifest.migrations.at(-1)?.name ?? '';
  await migrate(owner, { directory: migrationsFolder, appRole: roleOf(appUrl), upTo });
  const files = await Files.open(path.join(config.dataDir, 'files'));
  const progress = sayProgress(log.info);
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  const endCopyIn = await beginCopyIn(owner.client);
  let laid = 0;
  await readBackup(
    file,
    key,
    async (part) => {
      const [room, name = ''] = part.name.split('/');
      if (room === 'tables') {
        await copyIn(owner.client, tables.get(name)!, unzipped(part)).catch((error: unknown) => {
          throw unusable(error, partTitle(part.name, part.sha256));
        });
      } else if (part.name === filePart) await layFile(files, part);
      else if (room === 'secrets' && secretFiles.includes(name)) {
        writeSecretFile(path.join(config.dataDir, name), (await bytesOf(part)).toString('utf8'));
      } else return;
      laid += 1;
      progress(() => `正在恢复：${partTitle(part.name, part.sha256).trim()}，已写 ${laid} 部分……`);
    },
    partTitle,
  );
  await endCopyIn();
  await setSequences(owner.client, manifest.sequences).catch((error: unknown) => {
    throw unusable(error, '清单里的编号序列');
  });
  for (const table of manifest.tables) {
    progress(() => `正在核对数据表 ${table.name}……`);
    const found = await digestRows(owner.client, table);
    if (found.rows !== table.rows || found.sha256 !== table.sha256) {
      throw new StartError(
        `恢复未通过核对：数据表 ${table.name} 备份时有 ${table.rows} 行，恢复后 ${found.rows} 行，或内容不同。`,
      );
    }
  }
  await keepCopyIn(owner.client);
}

/**
 * A part that agrees with its digest and cannot be read all the same: no gzip, a row that is none, a column or a sequence that the
 * schema does not have. Anything else, such as a full disk, is no fault of the backup.
 */
function unusable(error: unknown, part: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (!/^(Z_|22|23|42)/.test(code)) return error;
  const sentence = `备份文件的${part.trim()}不能用于恢复：${message}。请换用另一份备份。`;
  return new StartError(sentence, { cause: error });
}

function unzipped(part: BackupPart): Readable {
  const zipped = Readable.from(part.bytes);
  const plain = createGunzip();
  zipped.once('error', (error) => plain.destroy(error));
  return zipped.pipe(plain);
}

/** Writes a content under another name and gives it its own when it is on the disk. */
async function layFile(files: Files, part: BackupPart): Promise<void> {
  const place = files.contentPath(part.sha256);
  await makeFolder(path.dirname(place));
  const unfinished = `${place}.restoring`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    for await (const piece of part.bytes) await handle.writeFile(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, place);
  await syncFolder(path.dirname(place));
}

/**
 * Brings the schema to that of the program, and holds chain and files against what was written down.
 * @returns the titles of what features find wrong
 */
async function finishDatabase(
  owner: OwnerSession,
  config: Config,
  manifest: Manifest,
  log: StartLog,
): Promise<string[]> {
  const appUrl = await ensureAppRole(owner, { dataDir: config.dataDir, appUrl: config.databaseAppUrl });
  await migrate(owner, { directory: migrationsFolder, appRole: roleOf(appUrl) });
  const pool = openPool({ url: appUrl, max: 1, applicationName: 'dudao-restore' });
  try {
    const verified = await withLease(pool, (held) => verifyAudit(held, manifest.audit.hash || undefined));
    const { position, intact } = manifest.audit;
    if (intact === false) log.warn('备份时审计封存链就已不完整；请用 dudao audit verify 查明。');
    else if (!verified.ok || verified.seals !== position || (position > 0 && verified.head !== manifest.audit.hash)) {
      throw new StartError(
        `恢复未通过核对：审计封存链备份时有 ${position} 节，恢复后核对到 ${verified.seals} 节，链头不符。`,
      );
    }
  } finally {
    await pool.end();
  }
  const files = await Files.open(path.join(config.dataDir, 'files'));
  let count = 0;
  for await (const hashes of files.storedHashes()) count += hashes.length;
  if (count !== manifest.files.count) {
    throw new StartError(`恢复未通过核对：备份里有 ${manifest.files.count} 个文件，恢复后 ${count} 个。`);
  }
  // Every row is as it stands in the backup. What the features find wrong was wrong when it was taken, or somebody changed the
  // backup and its digests: nobody can tell from here, so the rows stay, and the end says that not everything is sound.
  const unsound: string[] = [];
  for (const { key, title, look } of soundnessChecks) {
    const { state, sentence, remedy = '' } = await check(key, title, () => look(owner.client));
    if (state === 'good') log.info(`${title}：${sentence}`);
    else log.warn(`检查未通过，${title}：${sentence}${remedy}`);
    if (state === 'failed') unsound.push(title);
  }
  return unsound;
}
