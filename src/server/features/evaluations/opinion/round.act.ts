import { findFactsOfAll } from '#core/facts/facts.store.ts';
import {
  asksRound,
  type ConcludedCampaign,
  type ConcludedSubject,
  concludeCampaign,
} from '#domain/evaluation/campaign/round.ts';
import { type EvaluationState, evaluationStates } from '#domain/evaluation/lists.ts';
import { concludeLayer } from '#domain/evaluation/points/score.ts';
import { hasLine } from '#domain/framework/conclude/quota/quota.ts';
import type { Prepared, Result } from '#domain/framework/result.ts';
import { lockName } from '#platform/db/named-lock.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { factSubjectOf } from '../leaf/facts.act.ts';
import { ruledWords } from '../round/tie.shape.ts';
import { listTieRulings } from '../round/tie.store.ts';
import { layersFrom, type SettledLayers } from './layers.act.ts';
import { listRoundRows, listRoundStanding, type RoundKey, type RoundRows, type RoundStanding } from './round.store.ts';

/** Results and rulings of a campaign wait for each other, so that each sees which places the others have taken. */
export const lockResults = (db: EvaluationHandle, campaignId: string): Promise<void> =>
  lockName(db, `results of ${campaignId}`);

/** All subjects of a campaign as its conclusions look at them. */
export interface CampaignRound {
  readonly standing: readonly RoundStanding[];
  /** What they come to among each other; null while one of those that count is not settled: places are drawn over settled scores. */
  readonly drawn: ConcludedCampaign | null;
}

/**
 * Looks at all subjects of a campaign: in as many statements for a thousand as for one.
 * @param own the evaluation that is concluded: it may itself be open, and the others wait for nobody but themselves
 */
export async function lookAtRound(
  ctx: EvaluationContext,
  prepared: Prepared,
  round: RoundKey,
  own: string | null,
): Promise<CampaignRound> {
  const { places } = ctx.scope;
  const standing = await listRoundStanding(ctx.db, places, round, ctx.today);
  if (standing.some(({ id, settled }) => !settled && id !== own)) return { standing, drawn: null };
  const all = await listRoundRows(ctx.db, places, round);
  const [any] = all;
  if (any === undefined) return { standing, drawn: null };
  const facts = await findFactsOfAll(ctx.db, prepared, all.map(factSubjectOf), any.assessmentYear);
  const rulings = await listTieRulings(ctx.db, round);
  const subjects: ConcludedSubject[] = [];
  for (const [at, one] of all.entries()) {
    const live = { facts: facts[at]!, context: facts[at]!.circumstances };
    // The last round of each subject gave it leaves of its own; the edition itself is known.
    const { prepared: edition } = await editionOf(ctx.db, one);
    const { scene, city, others } = layersFrom(edition, one, one, live, { today: ctx.today, among: one.id !== own });
    subjects.push({
      ...{ id: one.id, name: one.name, prepared: edition, scored: city, facts: scene.facts, context: scene.context },
      ...{ others, confirmed: confirmedAs(edition, one) },
    });
  }
  const standingRulings = rulings.filter(({ endedAt }) => endedAt === null);
  const drawn = concludeCampaign(
    prepared,
    subjects,
    standingRulings.map((one) => ({ ...one, words: ruledWords(one) })),
  );
  return { standing, drawn };
}

/** What a result was confirmed as: also one of before its conclusions were kept. */
function confirmedAs({ edition }: Prepared, { decidedOn, certificate, conclusion }: RoundRows) {
  if (decidedOn === null) return undefined;
  const [table, ...more] = edition.conclusions;
  const told =
    table === undefined || more.length > 0 || conclusion === null
      ? []
      : [{ table: table.name, name: conclusion, by: '', open: [] }];
  return certificate?.concluded?.conclusions ?? told;
}

/** What an evaluation comes to, with whom its confirmation waits for. */
export interface ConcludedAmong {
  readonly result: Result;
  /** Subjects that may still take a place of the quota by which it has its grade: they were not heard to the end, or were right. */
  readonly quotaWaits: readonly string[];
}

/**
 * Concludes an evaluation: by itself, or among the subjects of its campaign where the edition looks at them (quotas, rules of a group).
 * While one of the others is not settled its place is not known, and the conclusion names whom it waits for.
 */
export async function concludeAmong(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  { scene, city, others }: Pick<SettledLayers, 'scene' | 'city' | 'others'>,
): Promise<ConcludedAmong> {
  const { prepared, context } = scene;
  if (!asksRound(prepared)) return { result: concludeLayer(scene, city, others), quotaWaits: [] };
  const { standing, drawn } = await lookAtRound(ctx, prepared, evaluation, evaluation.id);
  const concluded = drawn?.concluded.get(evaluation.id);
  if (drawn === null || concluded === undefined) {
    const openRound = standing.flatMap(({ id, name, settled }) => (settled || id === evaluation.id ? [] : [name]));
    return { result: concludeLayer({ ...scene, context: { ...context, openRound } }, city, others), quotaWaits: [] };
  }
  const result = { ...city, ...concluded };
  return { result, quotaWaits: waitsOf(prepared, evaluation.id, result, standing, drawn) };
}

/** Whether a result is not told by its letter yet. */
const isBeforeLetter = (state: EvaluationState): boolean =>
  evaluationStates.indexOf(state) < evaluationStates.indexOf('opinionLetter');

function waitsOf(
  { edition }: Prepared,
  own: string,
  { conclusions }: Pick<Result, 'conclusions'>,
  standing: readonly RoundStanding[],
  { groupOf }: ConcludedCampaign,
): string[] {
  const tables = edition.conclusions.flatMap((table) => {
    const { name, quota } = table;
    return hasLine(table) && conclusions.some((one) => one.table === name && one.name === quota?.grade) ? [name] : [];
  });
  const group = new Set(tables.flatMap((table) => groupOf(table, own)));
  return standing.flatMap(({ id, name, state, isHeard }) =>
    id !== own && group.has(id) && isHeard && isBeforeLetter(state) ? [name] : [],
  );
}
