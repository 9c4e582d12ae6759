import { findWorkingCalendar } from '#core/calendar/working-days.store.ts';
import { noticeWrites } from '#core/notices/notices.store.ts';
import {
  type Advanced,
  advance,
  advanceAll,
  type Move,
  type StepRequest,
  type Workflow,
} from '#core/workflow/advance.act.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { countedDue, type DueDay, namedDue } from '#domain/rectification/due.ts';
import { type FindingStepAction, findingSigning, nextFindingState } from '#domain/rectification/flow.ts';
import { cancelledKind, noticeKind, noticesKind, severalTitles } from '#domain/rectification/notice.ts';
import type { FindingState } from '#domain/rectification/state.ts';
import { type FindingContext, factsOf, findingWord, overtaken, stepEvents } from '../finding.act.ts';
import { writeMeasures, writeMeasuresDone } from '../finding.detail.store.ts';
import { subjectOf } from '../finding.shape.ts';
import { type Finding, type FindingChange, findingsWrite, lockFindings, recordOf } from '../finding.store.ts';
import { listKinds } from '../kind.store.ts';

type Measures = Parameters<typeof writeMeasures>[2];

/** What an act brings beside its name and reason. */
export interface Brought {
  /** New values of the finding. */
  readonly set?: FindingChange;
  readonly measures?: Measures;
  /** The day that a person named for the notice; otherwise the days of the kind are counted. */
  readonly dueOn?: Day | undefined;
  /** More of the act for the audit. */
  readonly after?: Record<string, unknown>;
}

/**
 * Tells whoever has the duty: the school, or the place where the duty is no school's, or the county acts for a school in which
 * nobody can. Several of one inbox are one notice, which names them. The rows are read with the fact that says so (`factsOf`).
 */
export function tell(
  ctx: Pick<FindingContext, 'db' | 'actor' | 'now' | 'along'>,
  kind: string,
  rows: readonly Finding[],
  note: string | null,
): void {
  const subjects = rows.map((row) => {
    const ofSchool = row.dutyType === 'school' && (subjectOf(row).hasAccounts || row.managedBy === 'city');
    return { ...row, schoolId: ofSchool ? row.schoolId : null };
  });
  const inboxes = new Map<string, (typeof subjects)[number][]>();
  for (const subject of subjects) {
    const inbox = `${subject.placeId} ${subject.schoolId}`;
    inboxes.set(inbox, [...(inboxes.get(inbox) ?? []), subject]);
  }
  const told = [...inboxes.values()].map(([first, ...more]) => ({
    ...{ ...first!, about: severalTitles([first!, ...more].map(({ title }) => title)), alone: more.length === 0 },
  }));
  const send = (as: string, some: typeof told) => {
    const { db, actor, now } = ctx;
    if (some.length === 0) return;
    ctx.along(noticeWrites(db, { kind: as, subjects: some, actor, now, note, about: ({ about }) => about }));
  };
  send(
    kind,
    told.filter(({ alone }) => alone),
  );
  send(
    kind === noticeKind ? noticesKind : kind,
    told.filter(({ alone }) => !alone),
  );
}

/** How a finding moves by one act. */
function workflowOf(
  action: FindingStepAction,
  brought: Brought,
  due: DueOf,
): Workflow<Finding, FindingState, FindingStepAction, FindingContext> {
  return {
    what: findingWord,
    lock: (ctx, ids) => lockFindings(ctx.db, ctx.scope, ids, factsOf(action)),
    ask: (ctx, row, asked) => nextFindingState(asked, subjectOf(row), ctx.actor),
    signing: findingSigning(action),
    overtaken,
    apply: (ctx, row, _request, to) => ({ ...brought.set, ...changesOf(ctx.today, row, to, due?.(row)) }),
    async write(ctx, moves) {
      // Findings that get the same values, such as all of one kind that are sent out together, share a statement.
      const alike = new Map<string, { readonly change: FindingChange; readonly rows: Finding[] }>();
      const written = moves.map(({ row, to, set }) => {
        const change = { ...(set as FindingChange), state: to };
        const key = JSON.stringify(change);
        const same = alike.get(key) ?? { change, rows: [] };
        same.rows.push(row);
        alike.set(key, same);
        return { ...change, id: row.id, revision: row.revision + 1 };
      });
      for (const { change, rows } of alike.values()) ctx.along(findingsWrite(ctx.db, rows, change, ctx.now));
      return written;
    },
    keep: ({ row }) => ({ checkedOn: row.checkedOn, reportedOn: row.reportedOn, closedOn: row.closedOn }),
    record: (_ctx, { row, to, set }, { reason }) =>
      recordOf(row, stepEvents[action], {
        fields: ['state', ...Object.keys(brought.after ?? {})],
        before: { state: row.state, ...(set.dueOn === undefined ? {} : { dueOn: row.dueOn }) },
        after: {
          ...{ state: to, ...brought.after },
          ...(set.dueOn === undefined ? {} : { dueOn: set.dueOn }),
          ...(reason === undefined ? {} : { reason }),
        },
      }),
    follow: (ctx, moves) => follow(ctx, action, brought, moves),
  };
}

