import type { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { type EvaluationHandle, findEvaluation } from '../evaluation.store.ts';
import { sendTalks } from '../evaluations.jobs.ts';
import { sendToJudges } from '../notice.act.ts';
import { listReviewersAt } from './judging.store.ts';

/** Lets whoever scored a leaf know that its scores are open and wait for a talk. */
async function send(
  services: JobServices,
  { placeId, evaluationId, codes, places }: z.output<typeof sendTalks.data> & { readonly places: readonly number[] },
): Promise<void> {
  const scope = atPlaces(places);
  await withWriting(services.pool, scope, async (db: EvaluationHandle) => {
    const evaluation = await findEvaluation(db, scope, evaluationId, null);
    if (evaluation === undefined || evaluation.placeId !== placeId) return;
    const judges = await listReviewersAt(db, evaluation, codes, services.today());
    await sendToJudges(services, db, evaluation, {
      ...{ kind: 'evaluation.talkOpened', placeId: evaluation.campaignPlaceId },
      judges: judges.map((personId) => ({ personId, codes })),
    });
  });
}

export const talkJobs: readonly FeatureJob[] = [doing(sendTalks, send)];
