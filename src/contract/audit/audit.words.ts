import type { AuditWords } from '../kit/acts.words.ts';

/** Words that belong to no feature: the calendar that all of them read, and the columns that any row can have. */
export const auditWords: AuditWords = {
  subjects: { calendar: '日历' },
  objects: { 'calendar-year': '日历年份' },
  acts: { 'calendar.announced': '公布放假安排' },
  fields: {
    id: '编号',
    place: '单位或学校',
    status: '状态',
    state: '状态',
    reason: '原因',
    note: '说明',
    fileName: '文件名',
    cells: '单元格数',
    count: '数量',
    hard: '错误数',
    document: '文号',
    by: '方式',
    revision: '版本',
    created_at: '建立时间',
    created_by: '建立人',
  },
};
