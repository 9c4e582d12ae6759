import { exact, round } from '../../kit/decimal.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '../../org/school-level.ts';
import type { BalanceResult, ComplianceResult } from '../run/result.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';

/** A table of the official form: a title, one row of headings, rows of texts as they are printed. */
export interface OfficialTable {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  /** Lines below the table. */
  readonly foot: readonly string[];
}

/** The facts about a school that 表Ⅱ-2 prints beside the figures; null if unknown. */
export interface SchoolFacts {
  /** Code of 办学类型: the foot of the table counts sections of combined schools and 教学点 apart. */
  readonly schoolType: string | null;
  readonly sponsorCode: number | null;
  readonly pupils: number | null;
  readonly grades: number | null;
  readonly classes: number | null;
}

function print(value: number | null, decimals: number): string {
  return value === null ? '' : round(exact(value), decimals);
}

/**
 * 表Ⅲ 校际均衡情况: for each level the county mean and 差异系数 of each indicator, and a column 综合 (none for the mean).
 * Means have the standard's decimals (two in the form of 优质均衡, three in the published tables of 基本均衡), 差异系数
 * three, rounded half up; a figure that does not exist stays blank.
 */
export function tableThree(standard: BalanceStandard, result: BalanceResult): OfficialTable {
  const rows = compulsoryLevels.flatMap((level) => {
    const { indicators, meanCv } = result.levels[level];
    const means = indicators.map(({ mean }, index) => print(mean, standard.indicators[index]!.decimals));
    const cvs = indicators.map(({ cv }) => print(cv, standard.cvDecimals));
    return [
      [schoolLevelNames[level], '平均值', ...means, ''],
      [schoolLevelNames[level], '差异系数', ...cvs, print(meanCv, standard.cvDecimals)],
    ];
  });
  return {
    title: '表Ⅲ　义务教育校际均衡情况',
    headings: ['学段', '项目', ...standard.indicators.map(({ name, unit }) => `${name}（${unit}）`), '综合'],
    rows,
    foot: [],
  };
}

/**
 * 表Ⅱ-1: number and share (%, two decimals) of the schools that reach each of the indicators, and of those that pass as
 * a whole. Undefined if the standard has no rule for the single school. A school with a missing input counts among the
 * schools, but an unknown figure does not count as reached.
 */
export function tableTwoSummary(standard: BalanceStandard, result: BalanceResult): OfficialTable | undefined {
  if (standard.compliance === null) return undefined;
  const rows = compulsoryLevels.flatMap((level) => {
    const schools = result.levels[level].compliance ?? [];
    const counts = standard.indicators.map(({ key }) => schools.filter(({ reached }) => reached.includes(key)).length);
    counts.push(schools.filter(({ pass }) => pass === true).length);
    const shares = counts.map((count) => (schools.length === 0 ? '' : print((count * 100) / schools.length, 2)));
    const name = schoolLevelNames[level];
    return [
      [name, String(schools.length), '达标学校数（所）', ...counts.map(String)],
      [name, String(schools.length), '所占比例（%）', ...shares],
    ];
  });
  return {
    title: '表Ⅱ-1　学校资源配置达标情况汇总',
    headings: ['学段', '学校数（所）', '项目', ...standard.indicators.map(({ name }) => name), '综合达标'],
    rows,
    foot: [],
  };
}

/** A reason with more signs than this stands below the table where several schools have it. */
const longReason = 16;

/**
 * What several schools lack alike, each once in the order of the table: it stands below the table, or a school without
 * figures would take as many lines as the standard has fields.
 */
function sharedReasons(schools: readonly ComplianceResult[]): string[] {
  const reasons = schools.flatMap(({ reason }) => (reason === null || reason.length <= longReason ? [] : [reason]));
  return [...new Set(reasons.filter((reason, at) => reasons.indexOf(reason) !== at))];
}

/**
 * 表Ⅱ-2: one row a school and section with its figures (two decimals), whether it passes as a whole, and a remark that
 * says which indicators it reaches and which only at 85 %. What many schools lack is said once below the table. `facts`
 * gives what the form prints beside them, by code.
 */
export function tableTwoSchools(
  standard: BalanceStandard,
  result: BalanceResult,
  facts: (code: string, level: CompulsoryLevel) => SchoolFacts,
): OfficialTable | undefined {
  if (standard.compliance === null) return undefined;
  const unfiled = (level: CompulsoryLevel, code: string) => result.levels[level].notFiled.includes(code);
  const filed = compulsoryLevels.flatMap((level) =>
    (result.levels[level].compliance ?? []).filter(({ code }) => !unfiled(level, code)),
  );
  const shared = sharedReasons(filed);
  const remarkOf = (school: ComplianceResult, level: CompulsoryLevel) => {
    const at = school.reason === null ? -1 : shared.indexOf(school.reason);
    const lacks = unfiled(level, school.code) ? '没有已批准的填报' : at < 0 ? school.reason : `缺项见注 ${at + 1}`;
    return remark(standard, school, lacks);
  };
  const rows = compulsoryLevels.flatMap((level) =>
    (result.levels[level].compliance ?? []).map((school) => {
      const { sponsorCode, pupils, grades, classes } = facts(school.code, level);
      const counts = [sponsorCode, pupils, grades, classes].map((value) => (value === null ? '' : String(value)));
      const figures = standard.indicators.map(({ key, decimals }) => print(school.values[key] ?? null, decimals));
      return [school.name, schoolLevelNames[level], ...counts, ...figures, passMark(school), remarkOf(school, level)];
    }),
  );
  return {
    title: '表Ⅱ-2　学校资源配置达标情况',
    headings: [
      ...['学校名称', '学段', '举办者类型', '在校生数', '年级数', '班级数'],
      ...standard.indicators.map(({ name, unit }) => `${name}（${unit}）`),
      ...['综合达标', '备注'],
    ],
    rows,
    foot: [
      ...compulsoryLevels.map((level) => {
        const types = result.levels[level].included.map(({ code }) => facts(code, level).schoolType ?? '');
        return footOf(level, types);
      }),
      ...shared.map((reason, at) => `注 ${at + 1}　${reason}`),
    ],
  };
}

/** `小学 31 所（其中一贯制学校小学部 4 所，50 人及以上教学点 2 所）`, as the form asks below its table. */
function footOf(level: CompulsoryLevel, types: readonly string[]): string {
  const count = (...codes: string[]) => types.filter((type) => codes.includes(type)).length;
  const name = schoolLevelNames[level];
  const sections = `一贯制学校${name}部 ${count('312', '345')} 所`;
  const others = level === 'primary' ? `50 人及以上教学点 ${count('218')} 所` : `完全中学${name}部 ${count('341')} 所`;
  return `${name} ${types.length} 所（其中${sections}，${others}）`;
}

function passMark({ pass }: ComplianceResult): string {
  return pass === null ? '数据不全' : pass ? '1' : '0';
}

function remark(standard: BalanceStandard, school: ComplianceResult, lacks: string | null): string {
  const numbers = (keys: readonly string[]): string =>
    keys.map((key) => standard.indicators.findIndex((indicator) => indicator.key === key) + 1).join('、');
  const parts: string[] = [];
  if (school.reached.length === standard.indicators.length) parts.push('各项均达标');
  else if (school.reached.length > 0) parts.push(`第 ${numbers(school.reached)} 项达标`);
  if (school.nearly.length > 0)
    parts.push(`第 ${numbers(school.nearly)} 项达到 ${Math.round(standard.compliance!.minimumRatio * 100)}%`);
  if (lacks) parts.push(lacks);
  return parts.join('；');
}
