import * as imports from '#contract/filings/import.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { confirmImport, insertImport, readImport, type StoredImport } from '#core/imports/imports.store.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { applyChanges, keptCells } from '#domain/filing/cells.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { workbookContentType, writeWorkbook } from '#platform/documents/workbook.ts';
import { type ReadWorkbook, readWorkbook } from '#platform/documents/workbook-read.ts';
import { findCollection } from '../collection/collection.store.ts';
import { isEditable, loadFiling } from '../filing.act.ts';
import { catalogueOf } from '../filing.catalogues.ts';
import { type FilingPage, readFilings } from '../filing.list.store.ts';
import { cellsForAudit, examine, openingOf } from '../filing.shape.ts';
import { writeCells } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings, recordOf } from '../filing.store.ts';
import { countyTemplate, schoolTemplate, type Takes, type WorkbookStamp } from '../filing.workbook.ts';
import { checkImport, type ImportedCell } from './import-check.ts';
import { readStamp, understandCounty, understandSchool } from './import-reading.workbook.ts';

const on = serving<FilingHandle>();
type Preview = RouteOutput<typeof imports.previewImport>;

/** What is kept between preview and confirmation. */
interface ImportContent {
  readonly stamp: WorkbookStamp;
  readonly preview: Preview;
  readonly writes: ImportedCell[];
  readonly values: [string, CellValue][];
  readonly explanations: [string, string][];
  readonly marks: [string, string][];
}

/** The kind under which workbooks of filings wait. */
const kind = 'filings';
const keptFor = 24 * 3_600_000;

export const filingImportRoutes = [
  on(imports.schoolTemplate, async (ctx, { params }) => {
    const filing = await loadFiling(ctx, params.filingId);
    const body = await writeWorkbook(schoolTemplate(catalogueOf(filing.edition), filing, takingOf(ctx)));
    return { fileName: `填报表_${filing.name}_${filing.schoolYear}.xlsx`, contentType: workbookContentType, body };
  }),

  on(imports.countyTemplate, async (ctx, { query }) => {
    const filings = await filingsOfCounty(ctx, query.unitId, query.year);
    const first = filings[0];
    if (!first) throw problem('thing.notFound', { what: '个单位的填报' });
    const body = await writeWorkbook(countyTemplate(catalogueOf(first.edition), filings, takingOf(ctx)));
    return { fileName: `填报表_${first.countyName}_${first.schoolYear}.xlsx`, contentType: workbookContentType, body };
  }),

  on(
    imports.previewImport,
    async (ctx, { body }, book: ReadWorkbook) => {
      const stamp = readStamp(book);
      const filings = await filingsOfStamp(ctx, stamp, body.fields);
      const first = filings[0]!;
      const catalogue = catalogueOf(first.edition);
      const byId = new Map(filings.map((filing) => [filing.id, filing]));
      const understood =
        stamp.kind === 'school' ? understandSchool(book, catalogue, first) : understandCounty(book, catalogue, filings);
      const { cells, stray, explanations: said } = understood;
      if (cells.length + stray.length + said.length === 0) throw problem('import.empty');
      const checked = checkImport(understood, byId, takingOf(ctx));
      if (book.format === 'xls') checked.preview.notes.push('这是旧版 .xls 文件，已读取；标注后的表格为 .xlsx。');
      const expiresAt = new Date(ctx.now.getTime() + keptFor);
      const preview: Preview = {
        importId: '',
        fileName: body.file.name,
        kind: stamp.kind,
        unitName: stamp.kind === 'school' ? first.name : first.countyName,
        periodName: first.periodName,
        ...checked.preview,
        expiresAt: expiresAt.toISOString(),
      };
      const { writes, values, explanations, marks } = checked;
      const importId = await insertImport<ImportContent>(ctx.db, {
        kind,
        placeId: first.placeId,
        subject: stamp.kind === 'school' ? { type: 'filing', id: first.id } : null,
        schoolId: stamp.kind === 'school' ? first.schoolId : null,
        fileName: body.file.name,
        fileHash: digestOfBytes(body.file.bytes),
        createdBy: ctx.actor.userId,
        now: ctx.now,
        expiresAt,
        content: { stamp, preview, writes, values, explanations, marks },
      });
      await ctx.record({
        action: 'filing.importPreviewed',
        objectType: 'import',
        objectId: importId,
        placeId: first.placeId,
        schoolId: stamp.kind === 'school' ? first.schoolId : null,
        after: { fileName: body.file.name, cells: writes.length, hard: preview.hard },
      });
      return { ...preview, importId };
    },
    ({ body }, { userId }) => readWorkbook(body.file.bytes, userId),
  ),

  on(imports.readImport, async (ctx, { params }) => {
    const stored = await ownImport(ctx, params.importId, false);
    return { ...stored.content.preview, importId: stored.id };
  }),

  on(imports.confirmImport, async (ctx, { params }) => {
    const stored = await ownImport(ctx, params.importId, true);
    if (stored.confirmedAt !== null || stored.expiresAt <= ctx.now) throw problem('import.expired');
    const { preview, writes } = stored.content;
    if (preview.hard > 0) throw problem('import.hardErrors', { count: preview.hard });
    if (writes.length === 0) throw problem('import.empty');
    const filings = await lockFilings(ctx.db, ctx.scope, [...new Set(writes.map((write) => write.filingId))]);
    assertNothingOvertaken(ctx, filings, writes);
    await writeImport(ctx, filings, writes, stored);
    await confirmImport(ctx.db, stored.placeId, stored.id, ctx.now);
    return { filings: filings.length, cells: writes.length };
  }),

  on(imports.markedWorkbook, async (ctx, { params }) => {
    const stored = await ownImport(ctx, params.importId, false);
    const { stamp, values, explanations, marks, preview } = stored.content;
    const overlay = { values: new Map(values), explanations: new Map(explanations), marks: new Map(marks) };
    const filings = await filingsOfStamp(ctx, stamp, { year: stamp.schoolYear });
    const catalogue = catalogueOf(filings[0]!.edition);
    const sheets =
      stamp.kind === 'school'
        ? schoolTemplate(catalogue, filings[0]!, takingOf(ctx), overlay)
        : countyTemplate(catalogue, filings, takingOf(ctx), overlay);
    const fileName = `${preview.fileName.replace(/\.\w+$/, '')}_标注.xlsx`;
    return { fileName, contentType: workbookContentType, body: await writeWorkbook(sheets) };
  }),
];

