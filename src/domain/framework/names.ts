import { type Missing, missing } from '../kit/value.ts';
import { type SchoolLevel, schoolLevelNames } from '../org/school-level.ts';
import type { Fact, FactValue } from './answer.ts';
import { namesOfCondition } from './conclude/condition-names.ts';
import { factsOfMethod } from './edition/method-check.ts';
import type { Prepared } from './result.ts';

/** The source that a name of a formula says, `事实:` `均衡:` `履职:`; a name without one is an item of the yearly record. */
export type FactKind = 'asked' | 'balance' | 'duty' | 'filing' | 'attribute';

/** The years by which a fact is kept. */
export type FactPeriod = 'calendarYear' | 'schoolYear';

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

/**
 * Money is kept by calendar year, the budget year of 《中华人民共和国预算法》第十八条; what schools and inspectors do is kept by
 * school year. A name that speaks of money or of the meetings of party and government is of the calendar year.
 */
const ofBudgetYear =
  /支出|经费|拨款|拨付|土地收益|工资|资助|公用|常委会|常务会|政府工作报告|为民办实事|专题研究|预算|决算/;

/**
 * Where the value behind a name of a formula lies. Undefined where no row of `facts` can hold it.
 * @param name `事实:在园幼儿数`, `均衡:基本均衡.小学.综合差异系数`, `履职:到校次数`, or an item of the catalogue
 * @param attributes names that the edition reads of the subject itself; they lie nowhere
 */
export function factKeyOf(name: string, attributes: ReadonlySet<string> = new Set()): FactKey | undefined {
  if (attributes.has(name)) return undefined;
  const [source, rest] = partsOf(name);
  if (source === '事实') {
    return {
      kind: 'asked',
      key: name,
      period: ofBudgetYear.test(rest) ? 'calendarYear' : 'schoolYear',
      read: asAnswered,
    };
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
