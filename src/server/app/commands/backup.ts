import type { Command } from 'commander';
import { askForKey, givenKey } from '#platform/backup/key.ts';
import { loadConfig } from '#platform/config/config.ts';
import { countOfRows } from '../operations/backup/manifest.shape.ts';
import { inMegabytes } from '../operations/backup/progress.ts';
import { recordBackup } from '../operations/backup/record-backup.ts';
import { takeBackup } from '../operations/backup/take-backup.ts';
import { reachOwner } from '../reach-database.ts';
import { consoleLog } from '../terminal.ts';

interface BackupOptions {
  readonly keyFile?: string;
  readonly encrypt?: boolean;
}

/** `dudao backup`: one file with database, files and secrets, also while the server is running. */
export function register(program: Command): void {
  program
    .command('backup')
    .description('把数据库、附件和登录密钥备份到一个文件；服务运行时也可以使用')
    .argument('<文件>', '备份文件，不能已经存在')
    .option('--key-file <密钥文件>', '用这个文件的内容加密')
    .option('--encrypt', '加密，口令在终端输入（或取自环境变量 BACKUP_PASSPHRASE）')
    .addHelpText(
      'after',
      '\n备份里有：全部数据表、已完成上传的附件、会话与动态验证码的密钥（auth-secret）、示例的登录清单。\n' +
        '备份里没有：未完成的上传、预览图（会重新生成）、数据库口令（恢复时另设）、日志和环境变量。\n' +
        '未加密的备份任何拿到它的人都能读；请加密，并把口令或密钥文件与备份分开保管。',
    )
    .action((file: string, options: BackupOptions) => backup(file, options));
}

async function backup(file: string, options: BackupOptions): Promise<void> {
  const config = loadConfig(process.env);
  const given = givenKey({ keyFile: options.keyFile, passphrase: process.env.BACKUP_PASSPHRASE });
  const key = given ?? (options.encrypt ? await askForKey(true) : null);
  const database = await reachOwner(config, consoleLog);
  try {
    const { ownerUrl } = database;
    const { manifest, sha256, bytes } = await takeBackup({
      ...{ ownerUrl, dataDir: config.dataDir, file, key },
      log: consoleLog,
    });
    // An older schema may not take the row; the backup is no worse for it.
    await recordBackup(ownerUrl, 'setting.backedUp', manifest, { encrypted: key !== null }).catch(() =>
      consoleLog.warn('这次备份没有记入审计：数据库的表结构比本程序旧。'),
    );
    const { tables, files, audit } = manifest;
    const rows = countOfRows(manifest);
    const lines = [
      `已备份到 ${file}（${inMegabytes(bytes)}，${key === null ? '未加密' : '已加密'}）。`,
      `${tables.length} 张数据表 ${rows} 行，${files.count} 个文件（${inMegabytes(files.bytes)}）。`,
      `审计封存链 ${audit.position} 节，链头 ${audit.hash || '（尚无）'}`,
      `文件摘要 SHA-256 ${sha256}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    if (key === null) consoleLog.warn('备份未加密，其中有个人信息和登录密钥；请妥善保管，或用 --encrypt 重做。');
    for (const hash of files.missing) consoleLog.warn(`文件 ${hash} 不在磁盘上或已损坏，不在备份里。`);
  } finally {
    await database.close();
  }
}
