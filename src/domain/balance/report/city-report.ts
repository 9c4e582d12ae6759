import { dayInChina, momentInChina, type SchoolYear, schoolYearName } from '../../kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '../../org/school-level.ts';
import { columnsOf } from '../../report/columns.ts';
import type { Report, ReportBlock } from '../../report/report.ts';
import { editionText } from '../standard/edition.ts';
import type { BalanceStandard, Verdict } from '../standard/standard.shape.ts';
import { type Certificate, reportSubtitle } from './county-report.ts';
import { cvText, shortStandardName } from './figure-text.ts';
import { stripPlot } from './plots.ts';

/** A level of a county as the city's report reads it. */
export interface LevelStanding {
  readonly schools: number;
  readonly compositeCv: number | null;
  readonly compositeLimit: number | null;
  readonly compositePass: boolean | null;
  readonly compliance: { readonly judged: number; readonly passed: number } | null;
  readonly missingSchools: number;
  readonly indicators: ReadonlyArray<{
    readonly key: string;
    readonly cv: number | null;
    readonly limit: number | null;
    readonly pass: boolean | null;
  }>;
}

/** A county with its current run and the verdict of the year before. */
export interface CountyStanding {
  readonly county: string;
  /** Null for a county without a run. */
  readonly run: {
    readonly certificate: Certificate;
    readonly verdict: Verdict;
    readonly levels: Readonly<Record<CompulsoryLevel, LevelStanding>>;
    /** What stands in its way, in one sentence. */
    readonly sentence: string;
  } | null;
  readonly verdictBefore: Verdict | null;
}

export interface CityReportSource {
  readonly city: string;
  readonly year: SchoolYear;
  readonly standard: BalanceStandard;
  readonly counties: readonly CountyStanding[];
  readonly today: string;
}

type Computed = CountyStanding & { readonly run: NonNullable<CountyStanding['run']> };

/** The report on all counties of a city in one year: who passes, who does not and why, what changed, and the coefficients. */
export function cityReport({ city, year, standard, counties, today }: CityReportSource): Report {
  const computed = counties.filter((one): one is Computed => one.run !== null);
  const newest = computed
    .map(({ run }) => run.certificate.runAt)
    .sort()
    .at(-1);
  const shown = compulsoryLevels.filter((level) => computed.some(({ run }) => run.levels[level].schools > 0));
  return {
    title: `${city}义务教育校际均衡测算报告`,
    subtitle: reportSubtitle(year, standard, null),
    author: city,
    day: newest === undefined ? today : dayInChina(new Date(newest)),
    parts: [
      {
        landscape: false,
        blocks: [
          heading('结论'),
          ...countSentences(standard, counties).map(paragraph),
          ...(computed.length === 0 ? [] : [verdictTable(standard, counties)]),
          ...section('未达标和未定论的单位', unmetSentences(computed).map(paragraph)),
          ...section('与上年相比', turnSentences(standard, computed).map(paragraph)),
          ...section('差异系数', [
            ...oftenSentences(standard, computed).map(paragraph),
            ...shown.map((level) => countyFigure(standard, computed, level)),
          ]),
          // Upright, because a stretch of pages across would begin on a new one and leave the one before half empty.
          ...(computed.length === 0
            ? []
            : [
                heading('各单位差异系数'),
                ...shown.map((level) => coefficientTable(standard, computed, level)),
                heading('数值凭据'),
                certificateTable(standard, computed),
              ]),
        ],
      },
    ],
    foot: `${city}　${schoolYearName(year)}　${shortStandardName(standard)}　${computed.length} 个单位的测算，编号与校验码见“数值凭据”`,
  };
}

const heading = (text: string): ReportBlock => ({ kind: 'heading', level: 1, text });
const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text });

/** A heading with its blocks; nothing where there is nothing to say. */
function section(title: string, blocks: readonly ReportBlock[]): ReportBlock[] {
  return blocks.length === 0 ? [] : [heading(title), ...blocks];
}

/** How many units have which verdict, and who has no run. */
export function countSentences(standard: BalanceStandard, counties: readonly CountyStanding[]): string[] {
  const without = counties.filter(({ run }) => run === null).map(({ county }) => county);
  const counts = (['pass', 'fail', 'provisional', 'unavailable'] as const).flatMap((verdict) => {
    const all = counties.filter(({ run }) => run?.verdict === verdict).length;
    return all === 0 ? [] : [`${standard.verdictNames[verdict]} ${all} 个`];
  });
  return [
    counts.length > 0 && `全市 ${counties.length} 个单位：${counts.join('，')}。`,
    without.length > 0 && `没有测算的 ${without.length} 个：${without.join('、')}。县级批准第一份填报后自动测算。`,
  ].filter((sentence) => sentence !== false);
}

/** What stands in the way of each unit that does not pass. */
function unmetSentences(computed: readonly Computed[]): string[] {
  return computed.filter(({ run }) => run.verdict !== 'pass').map(({ county, run }) => `${county}：${run.sentence}`);
}

/** The units whose verdict is another than the year before. */
export function turnSentences(standard: BalanceStandard, counties: readonly CountyStanding[]): string[] {
  const turns = new Map<string, string[]>();
  for (const { county, run, verdictBefore } of counties) {
    if (run === null || verdictBefore === null || run.verdict === verdictBefore) continue;
    const turn = `由“${standard.verdictNames[verdictBefore]}”变为“${standard.verdictNames[run.verdict]}”`;
    turns.set(turn, [...(turns.get(turn) ?? []), county]);
  }
  return [...turns].map(([turn, units]) => `${turn}的有 ${units.length} 个：${units.join('、')}。`);
}

