import { add, compare, divide, type Exact, exact, greater, isZero, lesser, zero } from '../../../kit/decimal.ts';
import { problem } from '../../../kit/problem.ts';
import type { Answers, Context } from '../../answer.ts';
import type { Code, Indicator } from '../../edition.ts';
import type { LeafResult, NodeResult, Prepared, Step, TraceNode, Verdict } from '../../result.ts';
import { exactText, markedText } from '../exact-text.ts';
import type { Note } from '../method/leaf.ts';
import type { ScoredLeaf } from '../score-leaf.ts';
import { allMet, letterOf, type Part, partsOnOwnScale, rollUpNode } from './node.ts';
import { fixed, nothing, type Tally, together } from './tally.ts';

/** The tree of one subject, rolled up. */
export interface ScoredTree {
  readonly root: Tally;
  readonly nodes: readonly NodeResult[];
  readonly leaves: readonly LeafResult[];
  readonly trace: readonly TraceNode[];
  /** What stands beside the points of the tree. */
  readonly bonus: Tally;
  readonly deductions: Tally;
  /** Codes of leaves that nobody has answered; leaves under a node whose points are given are not asked. */
  readonly unanswered: readonly Code[];
}

/** Rolls scored leaves up to the total of the tree. */
export class TreeScorer {
  readonly #prepared: Prepared;
  readonly #leaves: ReadonlyMap<Code, ScoredLeaf>;
  readonly #given: ReadonlyMap<Code, number>;
  readonly #trace: boolean;
  readonly #nodes = new Map<Code, NodeResult>();
  readonly #traces = new Map<Code, TraceNode>();
  readonly #silent = new Set<Code>();

  /**
   * @param given points of inner nodes that a document gives without their leaves
   * @throws Problem `framework.answersInvalid` for a given node that is none, has answers below, or more points than it may
   */
  constructor(
    prepared: Prepared,
    leaves: ReadonlyMap<Code, ScoredLeaf>,
    answers: Answers,
    context: Context,
    trace: boolean,
  ) {
    this.#prepared = prepared;
    this.#leaves = leaves;
    this.#given = context.given ?? new Map();
    this.#trace = trace;
    this.#checkGiven(answers);
  }

