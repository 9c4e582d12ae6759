import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { setting: '设置' },
  acts: {
    'setting.updated': '修改设置',
    'setting.outgoingAdded': '加外部地址',
    'setting.outgoingRemoved': '去掉外部地址',
  },
  fields: {
    endOlderSession: '新登录结束旧登录',
    passwordDays: '密码有效天数',
    idleMinutes: '闲置分钟',
    host: '主机',
    port: '端口',
    mayBePrivate: '在内部网络',
    purpose: '用途',
  },
};
