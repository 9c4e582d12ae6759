import * as tracking from '#contract/balance-tracking/tracks.ts';
import { serving } from '#core/access/serve.ts';
import { undoAll } from '#core/workflow/undo.act.ts';
import { trackActionTitles } from '#domain/balance-tracking/flow.ts';
import type { TrackState } from '#domain/balance-tracking/state.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { listInLedger } from './issue/issue.act.ts';
import type { TrackHandle } from './published.store.ts';
import { decide, explain, prepare, reconsider, saveReport, submit, withdraw } from './report.act.ts';
import { findReport, updateReport } from './report.store.ts';
import { type KeptValues, step, type TrackContext, tellCounty, titleOf, trackedShape, trackWord } from './track.act.ts';
import { lockTrack, recordOf, type TrackRow, trackWrites } from './track.store.ts';

const on = serving<TrackHandle>();

export const trackStepRoutes = [
  on(tracking.request, async (ctx, { params, body }) =>
    trackedShape(await step(ctx, params.trackId, body.revision, { action: 'request' })),
  ),

  on(tracking.explain, async (ctx, { params, body }) => {
    await explain(ctx, params.trackId, body);
    return { done: true as const };
  }),

  on(tracking.saveReport, async (ctx, { params, body }) => ({ revision: await saveReport(ctx, params.trackId, body) })),

  on(tracking.prepare, async (ctx, { params, body }) => trackedShape(await prepare(ctx, params.trackId, body))),

  on(tracking.withdraw, async (ctx, { params, body }) =>
    trackedShape(await withdraw(ctx, params.trackId, body.revision)),
  ),

  on(tracking.submit, async (ctx, { params, body }) => trackedShape(await submit(ctx, params.trackId, body.revision))),

  on(tracking.accept, async (ctx, { params, body }) =>
    trackedShape(await decide(ctx, params.trackId, body.revision, { decision: 'accepted' })),
  ),

  on(tracking.sendBack, async (ctx, { params, body: { revision, reason, parts } }) =>
    trackedShape(await decide(ctx, params.trackId, revision, { decision: 'returned', reason, parts })),
  ),

  on(tracking.reconsider, async (ctx, { params, body }) => trackedShape(await reconsider(ctx, params.trackId, body))),

  on(tracking.listIssues, async (ctx, { params, body }) => trackedShape(await listInLedger(ctx, params.trackId, body))),

  on(tracking.confirm, async (ctx, { params, body }) =>
    trackedShape(await step(ctx, params.trackId, body.revision, { action: 'confirm' })),
  ),

  on(tracking.close, async (ctx, { params, body: { revision, reason } }) =>
    trackedShape(await step(ctx, params.trackId, revision, { action: 'close', reason })),
  ),

  on(tracking.cancel, async (ctx, { params, body: { revision, reason } }) =>
    trackedShape(await step(ctx, params.trackId, revision, { action: 'cancel', reason })),
  ),

  on(tracking.undo, async (ctx, { params, body: { action } }) => {
    const title = trackActionTitles[action];
    const { done } = await undoAll<TrackRow, TrackState, TrackContext>(
      ctx,
      {
        async lock(_ctx, ids) {
          const found = await lockTrack(ctx.db, ctx.scope, ctx.today, ids[0] ?? '');
          return found ? [found] : [];
        },
        nameOf: (row) => `“${titleOf(row)}”`,
        // Texts are kept without a step: whoever began the next round is not seen in the steps.
        async barred(_ctx, rows) {
          const bars = new Map<string, Problem>();
          for (const row of action === 'confirm' ? [] : rows) {
            const begun = (await findReport(ctx.db, row))?.decision === null;
            if (begun) bars.set(row.id, problem('undo.overtaken', { what: `“${titleOf(row)}”`, title }));
          }
          return bars;
        },
        async write(_ctx, backs) {
          const written: (Partial<TrackRow> & Pick<TrackRow, 'id'>)[] = [];
          for (const { row, to, values } of backs) {
            const { since, reportId } = values as KeptValues;
            const change = { since, state: to };
            ctx.along(trackWrites(ctx.db, [row], change, ctx.now));
            written.push({ ...change, id: row.id, revision: row.revision + 1 });
            if (action !== 'confirm' && reportId !== null) {
              await updateReport(ctx.db, row, reportId, { decided: null });
            }
          }
          return written;
        },
        record: (_ctx, { row, to }) =>
          recordOf(row, 'undone', { before: { standing: row.state }, after: { standing: to, undone: title } }),
        // The county was told of the act, so it is told that the act does not count.
        async follow(_ctx, backs) {
          const rows = backs.map(({ row }) => row);
          tellCounty(ctx, 'undone', rows, `“${title}”已撤销`);
        },
      },
      [params.trackId],
      { action, title, notFound: trackWord },
    );
    return trackedShape(done[0]!);
  }),
];
