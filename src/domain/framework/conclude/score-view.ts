import { add, compare, divide, exact, isZero, lesser, one, zero } from '../../kit/decimal.ts';
import { isMissing, namesInTheWay } from '../../kit/value.ts';
import type { Code, Indicator } from '../edition.ts';
import type { Ends, LeafResult, NodeResult, Prepared, Scored } from '../result.ts';
import { optionsOf } from '../score/method/chosen.ts';
import { besideOf } from '../score/method/leaf.ts';
import { type Bounded, type Judgement, known, type Range, unknown } from './range.ts';

/** The scores of one subject, as conditions ask for them. What is unanswered gives a range and never a guess. */
export class ScoreView {
  readonly scored: Scored;
  readonly #prepared: Prepared;
  readonly #leaves: ReadonlyMap<Code, LeafResult>;
  readonly #nodes: ReadonlyMap<Code, NodeResult>;
  readonly #indicators: ReadonlyMap<Code, Indicator>;

  constructor(prepared: Prepared, scored: Scored) {
    this.#prepared = prepared;
    this.scored = scored;
    this.#leaves = new Map(scored.leaves.map((leaf) => [leaf.code, leaf]));
    this.#nodes = new Map(scored.nodes.map((node) => [node.code, node]));
    this.#indicators = prepared.byCode;
  }

  total(): Range {
    const { total, provisional } = this.scored;
    if (provisional !== null) {
      const { from, to, unanswered } = provisional;
      const names = unanswered.length > 0 ? unanswered : this.#prepared.open;
      return { low: from, high: to, lack: { of: 'scores', names } };
    }
    return total === null ? unknown('scores', this.#prepared.open) : known(total);
  }

  /** The total without what stands beside it; open bonus leaves do not touch it. */
  base(): Range {
    const { base, ends, provisional } = this.scored;
    if (base === null) return this.total();
    return this.#between(ends.base, provisional?.unanswered.filter((code) => !this.#onlyBonus(code)) ?? []);
  }

  /** What stands beside the total. */
  bonus(): Range {
    const { ends, provisional } = this.scored;
    return this.#between(ends.bonus, provisional?.unanswered.filter((code) => this.#isBeside(code)) ?? []);
  }

  /** Points of a leaf or a node. */
  points(code: Code): Bounded {
    const leaf = this.#leaves.get(code);
    if (leaf === undefined) return this.#pointsOfNode(code);
    if (leaf.state === 'notApplicable') return 'notApplicable';
    if (leaf.state === 'unanswered') {
      return { low: leaf.least, high: leaf.most, lack: { of: 'scores', names: [code] } };
    }
    return leaf.points === null ? unknown('scores', [code]) : known(leaf.points);
  }

  max(code: Code): Bounded {
    const max = (this.#leaves.get(code) ?? this.#nodes.get(code))?.max ?? null;
    return max === null ? unknown('scores', [code]) : known(max);
  }

  /** Points over the maximum; what has no points, or none that apply, has no rate. */
  rate(code: Code): Bounded {
    const points = this.points(code);
    const max = (this.#leaves.get(code) ?? this.#nodes.get(code))?.max ?? null;
    if (points === 'notApplicable' || (max !== null && isZero(max))) return 'notApplicable';
    if (max === null) return unknown('scores', points.lack?.names ?? [code]);
    const node = this.#nodes.get(code);
    if (node?.rate && points.lack === null) return known(node.rate);
    return {
      low: points.low && divide(points.low, max),
      high: points.high && divide(points.high, max),
      lack: points.lack,
    };
  }

  /** The least rate among the indicators of a level; those that do not apply are left out. */
  leastRate(level: number): Bounded {
    const rates = this.#ofLevel(level).flatMap((code) => {
      const rate = this.rate(code);
      return rate === 'notApplicable' || this.#onlyBonus(code) ? [] : [rate];
    });
    return leastOf(rates);
  }

  /** The least rate among the must items; one that does not apply is left out, and none at all is full. */
  leastMustRate(): Range {
    const rates = this.#must().map(({ code }) => this.rate(code));
    const least = leastOf(rates.filter((rate) => rate !== 'notApplicable'));
    return least === 'notApplicable' ? known(one) : least;
  }

  /** How many must items are not met; one that does not apply is neither met nor failed. */
  failedMust(): Range {
    return counted(this.#must().map(({ code, must }) => (must === undefined || isMissing(must) ? [code] : !must)));
  }

  /** How many leaves (must items alone, or those of some branches) were answered so. */
  answered(option: string, of: 'leaf' | 'must' = 'leaf', under: readonly Code[] | null = null): Range {
    const branches = under && new Set(under.flatMap((code) => this.#leavesUnder(code)));
    const leaves = of === 'must' ? this.#must() : this.scored.leaves.filter(({ state }) => state !== 'notApplicable');
    return counted(
      leaves.flatMap((leaf): (boolean | readonly string[])[] => {
        const indicator = this.#indicators.get(leaf.code)!;
        if (branches !== null && !branches.has(leaf.code)) return [];
        if (!isChoice(indicator)) return [];
        const open = leaf.state === 'unanswered' || this.#alike(leaf.code).includes(option);
        return [open ? [leaf.code] : this.option(leaf.code) === option];
      }),
    );
  }

  /** The key of the option that a leaf was answered with; undefined where points alone do not say which of several it was. */
  option(code: Code): string | undefined {
    return this.#leaves.get(code)?.option;
  }

  /** The grade of a leaf or a node. */
  grade(code: Code): string | undefined {
    return (this.#leaves.get(code) ?? this.#nodes.get(code))?.grade;
  }

  /** Whether a leaf or a node is unanswered, or its points are those of several options: these are still to come. */
  isOpen(code: Code): boolean {
    const leaf = this.#leaves.get(code);
    if (leaf !== undefined) return leaf.state === 'unanswered' || this.#alike(code).length > 0;
    return this.#leavesUnder(code).some((one) => this.#leaves.get(one)?.state === 'unanswered');
  }

  /** How many items got a grade. An item whose details give one letter together counts once, at that letter. */
  graded(grade: string, under: Code | null): Range {
    const items = this.#items(under);
    return counted(
      items.flatMap((code): (boolean | readonly string[])[] => {
        const given = this.grade(code);
        if (given !== undefined) return [given === grade];
        return this.isOpen(code) ? [[code]] : [];
      }),
    );
  }

  /** Whether a node or a leaf as a whole is met. */
  verdict(code: Code): Judgement {
    const verdict = (this.#leaves.get(code) ?? this.#nodes.get(code))?.verdict;
    if (verdict === undefined) return { of: 'scores', names: [code] };
    return isMissing(verdict) ? { of: 'scores', names: namesInTheWay(verdict) } : verdict;
  }

  /** The options that share the points of a leaf, where points alone were given: nothing says which of them it was. */
  #alike(code: Code): readonly string[] {
    const { option, points } = this.#leaves.get(code)!;
    const method = this.#indicators.get(code)?.method;
    if (method?.kind !== 'choice' || option !== undefined || points === null) return [];
    return optionsOf(method, points);
  }

  #pointsOfNode(code: Code): Bounded {
    const node = this.#nodes.get(code);
    // A bonus stands beside the points of the tree and leaves the rates of its nodes alone.
    const open = this.#leavesUnder(code).filter(
      (leaf) => this.#leaves.get(leaf)?.state === 'unanswered' && !this.#onlyBonus(leaf),
    );
    if (node === undefined) return unknown('scores', [code]);
    if (open.length > 0) {
      return { low: node.least ?? zero, high: node.most ?? node.max, lack: { of: 'scores', names: open } };
    }
    if (node.points !== null) return known(node.points);
    const applies = this.#leavesUnder(code).some((leaf) => this.#leaves.get(leaf)?.state !== 'notApplicable');
    return applies ? unknown('scores', [code]) : 'notApplicable';
  }

  /** Must items that apply. */
  #must(): readonly LeafResult[] {
    return this.scored.leaves.filter(
      ({ code, state }) => this.#indicators.get(code)?.must !== undefined && state !== 'notApplicable',
    );
  }

  #ofLevel(level: number): readonly Code[] {
    const roots = this.#childrenOf(null);
    // One root over everything is the framework itself; its children are the first level (一级指标).
    let codes = roots.length === 1 ? this.#childrenOf(roots[0]!) : roots;
    for (let at = 1; at < level; at += 1) codes = codes.flatMap((code) => this.#childrenOf(code));
    return codes;
  }

  #childrenOf(code: Code | null): readonly Code[] {
    return (this.#prepared.children.get(code) ?? []).map((at) => this.#prepared.order[at]!.code);
  }

  #leavesUnder(code: Code): readonly Code[] {
    const below = this.#childrenOf(code);
    return below.length === 0 ? [code] : below.flatMap((child) => this.#leavesUnder(child));
  }

  #between({ from, to }: Ends, unanswered: readonly Code[]): Range {
    if (to !== null && compare(from, to) === 0) return known(from);
    const names = unanswered.length > 0 ? unanswered : this.#prepared.open;
    return { low: from, high: to, lack: { of: 'scores', names } };
  }

  #isBeside(code: Code): boolean {
    const indicator = this.#indicators.get(code);
    return indicator !== undefined && besideOf(indicator) !== null;
  }

