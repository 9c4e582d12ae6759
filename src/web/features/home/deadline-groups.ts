import type { Overview } from '#web/shared/desk/desk.ts';

type DeadlineLine = Overview['deadlines'][number];

export interface DeadlineGroup extends Pick<DeadlineLine, 'kind' | 'date' | 'daysLeft' | 'basis'> {
  /** The units with this deadline, those with most missing first. */
  lines: readonly DeadlineLine[];
  outstanding: number;
}

/** Deadlines of one kind on one day form one line; soonest first. */
export function deadlineGroups(deadlines: readonly DeadlineLine[]): DeadlineGroup[] {
  const byDay = new Map<string, DeadlineLine[]>();
  for (const line of deadlines) {
    const key = `${line.kind} ${line.date}`;
    byDay.set(key, [...(byDay.get(key) ?? []), line]);
  }
  return [...byDay.values()]
    .map((lines) => {
      const sorted = [...lines].sort((a, b) => b.outstanding - a.outstanding);
      const { kind, date, daysLeft, basis } = sorted[0] as DeadlineLine;
      const outstanding = lines.reduce((sum, line) => sum + line.outstanding, 0);
      return { kind, date, daysLeft, basis, lines: sorted, outstanding };
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);
}
