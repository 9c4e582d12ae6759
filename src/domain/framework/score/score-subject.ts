import { add, type Exact, exact } from '../../kit/decimal.ts';
import type { Answers, Context, Facts } from '../answer.ts';
import { conclude } from '../conclude/conclude.ts';
import { leafJudge } from '../conclude/leaf-judge.ts';
import type { Code, Edition } from '../edition.ts';
import type { Prepared, PreparedLeaf, Result, Scored, ScoreOptions, Step } from '../result.ts';
import { type FactReader, factReader, lesser, zero } from './fact-reader.ts';
import type { Placed } from './leaf.ts';
import { checkAnswers } from './read-answers.ts';
import { type ScoredLeaf, scoreLeaf } from './score-leaf.ts';
import { type ScoredTree, TreeScorer } from './score-tree.ts';
import type { Tally } from './tally.ts';

/**
 * Scores one subject and concludes: every leaf by its method, every node by its roll-up, the decision tables of the
 * edition over both. Exact figures from leaf to conclusion; nothing is rounded but at a node whose edition says so.
 * @throws Problem `framework.answersInvalid` with every answer that does not fit, by its leaf
 */
export function scoreSubject(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
): Result {
  const scored = scoreOf(prepared, answers, facts, context, options);
  return { ...scored, ...conclude(prepared, scored, facts, context) };
}

/**
 * The scores alone, before anything is concluded from them.
 * @param placed what relative leaves give to this subject, where a round is scored
 * @throws Problem `framework.answersInvalid` with every answer that does not fit, by its leaf
 */
export function scoreOf(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
  placed: ReadonlyMap<Code, Placed> = new Map(),
): Scored {
  checkAnswers(prepared, answers);
  const { edition } = prepared;
  const reader = factReader(facts);
  const scene = { edition, reader, context, judge: leafJudge(prepared, facts, context), trace: options.trace };
  const relaxed = options.relaxed ? relaxedLeaves(prepared, reader, context) : new Map<number, Relaxed>();
  const leaves = new Map<Code, ScoredLeaf>();
  for (const leaf of prepared.leaves) {
    const { code } = leaf.indicator;
    const instead = relaxed.get(leaf.at);
    leaves.set(code, scoreLeaf(scene, instead?.leaf ?? leaf, answers.get(code), placed.get(code), instead?.steps));
  }
  const tree = new TreeScorer(prepared, leaves, answers, context, options.trace).score();
  return { edition: edition.key, authority: edition.authority, ...totals(prepared, tree), ...partsOf(tree) };
}

function partsOf({ nodes, leaves, trace }: ScoredTree): Pick<Scored, 'nodes' | 'leaves' | 'trace'> {
  return { nodes, leaves, trace };
}

interface Relaxed {
  readonly leaf: PreparedLeaf;
  readonly steps: readonly Step[];
}

/**
 * The leaves that dated relaxations replace: their condition holds, and their end is not past. With several at one leaf
 * the last one counts.
 */
function relaxedLeaves({ relaxations = [] }: Prepared, reader: FactReader, { on }: Context): Map<number, Relaxed> {
  const found = new Map<number, Relaxed>();
  for (const { relaxation, when, leaves } of relaxations) {
    const past = on !== undefined && relaxation.until !== null && on > relaxation.until;
    if (past || (when !== null && reader.valueOf(when) !== true)) continue;
    const until = relaxation.until === null ? '' : `，到 ${relaxation.until} 为止`;
    const steps = [{ words: `按 ${relaxation.basis} 放宽${until}；后续：${relaxation.duty}` }];
    for (const leaf of leaves) found.set(leaf.at, { leaf, steps });
  }
  return found;
}

type Totals = Pick<Scored, 'base' | 'bonus' | 'total' | 'max' | 'provisional'>;

function totals({ edition }: Prepared, { root, bonus, deductions, unanswered }: ScoredTree): Totals {
  const known = root.pointed && root.applies && root.computable;
  const max = edition.max === null ? (known ? root.whole : null) : exact(edition.max);
  const top = edition.bonus?.beyondMax === false ? max : null;
  const [besideLeast, besidePoints, besideMost] = besideEnds(edition, bonus, deductions);
  const totalOf = (base: Exact, beside: Exact): Exact => {
    const all = add(base, beside);
    return top === null ? all : lesser(all, top);
  };
  const open = unanswered.length > 0 || edition.gaps.some((gap) => gap.points !== 0);
  const to = root.most === null || besideMost === null ? null : totalOf(root.most, besideMost);
  return {
    base: known ? root.points : null,
    bonus: besidePoints,
    total: known ? totalOf(root.points, besidePoints) : null,
    max,
    provisional: open
      ? { from: known ? totalOf(root.least, besideLeast) : zero, to: known ? to : null, unanswered }
      : null,
  };
}

/** Bonuses up to the cap of the edition, and what is taken outside the tree: at least, so far, at most. */
function besideEnds({ bonus: rule }: Edition, bonus: Tally, deductions: Tally): readonly [Exact, Exact, Exact | null] {
  const cap = rule?.cap === undefined || rule.cap === null ? null : exact(rule.cap);
  const capped = (points: Exact): Exact => (cap === null ? points : lesser(points, cap));
  const most = bonus.most === null ? cap : capped(bonus.most);
  return [
    add(capped(bonus.least), deductions.least),
    add(capped(bonus.points), deductions.points),
    most === null || deductions.most === null ? null : add(most, deductions.most),
  ];
}
