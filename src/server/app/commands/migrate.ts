import type { Command } from 'commander';
import { loadConfig } from '#platform/config/config.ts';
import { openDatabase } from '../open-database.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao migrate`: brings the tables up to date and stops; `serve` does the same at each start. */
export function register(program: Command): void {
  program
    .command('migrate')
    .description('把数据库表结构升级到本程序的版本')
    .action(async () => {
      const database = await openDatabase(loadConfig(process.env), consoleLog);
      await database.close();
      process.stdout.write('表结构已是最新。\n');
    });
}
