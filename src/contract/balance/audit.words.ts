import type { AuditWords } from '../kit/acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { balance: '均衡测算', standard: '标准' },
  objects: { 'balance-run': '均衡测算', 'balance-standard': '标准' },
  acts: {
    'balance.run': '均衡测算',
    'balance.repeated': '重复均衡测算',
    'standard.revised': '修订标准',
    'standard.tried': '试算标准',
  },
  fields: {
    rule: '规则',
    standard: '标准',
    verdict: '结论',
    stored: '是否存档',
    identical: '结果相同',
    formulaVersion: '公式版本',
    definition: '标准内容',
    inForce: '现行版本',
    joined: '进入的学校',
    left: '退出的学校',
    flipped: '达标变化的学校',
    verdicts: '结论变化的单位',
  },
};
