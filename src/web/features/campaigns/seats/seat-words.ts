import { everyNode } from '#domain/evaluation/campaign/panel.ts';
import type { Seats } from '../campaign-reply.ts';

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
