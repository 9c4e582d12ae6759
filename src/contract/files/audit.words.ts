import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { attachment: '附件' },
  acts: {
    'attachment.attached': '附上文件',
    'attachment.detached': '移除附件',
    'attachment.restored': '恢复附件',
    'attachment.opened': '打开涉及未成年人的附件',
    'attachment.marked': '标明附件涉及未成年人，或修改标记',
    'attachment.kept': '调整涉及未成年人的附件的保存期',
    'attachment.removed': '清理过期的涉及未成年人的附件',
  },
  fields: {
    fileName: '文件名',
    subjectType: '所属事务',
    subjectId: '所属事务编号',
    size: '大小',
    purpose: '用途',
    mode: '打开方式',
    sensitive: '标明',
    keepUntil: '保存到',
    openers: '谁可以打开',
    contentDigest: '校验码',
  },
};
