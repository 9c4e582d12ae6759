import * as filings from '#contract/filings/filings.ts';
import { serving } from '#core/access/serve.ts';
import { listObjectHistory } from '#core/audit/entries.store.ts';
import { listComments } from '#core/comments/comments.store.ts';
import { listNotices } from '#core/notices/notices.store.ts';
import { listSteps } from '#core/workflow/step.store.ts';
import { reminder } from '#domain/filing/reminder.ts';
import { timelineKinds } from '#domain/filing/review/timeline.ts';
import { loadFiling } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';
import { entriesOf, entryShape, sinceReturnOf, writtenActs } from './timeline.shape.ts';

const on = serving<FilingHandle>();

/** A filing is saved some hundred times in its year; more rows than this are the work of a program. */
const mostWritings = 2000;

export const filingTimelineRoutes = [
  on(filings.timeline, async (ctx, { params, query }) => {
    const filing = await loadFiling(ctx, params.filingId);
    const object = { placeId: filing.placeId, type: 'filing', id: filing.id };
    const [steps, comments, notices, writings] = await Promise.all([
      listSteps(ctx.db, filing),
      listComments(ctx.db, filing),
      listNotices(ctx.db, filing, reminder, 500),
      listObjectHistory(ctx.db, object, { acts: writtenActs, limit: mostWritings }),
    ]);
    const course = { steps, comments, notices, writings };
    const entries = entriesOf(course).reverse();
    const wanted = query.kind === undefined ? entries : entries.filter(({ kind }) => kind === query.kind);
    const from = (query.page - 1) * query.pageSize;
    return {
      rows: wanted.slice(from, from + query.pageSize).map(entryShape),
      total: wanted.length,
      kinds: timelineKinds.flatMap((kind) => {
        const count = entries.filter((entry) => entry.kind === kind).length;
        return count === 0 ? [] : [{ kind, entries: count }];
      }),
      whole: writings.length < mostWritings,
      sinceReturn: sinceReturnOf(course),
    };
  }),
];
