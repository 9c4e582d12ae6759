import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type HandsOver, handOverWords, workHandedOver } from '#core/access/hand-over.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { type LetterHandle, recordOf } from '../letter.store.ts';
import { passDrafts } from '../official-document.jobs.ts';
import { draftsKind, openLetters, writePassedLetters } from './letter.hand-over.store.ts';

/** What of a post passes to another: the letters that it drafted and that are not issued. */
export const letterHandsOver: HandsOver = {
  kinds: {
    [draftsKind]: {
      title: '经办的公文（没有印发的）',
      fits: ({ permissions }) => permissions.includes('letter.draft'),
    },
  },
  of: openLetters,
};

export const handOverJobs: readonly FeatureJob[] = [
  doing(passDrafts, async (services, { places, ...handed }) => {
    if (!handed.kinds.includes(draftsKind) || handed.schoolId !== null) return;
    await withWriting(services.pool, atPlaces(places), async (whole) => {
      const db = whole as unknown as LetterHandle;
      const letters = await writePassedLetters(db, handed);
      if (letters.length === 0) return;
      await writeSteps(
        db,
        letters.map(({ placeId, id, state }) => ({
          ...{ subject: { type: 'letter', id, placeId, schoolId: null }, from: state, to: state },
        })),
        {
          action: 'handedOver',
          actor: await services.acting(whole),
          at: services.now(),
          reason: handOverWords(handed),
        },
      );
      for (const letter of letters) {
        const names = { before: { draftedBy: handed.from.name }, after: { draftedBy: handed.to.name } };
        await services.record(whole, recordOf(letter, 'handedOver', names));
      }
    });
  }),
];

export const handOverFollows: readonly Following[] = [following(workHandedOver, passDrafts)];
