import { type Missing, missing } from '../kit/value.ts';
import { type SchoolLevel, schoolLevelNames } from '../org/school-level.ts';
import type { Fact, FactValue } from './answer.ts';
import { namesOfCondition } from './conclude/condition-names.ts';
import { factsOfMethod } from './edition/method-check.ts';
import type { SourcedName } from './edition/words.ts';
import type { Edition } from './edition.ts';
import type { FactKind, FactPeriod } from './lists.ts';
import type { Prepared } from './result.ts';

export type { FactKind } from './lists.ts';

/** What of `Fact` a stored value gives; source and certificate come from its row. */
export type ReadFact = Pick<Fact, 'value' | 'of'>;

/** Where the value behind a name of a formula lies in the published view `facts`, and how it is read. */
export interface FactKey {
  readonly kind: FactKind;
  readonly key: string;
  readonly period: FactPeriod;
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
 * @param name `事实:在园幼儿数`, `均衡:基本均衡.小学.综合差异系数`, `履职:到校次数`, or an item of the catalogue
 * @param named what the edition says of its names
 */
export function factKeyOf(name: string, named: NamedFacts): FactKey | undefined {
  if (named.attributes.has(name)) return undefined;
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
  const [source] = partsOf(name);
  return source === '事实' ? 'asked' : source === '均衡' ? 'balance' : source === '履职' ? 'duty' : 'filing';
}

/**
 * The names of all facts that an edition reads: those of its formulas and conditions, those that a method reads by
 * itself, and those by which a quota groups. Each once, in the order in which they come. Figures of surveys and of earlier
 * evaluations are no facts of the vocabulary and are not among them.
 */
export function factNamesOf({ leaves, relaxations, applies, conditions, edition }: Prepared): string[] {
  const all = [...leaves, ...relaxations.flatMap((one) => one.leaves)];
  const formulas = [
    ...all.flatMap((leaf) => [leaf.formula, leaf.applies, ...leaf.elementFormulas, ...leaf.elementApplies]),
    ...[applies, ...relaxations.map(({ when }) => when)],
  ];
  return [
    ...new Set([
      ...formulas.flatMap((formula) => formula?.fields ?? []),
      ...all.flatMap(({ indicator }) => factsOfMethod(indicator.method)),
      ...[...conditions.values()].flatMap(({ node }) => namesOfCondition(node)),
      ...edition.conclusions.flatMap(({ quota }) => quota?.by ?? []).filter((name) => name !== 'class'),
    ]),
  ];
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
