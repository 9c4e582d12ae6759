import type { Command } from 'commander';
import { type Day, isDay } from '#domain/kit/school-year.ts';
import { loadConfig } from '#platform/config/config.ts';
import { StartError } from '#platform/config/start-error.ts';
import { assertPlaceNamed } from '#platform/postgres/existing-data.ts';
import { openDatabase } from '../open-database.ts';
import { loadSample } from '../prepare-content.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao seed`: loads the sample city into an empty database; `serve` does the same for a new one. */
export function register(program: Command): void {
  program
    .command('seed')
    .description('向空的数据库装入示例城市（示例数据，学校均为虚构）')
    .addHelpText('after', '\n数据库里已有示例或本单位的数据时不做任何改动；要重新装入，先运行 dudao db reset。')
    .option('--day <日期>', '示例的“今天”（不晚于实际日期），此后随实际日期推移；不给出则为今天', dayOf)
    .action(async ({ day }: { day?: Day }) => {
      const config = loadConfig(process.env);
      assertPlaceNamed(config);
      const database = await openDatabase(config, consoleLog);
      try {
        const summary = await loadSample(database, config, consoleLog, day);
        process.stdout.write(
          `已装入 ${summary.units} 个单位、${summary.schools} 所学校、${summary.filings} 份填报；登录账号见 ${summary.signInsFile}\n`,
        );
      } finally {
        await database.close();
      }
    });
}

function dayOf(text: string): Day {
  if (!isDay(text)) throw new StartError(`“${text}”不是日期，请写成 2026-03-02 的样子。`);
  return text;
}
