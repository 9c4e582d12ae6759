/** The kinds of notices about evaluations, each with its words. They go to the subject, to the panel, or to the office. */
export const evaluationNoticeTitles = {
  'evaluation.opened': '开启了督导评估',
  'evaluation.reminded': '提醒办理督导评估',
  'evaluation.extended': '延长了督导评估的期限',
  'evaluation.leavesGiven': '指定您填写自评指标',
  'evaluation.submitted': '自评待您确认',
  'evaluation.selfConfirmed': '自评已由负责人确认',
  'evaluation.returned': '退回了自评，须补充',
  'evaluation.movedOn': '督导评估转入下一步',
  'evaluation.notMovedOn': '有评估对象没有转入下一步',
  'evaluation.doneOnMany': '批量办理已办完',
  'evaluation.scoreVoided': '您的评分因材料改动作废，须重新评分',
  'evaluation.talkOpened': '评分差距超过规定，须合议',
  'evaluation.released': '反馈了初步意见，可以申辩',
  'evaluation.stated': '提出了申辩意见',
  'evaluation.statementAnswered': '答复了申辩意见',
  'evaluation.resultSubmitted': '评估结果待您确认',
  'evaluation.resultReturned': '退回了评估结果',
  'evaluation.confirmed': '确认了评估结果',
  'evaluation.closed': '办结了督导评估',
  'evaluation.cancelled': '取消了督导评估',
  'evaluation.passed': '移交了负责填写的自评指标',
  'evaluation.severalPassed': '移交了负责填写的自评指标',
} as const;
export type EvaluationNotice = keyof typeof evaluationNoticeTitles;

/** The kinds of notices about campaigns, each with its words. They go to whoever has a seat, or organises. */
export const campaignNoticeTitles = {
  'campaign.seatGiven': '安排您进入督导组',
  'campaign.seatChanged': '调整了您在督导组的分工',
  'campaign.seatEnded': '结束了您在督导组的工作',
  'campaign.opened': '督导评估项目已开启',
  'campaign.cancelled': '取消了督导评估项目',
  'campaign.passed': '更换了督导评估项目的经办人',
  'campaign.severalPassed': '更换了督导评估项目的经办人',
} as const;
export type CampaignNotice = keyof typeof campaignNoticeTitles;
