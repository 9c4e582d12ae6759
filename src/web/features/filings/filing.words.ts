import type { FilingSubject } from '#domain/filing/flow.ts';
import { type FilingState, filingStates, filingStateTitles } from '#domain/filing/state.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';
import { filingMarks } from './desk/state-marks.ts';

export const stateOptions = filingStates.map((value) => ({ value, label: filingStateTitles[value] }));

export const markOptions = [
  { value: 'owed', label: '尚未提交' },
  { value: 'untouched', label: '未开始' },
  { value: 'overdue', label: '逾期未报' },
  { value: 'returned', label: '已退回' },
  { value: 'to-review', label: '待我审核' },
  { value: 'to-fill', label: '待我填写' },
  { value: 'changed', label: '批准后有改动' },
  { value: 'late', label: '迟交' },
] as const;

interface Standing {
  state: FilingState;
  untouched: boolean;
  returned?: boolean;
}

/** The mark of a filing. A draft that nobody has touched, or that came back, has a mark of its own. */
export function stateMark(filing: Standing): StateLook {
  if (filing.state !== 'draft') return filingMarks[filing.state];
  if (filing.returned) return filingMarks.returned;
  return filing.untouched ? filingMarks.untouched : filingMarks.draft;
}

/** 提交县级审核, or 提交市级审核 for a 市直 school. */
export function submitVerb(managedBy: FilingSubject['managedBy']): string {
  return managedBy === 'city' ? '提交市级审核' : '提交县级审核';
}

export const returnReasons = [
  '与去年相比变动过大，请核实',
  '与教育事业统计年报不一致，请核对',
  '疑似单位或位数有误，请核对',
  '说明不清楚，请补充具体原因和依据',
  '漏填或误填，请补正',
] as const;

export const reopenReasons = ['学校申请更正数据', '核查发现数据有误', '统计口径调整'] as const;
export const extendReasons = ['学校确有特殊情况，申请延期', '因停电断网等客观原因延误', '填报人员变动'] as const;

/** A school that an act on many skipped, with the reason as a sentence. */
export function leftSchool({ schoolName, message }: { schoolName: string; message: string }) {
  return { name: schoolName, message };
}
