import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { attachment: '附件' },
  acts: {
    'attachment.attached': '附上文件',
    'attachment.detached': '移除附件',
    'attachment.restored': '恢复附件',
    'attachment.opened': '打开敏感附件',
  },
  fields: {
    fileName: '文件名',
    subjectType: '所属事务',
    subjectId: '所属事务编号',
    size: '大小',
    purpose: '用途',
    mode: '打开方式',
  },
};
