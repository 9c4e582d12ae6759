import type { z } from 'zod';
import type { deadlineLine, overview, workLine } from '#contract/home/home.ts';
import type { Actor } from '#domain/access/actor.ts';
import { holds } from '#domain/access/actor.ts';
import { dayInChina, daysBetween } from '#domain/kit/school-year.ts';
import type { PeriodStanding, UnitCount } from './home.store.ts';

type WorkLine = z.output<typeof workLine>;
type DeadlineLine = z.output<typeof deadlineLine>;
type Progress = NonNullable<z.output<typeof overview.output>['progress']>;

/** What waits for this person, out of the counts of the units in scope. Each number is that of the list it opens. */
export function workOf(actor: Actor, units: readonly UnitCount[], today: string): WorkLine[] {
  const lines: WorkLine[] = [];
  const only = units.length === 1 ? (units[0]?.onlyFiling ?? null) : null;
  const add = (kind: WorkLine['kind'], count: number, since: Date | string | null = null) => {
    if (count === 0) return;
    const oldest = since === null ? null : typeof since === 'string' ? since : dayInChina(since);
    lines.push({ kind, count, oldestDays: oldest === null ? null : daysBetween(oldest, today), filingId: only });
  };
  const sum = (pick: (unit: UnitCount) => number) => units.reduce((total, unit) => total + pick(unit), 0);

  if (actor.level === 'school') {
    const returned = sum((unit) => unit.returned);
    const complete = sum((unit) => unit.complete);
    add(
      'returned',
      returned,
      earliest(units, (unit) => unit.oldestReturned),
    );
    if (actor.role === 'school-head') add('submit', returned > 0 ? 0 : complete);
    add('fill', returned > 0 ? 0 : sum((unit) => unit.drafts) - (actor.role === 'school-head' ? complete : 0));
    return lines;
  }
  if (actor.level === 'county' && holds(actor, 'filing.return')) {
    const kind = holds(actor, 'filing.approve') ? 'approve' : 'review';
    add(
      kind,
      sum((unit) => unit.waitingCounty),
      earliest(units, (unit) => unit.oldestCounty),
    );
  }
  if (actor.level === 'city' && holds(actor, 'filing.accept')) {
    add(
      'approve',
      sum((unit) => unit.waitingCity),
      earliest(units, (unit) => unit.oldestCity),
    );
    const ready = units.filter((unit) => unit.readyCounty > 0 && unit.unreadyCounty === 0);
    add(
      'accept',
      ready.length,
      earliest(ready, (unit) => unit.oldestApproved),
    );
  }
  if (holds(actor, 'filing.remind')) {
    const oldest = units.map((unit) => unit.oldestOverdue).filter((day) => day !== null);
    add(
      'unfiled',
      sum((unit) => unit.overdue),
      oldest.sort()[0] ?? null,
    );
  }
  if (holds(actor, 'filing.return')) {
    add(
      'doubt',
      sum((unit) => (actor.level === 'city' ? unit.doubtfulCity : unit.doubtfulCounty)),
    );
  }
  return lines;
}

/** What falls due in the open period: for schools their own day, for officers each unit that still misses schools. */
export function deadlinesOf(
  actor: Actor,
  period: PeriodStanding,
  units: readonly UnitCount[],
  today: string,
): DeadlineLine[] {
  if (period.state !== 'open') return [];
  const line = (unit: UnitCount, stage: DeadlineLine['stage'], date: string, outstanding: number): DeadlineLine => ({
    unitId: unit.countyId,
    name: unit.name,
    stage,
    date,
    daysLeft: daysBetween(today, date),
    outstanding,
    basis: null,
  });
  const ofSchool = actor.level === 'school';
  const lines = units.flatMap((unit) => {
    // What was sent back to a school is not bound by the day of the first submission.
    const outstanding = unit.outstanding - (ofSchool ? unit.returned : 0);
    return [
      ...(outstanding > 0 ? [line(unit, 'filing', ofSchool ? unit.due : period.deadline, outstanding)] : []),
      ...(!ofSchool && unit.accepted < unit.owed
        ? [line(unit, 'acceptance', period.cityDeadline, unit.owed - unit.accepted)]
        : []),
    ];
  });
  return lines.sort((a, b) => a.daysLeft - b.daysLeft || b.outstanding - a.outstanding);
}

/** How far the year is, over the units in scope. */
export function progressOf(units: readonly UnitCount[]): Progress {
  const total = { owed: 0, submitted: 0, approved: 0, accepted: 0 };
  for (const unit of units) {
    total.owed += unit.owed;
    total.submitted += unit.submitted;
    total.approved += unit.approved;
    total.accepted += unit.accepted;
  }
  return total;
}

function earliest(units: readonly UnitCount[], pick: (unit: UnitCount) => Date | null): Date | null {
  const dates = units.map(pick).filter((date) => date !== null);
  return dates.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
