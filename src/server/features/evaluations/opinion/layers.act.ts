import { comparesLayers } from '#domain/evaluation/campaign/round.ts';
import { type LayerScoring, type ScoreScene, scoreLayer } from '#domain/evaluation/points/score.ts';
import { givenOf, type UnitLeaf, unitLeaves } from '#domain/evaluation/points/unit-total.ts';
import { judgedFacts, keptFacts, pinnedFacts } from '#domain/evaluation/snapshot.ts';
import type { Context, Facts } from '#domain/framework/answer.ts';
import type { Code } from '#domain/framework/edition.ts';
import type { Prepared, Scored } from '#domain/framework/result.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { liveFacts } from '../leaf/facts.act.ts';
import { findResultRows, type ResultPoint, type ResultRows } from './result.store.ts';

/** What one layer has at each leaf, as totals take it. */
function leavesOf({ leaves, points }: ResultRows, layer: ResultPoint['layer']): (code: Code) => UnitLeaf {
  const said = points
    .filter((point) => point.layer === layer)
    .map(({ code, points: given, answer }) => ({ code, points: given, answer: answer?.given ?? null }));
  // The subject has a row for every leaf; one without points and answer says nothing yet.
  const isOpen = (one: (typeof said)[number]) => layer === 'self' && one.points === null && one.answer === null;
  return unitLeaves(
    leaves,
    said.filter((one) => !isOpen(one)),
  );
}

/** The layers of an evaluation as they are settled now, with what its conclusions read. */
export interface SettledLayers {
  readonly rows: ResultRows;
  readonly scene: ScoreScene;
  readonly city: Scored;
  readonly selfTotal: Exact | null;
  /** What conclusions compare with. */
  readonly others: LayerScoring;
}

/** The total of a layer where nothing is open. */
export const knownTotal = ({ total, provisional }: Scored) => (provisional === null ? total : null);

type Own = Pick<Evaluation, 'schoolId' | 'releasedAt'>;

/**
 * Scores the layers of an evaluation by the engine, over its settled points and the facts of the snapshots. What rules read beside them
 * is as it is today, and after a release as it was released: since then nothing but an act of the office changes it.
 * @param among whether it is one of the others, of which the city's layer is asked, and the rest where the edition compares layers
 */
export function layersFrom(
  prepared: Prepared,
  { schoolId, releasedAt }: Own,
  rows: ResultRows,
  live: { readonly facts: Facts; readonly context: Context },
  { today, among = false }: { readonly today: Day; readonly among?: boolean },
): SettledLayers {
  const ofLeaves = rows.leaves.flatMap((leaf) => leaf.facts);
  const released = releasedAt === null ? null : rows.certificate;
  const known = released?.facts === undefined ? live.facts : pinnedFacts(released.facts, live.facts);
  const context = { ...(released?.circumstances ?? live.context), on: today };
  const scene = { prepared, facts: judgedFacts(ofLeaves, known), context };
  // A leaf is judged by its snapshot and by nothing that came after it.
  const judged = { ...scene, facts: keptFacts(ofLeaves) };
  const totalOf = (layer: ResultPoint['layer']) => scoreLayer(judged, givenOf(prepared, leavesOf(rows, layer)));
  const city = totalOf('city');
  if (among && !comparesLayers(prepared)) return { rows, scene, city, selfTotal: null, others: { city } };
  const self = totalOf('self');
  // A county has no county above it that reviews.
  const others = { self, city, ...(schoolId === null ? {} : { county: totalOf('county') }) };
  return { rows, scene, city, selfTotal: knownTotal(self), others };
}

/** The layers of one evaluation. */
export async function settledLayers(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  prepared: Prepared,
): Promise<SettledLayers> {
  const rows = await findResultRows(ctx.db, evaluation);
  const live = await liveFacts(ctx.db, prepared, evaluation);
  return layersFrom(prepared, evaluation, rows, live, ctx);
}
