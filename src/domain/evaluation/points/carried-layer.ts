import type { Answer, Answers } from '../../framework/answer.ts';
import type { Code, Indicator } from '../../framework/edition.ts';
import { type CarriedWay, carriedLeaf, type KeptLeaf } from '../../framework/mapping/carried-answer.ts';
import type { Scored } from '../../framework/result.ts';
import { type LayerPoint, readExactPoints, type ScoreScene, scoreMixed } from './score.ts';

/** A layer of an earlier round as another edition scores it, and how each leaf came by what it has. */
export interface CarriedLayer {
  readonly scored: Scored;
  readonly ways: ReadonlyMap<Code, CarriedWay>;
}

/**
 * Scores an edition by what was said in an earlier round, as a trial asks before the edition is used. An unchanged edition comes to the
 * very same points. What carries over of no leaf is filled by the facts of the subject, or stays open.
 * @param from the earlier leaf of each leaf, by the code of the later one
 * @param kept what was said at the earlier leaves, by their codes
 * @param typed answers that are given instead
 * @throws Problem `framework.answersInvalid` for a typed answer that does not fit
 */
export function carriedLayer(
  scene: ScoreScene,
  from: ReadonlyMap<Code, Indicator>,
  kept: ReadonlyMap<Code, KeptLeaf>,
  typed: Answers,
): CarriedLayer {
  const ways = new Map<Code, CarriedWay>();
  const settled = new Map<Code, LayerPoint>();
  const answers = new Map<Code, Answer>(typed);
  for (const { indicator } of scene.prepared.leaves) {
    const { code } = indicator;
    const earlier = from.get(code);
    const carried = carriedLeaf(earlier, indicator, earlier && kept.get(earlier.code));
    ways.set(code, carried.way);
    if (carried.kept === null || typed.has(code)) continue;
    const { points, answer } = carried.kept;
    if (carried.way === 'points') settled.set(code, { points: readExactPoints(points!), answer });
    else answers.set(code, answer!);
  }
  return { scored: scoreMixed(scene, settled, answers), ways };
}
