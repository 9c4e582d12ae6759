import { everyNode } from '#domain/evaluation/campaign/panel.ts';
import { seatPartTitles } from '#domain/evaluation/kind.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import type { Seats } from '../campaign-reply.ts';

const { expert } = inspectorKindTitles;

/** Who can be put on a panel, and by which way somebody who is not found yet becomes one of them. */
export const seatableWords = [
  `可以安排在任并且有账户的督学、${expert}，和本市督导机构、科室的干部。`,
  `${seatPartTitles['third-party']}先在督学名录中登记为${expert}。`,
  '找不到的人还没有账户，请系统管理员在“人员”里开通。',
].join('');

type Branches = Seats['branches'];

/** `全部指标`, or the branches by their names; a leaf stands with its code. */
export function branchText(nodes: readonly string[], branches: Branches): string {
  if (nodes.includes(everyNode)) return '全部指标';
  const titles = new Map(branches.map(({ code, title }) => [code, title]));
  return nodes.map((code) => `${code}${titles.get(code) ? ` ${titles.get(code)}` : ''}`).join('、');
}

/** `全部`, the one by its name, or how many. */
export function subjectText(ids: readonly string[] | null, subjects: Seats['subjects']): string {
  if (ids === null) return '全部';
  const names = subjects.filter(({ evaluationId }) => ids.includes(evaluationId)).map(({ name }) => name);
  return names.length <= 2 ? names.join('、') : `${names[0]} 等 ${names.length} 个`;
}
