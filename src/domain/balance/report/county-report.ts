import { exact, round } from '../../kit/decimal.ts';
import { dayInChina, momentInChina, type SchoolYear, schoolYearName } from '../../kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '../../org/school-level.ts';
import { columnsOf } from '../../report/columns.ts';
import type { Report, ReportBlock, ReportColumn, ReportTable } from '../../report/report.ts';
import { compareLevels, type LevelComparison, type Pair, type SchoolOfCode } from '../run/comparison.ts';
import type { BalanceResult, LevelResult } from '../run/result.ts';
import { type Edition, editionText } from '../standard/edition.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';
import { cvText, limitText, shortStandardName } from './figure-text.ts';
import { coursePlot, limitPlot, stripPlot } from './plots.ts';
import {
  changeSentences,
  excludedSentences,
  missingSentences,
  overSentences,
  schoolSentences,
  verdictSentences,
  weightSentences,
} from './sentences.ts';
import { type OfficialTable, type SchoolFacts, tableThree, tableTwoSchools, tableTwoSummary } from './tables.ts';

/** By what a figure was computed: enough to compute it again. */
export interface Certificate {
  readonly runId: string;
  readonly inputsHash: string;
  readonly formulaVersion: string;
  readonly edition: Edition;
  /** ISO 8601. */
  readonly runAt: string;
  readonly runBy: string | null;
}

/** One coefficient of one year; the years are those of the current runs. */
export interface CourseYear {
  readonly year: SchoolYear;
  readonly levels: Readonly<
    Record<
      CompulsoryLevel,
      {
        readonly indicators: ReadonlyArray<{ readonly key: string; readonly cv: number | null }>;
        readonly compositeCv: number | null;
      }
    >
  >;
}

/** A run of a county with what its report says beside it. */
export interface CountyRun {
  readonly certificate: Certificate;
  readonly result: BalanceResult;
  readonly facts: (code: string, level: CompulsoryLevel) => SchoolFacts;
  /** The run of the year before, with the school behind each code before and now; null where there is none. */
  readonly earlier: {
    readonly result: BalanceResult;
    readonly certificate: Certificate;
    readonly schools: Readonly<Pair<SchoolOfCode>>;
  } | null;
  /** Up to three years, oldest first, this one included. */
  readonly course: readonly CourseYear[];
}

export interface CountyReportSource {
  readonly county: string;
  readonly year: SchoolYear;
  readonly standard: BalanceStandard;
  /** The run, or why there is none. */
  readonly run: CountyRun | { readonly lacking: string; readonly today: string };
}

/** `均衡测算报告_鲤城区_2025 学年_优质均衡 2017`: the name of the file, without its ending. */
export function reportFileName(unit: string, year: SchoolYear, standard: BalanceStandard): string {
  return `均衡测算报告_${unit}_${schoolYearName(year)}_${shortStandardName(standard)}`;
}

/** The lines below the title of every report: the unit's year, and the standard with its document. */
export function reportSubtitle(year: SchoolYear, standard: BalanceStandard, edition: Edition | null): string[] {
  const named = edition === null ? '' : `，${editionText(edition)}`;
  return [schoolYearName(year), `${standard.name}（${standard.document.number}${named}）`];
}

/**
 * The report on one county's year: sentences where there is something to say, plots, the official tables, and by what every
 * figure can be computed again. A county without a run gets a report that says why, and no figures.
 */
export function countyReport({ county, year, standard, run }: CountyReportSource): Report {
  const title = `${county}义务教育校际均衡测算报告`;
  if ('lacking' in run) {
    const text = `${schoolYearName(year)}${run.lacking}，没有测算，因此本报告没有数值。县级批准第一份填报后自动测算。`;
    return {
      title,
      subtitle: reportSubtitle(year, standard, null),
      author: county,
      day: run.today,
      parts: [{ landscape: false, blocks: [heading('结论'), paragraph(text)] }],
      foot: `${county}　${schoolYearName(year)}　没有测算`,
    };
  }
  const { certificate, result } = run;
  return {
    title,
    subtitle: reportSubtitle(year, standard, certificate.edition),
    author: county,
    day: dayInChina(new Date(certificate.runAt)),
    parts: [
      { landscape: false, blocks: [...findings(standard, run), ...grounds(result)] },
      { landscape: true, blocks: officialTables(standard, run) },
      { landscape: false, blocks: certificateBlocks(county, year, standard, certificate) },
    ],
    foot: certificateLine(county, year, certificate),
  };
}

