/** The kinds of notices about work plans and meetings, each with its words. */
export const workPlanNoticeTitles = {
  'work-plan.issued': '下发了工作要点任务',
  'work-plan.amended': '修改了工作要点任务',
  'work-plan.cancelled': '撤销了工作要点',
  'meeting.called': '通知了会议',
  'meeting.changed': '会议有变动',
  'meeting.cancelled': '会议取消了',
} as const;
