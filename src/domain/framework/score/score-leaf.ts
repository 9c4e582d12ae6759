import { compare, type Exact, exact, greater, isZero, lesser, multiply, zero } from '../../kit/decimal.ts';
import { isMissing } from '../../kit/value.ts';
import type { Answer, Context } from '../answer.ts';
import type { Edition, Method } from '../edition.ts';
import type { LeafResult, PreparedLeaf, Step } from '../result.ts';
import { exactText, markedText } from './exact-text.ts';
import type { FactReader } from './fact-reader.ts';
import { adjusted } from './method/adjust.ts';
import { choice, ladder, optionsOf, yesNo } from './method/chosen.ts';
import { bonus, deduction, elements } from './method/counted.ts';
import { byFormula, judgement, result, survey } from './method/given.ts';
import {
  besideOf,
  type Given,
  type Judge,
  type LeafScene,
  type Note,
  open,
  type Placed,
  type Scene,
  scored,
} from './method/leaf.ts';
import { bands, linear, threshold } from './method/measured.ts';
import { mustOf } from './method/must.ts';
import { relative } from './method/relative.ts';
import { years } from './method/years.ts';
import { fixed, left, nothing, type Tally, undecided, unpointed } from './tree/tally.ts';

/** Each scoring method by its kind: the one place that knows all of them. */
const methods: { readonly [Kind in Method['kind']]: (scene: LeafScene<Kind>) => Given } = {
  ladder,
  choice,
  yesNo,
  bands,
  linear,
  threshold,
  years,
  elements,
  deduction,
  bonus,
  judgement,
  formula: byFormula,
  result,
  survey,
  relative,
};

/** What the leaves of one subject are scored from. */
export interface SubjectScene {
  readonly edition: Edition;
  readonly reader: FactReader;
  readonly context: Context;
  readonly judge: Judge;
  readonly trace: boolean;
}

/** A leaf with what it brings to its parent, or (`beside`) to the total beside the tree: a bonus, a block of deductions. */
export interface ScoredLeaf {
  readonly result: LeafResult;
  readonly tally: Tally;
  readonly beside: 'bonus' | 'deductions' | null;
}

/** Scores one leaf: does it apply, what does its method give, what do its notes change, is it met if it must be. */
export function scoreLeaf(
  subject: SubjectScene,
  leaf: PreparedLeaf,
  answer: Answer | undefined,
  placed: Placed | undefined,
  first: readonly Step[] = [],
): ScoredLeaf {
  const { indicator } = leaf;
  const { edition, trace } = subject;
  const steps: Step[] = trace ? [...first] : [];
  const note: Note = (words, value) => {
    if (!trace) return;
    steps.push(value ? { words: words(), value: exactText(value(), edition.decimals) } : { words: words() });
  };
  const text = (value: Exact): string => markedText(value, edition.decimals);
  const max = maxOf(indicator);
  const { reader, context, judge } = subject;
  const { formula, elementFormulas, elementApplies } = leaf;
  const unknown: string[] = [];
  const scene: Scene = {
    ...{ indicator, max, answer, formula, elementFormulas, elementApplies, reader, context, judge, unknown },
    ...{ note, text, placed },
  };
  const applies = appliesTo(leaf, answer, reader, note);
  const given = applies === false ? ({ kind: 'notApplicable' } as const) : adjusted(scene, givenFor(scene));
  const must = mustOf(scene, given);
  const extras = { steps, ...(must === undefined ? {} : { must }), ...(unknown.length > 0 ? { open: unknown } : {}) };
  const { code } = indicator;
  if (given.kind === 'notApplicable') {
    note(() => `不适用：${notApplicableWords[edition.notApplicable]}`);
    return withoutUse(edition, leaf, { code, max, state: 'notApplicable', by: 'facts', ...extras });
  }
  const beside = besideOf(indicator);
  if (given.kind === 'open') {
    note(() => `未定${given.lacks.length > 0 ? `：${given.lacks.join('、')}` : ''}`);
    const { least } = given;
    // Points by a person are never negative; deductions outside the tree end at nothing.
    const most = given.most ?? max;
    const leafResult: LeafResult = {
      code,
      max,
      state: 'unanswered',
      points: null,
      least,
      most,
      by: 'person',
      ...extras,
    };
    return { result: leafResult, tally: openTally(edition, scene, least, most, applies), beside };
  }
  const { by, points, grade, option, verdict, value } = given;
  const unseen = indicator.points !== 'none' && (points === null || max === null);
  const state = unseen ? 'unknownMax' : 'scored';
  const known = { ...(grade === undefined ? {} : { grade }), ...(option === undefined ? {} : { option }) };
  const said = { ...known, ...(verdict === undefined ? {} : { verdict }), ...(value === undefined ? {} : { value }) };
  const [least, most] = points === null ? [zero, max] : [points, points];
  const leafResult: LeafResult = { code, max, state, points, least, most, by, ...said, ...extras };
  return {
    result: leafResult,
    tally: points === null ? pointlessTally(scene) : fixed(points, max, points, points),
    beside,
  };
}