/** What stands at the foot of every page below a county's figures. */
export function certificateLine(county: string, year: SchoolYear, certificate: Certificate): string {
  const { runId, inputsHash, formulaVersion, edition } = certificate;
  const hash = inputsHash.slice(0, 12);
  return `${county}　${schoolYearName(year)}　测算 ${runId}　输入 ${hash}　公式第 ${formulaVersion} 版　${editionText(edition)}`;
}

const heading = (text: string, level: 1 | 2 = 1): ReportBlock => ({ kind: 'heading', level, text });
const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text });

/** A heading with its blocks; nothing where there is nothing to say. */
function section(title: string, blocks: readonly ReportBlock[]): ReportBlock[] {
  return blocks.length === 0 ? [] : [heading(title), ...blocks];
}

function findings(standard: BalanceStandard, run: CountyRun): ReportBlock[] {
  const { result, earlier } = run;
  const each = (sentences: (level: CompulsoryLevel, result: LevelResult) => readonly string[]) =>
    compulsoryLevels.flatMap((level) => sentences(level, result.levels[level]));
  const judged = compulsoryLevels.filter((level) => result.levels[level].schools > 0);
  return [
    heading('结论'),
    ...verdictSentences(standard, result).map(paragraph),
    ...each(overSentences).map(paragraph),
    ...each((level, one) => schoolSentences(standard, level, one)).map(paragraph),
    ...section('差异系数', [
      ...judged.map((level) => coefficientTable(standard, level, run)),
      ...(judged.length === 0 ? [] : [limitFigure(standard, result, judged)]),
      ...each(weightSentences).map(paragraph),
    ]),
    ...section('与往年相比', [
      ...(earlier === null ? [] : comparedYear(standard, run, earlier)),
      ...judged.flatMap((level) => courseFigure(standard, run, level)),
    ]),
    ...section(
      '逐校数值',
      judged.map((level) => stripFigure(standard, result, level)),
    ),
  ];
}

function grounds(result: BalanceResult): ReportBlock[] {
  const said = (sentences: (level: CompulsoryLevel, result: LevelResult) => readonly string[]) =>
    compulsoryLevels.flatMap((level) => sentences(level, result.levels[level]).map(paragraph));
  return [
    ...section('数据缺口', said(missingSentences)),
    ...section('不计入的学校', said(excludedSentences)),
    ...section(
      '测算口径',
      result.assumptions.map((assumption, at) => paragraph(`${at + 1}. ${assumption}`)),
    ),
  ];
}

const figure = (value: number | null, decimals: number): string =>
  value === null ? '—' : round(exact(value), decimals);

function coefficientTable(standard: BalanceStandard, level: CompulsoryLevel, run: CountyRun): ReportTable {
  const { indicators, meanCv, compositeLimit, compositePass } = run.result.levels[level];
  const before = run.earlier?.result.levels[level];
  const cvBefore = (key: string) => before?.indicators.find((one) => one.key === key)?.cv ?? null;
  const cv = (value: number | null, limit: number | null) => (value === null ? '—' : cvText(value, limit));
  const side = (pass: boolean | null) => (pass === null ? '—' : pass ? '不超限' : '超限');
  const rows = indicators.map((one, at) => [
    `${one.name}（${one.unit}）`,
    figure(one.mean, standard.indicators[at]!.decimals),
    cv(one.cv, one.limit),
    one.limit === null ? '—' : limitText(one.limit),
    side(one.pass),
    cv(cvBefore(one.key), one.limit),
  ]);
  const composite = [
    '综合',
    '—',
    cv(meanCv, compositeLimit),
    compositeLimit === null ? '—' : limitText(compositeLimit),
  ];
  return {
    kind: 'table',
    caption: `${schoolLevelNames[level]}的均值与差异系数`,
    ...columnsOf(
      ['指标', '均值', '差异系数', '限值', '判定', '上年差异系数'],
      [...rows, [...composite, side(compositePass), cv(before?.meanCv ?? null, compositeLimit)]],
    ),
    notes: [
      compositeLimit === null
        ? '综合一栏为各项差异系数的平均数，仅供参考，不作判定依据。差异系数按学生数加权。'
        : '按综合差异系数判定。差异系数按学生数加权。',
    ],
  };
}

