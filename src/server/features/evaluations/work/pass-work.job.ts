import { type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type PassesWork, workPassed } from '#core/access/pass-work.ts';
import { passing } from '#core/workflow/pass-work.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { passLeaves } from '../evaluations.jobs.ts';
import { leavesKind, openLeaves, type PassedEvaluation, writePassedLeaves } from './pass-work.store.ts';

/** What of a person passes to another: the leaves that the person answers. A seat is the person's own and passes to nobody. */
export const evaluationPasses: PassesWork = {
  kinds: {
    [leavesKind]: {
      title: '负责填写的自评指标（没有办结的评估）',
      fits: ({ permissions }) => permissions.includes('evaluation.answer'),
    },
  },
  of: openLeaves,
};

export const passJobs: readonly FeatureJob[] = [
  passing<PassedEvaluation, EvaluationHandle>(passLeaves, {
    ...{
      kind: leavesKind,
      as: '指标责任人',
      notices: { one: 'evaluation.passed', several: 'evaluation.severalPassed' },
    },
    write: writePassedLeaves,
    record: ({ id, placeId, schoolId, subjectName, title }, { from, to }) => ({
      ...{ action: 'evaluation.workPassed', objectType: 'evaluation', objectId: id, placeId, schoolId },
      before: { responsiblePerson: from },
      after: { subjectName, title, responsiblePerson: to },
    }),
  }),
];

export const passFollows: readonly Following[] = [following(workPassed, passLeaves)];
