import type { FilingSubject } from '#domain/filing/flow.ts';
import { filingSituations, filingSituationTitles, type Situated, situationOf } from '#domain/filing/situation.ts';
import type { StateLook } from '#web/shared/kit/words/StateMark.tsx';
import { filingMarks } from './desk/state-marks.ts';

export const situationOptions = filingSituations.map((value) => ({ value, label: filingSituationTitles[value] }));

/** What a filter asks beside the situation. A word that a row shows stands there as it stands here. */
export const markOptions = [
  { value: 'owed', label: '尚未提交' },
  { value: 'overdue', label: filingMarks.overdue.word },
  { value: 'to-remind', label: '逾期待催报' },
  { value: 'late', label: filingMarks.late.word },
  { value: 'checked', label: filingMarks.checked.word },
  { value: 'comments', label: filingMarks.comment.word },
  { value: 'changed', label: '批准后有改动' },
  { value: 'released', label: filingMarks.released.word },
] as const;

/** The mark of a filing: of its situation. */
export function stateMark({
  returned = false,
  ...filing
}: Omit<Situated, 'returned'> & { readonly returned?: boolean }): StateLook {
  return filingMarks[situationOf({ ...filing, returned })];
}

/**
 * What a row says beside its situation: that it no longer counts, or that it is overdue or came late, was checked, or has
 * comments to answer.
 */
export function furtherMarks(filing: {
  readonly released: string | null;
  readonly overdue: boolean;
  readonly late: boolean;
  readonly checked: unknown;
  readonly openComments: { readonly forMe: number };
}): Array<readonly [StateLook, count?: number]> {
  const { released, overdue, late, checked, openComments } = filing;
  const marks: Array<readonly [StateLook, count?: number]> = [];
  if (released !== null) return [[filingMarks.released]];
  if (overdue) marks.push([filingMarks.overdue]);
  if (late) marks.push([filingMarks.late]);
  if (checked) marks.push([filingMarks.checked]);
  if (openComments.forMe > 0) marks.push([filingMarks.comment, openComments.forMe]);
  return marks;
}

/** `缺 24`, `1 错`, `2 疑`: what a filing lacks, what cannot stand, what wants a look; a number of zero is left out. */
export function faultWords(filing: {
  readonly missing: number;
  readonly errors: number;
  readonly softFindings: number;
}): Array<{ readonly word: string; readonly tone: 'faint' | 'fails' | 'look' }> {
  const { missing, errors, softFindings } = filing;
  return [
    ...(missing > 0 ? [{ word: `缺 ${missing}`, tone: 'faint' as const }] : []),
    ...(errors > 0 ? [{ word: `${errors} 错`, tone: 'fails' as const }] : []),
    ...(softFindings > 0 ? [{ word: `${softFindings} 疑`, tone: 'look' as const }] : []),
  ];
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
