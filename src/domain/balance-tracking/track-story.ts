import { exact, round } from '../kit/decimal.ts';
import { type Day, schoolYearName } from '../kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '../org/school-level.ts';
import { columnsOf } from '../report/columns.ts';
import type { Report, ReportBlock, ReportTable } from '../report/report.ts';
import { type Difference, type DifferenceKind, differenceKindTitles } from './difference.ts';
import { type SchoolApart, schoolSetsSentence } from './school-sets.ts';
import { type LedgerCount, settledWords, type TrackStanding, trackStandingTitles } from './state.ts';

/** An issue with where it stands in the ledger, in words; null until the ledger has taken it. */
interface StoryIssue {
  readonly title: string;
  readonly ruleTitle: string;
  readonly state: string | null;
  readonly closed: boolean;
}

/** A county's year of tracking, as its report tells of it. */
export interface TrackStory {
  readonly countyName: string;
  readonly year: number;
  readonly standardName: string;
  readonly standing: TrackStanding;
  readonly publication: { readonly documentNumber: string; readonly publishedOn: Day } | null;
  readonly run: {
    readonly id: string;
    readonly edition: string;
    readonly formulaVersion: string;
    readonly inputsHash: string;
    readonly provisional: boolean;
  } | null;
  readonly differences: readonly (Pick<
    Difference,
    'oursRounded' | 'published' | 'difference' | 'kind' | 'withoutThem'
  > & { readonly levelName: string; readonly name: string; readonly cause: { readonly body: string } | null })[];
  readonly schools: readonly {
    readonly levelName: string;
    readonly ours: number;
    readonly published: number | null;
    readonly onlyOurs: readonly SchoolApart[];
    readonly onlyPublished: readonly SchoolApart[];
  }[];
  readonly report: {
    readonly measures: string;
    readonly conclusion: string;
    readonly submittedBy: string | null;
    readonly decision: 'accepted' | 'returned' | null;
    readonly decidedBy: string | null;
  } | null;
  readonly issues: readonly StoryIssue[];
  /** Last year's issues. */
  readonly lookBack: {
    readonly issues: readonly (StoryIssue & {
      readonly figure: string | null;
      readonly now: string | null;
      readonly again: boolean;
    })[];
  } | null;
  /** The newest first. */
  readonly plannedYears: readonly {
    readonly year: number;
    readonly documentNumber: string;
    readonly replaced: boolean;
  }[];
}

const heading = (text: string): ReportBlock => ({ kind: 'heading', level: 1, text });
const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text });

/** A heading with its blocks; nothing where there is nothing to say. */
const section = (title: string, blocks: readonly ReportBlock[]): ReportBlock[] =>
  blocks.length === 0 ? [] : [heading(title), ...blocks];

/** `均衡跟踪报告_鲤城区_2025 学年`: the name of the file, without its ending. */
export const trackReportName = (unit: string, year: number): string => `均衡跟踪报告_${unit}_${schoolYearName(year)}`;

/**
 * The report on a county's year of tracking: figures of the province beside ours, self-report and review, issues with their
 * standing, last year's issues, the planned year, and by which run the figures are found again.
 */
export function countyTrackReport(story: TrackStory, today: Day): Report {
  const { countyName, year, standardName, standing, publication, report, issues, lookBack, plannedYears, run } = story;
  const planned = plannedYears.find(({ replaced }) => !replaced);
  return {
    title: `${countyName}义务教育均衡年度跟踪报告`,
    subtitle: [schoolYearName(year), standardName],
    ...{ author: countyName, day: today },
    parts: [
      {
        landscape: false,
        blocks: [
          heading('进展'),
          paragraph(`截至 ${today}，本学年跟踪${trackStandingTitles[standing]}。`),
          ...(planned === undefined
            ? []
            : [paragraph(`优质均衡计划年度为 ${planned.year} 年（${planned.documentNumber}）。`)]),
          ...section('与省公布数据的差异', publication === null ? [] : comparedBlocks(story, publication)),
          ...section('县级自评与市级复核', report === null ? [] : reviewSentences(report).map(paragraph)),
          ...section('问题清单', issues.length === 0 ? [] : issueBlocks(issues)),
          ...section('上年回看', lookBack === null || lookBack.issues.length === 0 ? [] : lookBackBlocks(lookBack)),
          ...section('数值凭据', run === null ? [] : [paragraph(certificateText(run))]),
        ],
      },
    ],
    foot: `${countyName}　${schoolYearName(year)}${run === null ? '' : `　测算 ${run.id}　输入 ${run.inputsHash.slice(0, 12)}`}`,
  };
}

