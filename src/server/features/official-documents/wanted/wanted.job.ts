import type { z } from 'zod';
import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces, signatureOf } from '#domain/access/actor.ts';
import { letterStateTitles } from '#domain/letter/state.ts';
import { withWriting } from '#platform/db/handle.ts';
import { alsoFoundBy, composeLetter, type LetterContent } from '../draft/draft.act.ts';
import { findUnitName } from '../letter.detail.store.ts';
import { insertLetter, insertTies, type LetterHandle, recordOf, writeRecipients } from '../letter.store.ts';
import { draftWanted } from '../official-document.jobs.ts';
import { findUsualSeries } from '../series/series.store.ts';

type Given = z.output<typeof draftWanted.data> & { readonly places: readonly number[] };

/** Drafts a letter that a feature wants, in the name of whoever caused it; what was drafted before stays as it is. */
async function draft(services: JobServices, { places, ...given }: Given): Promise<void> {
  const wanted = letterWanted.data.parse(given);
  const { placeId, letterId: id, kind, title, addressees, body, figures } = wanted;
  await withWriting(services.pool, atPlaces(places), async (db: LetterHandle) => {
    const acting = await services.asker(db);
    const series = await findUsualSeries(db, placeId, kind);
    const content: LetterContent = {
      ...{ kind, seriesId: series?.id ?? null, title, addressees, body, attachments: [], copyTo: [] },
      ...{ sealed: true, restricted: false },
      ...(figures === undefined ? {} : { figures }),
    };
    const at = services.now();
    const unitName = await findUnitName(db, placeId);
    const { cosignerUnitId = null } = wanted;
    const jointSigner = cosignerUnitId === null ? null : await findUnitName(db, cosignerUnitId);
    const letter = {
      ...{ placeId, id, seriesId: content.seriesId, kind, title, restricted: false, at },
      model: composeLetter(content, series, { unitName, jointSigner, today: services.today() }),
      cosignerUnitId,
      source: { type: wanted.sourceType, id: wanted.sourceId, label: wanted.sourceLabel },
      ...{ draftedBy: acting.userId ?? '', draftedByName: signatureOf(acting), writtenBy: [] },
      alsoFoundBy: await alsoFoundBy(title),
    };
    if (!(await insertLetter(db, letter))) return;
    await writeRecipients(db, letter, wanted.recipients);
    await insertTies(db, letter, wanted.ties);
    const subject = { type: 'letter', id, placeId, schoolId: null };
    await writeSteps(db, [{ subject, from: 'draft', to: 'draft' }], { action: 'wanted', actor: acting, at });
    const after = { title, state: letterStateTitles.draft, recipients: wanted.recipients.length };
    await services.record(db, recordOf(letter, 'wanted', { after }));
  });
}

export const wantedJobs: readonly FeatureJob[] = [doing(draftWanted, draft)];

export const wantedFollows: readonly Following[] = [following(letterWanted, draftWanted)];
