import type { Command } from 'commander';
import { cvText, limitText, ratioText } from '#domain/balance/report/figure-text.ts';
import { balanceReport } from '#domain/balance/report/report.ts';
import type { BalanceResult, LevelResult } from '#domain/balance/run/result.ts';
import { runBalance } from '#domain/balance/run/run.ts';
import { balanceFields } from '#domain/balance/school/school.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { exact, round } from '#domain/kit/decimal.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { textTable } from '#domain/text/text-table.ts';
import { readShippedStandard, standardKeys } from '../standard/shipped-standards.shape.ts';
import { codeNotices, columnsFor, schoolsOf } from './balance-table.workbook.ts';
import { readInputTable } from './input-table.workbook.ts';

interface Options {
  standard: string;
  county?: string;
  json?: boolean;
}

/** `dudao balance FILE --standard KEY`: judges a county directly from a table, without a database. */
export function register(program: Command): void {
  program
    .command('balance')
    .description('按国家标准测算一个县的义务教育校际均衡')
    .argument('<file>', '表格文件（.xlsx、.xls 或 .csv），一校一行，列标题见使用说明')
    .requiredOption('--standard <key>', `标准：${standardKeys().join('、')}`)
    .option('--county <name>', '县级单位（表中有多个时必须指定）')
    .option('--json', '输出 JSON（数值不舍入）')
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const standard = readShippedStandard(options.standard);
  const prepared = prepareStandard(standard, balanceFields);
  const table = await readInputTable(file, columnsFor(prepared));
  const { schools, notices } = schoolsOf(table, prepared, options.county);
  const result = runBalance(prepared, schools);
  for (const notice of [...table.notices, ...notices, ...codeNotices(schools)]) process.stderr.write(`${notice}\n`);
  const output = options.json ? JSON.stringify(balanceReport(result)) : describe(standard, result);
  process.stdout.write(`${output}\n`);
}

function describe(standard: BalanceStandard, result: BalanceResult): string {
  const { document } = standard;
  return [
    `${standard.name}　${document.number}《${document.title}》`,
    ...compulsoryLevels.flatMap((level) => describeLevel(standard, schoolLevelNames[level], result.levels[level])),
    '',
    '测算口径：',
    ...result.assumptions.map((assumption, index) => `${index + 1}. ${assumption}`),
    '',
    `结论：${standard.verdictNames[result.verdict]}`,
  ].join('\n');
}

function describeLevel(standard: BalanceStandard, name: string, level: LevelResult): string[] {
  const rows = level.indicators.map((indicator, index) => [
    `${index + 1} ${indicator.name}`,
    indicator.mean === null ? '—' : round(exact(indicator.mean), standard.indicators[index]!.decimals),
    indicator.cv === null ? '—' : cvText(indicator.cv, indicator.limit),
    indicator.limit === null ? '—' : limitText(indicator.limit),
    indicator.pass === null ? (indicator.reason ?? '') : indicator.pass ? '达标' : '超限',
  ]);
  const lines = ['', `【${name}】计入 ${level.schools} 所，不计入 ${level.excluded.length} 所`];
  lines.push(textTable(['指标', '均值', '差异系数', '限值', ''], rows));
  if (level.compositeLimit !== null) {
    const composite = level.compositeCv === null ? '—' : cvText(level.compositeCv, level.compositeLimit);
    lines.push(`综合差异系数 ${composite}，限值 ${limitText(level.compositeLimit)}`);
  }
  if (level.compliance !== null) {
    const failing = level.compliance.filter(({ pass }) => pass === false);
    const open = level.compliance.filter(({ pass }) => pass === null);
    lines.push(
      `学校达标 ${level.schools - failing.length - open.length} 所，未达标 ${failing.length} 所，数据不全 ${open.length} 所`,
    );
    for (const school of failing) {
      const ratio = school.minimumRatio === null ? '' : `，最低一项为标准的 ${ratioText(school.minimumRatio)}`;
      lines.push(`  未达标：${school.code} ${school.name}（达到 ${school.met} 项${ratio}）`);
    }
  }
  for (const { code, name: school, reason } of level.excluded) lines.push(`  不计入：${code} ${school}（${reason}）`);
  for (const { code, field } of level.missing) lines.push(`  缺数据：${code} ${field}`);
  lines.push(`${name}结论：${standard.verdictNames[level.verdict]}${level.reason ? `（${level.reason}）` : ''}`);
  return lines;
}
