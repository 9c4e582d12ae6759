import type { FindingSeverity } from '../flow/finding.ts';
import { compare, exact, round, subtract } from '../kit/decimal.ts';
import { type CompulsoryLevel, schoolLevelNames } from '../org/school-level.ts';
import { compositeKey } from './difference.ts';

/** Why something stands on the list of issues. */
export const issueRules = [
  'composite-over',
  'composite-worse',
  'indicator-over',
  'school-below',
  'doubtful-data',
] as const;
export type IssueRule = (typeof issueRules)[number];

export const issueRuleTitles: Readonly<Record<IssueRule, string>> = {
  'composite-over': '综合差异系数超限',
  'composite-worse': '综合差异系数比上年扩大',
  'indicator-over': '单项指标超预警线',
  'school-below': '学校低于省级办学基本标准',
  'doubtful-data': '数据存疑',
};

/** A figure of a run as the rules read it. */
export interface RunFigure {
  readonly level: CompulsoryLevel;
  /** `composite`, or the key of an indicator. */
  readonly indicator: string;
  readonly name: string;
  readonly cv: number | null;
  /** The limit of the standard; null where it sets none. */
  readonly limit: number | null;
}

/** A school that misses the basic standard of its province. */
export interface BelowSchool {
  readonly schoolId: number;
  readonly level: CompulsoryLevel;
  readonly name: string;
  readonly met: number;
  /** The items that it misses, the one furthest from its threshold first. */
  readonly unmet: readonly UnmetIndicator[];
}

/** A figure of a school beside the threshold of its stage, in the unit and with the decimals of the standard. */
export interface UnmetIndicator {
  readonly name: string;
  readonly value: number;
  readonly standard: number;
  readonly unit: string;
  readonly decimals: number;
}

export interface DoubtfulSchool {
  readonly schoolId: number;
  readonly name: string;
}

/** The run to which a figure goes back. */
export interface RunCertificate {
  readonly runId: string;
  readonly edition: string;
  readonly formulaVersion: string;
  readonly inputsHash: string;
}

/** Everything from which the list of a county and a year follows. */
export interface IssueMaterial {
  readonly run: RunCertificate | null;
  readonly figures: readonly RunFigure[];
  readonly before: readonly RunFigure[];
  readonly below: readonly BelowSchool[];
  /** By what the schools were judged, as an issue names it. */
  readonly basicStandard: string;
  readonly doubtful: readonly DoubtfulSchool[];
}

interface RuleData {
  readonly rule: IssueRule;
  readonly kind: string;
  readonly severity: FindingSeverity;
  readonly margin?: string | undefined;
  readonly lines?: Readonly<Record<CompulsoryLevel, string>> | undefined;
  readonly source: string;
}

/** One issue that the rules propose. */
export interface ProposedIssue {
  /** The same issue has the same key, however often the list is made. */
  readonly key: string;
  readonly rule: IssueRule;
  readonly kind: string;
  readonly severity: FindingSeverity;
  readonly level: CompulsoryLevel | null;
  readonly indicator: string | null;
  readonly schoolId: number | null;
  readonly title: string;
  /** Figures, their certificate and the rule. */
  readonly body: string;
  /** The figure that broke the rule, and the line that it broke, as texts. */
  readonly figure: string | null;
  readonly line: string | null;
  readonly runId: string | null;
}

/** As the tables of balance print: three decimals, half up. Decided is with all decimals. */
const shown = (value: number) => round(exact(value.toString()), 3);

/** The rule and the edition. A school reads it: the run by which the figures are found again is kept beside it. */
function certificate(run: RunCertificate | null, source: string): string {
  const from = run === null ? '' : `（${run.edition}，公式版本 ${run.formulaVersion}）`;
  return `依据：${source}${from}。`;
}

/** `生均教学仪器设备值 20.00 元，标准 2000 元` */
const unmetText = ({ name, value, standard, unit, decimals }: UnmetIndicator) =>
  `${name} ${round(exact(value.toString()), decimals)} ${unit}，标准 ${standard} ${unit}`;

/** Most indicators that a title names; the others stand in the text. */
const mostNamed = 2;

function belowTexts({ name, level, met, unmet }: BelowSchool): { readonly title: string; readonly body: string } {
  const named = unmet.slice(0, mostNamed).map(unmetText).join('；');
  const more = unmet.length > mostNamed ? `；共 ${unmet.length} 项` : '';
  return {
    title: `${name}（${schoolLevelNames[level]}）办学条件未达标${named === '' ? '' : `：${named}${more}`}`,
    body: `${unmet.length === 0 ? '' : `未达标：${unmet.map(unmetText).join('；')}。`}达标 ${met} 项。`,
  };
}

