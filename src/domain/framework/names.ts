import { isMissing, type Missing, missing } from '../kit/value.ts';
import { type SchoolLevel, schoolLevelNames } from '../org/school-level.ts';
import type { Fact, FactValue } from './answer.ts';
import type { SourcedName } from './edition/words.ts';
import type { Edition } from './edition.ts';
import type { FactKind, FactPeriod } from './lists.ts';
import { type EarlierName, isRuling, readEarlierName } from './score/earlier-fact.ts';
import { readSurveyName, type SurveyMeasure } from './score/survey-fact.ts';

export type { FactKind } from './lists.ts';

/** What of `Fact` a stored value gives; source and certificate come from its row. */
export type ReadFact = Pick<Fact, 'value' | 'of'>;

/** Where the value behind a name of a formula lies in the published view `facts`, and how it is read. */
export interface FactKey {
  readonly kind: FactKind;
  readonly key: string;
  /** `assessed`: the calendar year that an evaluation assesses, whatever years the edition reads its other figures of. */
  readonly period: FactPeriod | 'assessed';
  /** The stored value as the engine takes it, or why there is none: `not-applicable` where somebody said so. */
  read(value: unknown): ReadFact | Missing;
}

/** 均衡:基本均衡… is the standard of 教督〔2012〕3号, 均衡:优质均衡… that of 教督〔2017〕6号. */
const standardKeys: ReadonlyMap<string, string> = new Map([
  ['基本均衡', 'basic-2012'],
  ['优质均衡', 'quality-2017'],
]);

const levels = Object.fromEntries(
  (['primary', 'junior'] as const satisfies readonly SchoolLevel[]).map((level) => [schoolLevelNames[level], level]),
);

/** What an edition says of the names of its formulas. */
export interface NamedFacts {
  /** Names that it reads of the subject itself: they lie nowhere. */
  readonly attributes: ReadonlySet<string>;
  /**
   * Names that are kept by calendar year, as their list says: money, which is spent by the budget year (《中华人民共和国预算法》
   * 第十八条), and the meetings of party and government. All others are kept by school year.
   */
  readonly calendarYear: ReadonlySet<string>;
  /** Names that the panel finds on its visit. */
  readonly ofPanel: ReadonlySet<string>;
}

/** The names of an edition by what it and the list of names say of them. */
export function namedFacts(edition: Pick<Edition, 'attributes' | 'facts'>, names: readonly SourcedName[]): NamedFacts {
  const known = [...names, ...(edition.facts ?? [])];
  return {
    attributes: new Set((edition.attributes ?? []).map(({ name }) => name)),
    calendarYear: new Set(known.flatMap(({ name, period }) => (period === 'calendarYear' ? [name] : []))),
    ofPanel: new Set(names.flatMap(({ name, by }) => (by === 'panel' ? [name] : []))),
  };
}

/**
 * Where the value behind a name of a formula lies. Undefined where no row of `facts` can hold it.
 * @param name `事实:在园幼儿数`, `均衡:基本均衡.小学.综合差异系数`, `履职:到校次数`, `survey.群众满意度.share`,
 *   `evaluation.county-inspection-sample.grade`, or an item of the catalogue
 * @param named what the edition says of its names
 */
export function factKeyOf(name: string, named: NamedFacts): FactKey | undefined {
  if (named.attributes.has(name)) return undefined;
  const earlier = readEarlierName(name);
  if (earlier !== undefined) return earlierKeyOf(name, earlier);
  if (isRuling(name)) return { kind: 'asked', key: name, period: 'assessed', read: asAnswered };
  if (readSurveyName(name) !== undefined) return { kind: 'asked', key: name, period: 'schoolYear', read: asAnswered };
  const [source, rest] = partsOf(name);
  if (source === '事实') {
    const period = named.calendarYear.has(name) ? 'calendarYear' : 'schoolYear';
    return { kind: 'asked', key: name, period, read: asAnswered };
  }
  if (source === '履职') return { kind: 'duty', key: name, period: 'schoolYear', read: asAnswered };
  if (source === '均衡') return balanceKeyOf(rest);
  return { kind: 'filing', key: `resources.${name}`, period: 'schoolYear', read: asAnswered };
}

/** The kind that a name says of itself. */
export function factKindOf(name: string, attributes: ReadonlySet<string> = new Set()): FactKind {
  if (attributes.has(name)) return 'attribute';
  if (readEarlierName(name) !== undefined || readSurveyName(name) !== undefined) return 'asked';
  const [source] = partsOf(name);
  return source === '事实' ? 'asked' : source === '均衡' ? 'balance' : source === '履职' ? 'duty' : 'filing';
}

/** What a figure of a survey is, and in which unit it is entered. */
const surveyUnits: Readonly<Record<SurveyMeasure, string>> = { share: '%', mean: '分', answers: '份' };

/**
 * What is known of a name that no list of names holds, because it says itself what it is: a figure of a survey, a result of
 * another evaluation, a ruling about a rule. Undefined for every other name.
 */
