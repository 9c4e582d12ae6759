import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { check, type Finding, type Found, failed, good, type SoundnessCheck, warning } from '#core/access/soundness.ts';
import { momentInChina } from '#domain/kit/school-year.ts';
import { listApplied } from '#platform/db/dump/copy-out.ts';
import { readMigrations } from '#platform/db/migrate/migrate-files.ts';
import type { OwnerSession } from '#platform/db/owner-client.ts';
import { Files } from '#platform/files/files.ts';
import { missing } from '#platform/files/pending-files.ts';
import { assertChineseOrder } from '#platform/postgres/chinese-order.ts';
import { assertDatabaseFinished } from '#platform/postgres/unfinished-restore.ts';
import { migrationsFolder } from '../../root.ts';
import {
  getChainFacts,
  getJobFacts,
  getServerFacts,
  getUploadFacts,
  listSomeContents,
  listUnknownContents,
} from './doctor.store.ts';

const second = 1_000;
/** Later than this a clock is wrong, and not only read late. */
const skew = 5 * second;
/** A running server seals each second; a row that waits longer than this shows that something holds the sealer. */
const sealingPatience = 60 * second;
const jobPatience = 600 * second;
/** How many contents are looked for on the disk, and how many files in the database. */
const sampled = 500;

export interface DatabaseToCheck {
  readonly owner: OwnerSession;
  readonly dataDir: string;
  /** Whether a server works on this data folder now: otherwise nothing seals and nothing runs jobs. */
  readonly serving: boolean;
  readonly ofFeatures: readonly SoundnessCheck[];
}

/** What the database, and the files that it names, say of the installation. */
export async function checkDatabase(
  { owner, dataDir, serving, ofFeatures }: DatabaseToCheck,
  now: Date,
): Promise<Finding[]> {
  const { client } = owner;
  const findings = [
    await check('database', '数据库', async () => {
      await assertDatabaseFinished(client);
      await assertChineseOrder(owner);
      const { version, encoding } = await getServerFacts(client);
      return good(`PostgreSQL ${version}，编码 ${encoding}，能按拼音排序。`);
    }),
    await check('clock', '时钟', async () => clockFinding(Date.now(), (await getServerFacts(client)).now.getTime())),
    await check('migrations', '表结构', async () => migrationFinding(await listApplied(client))),
  ];
  // Older tables cannot be asked for what newer ones hold.
  if (findings.at(-1)?.state === 'failed') return findings;
  return [
    ...findings,
    await check('audit', '审计封存', async () => chainFinding(await getChainFacts(client), serving, now)),
    await check('jobs', '后台任务', async () => jobFinding(await getJobFacts(client), serving, now)),
    await check('files', '附件', async () => {
      const store = await Files.open(path.join(dataDir, 'files'));
      return filesFinding(await listLost(owner, store), await listStray(owner, store));
    }),
    ...(await Promise.all(ofFeatures.map(({ key, title, look }) => check(key, title, () => look(client))))),
    await check('uploads', '上传', async () => {
      const { pending, expired } = await getUploadFacts(client);
      const lying = (await readdir(path.join(dataDir, 'files', 'pending'))).length;
      const sentence = `未完成的上传 ${pending} 个，暂存文件 ${lying} 个。`;
      if (expired === 0) return good(sentence);
      return warning(`${sentence}其中 ${expired} 个早已过期而未清理。`, '请看夜间清理任务是否失败：dudao jobs list。');
    }),
  ];
}

export function clockFinding(here: number, there: number): Found {
  const apart = Math.abs(here - there);
  if (apart < skew) return good('本机与数据库服务器的时间一致。');
  return failed(
    `本机与数据库服务器的时间相差 ${Math.round(apart / second)} 秒。`,
    '请在两台机器上启用时间同步（NTP）；期限和验证码都按时间计算。',
  );
}

export function migrationFinding(applied: ReadonlyArray<{ name: string; sha256: string }>): Found {
  const known = new Map(readMigrations(migrationsFolder).map(({ name, sha256 }) => [name, sha256]));
  const strange = applied.find(({ name, sha256 }) => known.get(name) !== sha256);
  if (strange !== undefined) {
    return failed(`升级文件 ${strange.name} 与本程序的不同。`, '请使用建立这个数据库的版本或更新的版本。');
  }
  const pending = known.size - applied.length;
  if (pending === 0) return good(`已是最新（${applied.at(-1)?.name}）。`);
  return failed(`还有 ${pending} 个升级文件没有执行。`, '请先备份，再运行 dudao migrate 或重新启动服务。');
}

export function chainFinding(
  { seals, oldestUnsealed, newest }: { seals: number; oldestUnsealed: Date | null; newest: Date | null },
  serving: boolean,
  now: Date,
): Found {
  if (newest !== null && newest.getTime() > now.getTime() + skew) {
    return failed(
      `最近一条审计记录的时间是 ${momentInChina(newest).slice(0, 19)}，晚于现在：时钟被拨回过。`,
      '请核对本机和数据库服务器的时间，启用时间同步，并把这次拨动记入值班记录。',
    );
  }
  const waits = oldestUnsealed === null ? 0 : now.getTime() - oldestUnsealed.getTime();
  if (!serving || waits < sealingPatience) return good(`共 ${seals} 节。从头核对用 dudao audit verify。`);
  return failed(
    `有记录已 ${Math.round(waits / second)} 秒没有封存。`,
    '多半有一个写事务一直没有结束：请在 pg_stat_activity 里找到并结束它。',
  );
}

export function jobFinding(
  { failed: count, due, oldestDue }: { failed: number; due: number; oldestDue: Date | null },
  serving: boolean,
  now: Date,
): Found {
  const waits = oldestDue === null ? 0 : now.getTime() - oldestDue.getTime();
  if (serving && waits > jobPatience) {
    return failed(
      `${due} 项任务到时未执行，最早的已等 ${Math.round(waits / 60_000)} 分钟。`,
      '请看服务的日志并重新启动服务。',
    );
  }
  if (count > 0) return warning(`${count} 项任务失败。`, '用 dudao jobs list 看原因，排除后 dudao jobs retry --all。');
  return good(due > 0 && !serving ? `${due} 项任务等服务启动后执行。` : '没有失败或积压的任务。');
}

function filesFinding(lost: readonly string[], stray: readonly string[]): Found {
  if (lost.length > 0) {
    return failed(
      `抽查 ${sampled} 个附件，${lost.length} 个不在磁盘上或大小不符（例如 ${lost[0]}）。`,
      `请从备份中取回 files/contents 下的这些文件，再检查一次。`,
    );
  }
  if (stray.length === 0) return good('抽查的附件都在磁盘上，磁盘上的文件都有登记。');
  return warning(
    `磁盘上有 ${stray.length} 个文件没有登记（例如 ${stray[0]}）。`,
    '夜间清理会移走它们；几天后仍在时请报告。',
  );
}

async function listLost({ client }: OwnerSession, store: Files): Promise<string[]> {
  const lost: string[] = [];
  for (const { hash, size } of await listSomeContents(client, sampled)) {
    const found = await stat(store.contentPath(hash)).catch(missing);
    if (found?.size !== size) lost.push(hash);
  }
  return lost;
}

async function listStray({ client }: OwnerSession, store: Files): Promise<string[]> {
  const hashes: string[] = [];
  for await (const folder of store.storedHashes()) {
    hashes.push(...folder);
    if (hashes.length >= sampled) break;
  }
  return listUnknownContents(client, hashes);
}