function comparedBlocks(
  { differences, schools }: TrackStory,
  { documentNumber, publishedOn }: NonNullable<TrackStory['publication']>,
): ReportBlock[] {
  const published = differences.filter((one) => one.published !== null);
  const left = differences.length - published.length;
  const table: ReportTable = {
    kind: 'table',
    caption: '本平台与省公布数据',
    ...columnsOf(
      ['指标', '本平台', '省公布', '相差', '判断', '原因'],
      published.map((one) => [
        `${one.levelName}${one.name}`,
        ...[one.oursRounded ?? '—', one.published ?? '—', one.difference ?? '—'],
        `${differenceKindTitles[one.kind]}${one.withoutThem === null ? '' : `，剔除后为 ${one.withoutThem}`}`,
        one.cause?.body ?? '',
      ]),
    ),
    notes: left === 0 ? [] : [`另有 ${left} 项省级没有公布。`],
  };
  const sets = schools.flatMap((set) => schoolSetsSentence(set) ?? []);
  return [paragraph(`省公布数据见${documentNumber}（${publishedOn}）。`), table, ...sets.map(paragraph)];
}

function reviewSentences(report: NonNullable<TrackStory['report']>): string[] {
  const { measures, conclusion, submittedBy, decision, decidedBy } = report;
  const judged =
    decision === null ? '等待市级复核' : `${decidedBy ?? '市级'}${decision === 'accepted' ? '复核通过' : '退回修改'}`;
  return [
    ...(measures === '' ? [] : [`已采取的措施：${measures}`]),
    ...(conclusion === '' ? [] : [`自评结论：${conclusion}`]),
    submittedBy === null ? '自评报告还没有提交。' : `自评报告由${submittedBy}提交，${judged}。`,
  ];
}

function issueBlocks(issues: readonly StoryIssue[]): ReportBlock[] {
  const closed = issues.filter((one) => one.closed).length;
  return [
    paragraph(`列出问题 ${issues.length} 个，已销号 ${closed} 个。`),
    {
      kind: 'table',
      caption: '问题与台账状态',
      ...columnsOf(
        ['问题', '规则', '台账状态'],
        issues.map(({ title, ruleTitle, state }) => [title, ruleTitle, state ?? '正在转入']),
      ),
      notes: [],
    },
  ];
}

const shortened = (figure: string | null) =>
  figure === null ? '—' : figure.includes('.') ? round(exact(figure), 3) : figure;

function lookBackBlocks({ issues }: NonNullable<TrackStory['lookBack']>): ReportBlock[] {
  const again = issues.filter((one) => one.again).length;
  return [
    paragraph(`上年列出问题 ${issues.length} 个，本年再次出现 ${again} 个。`),
    {
      kind: 'table',
      caption: '上年问题',
      ...columnsOf(
        ['问题', '台账状态', '当时', '现在', '本年'],
        issues.map((one) => [
          ...[one.title, one.state ?? '—', shortened(one.figure), shortened(one.now)],
          one.again ? '再次出现' : '没有再现',
        ]),
      ),
      notes: [],
    },
  ];
}

function certificateText({
  id,
  edition,
  formulaVersion,
  inputsHash,
  provisional,
}: NonNullable<TrackStory['run']>): string {
  const open = provisional ? '（暂定：有学校还没有数据）' : '';
  return `本平台数值由测算 ${id} 得出${open}：${edition}，公式第 ${formulaVersion} 版，输入校验码 ${inputsHash}。“均衡监测”中该测算的 Excel 报告附有复算输入，可用 dudao balance 重新算出。`;
}

