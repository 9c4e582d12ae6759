import type { BalanceResult, LevelResult } from '#domain/balance/result.ts';
import type { BalanceStandard } from '#domain/balance/standard.ts';
import { exact, round } from '#domain/kit/decimal.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { isCombined } from '#domain/org/school-type.ts';
import { columnName, type WorkbookCell, type WorkbookSheet } from '#platform/documents/workbook.ts';
import type { RunInputs, RunSchool } from './balance.inputs.ts';

/** A run with the names that its tables carry. */
export interface FormSource {
  readonly county: string;
  readonly year: number;
  readonly standard: BalanceStandard;
  readonly revision: number;
  readonly formulaVersion: string;
  readonly inputsHash: string;
  readonly runAt: string;
  readonly inputs: RunInputs;
  readonly result: BalanceResult;
}

type Row = Array<WorkbookCell | null>;

const text = (value: string | number | null, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });
const head = (value: string): WorkbookCell => text(value, 'heading');

/** Half up from the unrounded figure, as the published tables do; shown with exactly so many decimals. */
function rounded(value: number | null, decimals: number): WorkbookCell {
  if (value === null) return text('—');
  return {
    value: Number(round(exact(value), decimals)),
    look: 'label',
    format: decimals === 0 ? '#,##0' : `0.${'0'.repeat(decimals)}`,
  };
}

function titleRows(source: FormSource, title: string): Row[] {
  const origin = `${source.county}　${source.year} 学年　${source.standard.name}（${source.standard.document.number}，第 ${source.revision} 次修订）`;
  return [[text(title, 'title')], [text(origin, 'note')]];
}

/** 表Ⅱ of the national application form: how many schools reach each indicator, then every school and section. */
export function complianceSheets(source: FormSource): WorkbookSheet[] {
  return [complianceShares(source), complianceSchools(source)];
}

function complianceShares(source: FormSource): WorkbookSheet {
  const { indicators } = source.standard;
  const rows: Row[] = [
    ...titleRows(source, '表Ⅱ-1　县域内学校资源配置达标情况'),
    [head('学段'), head('学校数'), ...indicators.flatMap(({ name }) => [head(name), null]), head('整体达标'), null],
    [head(''), head(''), ...[...indicators, null].flatMap(() => [head('达标学校数'), head('比例（%）')])],
  ];
  for (const level of compulsoryLevels) {
    const judged = source.result.levels[level].compliance ?? [];
    const share = (count: number): Row => [
      text(count),
      judged.length === 0 ? text('—') : rounded((count / judged.length) * 100, 2),
    ];
    rows.push([
      text(schoolLevelNames[level]),
      text(judged.length),
      ...indicators.flatMap(({ key }) => share(judged.filter(({ reached }) => reached.includes(key)).length)),
      ...share(judged.filter(({ pass }) => pass === true).length),
    ]);
  }
  const last = indicators.length + 1;
  return {
    name: '表Ⅱ-1',
    columnWidths: [8, 8, ...Array.from({ length: last * 2 }, () => 11)],
    rows,
    merges: [
      'A3:A4',
      'B3:B4',
      ...Array.from({ length: last }, (_, index) => `${columnName(2 + index * 2)}3:${columnName(3 + index * 2)}3`),
    ],
    landscape: true,
  };
}

function complianceSchools(source: FormSource): WorkbookSheet {
  const { indicators } = source.standard;
  const schools = new Map(source.inputs.schools.map((school) => [school.code, school]));
  const rows: Row[] = [
    ...titleRows(source, '表Ⅱ-2　县域内每所学校资源配置达标情况'),
    [
      ...['序号', '学校名称', '学段', '举办者类型代码', '学生数', '年级数', '班级数'].map(head),
      ...indicators.map(({ name, unit }) => head(`${name}（${unit}）`)),
      head('整体达标'),
      head('备注'),
    ],
  ];
  for (const level of compulsoryLevels) {
    for (const judged of source.result.levels[level].compliance ?? []) {
      const school = schools.get(judged.code);
      const pupils = school?.values[`${schoolLevelNames[level]}在校生数`] ?? null;
      rows.push([
        text(rows.length - 2),
        text(judged.name),
        text(schoolLevelNames[level]),
        text(school?.sponsorCode ?? null),
        pupils === null ? text('—') : rounded(pupils, 0),
        text(null),
        text(school?.classes[level] ?? null),
        ...indicators.map(({ key, decimals }) => rounded(judged.values[key] ?? null, decimals)),
        text(judged.pass === null ? '数据不全' : judged.pass ? '是' : '否'),
        text(remark(source, judged)),
      ]);
    }
  }
  rows.push([], ...footRows(source));
  return {
    name: '表Ⅱ-2',
    columnWidths: [6, 26, 7, 9, 9, 7, 7, ...indicators.map(() => 12), 9, 44],
    rows,
    frozen: { rows: 3, columns: 2 },
    landscape: true,
  };
}

