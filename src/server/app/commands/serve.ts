import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { installationLink } from '#core/access/account/set-up.ts';
import { nowhere } from '#domain/access/actor.ts';
import { type RoleKey, roleTitles } from '#domain/access/permissions.ts';
import { type Config, loadConfig } from '#platform/config/config.ts';
import { withWriting } from '#platform/db/handle.ts';
import { assertPortFree } from '#platform/http/port.ts';
import { writeSecretFile } from '#platform/postgres/data-folder.ts';
import type { Content } from '../content.store.ts';
import { openDatabase } from '../open-database.ts';
import { prepareContent } from '../prepare-content.ts';
import { type RunningServer, runServer } from '../run.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao serve`: everything, until Ctrl-C or SIGTERM. */
export function register(program: Command): void {
  program.command('serve').description('启动：数据库、网页与接口、后台任务').action(serve);
}

async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  const stop = stopSignal();
  await assertPortFree(config);
  const database = await openDatabase(config, consoleLog);
  let server: RunningServer | undefined;
  try {
    const content = await prepareContent(database, config, consoleLog);
    const link = await withWriting(database.pool, nowhere, (db) => installationLink(db, new Date()));
    const sample = content === 'sample';
    server = await runServer({ config, appUrl: database.appUrl, sample, first: database.pool });
    database.hold.announce(server.address);
    await announce(server.address, link, content, config);
    await stop;
    process.stdout.write('正在停止……\n');
  } finally {
    await server?.close();
    await database.close();
  }
  process.stdout.write('已停止。\n');
}

async function announce(
  address: string,
  link: Awaited<ReturnType<typeof installationLink>>,
  content: Content,
  config: Config,
): Promise<void> {
  const lines = ['', `督导已启动：${address}`, `接口说明：${address}/api/docs`];
  if (content === 'sample') {
    const { printedSignIns, readSignIns } = await import('#sample/sign-ins.ts');
    const signIns = readSignIns(config.dataDir);
    lines.push('', '示例数据。登录账户（完整清单在数据目录的 sample-sign-ins.json）：');
    for (const one of printedSignIns(signIns)) {
      // A list of sign-ins from an earlier edition does not name the role.
      const title = one.title ?? roleTitles[one.role as RoleKey] ?? one.role;
      lines.push(`  ${title}  ${one.unit}  用户名 ${one.username}  密码 ${one.password}`);
    }
  }
  const setUp = link && `${address}${link.path}`;
  const file = keepSetUpLink(config.dataDir, setUp);
  if (setUp) {
    // Whoever opens the link is the 系统管理员, and what is no terminal is collected and read by others.
    const [where, shown] = process.stdout.isTTY
      ? ['下面的一次性链接', setUp]
      : ['这个文件里的一次性链接（只有运行本程序的系统用户能读）', file];
    lines.push('', `首次使用：请在一小时内打开${where}，建立系统管理员账户。`, `  ${shown}`);
  }
  lines.push('', '按 Ctrl-C 停止。', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/**
 * Keeps the address of the set-up link in the data folder, readable by its owner only; without one, the file of an
 * earlier start goes.
 * @returns the name of the file
 */
function keepSetUpLink(dataDir: string, address: string | null): string {
  const file = path.join(dataDir, 'set-up-link');
  if (address === null) rmSync(file, { force: true });
  else writeSecretFile(file, `${address}\n`);
  return file;
}

/**
 * Resolves at the first signal. Ctrl-C through npm arrives twice, from the terminal and from npm; a fourth signal ends
 * the program at once.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let times = 0;
    const on = () => {
      times += 1;
      if (times === 1) resolve();
      else if (times > 3) process.exit(1);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, on);
    whenNpmEnds(resolve);
  });
}

/**
 * npm passes a SIGTERM to the shell by which it started us, and most shells die of it without passing it on. So the end
 * of that shell is our signal to stop. If we were started in another way, we keep running when the parent process ends.
 */
function whenNpmEnds(act: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = Number(process.env.DUDAO_PARENT ?? process.ppid);
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    act();
  }, 250);
  watch.unref();
}
