import { linkOptions } from '@tanstack/react-router';
import { find as findItems } from '#contract/work-plans/plans.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** Items of work plans by the words of their text. */
export async function find(search: string, signal: AbortSignal): Promise<Found[]> {
  if (search.trim() === '') return [];
  const { rows } = await call(findItems, { query: { search } }, { signal });
  return rows.map(({ planId, id, planTitle, number, text }) => ({
    key: `item-${id}`,
    group: '工作计划的任务',
    title: number === null ? text : `${number}. ${text}`,
    note: planTitle,
    link: linkOptions({ to: '/work-plans/$planId', params: { planId }, search: { item: id } }),
  }));
}
