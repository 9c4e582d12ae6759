import type { Command } from 'commander';
import { coefficientOfVariation } from '#domain/balance/run/coefficient-of-variation.ts';
import { problem } from '#domain/kit/problem.ts';
import { missing, missingSentence } from '#domain/kit/value.ts';
import { headingUnits } from './balance-table.workbook.ts';
import { type CellIssue, quantityOf, readInputTable } from './input-table.workbook.ts';

/** The headings of `dudao balance`, and the unit of pupils for a table that does not split them by section. */
const units = new Map([...headingUnits, ['在校生数', ['人']] as const]);

interface Options {
  weight: string;
  value: string;
  json?: boolean;
}

/** `dudao cv FILE --weight COLUMN --value COLUMN`: computes one 差异系数 directly from a table, without a database. */
export function register(program: Command): void {
  program
    .command('cv')
    .description('计算一张表中一项资源的差异系数（按学生数加权）')
    .argument('<file>', '表格文件（.xlsx、.xls 或 .csv），一校一行')
    .requiredOption('--weight <column>', '权重列的标题，如 在校生数')
    .requiredOption('--value <column>', '资源总量列的标题，如 图书册数（总量，程序会除以权重）')
    .option('--json', '输出 JSON')
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const quantities = [...new Set([options.weight, options.value])];
  const table = await readInputTable(
    file,
    quantities.map((name) => ({ name, units: units.get(name) ?? [], quantity: true })),
  );
  const issues: CellIssue[] = [];
  const weights: number[] = [];
  const values: number[] = [];
  const leftOut: string[] = [];
  for (const row of table.rows) {
    const weight = quantityOf(row, options.weight, issues);
    const value = quantityOf(row, options.value, issues);
    if (weight === undefined || value === undefined || weight === 0) leftOut.push(String(row.number));
    else {
      weights.push(weight);
      values.push(value);
    }
  }
  if (issues.length > 0) throw problem('table.cells', { issues });
  for (const notice of table.notices) process.stderr.write(`${notice}\n`);
  if (leftOut.length > 0) {
    process.stderr.write(`提示：第 ${leftOut.join('、')} 行缺少数据或${options.weight}为 0，没有计入。\n`);
  }

  const { n, mean, standardDeviation, cv, reason } = coefficientOfVariation(values, weights);
  const sentence = reason === null ? undefined : missingSentence(missing(reason));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ n, mean, standardDeviation, cv, reason: sentence })}\n`);
    return;
  }
  process.stdout.write(
    [
      `学校数    ${n}`,
      `均值      ${mean ?? '—'}`,
      `标准差    ${standardDeviation ?? '—'}`,
      `差异系数  ${cv ?? `—（${sentence}）`}`,
      '',
    ].join('\n'),
  );
}