const notApplicableWords: Readonly<Record<Edition['notApplicable'], string>> = {
  rebase: '分值不计，由适用分值换算',
  full: '按满分计',
  zero: '按零分计',
};

/** The points of a leaf: of a bonus its cap, of deductions outside the tree nothing; null where not known or none. */
export function maxOf(indicator: PreparedLeaf['indicator']): Exact | null {
  const { method, points } = indicator;
  if (method?.kind === 'bonus') return method.cap === null ? null : exact(method.cap);
  if (besideOf(indicator) === 'deductions') return zero;
  return typeof points === 'number' ? exact(points) : null;
}

function givenFor(scene: Scene): Given {
  const { answer, indicator, max } = scene;
  const { method } = indicator;
  if (answer && 'points' in answer && !('level' in answer)) return byPerson(scene, exact(answer.points as number));
  if (!method) return open(zero, max);
  return (methods[method.kind] as (scene: Scene & { readonly method: Method }) => Given)({ ...scene, method });
}

/** Points that a person gave or a document printed, with what they say of the option and of being met. */
function byPerson({ indicator, max, note, text }: Scene, points: Exact): Given {
  const { method } = indicator;
  note(
    () => '评分',
    () => points,
  );
  const full = max === null || isZero(max) ? undefined : compare(points, max) >= 0;
  switch (method?.kind) {
    case 'yesNo': {
      const yes = full ?? compare(points, exact(method.yes)) === 0;
      return scored('person', points, { verdict: full, option: yes ? 'yes' : 'no' });
    }
    case 'threshold':
      return scored('person', points, full === undefined ? {} : { verdict: full, option: full ? 'yes' : 'no' });
    case 'elements':
    case 'years':
      return scored('person', points, { verdict: full });
    case 'choice': {
      const [option, another] = optionsOf(method, points);
      return scored('person', points, { verdict: full, option: another === undefined ? option : undefined });
    }
    case 'judgement': {
      if (max === null) return scored('person', points);
      const line = method.reasonBelow === undefined ? zero : multiply(max, exact(method.reasonBelow));
      if (compare(points, line) < 0) note(() => `低于 ${text(line)} 分，须写理由`);
      return scored('person', points);
    }
    default:
      return scored('person', points);
  }
}

/** True, false, or undefined where a fact is unknown and nobody has answered: an answer says that the leaf applies. */
function appliesTo(
  { applies, indicator }: PreparedLeaf,
  answer: Answer | undefined,
  reader: FactReader,
  note: Note,
): boolean | undefined {
  if (answer && 'notApplicable' in answer) return false;
  if (applies === null) return true;
  const value = reader.valueOf(applies);
  if (isMissing(value)) return value.missing === 'not-applicable' ? false : answer === undefined ? undefined : true;
  if (value !== true) note(() => `适用条件不成立：${indicator.applies ?? applies.source}${answer ? '，所填不计' : ''}`);
  return value === true;
}

type Unused = Omit<LeafResult, 'points' | 'least' | 'most'>;

function withoutUse(edition: Edition, { indicator }: PreparedLeaf, about: Unused): ScoredLeaf {
  const beside = besideOf(indicator);
  const { max } = about;
  const zeroed = { ...about, points: null, least: zero, most: zero };
  if (beside !== null || indicator.points === 'none') return { result: zeroed, tally: nothing, beside };
  if (edition.notApplicable === 'rebase' || max === null) return { result: zeroed, tally: left(max), beside };
  const points = edition.notApplicable === 'full' ? max : zero;
  return {
    result: { ...about, points, least: points, most: points },
    tally: fixed(points, max, points, points),
    beside,
  };
}

function openTally(
  { notApplicable }: Edition,
  scene: Scene,
  least: Exact,
  most: Exact | null,
  applies: boolean | undefined,
): Tally {
  const { max, indicator } = scene;
  if (indicator.points === 'none') return unpointed;
  const points = most === null ? greater(zero, least) : lesser(most, greater(zero, least));
  if (applies !== undefined) return fixed(points, max, least, most);
  if (besideOf(indicator) !== null) return fixed(points, max, lesser(zero, least), most && greater(zero, most));
  if (notApplicable === 'rebase') return undecided(points, max, least, most);
  const without = notApplicable === 'full' ? max : zero;
  return fixed(points, max, without ? lesser(without, least) : least, without && most && greater(without, most));
}

/** A leaf that was answered and whose points cannot be known. */
function pointlessTally({ indicator, max }: Scene): Tally {
  return indicator.points === 'none' ? unpointed : fixed(zero, max, zero, max);
}
