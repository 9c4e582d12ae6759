import type { FormulaField } from '../../formula/vocabulary.ts';
import { isProblem, problem } from '../../kit/problem.ts';
import { isDay } from '../../kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels } from '../../org/school-level.ts';
import { balanceFields } from '../school/school.ts';
import { prepareStandard } from './prepared-standard.ts';
import type {
  BalanceStandard,
  ByLevel,
  StandardAssumption,
  StandardExclusion,
  StandardIndicator,
  Verdict,
} from './standard.ts';

type Issue = { path: string; message: string };
const verdicts: readonly Verdict[] = ['pass', 'fail', 'provisional', 'unavailable'];

/**
 * Reads a standard from parsed JSON and checks all of it: shape, dates, limits, every formula against the fields and
 * every factor against the units (万元 to 元 is 10000, per hundred is 100).
 * @throws Problem `standard.invalid` with all issues, each with its path and a Chinese sentence
 */
export function readStandard(json: unknown, fields: readonly FormulaField[] = balanceFields): BalanceStandard {
  return read(json, fields);
}

/**
 * Reads a standard that is about to be added, and asks more of it than of one that is stored: a rule that came later
 * must not make a revision unreadable with which counties were judged.
 * @throws Problem `standard.invalid` as `readStandard`, also where a verdict claims a recognition
 */
export function readNewStandard(json: unknown, fields: readonly FormulaField[] = balanceFields): BalanceStandard {
  return read(json, fields, refuseRecognition);
}

function read(
  json: unknown,
  fields: readonly FormulaField[],
  refuseMore?: (reader: Reader, standard: BalanceStandard) => void,
): BalanceStandard {
  const reader = new Reader();
  const root = reader.object(json, '');
  const key = reader.text(root, 'key', '');
  const document = reader.object(root.document, 'document');
  const standard: BalanceStandard = {
    key,
    name: reader.text(root, 'name', ''),
    document: {
      title: reader.text(document, 'title', 'document.'),
      number: reader.text(document, 'number', 'document.'),
      issued: reader.day(document, 'issued', 'document.'),
      effectiveFrom: reader.day(document, 'effectiveFrom', 'document.'),
      effectiveTo: document.effectiveTo == null ? null : reader.day(document, 'effectiveTo', 'document.'),
    },
    indicators: reader.list(root.indicators, 'indicators', (item, path) => indicator(reader, item, path)),
    compositeLimits: reader.byLevel(root.compositeLimits, 'compositeLimits'),
    compliance: compliance(reader, root.compliance),
    splitWeights: splitWeights(reader, root.splitWeights),
    ...reader.optional(root, 'splitSource', ''),
    cvDecimals: reader.whole(root, 'cvDecimals', ''),
    exclusions: reader.list(root.exclusions, 'exclusions', (item, path) => exclusion(reader, item, path)),
    assumptions: reader.list(root.assumptions, 'assumptions', (item, path) => assumption(reader, item, path)),
    verdictNames: verdictNames(reader, root.verdictNames),
  };
  sense(reader, standard);
  refuseMore?.(reader, standard);
  if (reader.issues.length === 0) formulas(reader, standard, fields);
  if (reader.issues.length > 0) throw problem('standard.invalid', { key: key || '未命名', issues: reader.issues });
  return standard;
}

function indicator(reader: Reader, item: Record<string, unknown>, path: string): StandardIndicator {
  const at = `${path}.`;
  return {
    key: reader.text(item, 'key', at),
    name: reader.text(item, 'name', at),
    shortName: reader.text(item, 'shortName', at),
    numerator: reader.text(item, 'numerator', at),
    denominator: reader.text(item, 'denominator', at),
    factor: reader.positive(item, 'factor', at),
    unit: reader.text(item, 'unit', at),
    split: reader.truth(item, 'split', at),
    limits: reader.byLevel(item.limits, `${at}limits`),
    thresholds: reader.byLevel(item.thresholds, `${at}thresholds`),
    decimals: reader.whole(item, 'decimals', at),
  };
}

function exclusion(reader: Reader, item: Record<string, unknown>, path: string): StandardExclusion {
  const levels = Array.isArray(item.levels) ? item.levels : [];
  if (levels.length === 0 || !levels.every((level) => compulsoryLevels.includes(level as CompulsoryLevel))) {
    reader.refuse(`${path}.levels`, '应列出 primary、junior 中的至少一个');
  }
  const at = `${path}.`;
  return {
    levels: levels as CompulsoryLevel[],
    when: reader.text(item, 'when', at),
    reason: reader.text(item, 'reason', at),
    ...reader.optional(item, 'source', at),
  };
}

function assumption(reader: Reader, item: Record<string, unknown>, path: string): StandardAssumption {
  const at = `${path}.`;
  return {
    text: reader.text(item, 'text', at),
    concerns: item.concerns == null ? null : reader.text(item, 'concerns', at),
  };
}

