import type { Command } from 'commander';
import type { CommandHost } from '#core/access/feature.ts';
import { type Verified, verifyAudit } from '#core/audit/verify.ts';
import { withLease } from '#platform/db/handle.ts';

/** `dudao audit …`: commands for an inspector of the system; they also work while the server is running. */
export function register(program: Command, host: CommandHost): void {
  const audit = program.command('audit').description('审计记录').helpCommand(false);
  audit
    .command('verify')
    .description('从头核对审计封存链：每一节的摘要和每一条记录；不符时退出码为 1')
    .option('--head <摘要>', '再核对日志中某天记下的链头，链尾被截断时由此发现')
    .option('--json', '以 JSON 输出')
    .action((options: { head?: string; json?: boolean }) => verify(host, options));
}

async function verify(host: CommandHost, options: { head?: string; json?: boolean }): Promise<void> {
  await host.withDatabase(async (pool) => {
    const { checked: _, ...result } = await withLease(pool, (held) => verifyAudit(held, options.head));
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else process.stdout.write(`${sentences(result).join('\n')}\n`);
    if (!result.ok) process.exitCode = 1;
  });
}

function sentences(result: Omit<Verified, 'checked'>): string[] {
  const lines = [
    `已核对 ${result.seals} 节、${result.rows} 条记录，尚未封存 ${result.unsealed} 条。`,
    `链头 ${result.head}`,
  ];
  if (result.broken !== null) {
    const { position, firstId, lastId, reason } = result.broken;
    lines.unshift(`✕ 第 ${position} 节（记录 ${firstId} 至 ${lastId}）不符：${reason}。`);
  } else if (result.knownHead === false) {
    lines.unshift('✕ 链中没有给出的链头：链尾可能被截断，或链头抄写有误。');
  } else {
    lines.unshift('● 封存链完整。');
  }
  return lines;
}