function limitFigure(
  standard: BalanceStandard,
  result: BalanceResult,
  levels: readonly CompulsoryLevel[],
): ReportBlock {
  const panels = levels.map((level) => {
    const { indicators, meanCv, compositeLimit, compositePass } = result.levels[level];
    return {
      name: schoolLevelNames[level],
      rows: [
        ...indicators.map(({ cv, limit, pass }, at) => ({
          ...{ name: standard.indicators[at]!.shortName, cv, limit, isOver: pass === false },
        })),
        ...(compositeLimit === null
          ? []
          : [{ name: '综合', cv: meanCv, limit: compositeLimit, isOver: compositePass === false }]),
      ],
    };
  });
  return {
    kind: 'figure',
    caption: '各项差异系数与限值',
    drawing: limitPlot(panels),
    description: panels
      .map(({ name, rows }) => {
        const said = rows.map((row) => `${row.name} ${row.cv === null ? '无法计算' : cvText(row.cv, row.limit)}`);
        return `${name}：${said.join('，')}`;
      })
      .join('；'),
  };
}

function comparedYear(
  standard: BalanceStandard,
  { certificate, result }: CountyRun,
  earlier: NonNullable<CountyRun['earlier']>,
): ReportBlock[] {
  const changes = Object.fromEntries(
    compulsoryLevels.map((level) => [
      level,
      compareLevels(earlier.result.levels[level], result.levels[level], earlier.schools),
    ]),
  ) as Record<CompulsoryLevel, LevelComparison>;
  const [one, other] = [earlier.certificate, certificate].map(
    ({ edition, formulaVersion }) => `${editionText(edition)}、公式第 ${formulaVersion} 版`,
  );
  return [
    ...changeSentences(standard, changes).map(paragraph),
    ...(one === other ? [] : [paragraph(`上年按${one}测算，今年按${other}测算，两年的数值不完全可比。`)]),
  ];
}

function courseFigure(standard: BalanceStandard, { course, result }: CountyRun, level: CompulsoryLevel): ReportBlock[] {
  if (course.length < 2) return [];
  const { indicators, compositeLimit } = result.levels[level];
  const points = (cvOf: (one: CourseYear['levels'][CompulsoryLevel]) => number | null | undefined) =>
    course.map(({ year, levels }) => ({ year, cv: cvOf(levels[level]) ?? null }));
  const rows = [
    ...indicators.map(({ key, limit }, at) => ({
      ...{ name: standard.indicators[at]!.shortName, limit },
      points: points((one) => one.indicators.find((candidate) => candidate.key === key)?.cv),
    })),
    ...(compositeLimit === null
      ? []
      : [{ name: '综合', limit: compositeLimit, points: points(({ compositeCv }) => compositeCv) }]),
  ];
  return [
    {
      kind: 'figure',
      caption: `${schoolLevelNames[level]}差异系数的历年走向`,
      drawing: coursePlot(rows),
      description: rows
        .map(({ name, limit, points }) => {
          const said = points.map(({ year, cv }) => `${year} 年 ${cv === null ? '无' : cvText(cv, limit)}`);
          return `${name}：${said.join('，')}`;
        })
        .join('；'),
    },
  ];
}

