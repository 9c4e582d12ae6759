import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { job: '后台任务' },
  acts: { 'job.retried': '再次执行后台任务', 'job.abandoned': '放弃后台任务' },
  fields: { job: '任务', attempts: '已试次数', error: '失败原因' },
};
