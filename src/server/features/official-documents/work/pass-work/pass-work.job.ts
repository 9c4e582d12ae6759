import { type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type PassesWork, workPassed } from '#core/access/pass-work.ts';
import { passing } from '#core/workflow/pass-work.act.ts';
import { letterPassed, lettersPassed } from '#domain/letter/notice.ts';
import { draftsBeyond, soleJudge } from '#domain/letter/successor.ts';
import { type LetterHandle, recordOf } from '../../letter.store.ts';
import { passDrafts } from '../../official-document.jobs.ts';
import { draftsKind, openLetters, type PassedLetter, writePassedLetters } from './pass-work.store.ts';

/** What of a person passes to another: the letters that the person handles and that have no number. */
export const letterPasses: PassesWork = {
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

export const passJobs: readonly FeatureJob[] = [
  passing<PassedLetter, LetterHandle>(passDrafts, {
    ...{ kind: draftsKind, as: '经办人', notices: { one: letterPassed, several: lettersPassed } },
    write: async (db, handed) => (handed.schoolId === null ? await writePassedLetters(db, handed) : []),
    record: (letter, { from, to }) =>
      recordOf(letter, 'workPassed', { before: { handledBy: from }, after: { handledBy: to } }),
  }),
];

export const passFollows: readonly Following[] = [following(workPassed, passDrafts)];