/** A county in the report of a city. */
export interface CountyLine {
  readonly name: string;
  readonly track: {
    readonly standing: TrackStanding;
    readonly daysLate: number;
    readonly ledger: Pick<LedgerCount, 'raised' | 'settled' | 'cancelled' | 'late'>;
  } | null;
  readonly composites: readonly (Pick<Difference, 'oursRounded' | 'published' | 'kind'> & {
    readonly level: CompulsoryLevel;
  })[];
  readonly plannedYear: number | null;
}

/** The report on a city's year of tracking: what is late or open, and a line for each county. */
export function cityTrackReport(
  city: { readonly name: string; readonly year: number; readonly standardName: string },
  counties: readonly CountyLine[],
  today: Day,
): Report {
  return {
    title: `${city.name}义务教育均衡年度跟踪报告`,
    subtitle: [schoolYearName(city.year), city.standardName],
    ...{ author: city.name, day: today },
    parts: [
      {
        landscape: true,
        blocks: [heading('进展'), ...citySentences(counties, today).map(paragraph), countyTable(counties)],
      },
    ],
    foot: `${city.name}　${schoolYearName(city.year)}　${counties.length} 个单位`,
  };
}

function citySentences(counties: readonly CountyLine[], today: Day): string[] {
  const tracked = counties.flatMap(({ name, track }) => (track === null ? [] : [{ name, ...track }]));
  const closed = tracked.filter(({ standing }) => standing === 'closed').length;
  const late = tracked.filter(({ daysLate }) => daysLate > 0).map(({ name, daysLate }) => `${name}（${daysLate} 天）`);
  const overdue = tracked.filter(({ ledger }) => ledger.late > 0).map(({ name }) => name);
  const sum = (read: (one: (typeof tracked)[number]) => number) => tracked.reduce((all, one) => all + read(one), 0);
  const raised = sum(({ ledger }) => ledger.raised);
  return [
    `截至 ${today}，${counties.length} 个单位中已启动 ${tracked.length} 个，已办结 ${closed} 个。`,
    late.length > 0 && `环节逾期的单位 ${late.length} 个：${late.join('、')}。`,
    raised > 0 &&
      `共列出问题 ${raised} 个，${settledWords({ settled: sum(({ ledger }) => ledger.settled), cancelled: sum(({ ledger }) => ledger.cancelled) })}。`,
    overdue.length > 0 && `有问题整改逾期的单位：${overdue.join('、')}。`,
  ].filter((one) => one !== false);
}

function countyTable(counties: readonly CountyLine[]): ReportTable {
  return {
    kind: 'table',
    caption: '各单位年度跟踪',
    ...columnsOf(
      [
        ...['单位', '进展'],
        ...compulsoryLevels.flatMap((level) => [
          `${schoolLevelNames[level]}本平台`,
          `${schoolLevelNames[level]}省公布`,
        ]),
        ...['判断', '问题', '优质均衡计划'],
      ],
      counties.map(({ name, track, composites, plannedYear }) => {
        const of = (level: CompulsoryLevel) => composites.find((one) => one.level === level);
        const kinds = new Set(
          composites.map(({ kind }) => kind).filter((kind): kind is DifferenceKind => kind !== 'missing'),
        );
        const raised = track?.ledger.raised ?? 0;
        return [
          ...[name, track === null ? '未启动' : trackStandingTitles[track.standing]],
          ...compulsoryLevels.flatMap((level) => [of(level)?.oursRounded ?? '—', of(level)?.published ?? '—']),
          [...kinds].map((kind) => differenceKindTitles[kind]).join('、') || '—',
          raised === 0 ? '—' : `${track?.ledger.settled ?? 0} / ${raised}`,
          plannedYear === null ? '—' : String(plannedYear),
        ];
      }),
    ),
    notes: ['数值为综合差异系数，按省公布的小数位列示；问题一栏为已了结（销号或取消）数 / 列出数。'],
  };
}
