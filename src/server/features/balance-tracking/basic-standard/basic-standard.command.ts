import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { CommandHost } from '#core/access/feature.ts';
import { commandLineSource, recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { basicStandardText } from '#domain/balance-tracking/basic-standard.ts';
import { problem } from '#domain/kit/problem.ts';
import { momentInChina, schoolYearName } from '#domain/kit/school-year.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import type { TrackHandle } from '../published.store.ts';
import { shippedBasicStandard } from '../tracking-rules.shape.ts';
import { takeBasicStandard } from './basic-standard.act.ts';
import { type BasicStandardRow, listBasicStandards } from './basic-standard.store.ts';

/** `dudao basic-standard …`: the editions of 省级办学基本标准 by which tracks judge schools. */
export function register(program: Command, host: CommandHost): void {
  const standard = program.command('basic-standard').description('省级办学基本标准').helpCommand(false);
  standard
    .command('list')
    .description('列出各版及其起用学年')
    .option('--json', '以 JSON 输出各版全文，可改后再用 add 采用')
    .action((options: { json?: boolean }) => list(host, options.json === true));
  standard
    .command('add')
    .description('自某学年起采用一版；以前的学年仍按原来的一版，记入审计')
    .argument('<file>', 'JSON 文件，格式同 list --json 中的 definition')
    .requiredOption('--from <学年>', '起用学年，如 2026')
    .requiredOption('--reason <依据>', '省里的文号或更正的原因')
    .action((file: string, options: { from: string; reason: string }) => add(host, file, options));
}

/** What comes with the product, for the years before the first edition that was taken over. */
const shipped = () => ({ fromYear: null, definition: shippedBasicStandard() });

async function list(host: CommandHost, json: boolean): Promise<void> {
  let rows: BasicStandardRow[] = [];
  await host.withDatabase(async (pool) => {
    rows = await withReading(pool, nowhere, (db: TrackHandle) => listBasicStandards(db));
  });
  if (json) {
    process.stdout.write(`${JSON.stringify([...rows, shipped()])}\n`);
    return;
  }
  const lines = rows.flatMap(({ fromYear, revision, name, edition, source, reason, addedAt, addedBy }) => [
    `自 ${schoolYearName(fromYear)}${revision === 1 ? '' : `（第 ${revision - 1} 次更正）`}  ${name} ${edition} 版`,
    `    ${reason}；${source}；${momentInChina(addedAt).slice(0, 16)} ${addedBy}采用`,
  ]);
  const before = rows.at(-1)?.fromYear;
  lines.push(
    `${before === undefined ? '各学年' : `${schoolYearName(before)}以前`}  ${basicStandardText(shippedBasicStandard())}`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function add(host: CommandHost, file: string, options: { from: string; reason: string }): Promise<void> {
  const reason = options.reason.trim();
  const issues = [
    ...(/^2[01]\d\d$/.test(options.from) ? [] : [{ path: '--from', message: '请写学年的开始年份，如 2026' }]),
    ...(reason.length >= 2 && reason.length <= 500 ? [] : [{ path: '--reason', message: '请写 2 到 500 字' }]),
  ];
  const json = await readFile(file, 'utf8').then(parsed, () => undefined);
  if (json === undefined) issues.push({ path: file, message: '读不出 JSON' });
  if (issues.length > 0) throw problem('request.invalid', { issues });
  const given = { fromYear: Number(options.from), reason, addedBy: '命令行', addedAt: new Date() };
  let said = '';
  await host.withDatabase((pool) =>
    withWriting(pool, nowhere, async (db: TrackHandle) => {
      const { definition, revision, ...row } = await takeBasicStandard(db, json, given);
      said = `自 ${schoolYearName(row.fromYear)}起按${row.name} ${row.edition} 版判定，以前的学年不变。\n`;
      await recordAudit(db, commandLineSource, {
        ...{
          action: 'setting.basicStandardAdded',
          objectType: 'setting',
          objectId: `basic-standard ${row.fromYear} ${revision}`,
        },
        after: { name: row.name, edition: row.edition, fromYear: row.fromYear, reason, definition },
      });
    }),
  );
  process.stdout.write(said);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