/** What this person may change of filings now; each filing is looked at once. */
function takingOf(ctx: Context<FilingHandle>): Takes {
  const openings = new Map<string, ReturnType<typeof openingOf>>();
  return (filing, change) => {
    const opening = openings.get(filing.id) ?? (isEditable(filing, ctx) ? openingOf(filing) : () => false);
    openings.set(filing.id, opening);
    return opening(change);
  };
}

async function ownImport(ctx: Context<FilingHandle>, id: string, lock: boolean): Promise<StoredImport<ImportContent>> {
  const stored = await readImport<ImportContent>(ctx.db, ctx.scope, { kind, id, createdBy: ctx.actor.userId, lock });
  if (!stored) throw problem('thing.notFound', { what: '次导入' });
  return stored;
}

/** The filings that a county reviews; 市直 schools file straight to the city and are not in its workbook. */
async function filingsOfCounty(
  ctx: Context<FilingHandle>,
  unitId: number,
  year: number | undefined,
): Promise<FullFiling[]> {
  const filter = { unitId, year, managedBy: 'county' as const, page: 1, pageSize: 5000, sort: 'code' };
  return (await filingsOf(ctx, filter)).filter((filing) => filing.placeId === unitId);
}

async function filingsOf(ctx: Context<FilingHandle>, filter: FilingPage): Promise<FullFiling[]> {
  return (await readFilings(ctx.db, ctx.scope, { filter, today: ctx.today })).rows;
}

/**
 * The filings that a stamped workbook is for, checked against the place of the person and what was asked for.
 * @throws Problem `import.oldEdition`, `import.otherPeriod`, `import.otherUnit`
 */
