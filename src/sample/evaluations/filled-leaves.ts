import { nodesOfLeaves } from '#domain/evaluation/campaign/panel.ts';
import { exactPointsText, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { keptFacts, type SnapshotLeaf, snapshotOf } from '#domain/evaluation/snapshot.ts';
import type { Answer, Facts } from '#domain/framework/answer.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import type { Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import { problemAt } from '#domain/framework/score/generated-leaves.ts';
import { drawnAnswer, flawlessAnswer } from './answers.ts';
import type { UnitScene } from './unit-scene.ts';

/** What stands at one leaf of the self-evaluation. */
export interface LaidLeaf extends SnapshotLeaf {
  readonly prepared: PreparedLeaf;
  readonly nodes: readonly string[];
  readonly version: number;
  readonly self: { readonly answer: Answer | null; readonly points: string | null } | null;
  readonly points: string | null;
}

/** A self-evaluation as far as it is filled. */
export interface Filled {
  readonly leaves: readonly LaidLeaf[];
  /** The leaves that people answer. */
  readonly persons: readonly SnapshotLeaf[];
  readonly answered: ReadonlySet<string>;
  /** The leaves that were sent back. */
  readonly sentBack: readonly string[];
}

/** Fills the leaves of an evaluation by what is known, and by what its people say. */
export function fillLeaves(scene: UnitScene, known: Facts): Filled {
  const { prepared, context, days, clip, draw, filled, isReturned, isHandedIn } = scene;
  const [first] = days;
  const snapshot = snapshotOf(prepared, known, { ...context, on: first!.from }, clip(first!.from));
  const nodes = nodesOfLeaves(prepared);
  const persons = snapshot.filter(({ origin, applies }) => origin === 'person' && applies !== false);
  const answered = new Set(persons.slice(0, Math.round(persons.length * filled)).map(({ code }) => code));
  const sentBack = isReturned ? persons.slice(2, 5).map(({ code }) => code) : [];
  const leaves = snapshot.map((leaf, index): LaidLeaf => {
    const own = prepared.leaves[index]!;
    const answer = answered.has(leaf.code) ? said(own.indicator, leaf.code) : null;
    const points = answer === null ? leaf.points : pointsOf(prepared, leaf, answer);
    const version = 1 + (answer === null ? 0 : 1) + (sentBack.includes(leaf.code) && isHandedIn ? 1 : 0);
    return {
      ...leaf,
      ...{ prepared: own, nodes: nodes.get(leaf.code) ?? [leaf.code], version, points },
      self: answer === null ? null : { answer, points },
    };
  });
  return { leaves, persons, answered, sentBack };

  /** Where a round is about places everybody claims all of what was found before. */
  function said(indicator: Indicator, code: string): Answer | null {
    const { merit } = scene.subject;
    const isDrawn = merit === undefined || (merit === 'plain' && problemAt(prepared, code) === undefined);
    return isDrawn ? drawnAnswer(indicator, draw.fork(`self ${code}`), false) : flawlessAnswer(indicator);
  }
}

/** What an answer gives at a leaf. */
export function pointsOf(prepared: Prepared, leaf: SnapshotLeaf, answer: Answer): string | null {
  const scene = { prepared, facts: keptFacts(leaf.facts), context: {} };
  const { points } = scoreOneLeaf(scene, leaf.code, answer, false);
  return points === null ? null : exactPointsText(points);
}
