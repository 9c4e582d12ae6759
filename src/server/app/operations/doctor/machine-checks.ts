import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { check, type Finding, failed, good, warning } from '#core/access/soundness.ts';
import { diskReserve } from '#domain/file/upload-bounds.ts';
import { momentInChina } from '#domain/kit/school-year.ts';
import type { Config } from '#platform/config/config.ts';
import { clamdAt } from '#platform/files/clamd.ts';
import { assertFolderFinished } from '#platform/postgres/unfinished-restore.ts';
import { productRoot } from '../../root.ts';
import { inMegabytes } from '../backup/progress.ts';

/** The oldest Node.js on which the product runs; package.json says the same, and a test holds the two together. */
export const oldestNode = [20, 19] as const;
const hour = 3_600_000;
/** A backup is taken each night; one that is older than this was missed. */
const backupAge = 36 * hour;

/** What can be looked at without the database. */
export async function checkMachine(
  config: Pick<Config, 'dataDir' | 'clamd' | 'fontsDir' | 'backupDir'>,
  now: Date,
): Promise<Finding[]> {
  return [
    await check('node', 'Node.js', () => nodeFinding(process.versions.node)),
    await check('folder', '数据目录', () => folderFinding(config.dataDir)),
    await check('disk', '磁盘空间', () => diskFinding(config.dataDir)),
    await check('scanner', '病毒扫描', () => scannerFinding(config.clamd)),
    await check('fonts', '公文字体', () => fontsFinding(config.fontsDir)),
    await check('backups', '备份', () => backupFinding(config.backupDir, now)),
  ];
}

export function nodeFinding(version: string) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (fits) return good(`版本 ${version}。`);
  return failed(`版本 ${version} 过旧。`, `请安装 Node.js ${oldestNode.join('.')} 或更新的版本。`);
}

function folderFinding(dataDir: string) {
  if (!existsSync(dataDir)) return failed(`${dataDir} 不存在。`, '请在服务所在的目录运行，或用 DATA_DIR 指明。');
  assertFolderFinished(dataDir);
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  const mode = statSync(dataDir).mode & 0o777;
  if ((mode & 0o077) === 0) return good(`${dataDir} 可写，只有所有者能进入。`);
  return warning(
    `${dataDir} 的权限是 ${mode.toString(8)}，别的系统用户能进入。`,
    `请执行 chmod 700 ${dataDir}；服务启动时也会改正。`,
  );
}

async function diskFinding(dataDir: string) {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const share = Math.round((bavail / blocks) * 100);
  const sentence = `可用 ${inMegabytes(free)}（${share}%）。`;
  if (free < diskReserve) return failed(sentence, '附件已不能上传，数据库也可能随时停止；请立即腾出空间或扩容。');
  if (free < 4 * diskReserve || share < 5) return warning(sentence, '请尽快腾出空间或扩容。');
  return good(sentence);
}

async function scannerFinding(clamd: Config['clamd']) {
  if (clamd === null) return good('没有设置（CLAMD），上传的文件不经扫描，标注为“未扫描”。');
  const at = `${clamd.host}:${clamd.port}`;
  try {
    await clamdAt(clamd).scan(path.join(productRoot, 'package.json'));
    return good(`${at} 正常应答。`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`${at} 没有应答（${reason}）。`, '请启动 clamd，或改正 CLAMD 的地址；在此之前新上传的文件打不开。');
  }
}

function fontsFinding(fontsDir: string | null) {
  if (fontsDir === null) return good('没有设置（FONTS_DIR），公文用产品自带的字体排版。');
  const fonts = readdirSync(fontsDir).filter((name) => /\.(ttf|otf|ttc)$/i.test(name));
  if (fonts.length > 0) return good(`${fontsDir} 里有 ${fonts.length} 个字体文件。`);
  return warning(`${fontsDir} 里没有字体文件。`, '请放入单位有授权的字体（.ttf、.otf、.ttc），或不设 FONTS_DIR。');
}

function backupFinding(backupDir: string | null, now: Date) {
  if (backupDir === null) {
    return warning(
      '没有设置备份所在的文件夹（BACKUP_DIR），无从检查。',
      '请每夜运行 dudao backup，并用 BACKUP_DIR 指明文件夹。',
    );
  }
  const newest = readdirSync(backupDir)
    .filter((name) => !name.endsWith('.partial'))
    .map((name) => statSync(path.join(backupDir, name)))
    .filter((found) => found.isFile())
    .reduce((latest, { mtimeMs }) => Math.max(latest, mtimeMs), 0);
  if (newest === 0) return failed(`${backupDir} 里没有备份。`, '请运行 dudao backup，并设为每夜运行。');
  const sentence = `最近一次 ${momentInChina(new Date(newest)).slice(0, 16)}。`;
  if (now.getTime() - newest <= backupAge) return good(sentence);
  return failed(`${sentence}已超过 ${backupAge / hour} 小时。`, '请查明夜间备份为什么没有运行，并立即补做一次。');
}
