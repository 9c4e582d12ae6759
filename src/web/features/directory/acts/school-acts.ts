import type { AnyRoute } from '#contract/route.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { SchoolDetail } from '../directory.words.ts';

/** The acts that are possible on a school. */
export type SchoolActName = keyof SchoolDetail['can'];

/** The verbs of the buttons, in their order. */
export const schoolActWords: Readonly<Record<SchoolActName, string>> = {
  rename: '更名',
  move: '变更隶属',
  retype: '变更类型',
  merge: '他校并入',
  split: '分设',
  correct: '更正登记',
  reopen: '恢复办学',
  close: '撤销学校',
};

/** The verb of an act on this school: what was merged comes back by taking the merger back. */
export function schoolActWord(act: SchoolActName, { status }: Pick<SchoolDetail, 'status'>): string {
  return act === 'reopen' && status === 'merged' ? '撤回合并' : schoolActWords[act];
}

/** The properties of the dialog of every act on a school. */
export interface ActProps {
  school: SchoolDetail;
  onClose: () => void;
}

/** After an act: everything that shows schools is read again, and the person gets a message. */
export async function settled(act: AnyRoute, sentence: string, onClose: () => void, undo?: () => void): Promise<void> {
  await refreshAfter(act);
  if (undo) toast.undo(sentence, undo);
  else toast.say(sentence);
  onClose();
}

/** What the officer who moved a school reads, with the number of inspectors who lost it. */
export function movedSentence(inspectorsReleased: number): string {
  const moved = '已变更，学校账户随学校转移，往年数据留在原单位。';
  if (inspectorsReleased === 0) return moved;
  return `${moved}原聘任单位的 ${inspectorsReleased} 名责任督学不再负责本校，请由新的所在地重新指派。`;
}
