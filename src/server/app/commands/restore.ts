import type { Command } from 'commander';
import { asksForKey } from '#platform/backup/backup-file.ts';
import { askForKey, givenKey } from '#platform/backup/key.ts';
import { loadConfig } from '#platform/config/config.ts';
import { countOfRows } from '../operations/backup/manifest.shape.ts';
import { restoreBackup } from '../operations/backup/restore-backup.ts';
import { consoleLog } from '../terminal.ts';

/** How the command ends where the rows of the backup stand and a check of them did not pass; after 1 and 2 nothing was restored. */
const unsoundStatus = 3;

/** `dudao restore`: a backup into an empty place, held against what was written down. */
export function register(program: Command): void {
  program
    .command('restore')
    .description('把备份恢复到空的数据目录（和空的数据库），并逐表、逐文件核对')
    .argument('<文件>', 'dudao backup 写的备份文件')
    .option('--key-file <密钥文件>', '备份时所用的密钥文件')
    .addHelpText(
      'after',
      '\n恢复到 DATA_DIR；给出 DATABASE_URL 时数据表恢复到那个空的数据库。中途停止的恢复可以再运行一次，从头开始。\n退出状态：0 核对无误；1 没有恢复，目标仍是空的；2 命令或文件不对，没有开始；3 已恢复，但检查没有全部通过，查明以前不要启用。',
    )
    .action((file: string, options: { keyFile?: string }) => restore(file, options));
}

async function restore(file: string, options: { keyFile?: string }): Promise<void> {
  const config = loadConfig(process.env);
  let key = null;
  if (await asksForKey(file)) {
    key = givenKey({ keyFile: options.keyFile, passphrase: process.env.BACKUP_PASSPHRASE }) ?? (await askForKey(false));
  }
  const { manifest, epochToRaise, unsound } = await restoreBackup({ config, file, key, log: consoleLog });
  const { tables, files, audit } = manifest;
  const rows = countOfRows(manifest);
  const lines = [
    `已恢复 ${manifest.takenAt} 的备份，${unsound.length === 0 ? '核对无误。' : '表和文件与备份一致。'}`,
    `${tables.length} 张数据表 ${rows} 行，${files.count} 个文件；审计封存链 ${audit.position} 节，链头 ${audit.hash || '（尚无）'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const hash of files.missing) consoleLog.warn(`文件 ${hash} 在备份时就不在磁盘上或已损坏，恢复后也打不开。`);
  if (epochToRaise !== null) {
    consoleLog.warn(
      `启动之前还有一步：停止数据库服务器，执行 pg_resetwal --epoch=${epochToRaise} -D 数据库的数据目录，再启动它；否则新的审计记录会落进已封存的范围，程序拒绝启动。详见 docs/guides/verify-the-audit.md。`,
    );
  }
  if (unsound.length > 0) {
    // The last word: whoever reads nothing else must not take what was changed for sound.
    process.exitCode = unsoundStatus;
    consoleLog.warn(
      `但检查没有全部通过：${unsound.join('、')}。或是备份以前数据库就被改动过，或是备份文件被改动过；查明以前请不要启用，先与另一份备份核对。`,
    );
  }
}
