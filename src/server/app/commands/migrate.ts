import type { Command } from 'commander';
import { loadConfig } from '#platform/config/config.ts';
import { assertPlaceNamed } from '#platform/postgres/existing-data.ts';
import { openDatabase } from '../open-database.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao migrate`: brings the tables up to date and stops; `serve` does the same at each start. */
export function register(program: Command): void {
  program
    .command('migrate')
    .description('把数据库表结构升级到本程序的版本')
    .action(async () => {
      const config = loadConfig(process.env);
      assertPlaceNamed(config);
      const database = await openDatabase(config, consoleLog);
      await database.close();
      process.stdout.write('表结构已是最新。\n');
    });
}
