import { type ItemStanding, itemStandingTitles } from '#domain/work-plan/progress.ts';
import type { PlanItem } from '../item-fields.ts';

/** The standings in the order in which people ask for them. */
export const standings: readonly ItemStanding[] = ['overdue', 'waiting', 'under-way', 'done', 'unknown', 'withdrawn'];

/** 12 项任务：已逾期 1，推进中 4，已完成 7. Items that were withdrawn are no tasks any more. */
export function standingsText(items: readonly Pick<PlanItem, 'standing'>[]): string {
  const standing = items.filter((item) => item.standing !== 'withdrawn');
  const counts = standings.flatMap((one) => {
    const count = standing.filter((item) => item.standing === one).length;
    return count === 0 ? [] : [`${itemStandingTitles[one]} ${count}`];
  });
  return `${standing.length} 项任务${counts.length === 0 ? '' : `：${counts.join('，')}`}`;
}

/** The units of the register that the items name, each once, by name. */
export function whoOptions(items: readonly Pick<PlanItem, 'units'>[]): { value: number; label: string }[] {
  const names = new Map(
    items.flatMap(({ units }) =>
      units.flatMap(({ unitId, written }) => (unitId === null ? [] : [[unitId, written] as const])),
    ),
  );
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label, 'zh'));
}

/** The items in runs of one heading, in their order. */
export function underHeadings(items: readonly PlanItem[]): { heading: string | null; items: PlanItem[] }[] {
  const groups: { heading: string | null; items: PlanItem[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.heading === item.heading) last.items.push(item);
    else groups.push({ heading: item.heading, items: [item] });
  }
  return groups;
}
