import * as filings from '#contract/filings/filings.ts';
import type { RouteInput } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { countComments, writeComment, writeCommentResolved } from '#core/comments/comments.store.ts';
import { enteredFields, fieldOf, isEntered, sectionsOf, visibleFields } from '#domain/filing/catalogue.ts';
import { type AppliedChanges, applyChanges, type CellChange, doubtsAt, keptCells } from '#domain/filing/cells.ts';
import { submitObstacles } from '#domain/filing/flow.ts';
import { formatValue, readCell } from '#domain/filing/values.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { loadFilingFor, lockFilingFor } from '../filing.act.ts';
import { findCellWriters } from '../filing.detail.store.ts';
import {
  cellsForAudit,
  commentShape,
  copyFinding,
  countsToKeep,
  examine,
  openFieldsOf,
  openingOf,
  subjectOf,
} from '../filing.shape.ts';
import { cellWrites } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, recordOf } from '../filing.store.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';

const on = serving<FilingHandle>();

export const filingFillRoutes = [
  on(filings.saveCells, async (ctx, { params, body }) => {
    const filing = await lockFilingFor(ctx, params.filingId, 'fill');
    return save(ctx, filing, readChanges(filing, body.changes));
  }),

  on(filings.copyLastYear, async (ctx, { params }) => {
    const filing = await lockFilingFor(ctx, params.filingId, 'fill');
    const open = openFieldsOf(filing);
    const changes = enteredFields(catalogueOf(filing.edition), filing)
      .filter((field) => field.carriesOver && (open === null || open.includes(field.key)))
      .filter(({ key }) => (filing.cells[key]?.v ?? null) === null && (filing.reference[key] ?? null) !== null)
      .map(({ key }) => ({ field: key, value: filing.reference[key]!, version: filing.cells[key]?.n ?? 0 }));
    return { ...(await save(ctx, filing, changes)), copied: changes.length };
  }),

  on(filings.comment, async (ctx, { params, body }) => {
    // Locked, because the comments are counted: two at once would each find room for the last one.
    const filing = await lockFilingFor(ctx, params.filingId, 'comment');
    const { field: part } = body;
    if (!visibleFields(catalogueOf(filing.edition), filing).some((field) => field.key === part)) {
      throw problem('filing.unknownField', { field: part });
    }
    const since = new Date(ctx.now.getTime() - 3_600_000);
    const standing = await countComments(ctx.db, filing, { authorId: ctx.actor.userId, since });
    assertRoomFor('comments', standing.all);
    assertRoomFor('openComments', standing.open);
    assertRoomFor('commentsAnHour', standing.own);
    const written = await writeComment(ctx.db, filing, { part, body: body.body, actor: ctx.actor, now: ctx.now });
    await ctx.record(recordOf(filing, 'filing.commented', { fields: [part], after: { comment: written.id } }));
    return commentShape(written);
  }),

  on(filings.resolveComment, async (ctx, { params }) => {
    const filing = await loadFilingFor(ctx, params.filingId, 'comment');
    const resolved = await writeCommentResolved(ctx.db, filing, params.commentId, ctx.now);
    if (!resolved) throw problem('thing.notFound', { what: '条批注' });
    const what = { fields: [resolved.part ?? ''], after: { comment: resolved.id } };
    await ctx.record(recordOf(filing, 'filing.commentResolved', what));
    return commentShape(resolved);
  }),
];

type SentChange = RouteInput<typeof filings.saveCells>['body']['changes'][number];

/** Brings sent values to the type of their field and refuses fields that are not this school's or not open. */
function readChanges(filing: FullFiling, sent: readonly SentChange[]): CellChange[] {
  const catalogue = catalogueOf(filing.edition);
  const sections = new Set(sectionsOf(catalogue, filing.schoolType));
  const takes = openingOf(filing);
  const changes = sent.map((change): CellChange => {
    const field = fieldOf(catalogue, change.field);
    if (!field || !isEntered(field) || !sections.has(field.section)) {
      throw problem('filing.unknownField', { field: change.field });
    }
    return {
      field: field.key,
      version: change.version,
      value: change.value === undefined ? undefined : readCell(field, change.value).value,
      explanation: change.explanation,
    };
  });
  const locked = changes.filter((change) => !takes(change)).map(({ field }) => field);
  if (locked.length > 0) throw problem('filing.locked', { labels: [...new Set(locked)] });
  return changes;
}

/**
 * Applies the changes to the locked filing, writes the new cells with one audit row, and returns the present findings.
 */
async function save(ctx: Context<FilingHandle>, filing: FullFiling, changes: readonly CellChange[]) {
  const applied = applyChanges(filing.cells, changes, (field) => doubtsAt(examine(filing).findings, field));
  const after: FullFiling = { ...filing, cells: { ...applied.cells } };
  const seen = examine(after);
  if (applied.changed.length > 0) {
    const write = {
      placeId: filing.placeId,
      id: filing.id,
      cells: keptCells(applied.cells, applied.changed, seen.findings),
      ...countsToKeep(seen),
    };
    ctx.along(cellWrites(ctx.db, [write], ctx.now));
    const cells = { before: cellsForAudit(filing, applied.changed), after: cellsForAudit(after, applied.changed) };
    await ctx.record(recordOf(filing, 'filing.filled', { fields: applied.changed, ...cells }));
  }
  return {
    savedAt: ctx.now.toISOString(),
    revision: filing.revision + (applied.changed.length > 0 ? 1 : 0),
    cells: Object.fromEntries(changes.map(({ field }) => [field, applied.cells[field] ?? { v: null, n: 0 }])),
    derived: seen.derived,
    findings: seen.findings.map(copyFinding),
    openFields: openFieldsOf(after, seen),
    filled: seen.filled,
    required: seen.required,
    conflicts: await conflictsOf(ctx, filing, applied),
    obstacles: submitObstacles(subjectOf(after, ctx.today, seen.counts), ctx.actor),
  };
}

/** For each cell that two people, or one in two windows, changed: both values, the faster person, and a sentence. */
async function conflictsOf(ctx: Context<FilingHandle>, filing: FullFiling, { conflicts }: AppliedChanges) {
  if (conflicts.length === 0) return [];
  const catalogue = catalogueOf(filing.edition);
  const writers = await findCellWriters(
    ctx.db,
    filing,
    conflicts.map((conflict) => conflict.field),
  );
  return conflicts.map((conflict) => {
    const field = fieldOf(catalogue, conflict.field)!;
    const writer = writers.get(conflict.field);
    const theirs = formatValue(field, conflict.theirs);
    const yours = formatValue(field, conflict.yours);
    const own = writer?.personId === ctx.actor.userId;
    const who = own ? '您在另一个窗口' : (writer?.by ?? '他人');
    return {
      ...conflict,
      label: field.key,
      by: writer?.by ?? null,
      own,
      at: writer?.at.toISOString() ?? null,
      sentence: `“${field.key}”${own ? '' : '在您之前'}已由${who}改为 ${theirs}，您${own ? '在这里' : ''}填的是 ${yours}，请核对后再定。`,
    };
  });
}
