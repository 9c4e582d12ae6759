import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { framework: '指标体系', 'framework-draft': '指标体系草稿' },
  acts: {
    'framework.shipped': '随产品存入指标体系',
    'framework.tried': '试算指标体系',
    'framework.withdrawn': '停用指标体系',
    'framework.published': '发布指标体系',
    'framework-draft.copied': '复制指标体系',
    'framework-draft.written': '填写指标体系草稿',
    'framework-draft.gapFilled': '补上草稿中未见的内容',
    'framework-draft.discarded': '放弃指标体系草稿',
  },
  fields: {
    key: '标识',
    published: '版本序号',
    editionHash: '版本校验码',
    basedOn: '来源版本',
    written: '填写的内容',
    title: '标题',
    indicator: '指标',
    points: '分值',
    subject: '试算对象',
    total: '得分',
    open: '未见处数',
  },
};
