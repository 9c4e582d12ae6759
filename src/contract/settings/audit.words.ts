import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { setting: '设置' },
  acts: { 'setting.updated': '修改设置' },
  fields: { endOlderSession: '新登录结束旧登录', passwordDays: '密码有效天数', idleMinutes: '闲置分钟' },
};
