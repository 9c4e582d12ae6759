import type { z } from 'zod';
import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { campaignPartnerLeft } from '#core/workflow/campaign-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { letterStateTitles } from '#domain/letter/state.ts';
import { withWriting } from '#platform/db/handle.ts';
import { type LetterHandle, recordOf } from '../letter.store.ts';
import { freeLetters } from '../official-document.jobs.ts';
import { writeFreed } from './freed-letter.store.ts';

type Given = z.output<typeof freeLetters.data> & { readonly places: readonly number[] };

/** The letters of a campaign wait no longer for a unit that is out of it. Whoever holds campaigns signs letters, too. */
async function free(services: JobServices, { campaign, reason: left, places }: Given): Promise<void> {
  const reach = atPlaces([...new Set([...places, campaign.placeId])]);
  await withWriting(services.pool, reach, async (db: LetterHandle) => {
    const at = services.now();
    const reason = `配合单位退出项目：${left}`;
    const freed = await writeFreed(db, campaign, { places, reason, at });
    const actor = await services.asker(db);
    await writeSteps(
      db,
      freed.map((subject) => ({ subject, from: subject.state, to: subject.state })),
      { action: 'dropCosigner', actor, at, reason },
    );
    for (const letter of freed) {
      const state = letterStateTitles[letter.state];
      const after = { title: letter.title, state, reason };
      await services.record(db, recordOf(letter, 'cosignerDropped', { before: { state }, after }));
    }
  });
}

export const partnerJobs: readonly FeatureJob[] = [doing(freeLetters, free)];

export const partnerFollows: readonly Following[] = [following(campaignPartnerLeft, freeLetters)];
