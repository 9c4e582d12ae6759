import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { setting: '设置' },
  acts: {
    'setting.updated': '修改设置',
    'setting.outgoingAdded': '加外部地址',
    'setting.outgoingRemoved': '去掉外部地址',
    'setting.outdatedRemoved': '清理超过保管期限的记录',
    'setting.retentionHeld': '暂停清理',
    'setting.retentionLifted': '解除暂停清理',
  },
  fields: {
    endOlderSession: '新登录结束旧登录',
    passwordDays: '密码有效天数',
    idleMinutes: '闲置分钟',
    host: '主机',
    port: '端口',
    mayBePrivate: '在内部网络',
    purpose: '用途',
    kind: '类别',
    years: '保管年数',
    removed: '清理条数',
    digest: '内容摘要',
    oldest: '最早',
    newest: '最晚',
  },
};
