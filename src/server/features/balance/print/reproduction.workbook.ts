import { withAttachedClasses } from '#domain/balance/school/attached-classes.ts';
import { pupilsField, pupilsOf, stages } from '#domain/balance/school/membership.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { momentInChina, schoolYearName } from '#domain/kit/school-year.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { columnName } from '#platform/documents/cell-address.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { formulaText } from '../balance.shape.ts';
import { verdictText } from '../balance.words.ts';
import { balanceSchools, sponsorOf, takenFields } from '../run/inputs.shape.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import type { FormSource } from './forms.workbook.ts';
import { type InputAddress, stepSheet } from './steps.workbook.ts';

const cell = (value: string | number | null, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });
const head = (value: string): WorkbookCell => cell(value, 'heading');

/**
 * 复算表: inputs, formulas in words and, in Excel's language, every step from the inputs to the coefficients, with what
 * the run stored beside it, so that the run can be repeated and followed by hand.
 */
export function reproductionSheets(source: FormSource): WorkbookSheet[] {
  const place = inputPlaces(source);
  return [
    explanation(source),
    inputs(source, place),
    ...compulsoryLevels.flatMap((level) => stepSheet(source, level, place.address)),
  ];
}

function explanation(source: FormSource): WorkbookSheet {
  const { standard, result } = source;
  const lines: ReadonlyArray<readonly [string, string]> = [
    ['单位', source.county],
    ['学年', schoolYearName(source.year)],
    ['标准', `${standard.name}（${editionText(source.edition)}）`],
    ['依据', `${standard.document.title}（${standard.document.number}）`],
    ['结论', verdictText(standard, result.verdict)],
    ['公式版本', source.formulaVersion],
    ['测算时间', `${momentInChina(new Date(source.runAt))}（北京时间）`],
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
    rows: [[cell('差异系数复算表', 'title')], ...lines.map(([name, value]) => [cell(name), cell(value)])],
  };
}

const facts = ['学校标识码', '学校名称', '办学类型', '举办者', '已批准', '不计入的原因'];

/** Where each figure of the sheet 输入 stands. */
function inputPlaces(source: FormSource) {
  const fields = takenFields(preparedStandard(source.standard));
  const rows = new Map(source.inputs.schools.map(({ code }, index) => [code, index + 1]));
  const columns = new Map([
    ...fields.map(({ name }, index) => [name, facts.length + index] as const),
    // What a split and a level count: the pupils of a stage with those of attached classes.
    ...stages.map((stage, index) => [pupilsField(stage), facts.length + fields.length + index] as const),
  ]);
  const address: InputAddress = (code, name) => {
    const [row, column] = [rows.get(code), columns.get(name)];
    return row === undefined || column === undefined ? undefined : `输入!$${columnName(column)}$${row + 1}`;
  };
  return { fields, address };
}

/** The approved figures used by the run, one row for each school; an empty cell is missing and not zero. */
function inputs(source: FormSource, { fields }: ReturnType<typeof inputPlaces>): WorkbookSheet {
  const pupils = new Map(
    balanceSchools(source.inputs).map((school) => {
      const whole = withAttachedClasses(school);
      return [school.code, stages.map((stage) => pupilsOf(whole, stage) ?? null)];
    }),
  );
  const excluded = (code: string) =>
    compulsoryLevels
      .flatMap((level) => {
        const found = source.result.levels[level].excluded.find((school) => school.code === code);
        return found ? [`${schoolLevelNames[level]}：${found.reason}`] : [];
      })
      .join('；');
  return {
    name: '输入',
    columnWidths: [13, 28, 16, 9, 9, 26, ...fields.map(() => 11), ...stages.map(() => 13)],
    frozen: { rows: 1, columns: 2 },
    landscape: true,
    rows: [
      [
        ...facts.map(head),
        ...fields.map(({ name, unit }) => head(unit === undefined || unit === '' ? name : `${name}（${unit}）`)),
        ...stages.map((stage) => head(`${pupilsField(stage)}（含附设班）`)),
      ],
      ...source.inputs.schools.map((school) => [
        cell(codeOfMark(school.code)),
        cell(school.name),
        cell(schoolType(school.schoolType)?.name ?? school.schoolType),
        cell(sponsorOf(school)),
        cell(school.filed ? '是' : '否'),
        cell(school.exempt ?? excluded(school.code)),
        ...fields.map(({ name }) => cell(school.values[name] ?? null)),
        ...(pupils.get(school.code) ?? stages.map(() => null)).map((value) => cell(value)),
      ]),
    ],
  };
}
