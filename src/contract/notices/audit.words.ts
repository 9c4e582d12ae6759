import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { notice: '消息' },
  acts: { 'notice.read': '阅读消息' },
  fields: { notices: '消息条数' },
};
