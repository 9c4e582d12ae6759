import type { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { evaluationHandle, findEvaluation } from '../evaluation.store.ts';
import { tellTalks } from '../evaluations.jobs.ts';
import { listReviewersAt } from './judging.store.ts';

/**
 * Tells whoever scored a leaf that its scores are open and wait for a talk. It is a job because a judge from outside reaches no
 * place. The notice names leaves and no points: who gave which is read at the leaf.
 */
async function tell(
  services: JobServices,
  { placeId, evaluationId, codes, places }: z.output<typeof tellTalks.data> & { readonly places: readonly number[] },
): Promise<void> {
  const scope = atPlaces(places);
  await withWriting(services.pool, scope, async (whole) => {
    const db = evaluationHandle(whole);
    const evaluation = await findEvaluation(db, scope, evaluationId, null);
    if (evaluation === undefined || evaluation.placeId !== placeId) return;
    const { campaignPlaceId, subjectName, title } = evaluation;
    const judges = await listReviewersAt(db, evaluation, codes, services.today());
    const { userId, ...program } = await services.acting(whole);
    await writeNoticesTo(db, {
      ...{ kind: 'evaluation.talkOpened', actor: { ...program, userId: userId ?? '' }, now: services.now() },
      note: codes.slice(0, 20).join('、'),
      notices: judges.map((personId) => ({
        ...{ subject: evaluation, about: `${subjectName}：${title}` },
        to: { audience: 'person' as const, placeId: campaignPlaceId, personId },
      })),
    });
  });
}

export const talkJobs: readonly FeatureJob[] = [doing(tellTalks, tell)];