export function wordOfName(name: string): SourcedName | undefined {
  const survey = readSurveyName(name);
  if (survey !== undefined) return { name, type: 'number', unit: surveyUnits[survey.measure], period: 'schoolYear' };
  if (isRuling(name)) return { name, type: 'truth', period: 'calendarYear' };
  const earlier = readEarlierName(name);
  if (earlier === undefined) return undefined;
  if (earlier.of === 'grade') return { name, type: 'choice', period: 'calendarYear' };
  return { name, type: 'number', unit: earlier.of === 'total' ? '分' : '%', period: 'calendarYear' };
}

/** A result of an evaluation: what its release has kept, or what somebody entered of one that was held elsewhere. */
function earlierKeyOf(name: string, earlier: EarlierName): FactKey {
  const at = { kind: 'asked', period: 'assessed' } as const;
  if (!('code' in earlier)) return { ...at, key: name, read: earlier.of === 'grade' ? asAnswered : asShare };
  const { key, code, of } = earlier;
  return {
    ...{ ...at, key: `evaluation.${key}.rates` },
    read(value) {
      const rate = asShare(recordOf(value)[code]);
      if (isMissing(rate) || of === 'rateOf') return rate;
      return { value: rate.value === 1 };
    },
  };
}

/** A stored figure: a number, a decimal as text, or a fraction of two whole numbers, which stays exact. */
function asShare(value: unknown): ReadFact | Missing {
  if (typeof value !== 'string') return asAnswered(value);
  const [above, below] = value.split('/').map(Number);
  if (above === undefined || Number.isNaN(above)) return missing('not-filed');
  if (below === undefined) return { value: above };
  if (!Number.isSafeInteger(above) || !Number.isSafeInteger(below) || below === 0)
    return below === 0 ? missing('not-filed') : { value: Number((above / below).toPrecision(15)) };
  return { value: Number((above / below).toPrecision(15)), of: [above, below] };
}

function partsOf(name: string): readonly [source: string, rest: string] {
  const at = name.indexOf(':');
  return at === -1 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** 优质均衡.小学.多媒体教室.达标校比例: standard, stage, indicator (not for what is of all), measure. */
function balanceKeyOf(rest: string): FactKey | undefined {
  const parts = rest.split('.');
  const standard = standardKeys.get(parts[0] ?? '');
  const level = levels[parts[1] ?? ''];
  if (standard === undefined || level === undefined) return undefined;
  const at = (key: string, read: FactKey['read']): FactKey => ({
    ...{ kind: 'balance', period: 'schoolYear', read },
    key: `balance.${standard}.${level}.${key}`,
  });
  if (parts.length === 3) {
    if (parts[2] === '综合差异系数') return at('judgedComposite', asJudged);
    if (parts[2] === '综合达标校比例') return at('compliance', percentOf('passed', 'judged'));
    if (parts[2] === '差异系数达标项数') return at('cvPassed', countOf('passed'));
    if (parts[2] === '本校达标项数') return at('reached', asAnswered);
    return undefined;
  }
  const [, , indicator, measure] = parts;
  if (parts.length !== 4) return undefined;
  if (measure === '差异系数') return at(`${indicator}.judgedCv`, asJudged);
  if (measure === '达标校比例') return at(`${indicator}.reached`, percentOf('reached', 'schools'));
  return undefined;
}

const isPlain = (value: unknown): value is FactValue =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';

const recordOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** What somebody entered: a plain value, or `{"notApplicable": true}` where the subject has no such thing. */
function asAnswered(value: unknown): ReadFact | Missing {
  if (isPlain(value)) return { value };
  return missing(recordOf(value).notApplicable === true ? 'not-applicable' : 'not-filed');
}

/**
 * A coefficient with its limit, as the run judged it. It is a double, so it is read with twelve digits; where that would stand
 * on the other side of the limit than the run decided, the run's word counts.
 */
function asJudged(value: unknown): ReadFact | Missing {
  const { value: own, limit, pass } = recordOf(value);
  if (typeof own !== 'number') return missing('not-filed');
  const read = Number(own.toPrecision(12));
  if (typeof limit !== 'number' || typeof pass !== 'boolean') return { value: read };
  if (pass) return { value: Math.min(read, limit) };
  return { value: read > limit ? read : Number((limit + 1e-12).toPrecision(15)) };
}

/** A share in per cent, with the counts from which it comes. */
function percentOf(part: string, whole: string) {
  return (value: unknown): ReadFact | Missing => {
    const [some, all] = [recordOf(value)[part], recordOf(value)[whole]];
    if (typeof some !== 'number' || typeof all !== 'number') return missing('not-filed');
    if (all === 0) return missing('no-schools');
    return { value: Number(((some * 100) / all).toPrecision(15)), of: [some, all] };
  };
}

/** A count among things that were judged; nothing judged is nothing known. */
function countOf(part: string) {
  return (value: unknown): ReadFact | Missing => {
    const { [part]: count, judged } = recordOf(value);
    return typeof count === 'number' && judged !== 0 ? { value: count } : missing('not-filed');
  };
}
