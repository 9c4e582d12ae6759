import { type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type HandsOver, workHandedOver } from '#core/access/hand-over.ts';
import { passing } from '#core/workflow/hand-over.act.ts';
import { letterPassed, lettersPassed } from '#domain/letter/notice.ts';
import { draftsBeyond, soleJudge } from '#domain/letter/successor.ts';
import { type LetterHandle, recordOf } from '../../letter.store.ts';
import { passDrafts } from '../../official-document.jobs.ts';
import { draftsKind, openLetters, type PassedLetter, writePassedLetters } from './hand-over.store.ts';

/** What of a person passes to another: the letters that the person handles and that have no number. */
export const letterHandsOver: HandsOver = {
  kinds: {
    [draftsKind]: {
      title: '经办的公文（没有印发的）',
      fits: ({ permissions }) => permissions.includes('letter.draft'),
      bars: soleJudge,
      stays: '接手人审核或签发过的',
      beyond: draftsBeyond,
    },
  },
  of: openLetters,
};

export const handOverJobs: readonly FeatureJob[] = [
  passing<PassedLetter>(passDrafts, {
    ...{ kind: draftsKind, as: '经办人', notices: { one: letterPassed, several: lettersPassed } },
    write: async (db, handed) =>
      handed.schoolId === null ? await writePassedLetters(db as unknown as LetterHandle, handed) : [],
    record: (letter, { from, to }) =>
      recordOf(letter, 'personChanged', { before: { handledBy: from }, after: { handledBy: to } }),
  }),
];

export const handOverFollows: readonly Following[] = [following(workHandedOver, passDrafts)];
