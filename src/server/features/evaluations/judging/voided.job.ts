import type { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import { withWriting } from '#platform/db/handle.ts';
import { type Evaluation, type EvaluationHandle, findEvaluation } from '../evaluation.store.ts';
import { sendVoided } from '../evaluations.jobs.ts';
import { sendToJudges } from '../notice.act.ts';
import { listVoided, placeOfLayer } from './judging.store.ts';

/** What the job is asked where an evaluation comes to its judges again; undefined where nothing was sent back before. */
export function voidedOf({
  placeId,
  campaignPlaceId,
  id,
  handIn,
}: Pick<Evaluation, 'placeId' | 'campaignPlaceId' | 'id' | 'handIn'>) {
  if (handIn === null || handIn.round < 2) return undefined;
  return { places: [...new Set([placeId, campaignPlaceId])], placeId, evaluationId: id };
}

/**
 * Lets reviewers know which of their scores a change of the subject has voided. While the subject supplements nobody can score, so it
 * is sent when the evaluation stands at its judges again, once for each hand-in.
 */
async function send(
  services: JobServices,
  { placeId, evaluationId, places }: z.output<typeof sendVoided.data> & { readonly places: readonly number[] },
): Promise<void> {
  const scope = atPlaces(places);
  await withWriting(services.pool, scope, async (db: EvaluationHandle) => {
    const evaluation = await findEvaluation(db, scope, evaluationId, null);
    const layer = evaluation && stepOf(evaluation.kind, evaluation.state)?.judges;
    if (!evaluation || !layer || evaluation.placeId !== placeId) return;
    const voided = await listVoided(db, evaluation, layer, services.today());
    const round = evaluation.handIn?.round ?? 0;
    await sendToJudges(services, db, evaluation, {
      ...{ kind: 'evaluation.scoreVoided', placeId: placeOfLayer(evaluation, layer) },
      judges: voided.map(({ personId, codes }) => ({
        ...{ personId, codes, onceKey: `evaluation ${evaluationId} voided ${layer} ${round} ${personId}` },
      })),
    });
  });
}

export const voidedJobs: readonly FeatureJob[] = [doing(sendVoided, send)];
