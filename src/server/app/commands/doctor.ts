import type { Command } from 'commander';
import { check, type Finding, good } from '#core/access/soundness.ts';
import { loadConfig } from '#platform/config/config.ts';
import { withSession } from '#platform/db/owner-client.ts';
import { dataFolderHolder } from '#platform/postgres/lock.ts';
import { checkDatabase } from '../operations/doctor/database-checks.ts';
import { checkMachine } from '../operations/doctor/machine-checks.ts';
import { reachOwner } from '../reach-database.ts';
import { soundnessChecks } from '../soundness-checks.ts';
import { consoleLog } from '../terminal.ts';

const marks: Readonly<Record<Finding['state'], string>> = { good: '●', warning: '▲', failed: '✕' };

/** `dudao doctor`: looks at everything on which the installation stands, and says what to do about what is wrong. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description('检查运行环境、数据库、审计封存、任务、附件和备份，指出处理办法；有失败项时退出码为 1')
    .option('--json', '以 JSON 输出')
    .action(({ json }: { json?: boolean }) => examine(json === true));
}

async function examine(json: boolean): Promise<void> {
  const config = loadConfig(process.env);
  const now = new Date();
  const findings = await checkMachine(config, now);
  const holder = await dataFolderHolder(config.dataDir).catch(() => null);
  const serving = holder !== null;
  findings.push(
    await check('service', '服务', () => good(serving ? `正在运行，${holder.address ?? '正在启动'}。` : '没有运行。')),
  );
  try {
    const database = await reachOwner(config, consoleLog);
    try {
      const { dataDir } = config;
      findings.push(
        ...(await withSession(database.ownerUrl, (owner) =>
          checkDatabase({ owner, dataDir, serving, ofFeatures: soundnessChecks }, now),
        )),
      );
    } finally {
      await database.close();
    }
  } catch (error) {
    findings.push(await check('database', '数据库', () => Promise.reject(error)));
  }
  process.stdout.write(json ? `${JSON.stringify(findings)}\n` : `${findings.flatMap(linesOf).join('\n')}\n`);
  if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1;
}

function linesOf({ title, state, sentence, remedy }: Finding): string[] {
  const line = `${marks[state]} ${title}：${sentence}`;
  return remedy === undefined ? [line] : [line, `    ${remedy}`];
}