/**
 * The issues of a county and a year by the rules of the edition: composite over its limit, composite worse than last year,
 * single indicators over the warning line, schools below the basic standard, doubtful data. A missing figure breaks no rule.
 */
export function proposedIssues(material: IssueMaterial, rules: readonly RuleData[]): ProposedIssue[] {
  return rules.flatMap((rule) => proposalsOf(rule, material));
}

function proposalsOf(rule: RuleData, material: IssueMaterial): ProposedIssue[] {
  const { run, figures } = material;
  const shared = { rule: rule.rule, kind: rule.kind, severity: rule.severity };
  const composites = figures.filter(({ indicator }) => indicator === compositeKey);
  const ofRun = { schoolId: null, runId: run?.runId ?? null };
  switch (rule.rule) {
    case 'composite-over':
      return composites.flatMap(({ level, cv, limit }) => {
        if (cv === null || limit === null || compare(exact(cv), exact(limit)) <= 0) return [];
        return {
          ...{ ...shared, ...ofRun, key: `${rule.rule}:${level}`, level, indicator: compositeKey },
          title: `${schoolLevelNames[level]}综合差异系数 ${shown(cv)}，超过限值 ${limit}`,
          body: certificate(run, rule.source),
          ...{ figure: String(cv), line: String(limit) },
        };
      });
    case 'composite-worse':
      return composites.flatMap(({ level, cv }) => {
        const last = material.before.find((one) => one.level === level && one.indicator === compositeKey)?.cv ?? null;
        if (cv === null || last === null || rule.margin === undefined) return [];
        if (compare(subtract(exact(cv), exact(last)), exact(rule.margin)) <= 0) return [];
        return {
          ...{ ...shared, ...ofRun, key: `${rule.rule}:${level}`, level, indicator: compositeKey },
          title: `${schoolLevelNames[level]}综合差异系数由上年 ${shown(last)} 扩大到 ${shown(cv)}`,
          body: certificate(run, rule.source),
          ...{ figure: String(cv), line: String(last) },
        };
      });
    case 'indicator-over':
      return figures.flatMap(({ level, indicator, name, cv }) => {
        const line = rule.lines?.[level];
        if (indicator === compositeKey || cv === null || line === undefined) return [];
        if (compare(exact(cv), exact(line)) <= 0) return [];
        return {
          ...{ ...shared, ...ofRun, key: `${rule.rule}:${level}:${indicator}`, level, indicator },
          title: `${schoolLevelNames[level]}${name}差异系数 ${shown(cv)}，超过预警线 ${line}`,
          body: certificate(run, rule.source),
          ...{ figure: String(cv), line },
        };
      });
    case 'school-below':
      return material.below.map((school) => {
        const { schoolId, level, met } = school;
        const { title, body } = belowTexts(school);
        return {
          ...{ ...shared, key: `${rule.rule}:${level}:${schoolId}`, level, indicator: null, schoolId, title },
          body: `${body}${certificate(run, `${material.basicStandard}；${rule.source}`)}`,
          ...{ figure: String(met), line: null, runId: run?.runId ?? null },
        };
      });
    case 'doubtful-data':
      return material.doubtful.map(({ schoolId, name }) => ({
        ...{ ...shared, key: `${rule.rule}:${schoolId}`, level: null, indicator: null, schoolId },
        title: `${name}的填报数据存疑，需核对`,
        body: certificate(null, rule.source),
        ...{ figure: null, line: null, runId: null },
      }));
  }
}

/** An issue of one year as the look back of the next reads it. */
export interface EarlierIssue {
  readonly key: string;
  readonly level: CompulsoryLevel | null;
  readonly indicator: string | null;
}

/**
 * Last year's issue beside this year: the figure now, and whether the same rule found the same thing again; `now` is null
 * where there is no figure.
 */
export function lookedBack(
  issue: EarlierIssue,
  now: readonly RunFigure[],
  found: readonly ProposedIssue[],
): { readonly now: string | null; readonly again: boolean } {
  const figure = now.find(({ level, indicator }) => level === issue.level && indicator === issue.indicator);
  return {
    now: figure?.cv === null || figure === undefined ? null : String(figure.cv),
    again: found.some(({ key }) => key === issue.key),
  };
}