/** Which indicators pass and which reach 85 %, by their number in the standard. */
function remark(source: FormSource, judged: NonNullable<LevelResult['compliance']>[number]): string {
  if (judged.reason !== null) return judged.reason;
  const numbers = (keys: readonly string[]) =>
    source.standard.indicators.flatMap(({ key }, index) => (keys.includes(key) ? [index + 1] : [])).join('、');
  const below = source.standard.indicators
    .map(({ key }) => key)
    .filter((key) => !judged.reached.includes(key) && !judged.nearly.includes(key));
  return [
    `达标 ${judged.met} 项`,
    judged.nearly.length > 0 && `达到 85% 的：第 ${numbers(judged.nearly)} 项`,
    below.length > 0 && `低于 85% 的：第 ${numbers(below)} 项`,
  ]
    .filter((part) => part !== false)
    .join('；');
}

function footRows(source: FormSource): Row[] {
  const schools = new Map(source.inputs.schools.map((school) => [school.code, school]));
  const types = (level: CompulsoryLevel) =>
    source.result.levels[level].included.flatMap(({ code }) => schools.get(code) ?? []);
  const count = (list: readonly RunSchool[], fits: (school: RunSchool) => boolean) => list.filter(fits).length;
  const [primary, junior] = [types('primary'), types('junior')];
  const sections = count(primary, ({ schoolType }) => isCombined(schoolType));
  const sites = count(primary, ({ schoolType }) => schoolType === '218');
  const nineYear = count(junior, ({ schoolType }) => schoolType === '312' || schoolType === '345');
  const complete = count(junior, ({ schoolType }) => schoolType === '341');
  return [
    [text(`小学 ${primary.length} 所（其中一贯制学校小学部 ${sections} 所，50 人及以上教学点 ${sites} 个）`, 'note')],
    [text(`初中 ${junior.length} 所（其中一贯制学校初中部 ${nineYear} 所，完全中学初中部 ${complete} 所）`, 'note')],
    [text('数值按四舍五入列示，是否达标按未取舍的数值判定。年级数未采集，请手工填写。', 'note')],
  ];
}

/** 表Ⅲ of the national application form: means and 差异系数, with the decimals of the official layout. */
export function balanceSheet(source: FormSource): WorkbookSheet {
  const { indicators, cvDecimals } = source.standard;
  const rows: Row[] = [
    ...titleRows(source, '表Ⅲ　县域内校际均衡情况'),
    [head('学段'), head(''), ...indicators.map(({ name, unit }) => head(`${name}（${unit}）`)), head('综合')],
  ];
  for (const level of compulsoryLevels) {
    const figures = source.result.levels[level];
    rows.push(
      [
        text(schoolLevelNames[level]),
        text('均值'),
        ...figures.indicators.map(({ mean }, index) => rounded(mean, indicators[index]!.decimals)),
        text('—'),
      ],
      [
        text(null),
        text('差异系数'),
        ...figures.indicators.map(({ cv }) => rounded(cv, cvDecimals)),
        rounded(figures.meanCv, cvDecimals),
      ],
    );
  }
  rows.push([], [text(balanceNote(source), 'note')]);
  return {
    name: '表Ⅲ',
    columnWidths: [8, 10, ...indicators.map(() => 14), 10],
    rows,
    merges: ['A3:B3', 'A4:A5', 'A6:A7'],
    landscape: true,
  };
}

function balanceNote({ standard, result }: FormSource): string {
  const note =
    standard.compositeLimits === null
      ? '综合一栏为各项差异系数的平均数，仅供参考，不作判定依据。'
      : `综合差异系数限值：小学 ${standard.compositeLimits.primary}，初中 ${standard.compositeLimits.junior}。`;
  const open = result.verdict === 'provisional' ? '有学校数据不全，本表为暂定。' : '';
  return `${note}差异系数按学生数加权，以未取舍的数值计算和判定。${open}`;
}