  score(): ScoredTree {
    const { edition, leaves } = this.#prepared;
    const roots = this.#childrenOf(null);
    const { rollUp } = edition;
    const own = roots.length === 1 || partsOnOwnScale(rollUp);
    const parts = [...roots.map((root) => this.#partOf(root, own)), ...this.#gapsOf(null)];
    const [note, steps] = this.#writer();
    const full = edition.max === null ? null : exact(edition.max);
    const { tally, rounded } = rollUpNode(parts, rollUp, full, true, note, (value) => this.#text(value));
    if (steps.length > 0 || rounded) this.#addTrace('', '总分', steps, rounded);
    const beside = (kind: ScoredLeaf['beside']): Tally =>
      together([...this.#leaves.values()].filter((leaf) => leaf.beside === kind).map((leaf) => leaf.tally));
    const results = leaves.map(({ indicator }) => this.#leafResult(indicator.code));
    for (const { code, steps: own } of this.#trace ? results : []) {
      this.#traces.set(code, { code, words: this.#titleOf(code), steps: own });
    }
    const inOrder = <T>(of: ReadonlyMap<Code, T>): T[] =>
      ['', ...this.#prepared.order.map(({ code }) => code)].flatMap((code) => of.get(code) ?? []);
    return {
      root: tally,
      nodes: inOrder(this.#nodes),
      leaves: results,
      trace: inOrder(this.#traces),
      bonus: beside('bonus'),
      deductions: beside('deductions'),
      unanswered: results.flatMap(({ code, state, by }) => (state === 'unanswered' && by !== 'given' ? [code] : [])),
    };
  }

  #partOf(indicator: Indicator, own: boolean): Part {
    const { code, weight } = indicator;
    const leaf = this.#leaves.get(code);
    if (leaf) {
      const { result, tally, beside } = leaf;
      const answered = result.state !== 'unanswered';
      const { grade, verdict } = result;
      const met = verdict ?? metByPoints(result);
      return { code, weight, tally: beside === null ? tally : nothing, grade, verdict: met, answered };
    }
    return this.#nodePart(indicator, own);
  }

  #nodePart(indicator: Indicator, own: boolean): Part {
    const { code, weight, rollUp } = indicator;
    const full = typeof indicator.points === 'number' ? exact(indicator.points) : null;
    const given = this.#given.get(code);
    if (given !== undefined) return this.#givenPart(indicator, exact(given), full);
    const below = partsOnOwnScale(rollUp);
    const children = this.#childrenOf(code);
    const parts = [...children.map((child) => this.#partOf(child, below)), ...this.#gapsOf(code)];
    const [note, steps] = this.#writer();
    if (this.#trace) steps.push(...this.#sumStep(parts));
    const { tally, rounded } = rollUpNode(parts, rollUp, full, own, note, (value) => this.#text(value));
    const grade = rollUp?.rule === 'letter' ? letterOf(parts) : undefined;
    const verdict = rollUp?.rule === 'all' ? allMet(parts) : undefined;
    const counts = rollUp?.rule === 'counts' || rollUp?.rule === 'letter' ? this.#countsUnder(indicator) : undefined;
    const extras = {
      ...(grade === undefined ? {} : { grade }),
      ...(verdict === undefined ? {} : { verdict }),
      ...(counts === undefined ? {} : { counts }),
    };
    this.#nodes.set(code, this.#nodeResult(indicator, tally, extras));
    this.#addTrace(code, this.#titleOf(code), steps, rounded);
    return { code, weight, tally, grade, verdict, answered: true };
  }

  #givenPart(indicator: Indicator, points: Exact, full: Exact | null): Part {
    const { code, weight } = indicator;
    const tally = fixed(points, full, points, points);
    for (const below of this.#under(indicator)) {
      if (this.#leaves.has(below.code)) this.#silent.add(below.code);
      else this.#nodes.set(below.code, { code: below.code, title: below.title, points: null, max: null, rate: null });
    }
    this.#nodes.set(code, { ...this.#nodeResult(indicator, tally, {}), least: points, most: points });
    const value = exactText(points, this.#prepared.edition.decimals);
    this.#addTrace(code, this.#titleOf(code), [{ words: '文件所载得分', value }], null);
    return { code, weight, tally, grade: undefined, verdict: undefined, answered: true };
  }

  #nodeResult(
    indicator: Indicator,
    tally: Tally,
    extras: { grade?: string; verdict?: Verdict; counts?: Readonly<Record<string, number>> },
  ): NodeResult {
    const { code, title } = indicator;
    if (!tally.applies && !tally.pointed) {
      const beside = this.#besideUnder(indicator);
      const points = beside ? beside.points : null;
      return { code, title, points, max: beside ? zero : null, rate: null, ...extras };
    }
    if (!tally.applies) return { code, title, points: null, max: zero, rate: null, ...extras };
    if (!tally.pointed || !tally.computable) return { code, title, points: null, max: null, rate: null, ...extras };
    const { points, max } = tally;
    const rate = max === null || isZero(max) ? null : divide(points, max);
    const { least, most, optional } = tally;
    if (optional.length === 0 && most !== null && compare(least, most) === 0)
      return { code, title, points, max, rate, ...extras };
    const low = optional.reduce((sum, one) => add(sum, lesser(zero, one.least)), least);
    const high = optional.reduce<Exact | null>(
      (sum, one) => (sum === null || one.most === null ? null : add(sum, greater(zero, one.most))),
      most,
    );
    return { code, title, points, max, rate, least: low, most: high, ...extras };
  }

  /** A node all of whose leaves stand beside the tree shows their points. */
  #besideUnder(indicator: Indicator): Tally | undefined {
    const leaves = this.#under(indicator).flatMap(({ code }) => this.#leaves.get(code) ?? []);
    return leaves.length > 0 && leaves.every(({ beside }) => beside !== null)
      ? together(leaves.map(({ tally }) => tally))
      : undefined;
  }

  /** How many items got each grade; an item whose details give one letter together counts once. */
  #countsUnder(indicator: Indicator, counts: Record<string, number> = {}): Readonly<Record<string, number>> {
    for (const child of this.#childrenOf(indicator.code)) {
      const node = this.#nodes.get(child.code);
      const grade = (node ?? this.#leaves.get(child.code)?.result)?.grade;
      if (grade !== undefined) counts[grade] = (counts[grade] ?? 0) + 1;
      else if (node) this.#countsUnder(child, counts);
    }
    return counts;
  }

  /** Rows that exist and were not seen: they can still give their points. */
  #gapsOf(code: Code | null): Part[] {
    return this.#prepared.edition.gaps
      .filter((gap) => gap.under === code && gap.points !== 0)
      .map(({ title, points }): Part => {
        const max = points === null ? null : exact(points);
        const pointed = points !== null || this.#pointed();
        const tally = pointed ? fixed(zero, max, zero, max) : nothing;
        return { code: title, weight: undefined, tally, grade: undefined, verdict: undefined, answered: false };
      });
  }

  #pointed(): boolean {
    return this.#prepared.leaves.some(({ indicator }) => typeof indicator.points === 'number');
  }

  #leafResult(code: Code): LeafResult {
    const { result } = this.#leaves.get(code)!;
    return this.#silent.has(code) ? { ...result, by: 'given' } : result;
  }

  #checkGiven(answers: Answers): void {
    const issues = [...this.#given].flatMap(([code, points]) => {
      const message = this.#givenFault(code, points, answers);
      return message === undefined ? [] : [{ path: `given.${code}`, code, message }];
    });
    if (issues.length > 0) throw problem('framework.answersInvalid', { issues });
  }

  #givenFault(code: Code, points: number, answers: Answers): string | undefined {
    const node = this.#prepared.byCode.get(code);
    if (!node || this.#leaves.has(code)) return '不是有下级的指标，不能直接写得分';
    if (this.#under(node).some((below) => answers.has(below.code) || this.#given.has(below.code))) {
      return '它的下级已经作答，得分由下级合计';
    }
    if (typeof node.points === 'number' && points > node.points) return `${points} 分超过满分 ${node.points} 分`;
    return points < 0 ? '得分不能小于 0' : undefined;
  }

  #childrenOf(code: Code | null): readonly Indicator[] {
    return (this.#prepared.children.get(code) ?? []).map((at) => this.#prepared.order[at]!);
  }

  #under({ code }: Indicator): readonly Indicator[] {
    return this.#childrenOf(code).flatMap((child) => [child, ...this.#under(child)]);
  }

  #titleOf(code: Code): string {
    return this.#prepared.byCode.get(code)?.title ?? '名称未见';
  }

  #text(value: Exact): string {
    return markedText(value, this.#prepared.edition.decimals);
  }

  #writer(): readonly [Note, Step[]] {
    const steps: Step[] = [];
    const { decimals } = this.#prepared.edition;
    const note: Note = (words, value) => {
      if (!this.#trace) return;
      steps.push(value ? { words: words(), value: exactText(value(), decimals) } : { words: words() });
    };
    return [note, steps];
  }

  #sumStep(parts: readonly Part[]): Step[] {
    const counted = parts.filter(({ tally }) => tally.applies && tally.pointed && tally.computable);
    if (counted.length === 0) return [];
    const words = counted.map(({ code, tally }) => `${code} ${this.#text(tally.points)}`).join(' + ');
    const all = together(counted.map(({ tally }) => tally)).points;
    return [{ words, value: exactText(all, this.#prepared.edition.decimals) }];
  }

  #addTrace(code: Code, words: string, steps: readonly Step[], rounded: { from: Exact; to: Exact } | null): void {
    if (!this.#trace) return;
    const { decimals } = this.#prepared.edition;
    const ends = rounded && { from: exactText(rounded.from, decimals), to: exactText(rounded.to, decimals) };
    this.#traces.set(code, ends ? { code, words, steps, rounded: ends } : { code, words, steps });
  }
}

/** A leaf of another method counts as met with all its points. */
function metByPoints({ points, max, state }: LeafResult): Verdict | undefined {
  if (state !== 'scored' || points === null || max === null || isZero(max)) return undefined;
  return compare(points, max) >= 0;
}
