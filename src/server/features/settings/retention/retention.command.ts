import type { Command } from 'commander';
import type { CommandHost } from '#core/access/feature.ts';
import { commandLineSource, recordAudit } from '#core/audit/audit.store.ts';
import { retentionEntry } from '#core/audit/retention.shape.ts';
import {
  getKind,
  insertHold,
  listKinds,
  mustHaveTerm,
  type RetentionHold,
  type RetentionKind,
  writeLift,
} from '#core/audit/retention.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { momentInChina } from '#domain/kit/school-year.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

const byCommand = '命令行';

/** `dudao retention …`: what is kept for how long, and holds that stop the removal. */
export function register(program: Command, host: CommandHost): void {
  const retention = program.command('retention').description('保管期限').helpCommand(false);
  retention
    .command('list')
    .description('列出各类记录的保管期限、依据和暂停清理的决定')
    .option('--json', '以 JSON 输出')
    .action((options: { json?: boolean }) => list(host, options.json === true));
  retention
    .command('hold')
    .description('暂停清理一类记录，直到解除；记入审计')
    .argument('<类>', '类的代码，见 dudao retention list')
    .requiredOption('--reason <理由>', '为什么暂停，例如案件或检查的名称')
    .action((kind: string, { reason }: { reason: string }) => hold(host, kind, reason));
  retention
    .command('lift')
    .description('解除一类记录的暂停；记入审计')
    .argument('<类>', '类的代码')
    .action((kind: string) => lift(host, kind));
}

async function list(host: CommandHost, json: boolean): Promise<void> {
  await host.withDatabase(async (pool) => {
    const kinds = await withReading(pool, nowhere, listKinds);
    if (json) process.stdout.write(`${JSON.stringify(kinds)}\n`);
    else process.stdout.write(`${kinds.flatMap(linesOf).join('\n')}\n`);
  });
}

const goes = { term: '期满由夜间任务清理', end: '失效即清理', never: '不自动清理' } as const;

function linesOf({ key, title, covers, years, removal, basis, holds }: RetentionKind): string[] {
  const term = years === null ? '长期' : `${years} 年`;
  return [
    `${key}  ${title}：${removal === 'end' ? '' : `${term}，`}${goes[removal]}`,
    `    范围：${covers}`,
    `    依据：${basis}`,
    ...holds.map(({ placedAt, reason }) => `    ▲ 自 ${momentInChina(placedAt).slice(0, 16)} 暂停清理：${reason}`),
  ];
}

async function hold(host: CommandHost, key: string, given: string): Promise<void> {
  const reason = given.trim();
  if (reason === '' || reason.length > 500) {
    throw problem('request.invalid', { issues: [{ path: '--reason', message: '请写明理由，不超过 500 字' }] });
  }
  let title = '';
  await host.withDatabase((pool) =>
    withWriting(pool, nowhere, async (db) => {
      const kind = await getKind(db, key);
      mustHaveTerm(kind);
      await insertHold(db, kind.key, { id: newId(), reason, placedBy: byCommand });
      title = kind.title;
      await recordAudit(db, commandLineSource, retentionEntry(kind, 'setting.retentionHeld', { after: { reason } }));
    }),
  );
  process.stdout.write(`已暂停清理“${title}”，解除用 dudao retention lift ${key}。\n`);
}

async function lift(host: CommandHost, key: string): Promise<void> {
  let title = '';
  let lifted: RetentionHold[] = [];
  await host.withDatabase((pool) =>
    withWriting(pool, nowhere, async (db) => {
      const kind = await getKind(db, key);
      title = kind.title;
      lifted = await writeLift(db, kind.key, byCommand, new Date());
      for (const { reason } of lifted) {
        await recordAudit(
          db,
          commandLineSource,
          retentionEntry(kind, 'setting.retentionLifted', { before: { reason } }),
        );
      }
    }),
  );
  process.stdout.write(lifted.length === 0 ? `“${title}”没有暂停。\n` : `已解除“${title}”的暂停。\n`);
}
