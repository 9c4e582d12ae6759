import { trackActionTitles } from '#domain/balance-tracking/flow.ts';
import { trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { schoolLevelNames } from '#domain/org/school-level.ts';
import type { AuditWords } from '../acts.words.ts';

export const auditWords: AuditWords = {
  subjects: { track: '均衡跟踪' },
  objects: {
    'balance-track': '年度跟踪',
    'province-publication': '省公布数据',
    'balance-plan-year': '优质均衡计划年度',
    'province-figures-import': '省公布数据导入',
  },
  acts: {
    'track.opened': '启动年度跟踪',
    'track.figuresEntered': '录入省公布数据',
    'track.figuresRevised': '更正省公布数据',
    'track.importPreviewed': '检查导入的省公布数据',
    'track.recorded': trackActionTitles.record,
    'track.requested': trackActionTitles.request,
    'track.explained': '写明差异原因',
    'track.reportSaved': '暂存自评报告',
    'track.prepared': '自评报告送审',
    'track.withdrawn': '撤回自评报告',
    'track.submitted': trackActionTitles.submit,
    'track.accepted': '自评报告复核通过',
    'track.returned': '退回自评报告',
    'track.reconsidered': trackActionTitles.reconsider,
    'track.listed': '列出问题清单',
    'track.confirmed': '确认整改完成',
    'track.closed': '办结年度跟踪',
    'track.cancelled': '取消年度跟踪',
    'track.undone': '撤销复核',
    'track.planned': '登记优质均衡计划年度',
    'setting.basicStandard': '采用办学基本标准',
  },
  fields: {
    year: '学年',
    documentNumber: '文号',
    publishedOn: '公布日期',
    figures: '数据项数',
    plannedYear: '计划年度',
    runId: '测算编号',
    inputsHash: '校验码',
    issues: '问题数',
    parts: '部分',
    schoolLevel: '学段',
    standing: '进展',
    indicator: '指标',
    cause: '原因',
    round: '轮次',
  },
  values: { standing: trackStandingTitles, schoolLevel: schoolLevelNames },
};
