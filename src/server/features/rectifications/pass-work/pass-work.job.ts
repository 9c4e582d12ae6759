import { type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type PassesWork, workPassed } from '#core/access/pass-work.ts';
import { passing } from '#core/workflow/pass-work.act.ts';
import { dutiesPassed, dutyPassed } from '#domain/rectification/notice.ts';
import { recordOf } from '../finding.store.ts';
import { passDuties } from '../rectification.jobs.ts';
import { dutiesKind, openDuties, type PassedFinding, writePassedDuties } from './pass-work.store.ts';

/** What of a person passes to another: the open findings that name the person as responsible. */
export const findingPasses: PassesWork = {
  kinds: {
    [dutiesKind]: {
      title: '负责整改的问题（没有销号的）',
      fits: ({ permissions }) => permissions.includes('rectification.plan'),
      // A finding keeps a name and no account, so of two people with one name nobody knows whose it is.
      bars: (_to, _office, { name, sharesName }) =>
        sharesName
          ? `整改台账只记责任人姓名，这里有两人都叫过${name}，分不清是谁负责的。请在各问题的整改措施中修改责任人。`
          : null,
    },
  },
  of: openDuties,
};

export const passJobs: readonly FeatureJob[] = [
  passing<PassedFinding>(passDuties, {
    ...{ kind: dutiesKind, as: '责任人', notices: { one: dutyPassed, several: dutiesPassed } },
    write: writePassedDuties,
    record: (finding, { from, to }) =>
      recordOf(finding, 'workPassed', { before: { dutyPerson: from }, after: { dutyPerson: to } }),
  }),
];

export const passFollows: readonly Following[] = [following(workPassed, passDuties)];