/** The indicators that are beyond their limit in most units; nothing where none is. */
export function oftenSentences(standard: BalanceStandard, counties: readonly CountyStanding[]): string[] {
  const found = compulsoryLevels.flatMap((level) =>
    standard.indicators.map(({ key, name }) => ({
      name: `${schoolLevelNames[level]}${name}`,
      units: counties
        .filter(({ run }) => run?.levels[level].indicators.some((one) => one.key === key && one.pass === false))
        .map(({ county }) => county),
    })),
  );
  const over = found
    .filter(({ units }) => units.length > 0)
    .sort((one, other) => other.units.length - one.units.length);
  if (over.length === 0) return [];
  const said = over.slice(0, 3).map(({ name, units }) => `${name}（${units.length} 个：${units.join('、')}）`);
  return [`超过限值的单位最多的是${said.join('，')}。`];
}

function verdictTable(standard: BalanceStandard, counties: readonly CountyStanding[]): ReportBlock {
  const composite = standard.compositeLimits !== null;
  const cells = (standing: LevelStanding | undefined): string[] => {
    if (standing === undefined || standing.schools === 0) return ['—', '—'];
    const over = standing.indicators.filter(({ pass }) => pass === false).length;
    const { compositeCv, compositeLimit, compliance } = standing;
    const first = composite ? (compositeCv === null ? '—' : cvText(compositeCv, compositeLimit)) : String(over);
    return [first, compliance === null ? String(standing.schools) : `${compliance.passed} / ${compliance.judged}`];
  };
  const of = (level: CompulsoryLevel) => [
    `${schoolLevelNames[level]}${composite ? '综合差异系数' : '超限项数'}`,
    `${schoolLevelNames[level]}${standard.compliance === null ? '计入学校' : '达标学校'}`,
  ];
  return {
    kind: 'table',
    caption: '各单位的结论',
    ...columnsOf(
      ['单位', '结论', ...compulsoryLevels.flatMap(of)],
      counties.map(({ county, run }) => [
        county,
        run === null ? '没有测算' : standard.verdictNames[run.verdict],
        ...compulsoryLevels.flatMap((level) => cells(run?.levels[level])),
      ]),
    ),
    notes: [],
  };
}

function countyFigure(standard: BalanceStandard, computed: readonly Computed[], level: CompulsoryLevel): ReportBlock {
  const composite = standard.compositeLimits?.[level] ?? null;
  const isLimited =
    composite !== null || computed.some(({ run }) => run.levels[level].indicators.some(({ limit }) => limit !== null));
  const every = standard.indicators.map(({ key, shortName, limits }) => ({
    name: shortName,
    unit: '差异系数',
    mean: null,
    threshold: limits?.[level] ?? null,
    schools: computed.flatMap(({ run }) => {
      const found = run.levels[level].indicators.find((one) => one.key === key);
      return found?.cv == null ? [] : [{ value: found.cv, pupils: 1, isBeyond: found.pass === false }];
    }),
  }));
  const whole = {
    ...{ name: '综合', unit: '综合差异系数', mean: null, threshold: composite },
    schools: computed.flatMap(({ run }) => {
      const { compositeCv: value, compositePass } = run.levels[level];
      return value === null ? [] : [{ value, pupils: 1, isBeyond: compositePass === false }];
    }),
  };
  const rows = composite === null ? every : [whole, ...every];
  return {
    kind: 'figure',
    caption: `${schoolLevelNames[level]}各单位的差异系数（一点为一个单位）`,
    drawing: stripPlot(rows, {
      dot: isLimited ? '不超限的单位' : '单位',
      hollow: isLimited ? '超限的单位' : null,
      mean: null,
      rule: isLimited ? '限值' : null,
    }),
    description: rows
      .map(
        ({ name, schools }) =>
          `${name}：${schools.length} 个单位，超限 ${schools.filter((one) => one.isBeyond).length} 个`,
      )
      .join('；'),
  };
}

function coefficientTable(
  standard: BalanceStandard,
  computed: readonly Computed[],
  level: CompulsoryLevel,
): ReportBlock {
  const composite = standard.compositeLimits !== null;
  return {
    kind: 'table',
    caption: `${schoolLevelNames[level]}的差异系数`,
    ...columnsOf(
      ['单位', '计入学校', ...standard.indicators.map(({ name }) => name), ...(composite ? ['综合'] : [])],
      computed.map(({ county, run }) => {
        const { schools, indicators, compositeCv, compositeLimit } = run.levels[level];
        const cvs = standard.indicators.map(({ key }) => {
          const found = indicators.find((one) => one.key === key);
          if (found?.cv == null) return '—';
          return `${found.pass === false ? '▲ ' : ''}${cvText(found.cv, found.limit)}`;
        });
        const whole = compositeCv === null ? '—' : cvText(compositeCv, compositeLimit);
        return [county, String(schools), ...cvs, ...(composite ? [whole] : [])];
      }),
    ),
    notes: composite ? ['按综合差异系数判定。'] : ['▲ 高于限值。差异系数按学生数加权，以未取舍的数值判定。'],
  };
}

function certificateTable(standard: BalanceStandard, computed: readonly Computed[]): ReportBlock {
  return {
    kind: 'table',
    caption: '各单位测算的编号与校验码',
    ...columnsOf(
      ['单位', '结论', '测算编号', '测算时间（北京时间）', '版本', '公式', '输入校验码（前 16 位）'],
      computed.map(({ county, run: { certificate, verdict } }) => [
        ...[county, standard.verdictNames[verdict], certificate.runId],
        ...[momentInChina(new Date(certificate.runAt)), editionText(certificate.edition)],
        ...[`第 ${certificate.formulaVersion} 版`, certificate.inputsHash.slice(0, 16)],
      ]),
    ),
    notes: [],
  };
}
