import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '#platform/config/config.ts';
import { openDatabase } from '../open-database.ts';
import { runServer } from '../run.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao serve`: everything, until Ctrl-C or SIGTERM. */
export function register(program: Command): void {
  program
    .command('serve')
    .description('启动：数据库、网页与接口、后台任务')
    .action(async () => {
      await serve();
    });
}

async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  const stopping = stopSignal();
  const database = await openDatabase(config, consoleLog);
  let stop = () => database.close();
  try {
    const origin = await prepareContent(database.ownerUrl, config);
    const server = await runServer({ config, appUrl: database.appUrl, sample: origin === 'sample' });
    stop = async () => {
      await server.close();
      await database.close();
    };
    database.hold.announce(server.address);
    announce(server.address, origin, config.dataDir);
    await stopping.asked;
    process.stdout.write('正在停止……\n');
  } finally {
    await stop();
  }
  process.stdout.write('已停止。\n');
}

/** The first signal asks for an orderly stop; a second one means it. */
function stopSignal(): { asked: Promise<void> } {
  const asked = new Promise<void>((resolve) => {
    let times = 0;
    const on = () => {
      times += 1;
      if (times === 1) resolve();
      // Ctrl-C through npm arrives twice at once, from the terminal and from npm; only insistence is an order.
      else if (times > 3) process.exit(1);
    };
    process.on('SIGINT', on);
    process.on('SIGTERM', on);
    process.on('SIGHUP', on);
  });
  return { asked };
}