/** What an act sets by itself. */
function changesOf(today: Day, row: Finding, to: FindingState, due: DueDay | undefined): FindingChange {
  switch (to) {
    case 'noticed':
      // A finding that is handed over keeps its day: whoever passes it on gives no time away.
      return row.state === 'found' && due
        ? {
            noticedOn: today,
            dueOn: due.dueOn,
            dueFrom: due.dueFrom,
            dueDays: due.dueDays,
            dueProvisional: due.provisional,
          }
        : { reportedOn: null, checkedOn: null };
    case 'done':
      return { reportedOn: today };
    case 'checked':
      return { checkedOn: today };
    case 'closed':
      return { closedOn: today };
    case 'reopened':
      return { closedOn: null, checkedOn: null, reportedOn: null };
    default:
      return {};
  }
}

async function follow(
  ctx: FindingContext,
  action: FindingStepAction,
  { measures }: Brought,
  moves: readonly Move<Finding, FindingState>[],
): Promise<void> {
  const rows = moves.map(({ row }) => row);
  if (action === 'notice') tell(ctx, noticeKind, rows, null);
  if (measures) for (const row of rows) await writeMeasures(ctx.db, row, measures);
  if (action === 'report') for (const row of rows) await writeMeasuresDone(ctx.db, row, ctx.today);
}

/** One act on one finding. */
export async function step(
  ctx: FindingContext,
  id: string,
  revision: number,
  request: StepRequest<FindingStepAction>,
  brought: Brought = {},
): Promise<Finding> {
  const due = await dueOf(ctx, request.action, brought);
  return advance(ctx, workflowOf(request.action, brought, due), id, revision, request);
}

/** The same on many findings, each judged for itself. */
export async function stepAll(
  ctx: FindingContext,
  rows: readonly Finding[],
  request: StepRequest<FindingStepAction>,
  revisions: ReadonlyMap<string, number>,
  brought: Brought = {},
): Promise<Advanced<Finding>> {
  const due = await dueOf(ctx, request.action, brought);
  return advanceAll(ctx, workflowOf(request.action, brought, due), rows, request, revisions);
}

/** The day of a notice by the finding; undefined for other acts. */
type DueOf = ((row: Pick<Finding, 'kind' | 'dueOn'>) => DueDay | undefined) | undefined;

/** The day that was named, or that the source demanded and that has not passed, or the working days of the kind from today. */
async function dueOf(ctx: FindingContext, action: FindingStepAction, { dueOn }: Brought): Promise<DueOf> {
  if (action !== 'notice') return undefined;
  if (dueOn !== undefined) {
    if (dueOn < ctx.today) throw problem('finding.dueInPast', { today: ctx.today });
    return () => namedDue(dueOn);
  }
  const [kinds, calendar] = await Promise.all([listKinds(ctx.db), findWorkingCalendar(ctx.db)]);
  const days = new Map(kinds.map(({ key, dueDays }) => [key, dueDays]));
  return ({ kind, dueOn: demanded }) => {
    if (demanded !== null && demanded >= ctx.today) return namedDue(demanded);
    const counted = days.get(kind);
    return counted === undefined ? undefined : countedDue(calendar, ctx.today, counted);
  };
}

/** Gives a finding up and tells whoever has the duty, if it was ever told. */
export async function cancelFinding(
  ctx: FindingContext,
  id: string,
  revision: number,
  reason: string,
): Promise<Finding> {
  const cancelled = await step(ctx, id, revision, { action: 'cancel', reason });
  if (cancelled.noticedOn !== null) tell(ctx, cancelledKind, [cancelled], reason);
  return cancelled;
}
