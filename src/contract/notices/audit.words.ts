import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { notice: '消息', delivery: '邮件投递' },
  acts: {
    'notice.read': '阅读消息',
    'notice.addressAsked': '登记邮箱',
    'notice.addressConfirmed': '确认邮箱',
    'notice.codeRefused': '邮箱验证码不正确',
    'notice.addressRemoved': '去掉邮箱',
    'notice.mailChosen': '选择邮件提醒',
    'delivery.retried': '再次发送邮件',
  },
  fields: {
    notices: '消息条数',
    quietHours: '免打扰时段',
    daily: '每天合成一封',
    refusedKinds: '不寄邮件的类别',
    kind: '类别',
  },
};