function stripFigure(standard: BalanceStandard, result: BalanceResult, level: CompulsoryLevel): ReportBlock {
  const { indicators, compliance } = result.levels[level];
  const reached = new Map((compliance ?? []).map((school) => [school.code, new Set(school.reached)]));
  const rows = indicators.map(({ key, unit, mean, schools }, at) => ({
    name: standard.indicators[at]!.shortName,
    unit,
    mean,
    threshold: compliance === null ? null : (standard.indicators[at]!.thresholds?.[level] ?? null),
    schools: schools.flatMap(({ code, value, pupils }) =>
      value === null
        ? []
        : [{ value, pupils: pupils ?? 0, isBeyond: compliance !== null && reached.get(code)?.has(key) !== true }],
    ),
  }));
  return {
    kind: 'figure',
    caption: `${schoolLevelNames[level]}各校数值（一点为一所学校，面积为学生数）`,
    drawing: stripPlot(rows, {
      ...{ dot: compliance === null ? '学校' : '达到标准值的学校', mean: '均值（按学生数加权）' },
      ...(compliance === null ? { hollow: null, rule: null } : { hollow: '低于标准值的学校', rule: '标准值' }),
    }),
    description: rows
      .map(({ name, schools, mean }, at) => {
        const average = figure(mean, standard.indicators[at]!.decimals);
        return `${name}：${schools.length} 所学校，均值 ${average}，低于标准值 ${schools.filter((one) => one.isBeyond).length} 所`;
      })
      .join('；'),
  };
}

/** 表Ⅱ-1, 表Ⅲ and 表Ⅱ-2 as they stand in the national application form. */
function officialTables(standard: BalanceStandard, { result, facts }: CountyRun): ReportBlock[] {
  const [summary, schools] = [tableTwoSummary(standard, result), tableTwoSchools(standard, result, facts)];
  const rounded = '数值按四舍五入列示，是否达标按未取舍的数值判定；年级数未采集，请手工填写。';
  return [
    heading('申报表'),
    ...(summary === undefined ? [] : [official(summary)]),
    official(tableThree(standard, result), ['差异系数以未取舍的数值计算和判定，按四舍五入列示。']),
    ...(schools === undefined ? [] : [official(schools, [rounded])]),
  ];
}

function official({ title, headings, rows, foot }: OfficialTable, notes: readonly string[] = []): ReportTable {
  return { kind: 'table', caption: title, ...columnsOf(headings, rows), notes: [...foot, ...notes] };
}

/** The last page: by what every figure can be computed again. */
function certificateBlocks(
  county: string,
  year: SchoolYear,
  standard: BalanceStandard,
  certificate: Certificate,
): ReportBlock[] {
  const rows = [
    ['单位', county],
    ['学年', schoolYearName(year)],
    ['标准', `${standard.name}（${editionText(certificate.edition)}）`],
    ['依据', `${standard.document.title}（${standard.document.number}）`],
    ['测算编号', certificate.runId],
    ['测算时间', `${momentInChina(new Date(certificate.runAt))}（北京时间）`],
    ...(certificate.runBy === null ? [] : [['测算人', certificate.runBy]]),
    ['公式版本', `第 ${certificate.formulaVersion} 版`],
    ['输入校验码（SHA-256）', certificate.inputsHash],
  ];
  const columns: ReportColumn[] = [
    { heading: '项目', align: 'left', share: 1 },
    { heading: '内容', align: 'left', share: 3 },
  ];
  const how =
    certificate.edition.kind === 'original'
      ? `本报告的 Excel 版附有“复算输入”工作表。在装有本系统的电脑上执行 dudao balance 文件名 --standard ${standard.key}，即可由该表重新算出本报告的每一个均值、差异系数和结论。`
      : '本次按本市口径测算。本报告的 Excel 版附有“复算输入”工作表和逐步公式；在系统的“测算存档”中可按当时的标准重新测算并逐位比较。';
  return [
    heading('数值凭据'),
    { kind: 'table', caption: '本报告各项数值的来源', columns, rows, notes: [] },
    paragraph(how),
  ];
}