  #onlyBonus(code: Code): boolean {
    return this.#leavesUnder(code).every((leaf) => this.#indicators.get(leaf)?.method?.kind === 'bonus');
  }

  #items(under: Code | null): readonly Code[] {
    if (under !== null && this.#indicators.get(under)?.rollUp?.rule === 'letter') return [under];
    const below = this.#childrenOf(under);
    if (below.length === 0) return under === null ? [] : [under];
    return below.flatMap((child) => this.#items(child));
  }
}

function isChoice({ method }: Indicator): boolean {
  return method?.kind === 'choice' || method?.kind === 'yesNo';
}

function leastOf(rates: readonly Range[]): Bounded {
  if (rates.length === 0) return 'notApplicable';
  return rates.reduce((left, right) => ({
    low: left.low && right.low && lesser(left.low, right.low),
    high: left.high === null ? right.high : right.high === null ? left.high : lesser(left.high, right.high),
    lack: bothLack(left, right),
  }));
}

/** A rate that is not yet known matters only where it could be the least. */
function bothLack(left: Range, right: Range): Range['lack'] {
  const [first, second] = [left, right].map((range, index) => {
    const other = index === 0 ? right : left;
    const matters = range.low === null || other.high === null || compare(range.low, other.high) < 0;
    return matters ? range.lack : null;
  });
  if (!first || !second) return first ?? second ?? null;
  return { of: first.of, names: [...new Set([...first.names, ...second.names])] };
}

/** How many are true; each list of names is one that may become true. */
function counted(each: readonly (boolean | readonly string[])[]): Range {
  const open = each.filter((item) => typeof item !== 'boolean');
  const low = exact(each.filter((item) => item === true).length);
  if (open.length === 0) return known(low);
  return { low, high: add(low, exact(open.length)), lack: { of: 'scores', names: [...new Set(open.flat())] } };
}
