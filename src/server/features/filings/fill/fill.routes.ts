import * as filings from '#contract/filings/filings.ts';
import type { RouteInput } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { enteredFields, fieldOf, isEntered, sectionsOf, visibleFields } from '#domain/filing/catalogue.ts';
import { type AppliedChanges, applyChanges, type CellChange, doubtsAt, keptCells } from '#domain/filing/cells.ts';
import { nextFilingState, submitObstacles } from '#domain/filing/flow.ts';
import { formatValue, readCell } from '#domain/filing/values.ts';
import { problem } from '#domain/kit/problem.ts';
import { filingInScope } from '../filing.act.ts';
import { catalogueOf } from '../filing.catalogues.ts';
import { insertComment, readLastWriters, resolveComment } from '../filing.detail.store.ts';
import {
  cellsForAudit,
  commentShape,
  copyFinding,
  examine,
  openFieldsOf,
  openingOf,
  subjectOf,
  todayOf,
} from '../filing.shape.ts';
import { cellWrites } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings } from '../filing.store.ts';

const on = serving<FilingHandle>();

export const filingFillRoutes = [
  on(filings.saveCells, async (ctx, { params, body }) => {
    const filing = await lockOpen(ctx, params.filingId);
    return save(ctx, filing, readChanges(filing, body.changes));
  }),

  on(filings.copyLastYear, async (ctx, { params }) => {
    const filing = await lockOpen(ctx, params.filingId);
    const open = openFieldsOf(filing);
    const changes = enteredFields(catalogueOf(filing.edition), filing)
      .filter((field) => field.carriesOver && (open === null || open.includes(field.key)))
      .filter(({ key }) => (filing.cells[key]?.v ?? null) === null && (filing.reference[key] ?? null) !== null)
      .map(({ key }) => ({ field: key, value: filing.reference[key]!, version: filing.cells[key]?.n ?? 0 }));
    return { ...(await save(ctx, filing, changes)), copied: changes.length };
  }),

  on(filings.comment, async (ctx, { params, body }) => {
    const filing = await filingInScope(ctx, params.filingId);
    authorizeComment(ctx, filing);
    if (!visibleFields(catalogueOf(filing.edition), filing).some((field) => field.key === body.field)) {
      throw problem('filing.unknownField', { field: body.field });
    }
    const written = await insertComment(ctx.db, filing, { ...body, actor: ctx.actor, now: ctx.now });
    await ctx.record({
      action: 'filing.commented',
      objectType: 'filing',
      objectId: filing.id,
      countyId: filing.countyId,
      schoolId: filing.schoolId,
      fields: [body.field],
      after: { comment: written.id },
    });
    return commentShape(written);
  }),

  on(filings.resolveComment, async (ctx, { params }) => {
    const filing = await filingInScope(ctx, params.filingId);
    authorizeComment(ctx, filing);
    const resolved = await resolveComment(ctx.db, filing, params.commentId, ctx.now);
    if (!resolved) throw problem('thing.notFound', { what: '条批注' });
    await ctx.record({
      action: 'filing.commentResolved',
      objectType: 'filing',
      objectId: filing.id,
      countyId: filing.countyId,
      schoolId: filing.schoolId,
      fields: [resolved.field],
      after: { comment: resolved.id },
    });
    return commentShape(resolved);
  }),
];

function authorizeComment(ctx: Context<FilingHandle>, filing: FullFiling): void {
  const next = nextFilingState('comment', subjectOf(filing, todayOf(filing.referenceDate, ctx.now)), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
}

/** Locks the filing and makes sure that this person may type into it now. */
async function lockOpen(ctx: Context<FilingHandle>, id: string): Promise<FullFiling> {
  const [filing] = await lockFilings(ctx.db, ctx.scope, [id]);
  if (!filing) throw problem('thing.notFound', { what: '份填报' });
  const next = nextFilingState('fill', subjectOf(filing, todayOf(filing.referenceDate, ctx.now)), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  return filing;
}

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

/** Applies the changes to the locked filing, writes what is new with one audit row, and tells what the checks say now. */
async function save(ctx: Context<FilingHandle>, filing: FullFiling, changes: readonly CellChange[]) {
  const applied = applyChanges(filing.cells, changes, (field) => doubtsAt(examine(filing).findings, field));
  const after: FullFiling = { ...filing, cells: { ...applied.cells } };
  const seen = examine(after);
  if (applied.changed.length > 0) {
    const write = {
      countyId: filing.countyId,
      id: filing.id,
      cells: keptCells(applied.cells, applied.changed, seen.findings),
      filled: seen.filled,
      required: seen.required,
      hardFindings: seen.counts.hard,
      softFindings: seen.counts.soft,
      changedFields: seen.changes?.length ?? null,
    };
    ctx.along(cellWrites(ctx.db, [write], ctx.now));
    await ctx.record({
      action: 'filing.filled',
      objectType: 'filing',
      objectId: filing.id,
      countyId: filing.countyId,
      schoolId: filing.schoolId,
      fields: applied.changed,
      before: cellsForAudit(filing, applied.changed),
      after: cellsForAudit(after, applied.changed),
    });
  }
  const today = todayOf(filing.referenceDate, ctx.now);
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
    obstacles: submitObstacles(subjectOf(after, today, seen.counts), ctx.actor),
  };
}

/** Both values, who was faster, and a sentence for each cell at which two people met. */
async function conflictsOf(ctx: Context<FilingHandle>, filing: FullFiling, { conflicts }: AppliedChanges) {
  if (conflicts.length === 0) return [];
  const catalogue = catalogueOf(filing.edition);
  const writers = await readLastWriters(
    ctx.db,
    filing,
    conflicts.map((conflict) => conflict.field),
  );
  return conflicts.map((conflict) => {
    const field = fieldOf(catalogue, conflict.field)!;
    const writer = writers.get(conflict.field);
    const theirs = formatValue(field, conflict.theirs);
    const yours = formatValue(field, conflict.yours);
    return {
      ...conflict,
      label: field.key,
      by: writer?.by ?? null,
      at: writer?.at.toISOString() ?? null,
      sentence: `“${field.key}”在您之前已由${writer?.by ?? '他人'}改为 ${theirs}，您填的是 ${yours}，请核对后再定。`,
    };
  });
}
