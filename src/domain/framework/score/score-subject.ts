import { isMissing } from '../../kit/value.ts';
import type { Answers, Context, Facts } from '../answer.ts';
import { conclude } from '../conclude/conclude.ts';
import { leafJudge } from '../conclude/leaf-judge.ts';
import type { Code } from '../edition.ts';
import type { Prepared, PreparedLeaf, Result, Scored, ScoreOptions, Step } from '../result.ts';
import { type FactReader, factReader } from './fact-reader.ts';
import type { Placed } from './method/leaf.ts';
import { checkAnswers } from './read-answers.ts';
import { type ScoredLeaf, scoreLeaf } from './score-leaf.ts';
import { type ScoredTree, TreeScorer } from './tree/score-tree.ts';
import { totalsOf } from './tree/totals.ts';
import { answersOfVisit } from './visit-choice.ts';

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
 * @throws Problem `framework.answersInvalid` with every answer that does not fit, by its leaf
 */
export function scoreOf(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
): Scored {
  checkAnswers(prepared, answers, context);
  return scoreChecked(prepared, answersOfVisit(prepared, answers, context), facts, context, options, new Map());
}

/**
 * The same from answers that were checked.
 * @param placed what relative leaves give to this subject, where a round is scored
 */
export function scoreChecked(
  prepared: Prepared,
  answers: Answers,
  facts: Facts,
  context: Context,
  options: ScoreOptions,
  placed: ReadonlyMap<Code, Placed>,
): Scored {
  const { edition } = prepared;
  const reader = factReader(facts, context.evaluations);
  const scene = { edition, reader, context, judge: leafJudge(prepared, facts, context), trace: options.trace };
  const relaxed = options.relaxed ? relaxedLeaves(prepared, reader, context) : new Map<number, Relaxed>();
  const leaves = new Map<Code, ScoredLeaf>();
  for (const leaf of prepared.leaves) {
    const { code } = leaf.indicator;
    const instead = relaxed.get(leaf.at);
    leaves.set(code, scoreLeaf(scene, instead?.leaf ?? leaf, answers.get(code), placed.get(code), instead?.steps));
  }
  const tree = new TreeScorer(prepared, leaves, answers, context, options.trace).score();
  return { edition: edition.key, authority: edition.authority, ...totalsOf(prepared, tree), ...partsOf(tree) };
}

function partsOf({ nodes, leaves, trace }: ScoredTree): Pick<Scored, 'nodes' | 'leaves' | 'trace'> {
  return { nodes, leaves, trace };
}

/** A leaf as a relaxation has it, with the words by which a trace begins. */
export interface Relaxed {
  readonly leaf: PreparedLeaf;
  readonly steps: readonly Step[];
}

/**
 * The leaves that dated relaxations replace: their condition holds, and their end is not past. With several at one leaf
 * the last one counts. A leaf whose condition nobody knows stays as it is, and its trace says so.
 * @param code the one leaf that is asked; all leaves where nothing is said
 */
export function relaxedLeaves(
  { relaxations, leaves }: Prepared,
  reader: FactReader,
  { on }: Context,
  code?: Code,
): Map<number, Relaxed> {
  const found = new Map<number, Relaxed>();
  for (const { relaxation, when, leaves: relaxed } of relaxations) {
    const { until, basis, duty, codes } = relaxation;
    // Without a day, of its end or of today, nobody can say that it still lasts.
    if (until === null || on === undefined || on > until) continue;
    if (code !== undefined && !codes.includes(code)) continue;
    const holds = when === null || reader.valueOf(when);
    if (holds === true) {
      const steps = [{ words: `按 ${basis} 放宽，到 ${until} 为止；后续：${duty}` }];
      for (const leaf of relaxed) found.set(leaf.at, { leaf, steps });
    } else if (isMissing(holds)) {
      const steps = [{ words: `能否按 ${basis} 放宽，还要看 ${holds.fields.join('、')}；没有数据以前按原标准` }];
      for (const { at } of relaxed) {
        if (!found.has(at)) found.set(at, { leaf: leaves.find((one) => one.at === at)!, steps });
      }
    }
  }
  return found;
}
