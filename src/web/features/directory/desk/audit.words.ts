import type { AuditWords } from '#web/shared/desk/desk.ts';

export const auditWords: AuditWords = {
  subjects: { school: '学校', unit: '单位' },
  objects: { orgUnit: '单位' },
  acts: {
    'school.opened': '设立学校',
    'school.renamed': '学校更名',
    'school.moved': '学校迁移',
    'school.merged': '合并学校',
    'school.split': '学校分设',
    'school.closed': '撤销学校',
    'school.reopened': '恢复学校',
    'school.retyped': '变更办学类型',
    'school.corrected': '更正学校资料',
    'school.imported': '导入学校名单',
    'unit.renamed': '单位更名',
    'unit.contactSaved': '修改单位联系人',
  },
  fields: {
    code: '标识码',
    schoolType: '办学类型',
    sponsorCode: '举办者类型',
    ownership: '办别',
    urbanClass: '城乡类型',
    foundedYear: '建校年份',
    countyId: '所在单位编号',
    managingUnitId: '管理单位编号',
    parentId: '上级单位编号',
    shortName: '简称',
    day: '生效日期',
  },
};
