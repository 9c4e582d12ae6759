import type { Context } from '#core/access/serve.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { noticeWrites } from '#core/notices/notices.store.ts';
import { advance, advanceAll, type Move, type StepRequest, type Workflow } from '#core/workflow/advance.act.ts';
import type { Actor } from '#domain/access/actor.ts';
import { nextTrackState, type TrackAction, type TrackSubject, trackSigning } from '#domain/balance-tracking/flow.ts';
import { trackNoticeKinds } from '#domain/balance-tracking/notice.ts';
import { lackingOf } from '#domain/balance-tracking/report.ts';
import type { TrackState } from '#domain/balance-tracking/state.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { compareTrack } from './comparison.act.ts';
import type { TrackHandle } from './published.store.ts';
import { findTrack, lockTrack, recordOf, type TrackChange, type TrackRow, trackWrites } from './track.store.ts';

export type TrackContext = Context<TrackHandle>;

/** How a refusal names a track that does not exist. */
export const trackWord = '份年度跟踪';

/** What is asked of the flow beside the row. */
export interface Asked {
  readonly lacking: readonly string[];
  readonly reasoned: boolean;
}

export function subjectOf(track: TrackRow, { lacking, reasoned }: Asked): TrackSubject {
  const { state, placeId, published, prepared, submitted, ledger } = track;
  return { state, placeId, published, prepared, submitted, ledger, lacking, reasoned };
}

/** The track, or a refusal that reveals nothing outside the person's place. */
export async function loadTrack(ctx: TrackContext, id: string): Promise<TrackRow> {
  const track = await findTrack(ctx.db, ctx.scope, ctx.today, id);
  if (!track) throw problem('thing.notFound', { what: trackWord });
  return track;
}