async function filingsOfStamp(
  ctx: Context<FilingHandle>,
  stamp: WorkbookStamp,
  asked: RouteInput<typeof imports.previewImport>['body']['fields'],
): Promise<FullFiling[]> {
  const wanted = asked.filingId === undefined ? undefined : await loadFiling(ctx, asked.filingId);
  const year = wanted?.schoolYear ?? asked.year;
  const collection = await findCollection(ctx.db, { year, today: ctx.today });
  if (!collection) throw problem('period.notOpen');
  if (stamp.schoolYear !== collection.schoolYear) {
    throw problem('import.otherPeriod', {
      found: schoolYearName(stamp.schoolYear),
      expected: schoolYearName(collection.schoolYear),
    });
  }
  if (stamp.edition !== collection.edition) {
    throw problem('import.oldEdition', { found: stamp.edition, current: collection.edition });
  }
  const otherUnit = (expected: string): Problem =>
    problem('import.otherUnit', { found: stamp.schoolName ?? stamp.unitName, expected });
  const isCounty = stamp.kind === 'county';
  if (wanted && (isCounty || stamp.schoolId !== wanted.schoolId)) throw otherUnit(wanted.name);
  if (asked.unitId !== undefined && asked.unitId !== stamp.unitId) throw otherUnit('所选单位');
  if (isCounty) {
    // The workbook of a whole county is the county's; a school has its own form.
    const filings = ctx.actor.level === 'school' ? [] : await filingsOfCounty(ctx, stamp.unitId, stamp.schoolYear);
    if (filings.length === 0) throw otherUnit(ctx.actor.level === 'school' ? '本校' : '本单位');
    return filings;
  }
  if (wanted) return [wanted];
  const filter = { unitId: stamp.unitId, year: stamp.schoolYear, page: 1, pageSize: 5000 };
  const filing = (await filingsOf(ctx, filter)).find((one) => one.schoolId === stamp.schoolId);
  if (!filing) throw otherUnit(ctx.actor.level === 'school' ? '本校' : '本单位的学校');
  return [filing];
}

/** All or nothing: a cell that somebody changed since the preview, or that was closed, stops the whole. */
function assertNothingOvertaken(
  ctx: Context<FilingHandle>,
  filings: readonly FullFiling[],
  writes: readonly ImportedCell[],
): void {
  const byId = new Map(filings.map((filing) => [filing.id, filing]));
  const takes = takingOf(ctx);
  const overtaken = writes.filter((write) => {
    const filing = byId.get(write.filingId);
    return !filing || (filing.cells[write.field]?.n ?? 0) !== write.version || !takes(filing, write);
  });
  const first = overtaken[0];
  if (!first) return;
  throw problem('import.overtaken', {
    count: overtaken.length,
    first: `“${byId.get(first.filingId)?.name ?? ''}”的${first.field}`,
  });
}

async function writeImport(
  ctx: Context<FilingHandle>,
  filings: readonly FullFiling[],
  writes: readonly ImportedCell[],
  stored: StoredImport<ImportContent>,
): Promise<void> {
  const changes = filings.map((filing) => {
    const own = writes.filter((write) => write.filingId === filing.id);
    const { cells, changed } = applyChanges(filing.cells, own);
    const after: FullFiling = { ...filing, cells: { ...cells } };
    return { filing, after, seen: examine(after), fields: changed };
  });
  await writeCells(
    ctx.db,
    changes.map(({ filing, after, seen, fields }) => ({
      placeId: filing.placeId,
      id: filing.id,
      cells: keptCells(after.cells, fields, seen.findings),
      filled: seen.filled,
      required: seen.required,
      hardFindings: seen.counts.hard,
      softFindings: seen.counts.soft,
      changedFields: seen.changes?.length ?? null,
    })),
    ctx.now,
  );
  for (const { filing, after, fields } of changes) {
    const written = { ...cellsForAudit(after, fields), import: stored.id };
    await ctx.record(
      recordOf(filing, 'filing.imported', { fields, before: cellsForAudit(filing, fields), after: written }),
    );
  }
}