function compliance(reader: Reader, value: unknown): BalanceStandard['compliance'] {
  if (value == null) return null;
  const item = reader.object(value, 'compliance');
  return {
    minimumMet: reader.whole(item, 'minimumMet', 'compliance.'),
    minimumRatio: reader.positive(item, 'minimumRatio', 'compliance.'),
  };
}

function splitWeights(reader: Reader, value: unknown): BalanceStandard['splitWeights'] {
  const item = reader.object(value, 'splitWeights');
  const at = 'splitWeights.';
  return {
    primary: reader.positive(item, 'primary', at),
    junior: reader.positive(item, 'junior', at),
    senior: reader.positive(item, 'senior', at),
  };
}

function verdictNames(reader: Reader, value: unknown): BalanceStandard['verdictNames'] {
  const item = reader.object(value, 'verdictNames');
  const entries = verdicts.map((verdict) => [verdict, reader.text(item, verdict, 'verdictNames.')] as const);
  return Object.fromEntries(entries) as Record<Verdict, string>;
}

/** That a county has reached balance is a recognition by the state; no computation may claim it. */
function refuseRecognition(reader: Reader, { verdictNames }: BalanceStandard): void {
  for (const verdict of verdicts) {
    if (!/达到.*均衡/.test(verdictNames[verdict].replace(/\s/g, ''))) continue;
    reader.refuse(`verdictNames.${verdict}`, '不能写“达到均衡”：是否达到由国家认定，测算结论只能说各项是否达标');
  }
}

/** What each part alone cannot know. */
function sense(reader: Reader, standard: BalanceStandard): void {
  const { indicators } = standard;
  if (indicators.length === 0) reader.refuse('indicators', '至少要有一项指标');
  const keys = indicators.map((item) => item.key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) reader.refuse('indicators', `指标代号“${twice}”重复`);
  const { effectiveFrom, effectiveTo } = standard.document;
  if (effectiveTo !== null && effectiveTo < effectiveFrom) reader.refuse('document.effectiveTo', '不能早于生效日期');
  if (standard.compliance === null) return;
  if (standard.compliance.minimumMet > indicators.length) reader.refuse('compliance.minimumMet', '不能超过指标的项数');
  if (standard.compliance.minimumRatio > 1) reader.refuse('compliance.minimumRatio', '不能大于 1');
  indicators.forEach((item, index) => {
    if (item.thresholds === null)
      reader.refuse(`indicators[${index}].thresholds`, '有学校达标规则时每项指标都要有标准值');
  });
}

function formulas(reader: Reader, standard: BalanceStandard, fields: readonly FormulaField[]): void {
  try {
    prepareStandard(standard, fields);
  } catch (error) {
    if (!isProblem(error) || error.code !== 'standard.invalid') throw error;
    for (const issue of (error.details as { issues: Issue[] }).issues) reader.refuse(issue.path, issue.message);
  }
}

class Reader {
  readonly issues: Issue[] = [];

  refuse(path: string, message: string): void {
    this.issues.push({ path, message });
  }

  object(value: unknown, path: string): Record<string, unknown> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.refuse(path || '文件', '应是一个对象');
    return {};
  }

  list<T>(value: unknown, path: string, read: (item: Record<string, unknown>, path: string) => T): T[] {
    if (Array.isArray(value)) {
      return value.map((item, index) => read(this.object(item, `${path}[${index}]`), `${path}[${index}]`));
    }
    this.refuse(path, '应是一个列表');
    return [];
  }

  text(from: Record<string, unknown>, name: string, path: string): string {
    const value = from[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.refuse(path + name, '应是不为空的文字');
    return '';
  }

  /** A text that may be left out; then the object does not have it either. */
  optional<Name extends string>(
    from: Record<string, unknown>,
    name: Name,
    path: string,
  ): { readonly [N in Name]?: string } {
    if (from[name] === undefined) return {};
    return { [name]: this.text(from, name, path) } as { readonly [N in Name]?: string };
  }

  day(from: Record<string, unknown>, name: string, path: string): string {
    const value = from[name];
    if (typeof value === 'string' && isDay(value)) return value;
    this.refuse(path + name, '应是 2017-04-26 这样的日期');
    return '';
  }

  truth(from: Record<string, unknown>, name: string, path: string): boolean {
    if (typeof from[name] !== 'boolean') this.refuse(path + name, '应是 true 或 false');
    return from[name] === true;
  }

  positive(from: Record<string, unknown>, name: string, path: string): number {
    const value = from[name];
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
    this.refuse(path + name, '应是大于 0 的数字');
    return 1;
  }

  whole(from: Record<string, unknown>, name: string, path: string): number {
    const value = from[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10) return value;
    this.refuse(path + name, '应是 0 到 10 的整数');
    return 0;
  }

  byLevel(value: unknown, path: string): ByLevel<number> | null {
    if (value == null) return null;
    const item = this.object(value, path);
    return { primary: this.positive(item, 'primary', `${path}.`), junior: this.positive(item, 'junior', `${path}.`) };
  }
}
