import type { AuditWords } from '#web/shared/desk/desk.ts';

export const auditWords: AuditWords = {
  subjects: { filing: '数据填报', period: '填报周期' },
  objects: { import: '导入表格' },
  acts: {
    'filing.opened': '开始填报',
    'filing.submitted': '提交审核',
    'filing.returned': '退回修改',
    'filing.approved': '县级批准',
    'filing.accepted': '市级接收',
    'filing.withdrawn': '撤回提交',
    'filing.reopened': '重新开放',
    'filing.extended': '延长期限',
    'filing.reminded': '催报',
    'filing.commented': '批注',
    'filing.imported': '导入表格',
    'filing.importPreviewed': '检查导入表格',
    'filing.filled': '填写数据',
    'filing.commentResolved': '批注已处理',
    'filing.exempted': '不再应报',
    'filing.restored': '恢复应报',
    'period.opened': '开启填报周期',
    'period.changed': '修改填报周期',
    'period.closed': '结束填报周期',
    'period.schoolCorrected': '更正应报名单',
  },
  fields: { deadline: '期限', year: '学年' },
};
