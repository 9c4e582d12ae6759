import type { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import { withWriting } from '#platform/db/handle.ts';
import { type Evaluation, evaluationHandle, findEvaluation } from '../evaluation.store.ts';
import { sendVoided } from '../evaluations.jobs.ts';
import { listVoided, placeOfLayer } from './judging.store.ts';

/** How many leaves a notice names. */
const mostNamed = 20;

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
 * is sent when the evaluation stands at its judges again, once for each hand-in. It is a job because the subject reaches no judge.
 */
async function send(
  services: JobServices,
  { placeId, evaluationId, places }: z.output<typeof sendVoided.data> & { readonly places: readonly number[] },
): Promise<void> {
  const scope = atPlaces(places);
  await withWriting(services.pool, scope, async (whole) => {
    const db = evaluationHandle(whole);
    const evaluation = await findEvaluation(db, scope, evaluationId, null);
    const layer = evaluation && stepOf(evaluation.kind, evaluation.state)?.judges;
    if (!evaluation || !layer || evaluation.placeId !== placeId) return;
    const { subjectName, title, handIn } = evaluation;
    const voided = await listVoided(db, evaluation, layer, services.today());
    const { userId, ...program } = await services.acting(whole);
    for (const { personId, codes } of voided) {
      const more = codes.length > mostNamed ? ` 等 ${codes.length} 项` : '';
      await writeNoticesTo(db, {
        ...{ kind: 'evaluation.scoreVoided', actor: { ...program, userId: userId ?? '' }, now: services.now() },
        note: `${codes.slice(0, mostNamed).join('、')}${more}`,
        notices: [
          {
            ...{ subject: evaluation, about: `${subjectName}：${title}` },
            to: { audience: 'person', placeId: placeOfLayer(evaluation, layer), personId },
            onceKey: `evaluation ${evaluationId} voided ${layer} ${handIn?.round ?? 0} ${personId}`,
          },
        ],
      });
    }
  });
}

export const voidedJobs: readonly FeatureJob[] = [doing(sendVoided, send)];
