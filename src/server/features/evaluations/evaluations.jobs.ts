import { z } from 'zod';
import { passedWork } from '#core/access/pass-work.ts';
import {
  campaignCancelled,
  campaignExtended,
  campaignMoved,
  campaignOpened,
  campaignPartnerLeft,
  campaignReminded,
  campaignSeatsDealt,
} from '#core/workflow/campaign-occurrences.ts';
import { job } from '#platform/jobs/port.ts';

/** Jobs of evaluations that follow what their campaigns do; their data are those of the occurrences. */

export const openEvaluations = job({
  name: 'evaluations.open',
  title: '给评估对象建立评估：指标、自动取数、往年情况',
  data: campaignOpened.data,
  retries: 5,
});

export const extendEvaluations = job({
  name: 'evaluations.extend',
  title: '把延长的期限写入各评估',
  data: campaignExtended.data,
  retries: 5,
});

export const seatEvaluations = job({
  name: 'evaluations.seat',
  title: '把督导组的分工写入各评估',
  data: campaignSeatsDealt.data,
  retries: 5,
});

export const moveEvaluations = job({
  name: 'evaluations.move',
  title: '把评估转入下一步，不能转入的告知缺什么',
  data: campaignMoved.data,
  retries: 5,
});

export const cancelEvaluations = job({
  name: 'evaluations.cancel',
  title: '取消项目下没有办结的评估',
  data: campaignCancelled.data,
  retries: 5,
});

export const leavePartner = job({
  name: 'evaluations.leavePartner',
  title: '把配合单位从各评估中去掉',
  data: campaignPartnerLeft.data,
  retries: 5,
});

/** The lists of an evaluation follow its step where a county moved it, which does not reach the place of the campaign. */
export const dealLists = job({
  name: 'evaluations.deal',
  title: '按评估的新步骤更新评审人员可见的范围',
  data: z.object({ placeId: z.int(), evaluationId: z.uuid() }),
  keyOf: ({ evaluationId }) => evaluationId,
  retries: 5,
});

/** Whoever scored a leaf learns that its scores are open, because they lie too far apart. */
export const sendTalks = job({
  // The name of its queue, in which jobs may wait over an upgrade.
  name: 'evaluations.tellTalks',
  title: '告知评审人员须合议的指标',
  data: z.object({ placeId: z.int(), evaluationId: z.uuid(), codes: z.array(z.string()).min(1) }),
  retries: 5,
});

/** Whoever scored what the subject has changed since is asked to judge it again, once it is judged again. */
export const sendVoided = job({
  name: 'evaluations.sendVoided',
  title: '告知评分已作废的评审人员',
  data: z.object({ placeId: z.int(), evaluationId: z.uuid() }),
  keyOf: ({ evaluationId }) => evaluationId,
  retries: 5,
});

/** A leaf that is compared over the campaign has its points when the values of all subjects are there. */
export const placeRound = job({
  name: 'evaluations.placeRound',
  title: '按全部对象的数值排出名次并计分',
  data: z.object({ placeId: z.int(), evaluationId: z.uuid() }),
  keyOf: ({ evaluationId }) => evaluationId,
  retries: 5,
});

/** The leaves for which a person answers pass to another. */
export const passLeaves = job({
  name: 'evaluations.passLeaves',
  title: '把负责填写的自评指标移交给接手人',
  data: passedWork,
  retries: 5,
});

export const remindEvaluations = job({
  name: 'evaluations.remind',
  title: '提醒没有办完当前步骤的评估对象',
  data: campaignReminded.data,
  retries: 5,
});