/** The track, locked for an act that leaves it in its state: only for a person who may do it now. */
export async function lockTrackFor(ctx: TrackContext, id: string, action: TrackAction): Promise<TrackRow> {
  const track = await lockTrack(ctx.db, ctx.scope, ctx.today, id);
  if (!track) throw problem('thing.notFound', { what: trackWord });
  const next = nextTrackState(action, subjectOf(track, { lacking: [], reasoned: false }), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  return track;
}

/** How a notice and a refusal name a track. */
export const titleOf = ({ countyName, schoolYear }: Pick<TrackRow, 'countyName' | 'schoolYear'>) =>
  `${countyName} ${schoolYearName(schoolYear)}均衡跟踪`;

/** What a notice needs of a track. */
type ToldTrack = Pick<TrackRow, 'type' | 'id' | 'placeId' | 'periodId' | 'schoolId' | 'countyName' | 'schoolYear'>;

/** Tells each county of its track. */
export function tellCounty(
  ctx: Pick<TrackContext, 'db' | 'now' | 'along'> & { readonly actor: Pick<Actor, 'name' | 'principal' | 'userId'> },
  kind: keyof typeof trackNoticeKinds,
  tracks: readonly ToldTrack[],
  note: string | null | ((track: ToldTrack) => string | null) = null,
): void {
  if (tracks.length === 0) return;
  const notices = { kind: trackNoticeKinds[kind], subjects: tracks, about: titleOf, note };
  ctx.along(noticeWrites(ctx.db, { ...notices, actor: ctx.actor, now: ctx.now }));
}

/** The acts that move a track and leave a step. */
export type StepAction = Exclude<TrackAction, 'fill'>;

/** The names of the acts in the audit. */
const events: Readonly<Record<StepAction, string>> = {
  record: 'recorded',
  request: 'requested',
  prepare: 'prepared',
  withdraw: 'withdrawn',
  submit: 'submitted',
  accept: 'accepted',
  return: 'returned',
  reconsider: 'reconsidered',
  list: 'listed',
  confirm: 'confirmed',
  close: 'closed',
  cancel: 'cancelled',
};

const moving = ['undone', ...Object.values(events)];
const inAudit = (acts: readonly string[]) => acts.map((event) => `track.${event}`);

/** What changes the row of a track, and that of its self-report. */
export const trackRevised = {
  track: { table: 'balance_tracks', type: 'balance-track', acts: inAudit(['opened', ...moving]) },
  report: { table: 'balance_track_reports', type: 'balance-track', acts: inAudit(['reportSaved', ...moving]) },
} satisfies Record<string, Revised>;

/** The refusal of an act on a track, or on its self-report, that was changed since it was read: says who did it. */
export async function changedSince(ctx: TrackContext, track: TrackRow, of: 'track' | 'report'): Promise<Problem> {
  const { id, placeId } = track;
  const what = of === 'track' ? titleOf(track) : `${titleOf(track)}的自评报告`;
  return changedMeanwhile(ctx, what, { placeId, id }, trackRevised[of]);
}

/** Which notice of an act goes to the county. */
const told: Partial<Record<StepAction, keyof typeof trackNoticeKinds>> = {
  request: 'requested',
  return: 'returned',
  accept: 'accepted',
  reconsider: 'reconsidered',
  list: 'listed',
  confirm: 'confirmed',
  close: 'closed',
  cancel: 'cancelled',
};

/** What a step keeps of its track, so that the act can be taken back on the same report. */
export type KeptValues = Pick<TrackRow, 'since' | 'reportId'>;

/** What an act brings beside its name and reason. */
export interface Brought {
  /** More of the act for the audit. */
  readonly after?: Record<string, unknown>;
  /** What the county is told with the act. */
  readonly note?: string;
  /** Why this row may not be moved although the flow allows it. */
  readonly bar?: (row: TrackRow) => Promise<Problem | null>;
}

function workflowOf(
  action: StepAction,
  brought: Brought,
  lacking: ReadonlyMap<string, readonly string[]>,
  reasoned: boolean,
): Workflow<TrackRow, TrackState, StepAction, TrackContext> {
  return {
    what: trackWord,
    async lock(ctx, ids) {
      const found = await lockTrack(ctx.db, ctx.scope, ctx.today, ids[0] ?? '');
      return found ? [found] : [];
    },
    ask: (ctx, row, asked) =>
      nextTrackState(asked, subjectOf(row, { lacking: lacking.get(row.id) ?? [], reasoned }), ctx.actor),
    async barred(_ctx, rows) {
      const bars = new Map<string, Problem>();
      for (const row of rows) {
        const bar = await brought.bar?.(row);
        if (bar) bars.set(row.id, bar);
      }
      return bars;
    },
    signing: trackSigning,
    overtaken: (row, ctx) => changedSince(ctx, row, 'track'),
    apply: (ctx, row, { reason }, to) => ({
      ...(to === row.state ? {} : { since: ctx.today }),
      ...(to === 'closed' || to === 'cancelled' ? { reason: reason ?? null } : {}),
    }),
    async write(ctx, moves) {
      // One act gives all its tracks the same values.
      const [{ to, set }] = moves as [Move<TrackRow, TrackState>];
      const change = { ...(set as TrackChange), state: to };
      ctx.along(
        trackWrites(
          ctx.db,
          moves.map(({ row }) => row),
          change,
          ctx.now,
        ),
      );
      return moves.map(({ row }) => ({ ...change, id: row.id, revision: row.revision + 1 }));
    },
    keep: ({ row }): Readonly<Record<keyof KeptValues, unknown>> => ({ since: row.since, reportId: row.reportId }),
    record: (_ctx, { row, to }, { reason }) =>
      recordOf(row, events[action], {
        fields: ['standing', ...Object.keys(brought.after ?? {})],
        before: { standing: row.state },
        after: { standing: to, year: row.schoolYear, ...brought.after, ...(reason === undefined ? {} : { reason }) },
      }),
    async follow(ctx, moves: readonly Move<TrackRow, TrackState>[]) {
      const kind = told[action];
      const { note } = brought;
      if (kind === undefined) return;
      tellCounty(
        ctx,
        kind,
        moves.map(({ row }) => row),
        note ?? moves[0]?.set.reason ?? null,
      );
    },
  };
}

/** One act on one track. What a report lacks is asked before the flow is. */
export async function step(
  ctx: TrackContext,
  id: string,
  revision: number,
  request: StepRequest<StepAction>,
  brought: Brought = {},
): Promise<TrackRow> {
  const lacking = new Map<string, readonly string[]>();
  if (request.action === 'prepare' || request.action === 'submit') {
    const track = await loadTrack(ctx, id);
    lacking.set(id, lackingOf(await compareTrack(ctx, track)));
  }
  return advance(
    ctx,
    workflowOf(request.action, brought, lacking, request.reason !== undefined),
    id,
    revision,
    request,
  );
}

/** The tracks that waited for figures go on: one act on all of them, whose rows are locked. */
export async function recordedAll(ctx: TrackContext, waiting: readonly TrackRow[]): Promise<void> {
  const { refused } = await advanceAll(ctx, workflowOf('record', {}, new Map(), false), waiting, { action: 'record' });
  for (const { refusal } of refused) throw refusal;
}

/** Where a track stands after an act. */
export const trackedShape = ({ id, state, revision }: Pick<TrackRow, 'id' | 'state' | 'revision'>) => ({
  id,
  state,
  revision,
});
