import type { IndicatorResult } from '#domain/balance/run/result.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { formulaText } from '../balance.shape.ts';
import { verdictText } from '../balance.words.ts';
import { sponsorOf, takenFields } from '../run/inputs.shape.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import type { FormSource } from './forms.workbook.ts';

type Row = Array<WorkbookCell | null>;
const cell = (value: string | number | null, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });
const head = (value: string): WorkbookCell => cell(value, 'heading');
/** Excel can hold fifteen digits. The CSV of the strip data keeps all seventeen. */
const figure = (value: number | null): WorkbookCell => (value === null ? cell('—') : cell(value));

/** 复算表: inputs, formulas in words, every step and the results, so that the run can be repeated by hand. */
export function reproductionSheets(source: FormSource): WorkbookSheet[] {
  return [explanation(source), inputs(source), ...compulsoryLevels.flatMap((level) => steps(source, level))];
}

function explanation(source: FormSource): WorkbookSheet {
  const { standard, result } = source;
  const facts: ReadonlyArray<readonly [string, string]> = [
    ['单位', source.county],
    ['学年', `${source.year}`],
    ['标准', `${standard.name}（${editionText(source.edition)}）`],
    ['依据', `${standard.document.title}（${standard.document.number}）`],
    ['结论', verdictText(standard, result.verdict)],
    ['公式版本', source.formulaVersion],
    ['测算时间', source.runAt],
    ['输入校验码（SHA-256）', source.inputsHash],
    ['均值 X̄', '各校资源之和 ÷ 各校学生数之和'],
    ['标准差 S', '√ Σ（本校学生数 ÷ 学生总数）×（本校值 − X̄）²'],
    ['差异系数', 'S ÷ X̄；按学生数加权，不做 n−1 修正，不取舍位数'],
    ['贡献', '本校学生数 ×（本校值 − X̄）²，占各校之和的比重'],
    [
      '合设学校的拆分',
      `校舍、场地、设备按学生数 × 权重拆分：小学 ${standard.splitWeights.primary}，初中 ${standard.splitWeights.junior}，高中 ${standard.splitWeights.senior}${standard.splitSource ? `（${standard.splitSource}）` : ''}`,
    ],
    ...standard.indicators.map((indicator) => [indicator.name, formulaText(indicator)] as const),
    ...standard.exclusions.map(
      (exclusion) =>
        [
          `不计入（${exclusion.levels.map((level) => schoolLevelNames[level]).join('、')}）`,
          `${exclusion.reason}：${exclusion.when}${exclusion.source ? `（${exclusion.source}）` : ''}`,
        ] as const,
    ),
    ...result.assumptions.map((assumption) => ['规定未明的处理', assumption] as const),
  ];
  return {
    name: '说明',
    columnWidths: [30, 110],
    rows: [[cell('差异系数复算表', 'title')], ...facts.map(([name, value]) => [cell(name), cell(value)])],
  };
}

/** The approved figures used by the run, one row for each school; an empty cell is missing and not zero. */
function inputs(source: FormSource): WorkbookSheet {
  const fields = takenFields(preparedStandard(source.standard));
  const excluded = (code: string) =>
    compulsoryLevels
      .flatMap((level) => {
        const found = source.result.levels[level].excluded.find((school) => school.code === code);
        return found ? [`${schoolLevelNames[level]}：${found.reason}`] : [];
      })
      .join('；');
  return {
    name: '输入',
    columnWidths: [13, 28, 16, 9, 9, 26, ...fields.map(() => 11)],
    frozen: { rows: 1, columns: 2 },
    landscape: true,
    rows: [
      [
        ...['学校标识码', '学校名称', '办学类型', '举办者', '已批准', '不计入的原因'].map(head),
        ...fields.map(({ name, unit }) => head(unit === undefined || unit === '' ? name : `${name}（${unit}）`)),
      ],
      ...source.inputs.schools.map((school) => [
        cell(codeOfMark(school.code)),
        cell(school.name),
        cell(schoolType(school.schoolType)?.name ?? school.schoolType),
        cell(sponsorOf(school)),
        cell(school.filed ? '是' : '否'),
        cell(school.exempt ?? excluded(school.code)),
        ...fields.map(({ name }) => cell(school.values[name] ?? null)),
      ]),
    ],
  };
}

function steps(source: FormSource, level: CompulsoryLevel): WorkbookSheet[] {
  const { indicators, included } = source.result.levels[level];
  if (included.length === 0) return [];
  const top: Row = [head('学校标识码'), head('学校名称')];
  const second: Row = [head(''), head('')];
  for (const { name, unit } of indicators) {
    top.push(head(`${name}（${unit}）`), head(''), head(''), head(''));
    second.push(head('学生数'), head('资源（拆分换算后）'), head('本校值'), head('贡献'));
  }
  const rows: Row[] = [
    top,
    second,
    ...included.map((school, index) => [
      cell(codeOfMark(school.code)),
      cell(school.name),
      ...indicators.flatMap((indicator) => schoolStep(indicator, index)),
    ]),
    ...totals(indicators),
  ];
  return [
    {
      name: `${schoolLevelNames[level]}计算`,
      columnWidths: [13, 28, ...indicators.flatMap(() => [9, 16, 14, 10])],
      frozen: { rows: 2, columns: 2 },
      landscape: true,
      rows,
    },
  ];
}

function schoolStep(indicator: IndicatorResult, index: number): Row {
  const school = indicator.schools[index]!;
  return [figure(school.pupils), figure(school.resources), figure(school.value), figure(school.contribution)];
}

function totals(indicators: readonly IndicatorResult[]): Row[] {
  const sum = (values: ReadonlyArray<number | null>) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const line = (name: string, read: (indicator: IndicatorResult) => Row): Row => [
    cell(name, 'heading'),
    cell(null, 'heading'),
    ...indicators.flatMap(read),
  ];
  const third = (value: number | string | null): Row => [
    null,
    null,
    typeof value === 'string' ? cell(value) : figure(value),
    null,
  ];
  return [
    line('合计', ({ schools }) => [
      figure(sum(schools.map(({ pupils }) => pupils))),
      figure(sum(schools.map(({ resources }) => resources))),
      null,
      null,
    ]),
    line('均值 X̄', ({ mean }) => third(mean)),
    line('标准差 S', ({ standardDeviation }) => third(standardDeviation)),
    line('差异系数', ({ cv, reason }) => third(cv ?? reason)),
    line('限值', ({ limit }) => third(limit)),
    line('是否不超限', ({ pass }) => third(pass === null ? '—' : pass ? '是' : '否')),
  ];
}
