import type * as imports from '#contract/filings/import.ts';
import type { RouteInput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import type { Importing } from '#core/imports/importing.act.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { applyChanges, keptCells, longestExplanation } from '#domain/filing/cells.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type ReadWorkbook, readWorkbook } from '#platform/documents/workbook-read.ts';
import { inSlices } from '#platform/threads/slices.ts';
import { findCollection } from '../collection/collection.store.ts';
import { isEditable, loadFiling } from '../filing.act.ts';
import { type FilingFilter, findFullFilings } from '../filing.list.store.ts';
import { cellsForAudit, countsToKeep, examine, openingOf } from '../filing.shape.ts';
import { writeCells } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings, recordOf } from '../filing.store.ts';
import {
  type CellMark,
  countyTemplate,
  overlayKey,
  schoolTemplate,
  type Takes,
  type WorkbookStamp,
} from '../filing.workbook.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';
import { understandCounty } from './county-sheets.workbook.ts';
import { checkImport, countCells, type FilingWrites, newErrors } from './filing-import.plan.ts';
import { readStamp } from './import-reading.workbook.ts';
import { understandSchool } from './school-form.workbook.ts';

/** The data kept between preview and confirmation. */
interface ImportContent {
  readonly stamp: WorkbookStamp;
  readonly writes: FilingWrites[];
  readonly values: [string, CellValue][];
  readonly explanations: [string, string][];
  readonly marks: [string, CellMark][];
}

type Ctx = Context<FilingHandle>;

/** The workbook of one school or of a whole county becomes cells of filings: all of them or none. */
export const filingImporting: Importing<
  typeof imports.filingImport,
  FilingHandle,
  ReadWorkbook,
  ImportContent,
  FullFiling[],
  undefined
> = {
  previewed: 'filing.importPreviewed',
  longestText: longestExplanation,
  read: ({ bytes }, reader) => readWorkbook(bytes, reader),

  async plan(ctx, book, fields) {
    const stamp = readStamp(book);
    const filings = await filingsOfStamp(ctx, stamp, fields);
    const first = filings[0]!;
    assertTakesWrites(first);
    const ofSchool = stamp.kind === 'school';
    const catalogue = catalogueOf(first.edition);
    const byId = new Map(filings.map((filing) => [filing.id, filing]));
    const understood = await inSlices(
      ofSchool ? understandSchool(book, catalogue, first) : understandCounty(book, catalogue, filings),
    );
    const { cells, stray, explanations: said } = understood;
    if (cells.length + stray.length + said.length === 0) throw problem('import.empty');
    const { preview, findings, ...checked } = checkImport(understood, byId, takingOf(ctx));
    const old = book.format === 'xls' ? ['这是旧版 .xls 文件，已读取；标注后的表格为 .xlsx。'] : [];
    const subject = `${ofSchool ? first.name : first.countyName} · ${first.periodName}`;
    return {
      place: {
        placeId: first.placeId,
        schoolId: ofSchool ? first.schoolId : null,
        subject: ofSchool ? { type: 'filing', id: first.id } : null,
      },
      content: { stamp, ...checked },
      stamp: stampOf(ctx, filings, checked.writes),
      count: countCells(checked.writes),
      findings,
      preview: {
        sheets: understood.sheets,
        facts: [['对象', subject], ...preview.facts],
        notes: [...preview.notes, ...old],
        changes: preview.changes,
      },
    };
  },

  async lock(ctx, { writes }) {
    const ids = writes.map(({ filingId }) => filingId);
    const locked = await lockFilings(ctx.db, ctx.scope, ids);
    return { stamp: stampOf(ctx, locked, writes), locked };
  },

  overtaken(ctx, { writes }, filings) {
    const now = standings(ctx, filings, writes);
    const overtaken = now.filter(({ version, takes, write }) => version !== write.version || !takes);
    const first = overtaken[0];
    const name = first?.filing?.name ?? '';
    return problem('import.overtaken', { count: overtaken.length, first: `“${name}”的${first?.write.field ?? ''}` });
  },

  async take(ctx, { writes }, { importId, locked }) {
    const changes = changesOf(locked, writes);
    assertSound(changes);
    await writeFilings(ctx, changes, importId);
    return { filings: locked.length, cells: countCells(writes) };
  },

  async mark(ctx, { stamp, writes, values, explanations, marks }) {
    const filings = await filingsOfStamp(ctx, stamp, { year: stamp.schoolYear });
    const written = writes.flatMap(({ filingId, cells }) =>
      cells.flatMap(({ field, value }): [string, CellValue][] =>
        value === undefined ? [] : [[overlayKey(filingId, field), value]],
      ),
    );
    const overlay = {
      values: new Map([...values, ...written]),
      explanations: new Map(explanations),
      marks: new Map(marks),
    };
    const takes = takingOf(ctx);
    const isSchool = stamp.kind === 'school';
    const catalogue = catalogueOf(filings[0]!.edition);
    return isSchool
      ? schoolTemplate(catalogue, filings[0]!, takes, overlay)
      : countyTemplate(catalogue, filings, takes, overlay);
  },
};

/** Returns the changes that this person may make to filings now; each filing is checked once. */
export function takingOf(ctx: Ctx): Takes {
  const openings = new Map<string, ReturnType<typeof openingOf>>();
  return (filing, change) => {
    const opening = openings.get(filing.id) ?? (isEditable(filing, ctx) ? openingOf(filing) : () => false);
    openings.set(filing.id, opening);
    return opening(change);
  };
}

/** The filings that a county reviews; 市直 schools file straight to the city and are not in its workbook. */
export async function filingsOfCounty(ctx: Ctx, unitId: number, year: number | undefined): Promise<FullFiling[]> {
  const filter = { unitId, year, managedBy: 'county' as const, sort: 'code' };
  return (await filingsOf(ctx, filter)).filter((filing) => filing.placeId === unitId);
}

function filingsOf(ctx: Ctx, filter: FilingFilter): Promise<FullFiling[]> {
  return findFullFilings(ctx.db, ctx.scope, { filter, actor: ctx.actor, today: ctx.today });
}

/**
 * The filings that a stamped workbook is for, checked against the place of the person and what was asked for.
 * @throws Problem `import.oldEdition`, `import.otherPeriod`, `import.otherUnit`
 */
async function filingsOfStamp(
  ctx: Ctx,
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
  const { unitId, schoolId } = stamp;
  const [filing] = schoolId === null ? [] : await filingsOf(ctx, { unitId, schoolId, year: stamp.schoolYear });
  if (!filing) throw otherUnit(ctx.actor.level === 'school' ? '本校' : '本单位的学校');
  return [filing];
}

/** Each cell that would be written, with its version now and whether the person may write it now. */
function standings(ctx: Ctx, filings: readonly FullFiling[], writes: readonly FilingWrites[]) {
  const byId = new Map(filings.map((filing) => [filing.id, filing]));
  const takes = takingOf(ctx);
  return writes.flatMap(({ filingId, cells }) => {
    const filing = byId.get(filingId);
    return cells.map((write) => ({
      write,
      filing,
      version: filing?.cells[write.field]?.n ?? 0,
      takes: filing !== undefined && takes(filing, write),
    }));
  });
}

/** A cell that somebody changed, or that was closed, makes another stamp. */
function stampOf(ctx: Ctx, filings: readonly FullFiling[], writes: readonly FilingWrites[]): string {
  return digestOfBytes(
    JSON.stringify(
      standings(ctx, filings, writes).map(({ filing, write, version, takes }) => [
        ...[filing?.id, write.field, version, takes],
      ]),
    ),
  );
}

/** A filing, and how the writes leave it. */
interface FilingChange {
  readonly filing: FullFiling;
  readonly writes: FilingWrites;
  readonly after: FullFiling;
  readonly seen: ReturnType<typeof examine>;
  readonly fields: readonly string[];
}

/** Every filing is examined once here: a county has a hundred of them, and their rows are locked meanwhile. */
function changesOf(filings: readonly FullFiling[], writes: readonly FilingWrites[]): FilingChange[] {
  const own = new Map(writes.map((one) => [one.filingId, one]));
  return filings.map((filing) => {
    const written = own.get(filing.id)!;
    const { cells, changed } = applyChanges(filing.cells, written.cells);
    const after: FullFiling = { ...filing, cells: { ...cells } };
    return { filing, writes: written, after, seen: examine(after), fields: changed };
  });
}

/**
 * The stamp covers the cells that are written. A colleague who changed another cell of the same filing after the
 * preview overtakes nothing, but the two values may contradict each other.
 * @throws Problem `import.contradicted`
 */
function assertSound(changes: readonly FilingChange[]): void {
  const errors = changes.flatMap(({ filing, seen, writes }) =>
    newErrors(seen.findings, writes).map(({ sentence }) => `“${filing.name}”${sentence}`),
  );
  const [first] = errors;
  if (first !== undefined) throw problem('import.contradicted', { count: errors.length, first });
}

async function writeFilings(ctx: Ctx, changes: readonly FilingChange[], importId: string): Promise<void> {
  await writeCells(
    ctx.db,
    changes.map(({ filing, after, seen, fields }) => ({
      placeId: filing.placeId,
      id: filing.id,
      cells: keptCells(after.cells, fields, seen.findings),
      ...countsToKeep(seen),
    })),
    ctx.now,
  );
  await ctx.recordAll(
    changes.map(({ filing, after, fields }) => {
      const written = { ...cellsForAudit(after, fields), import: importId };
      return recordOf(filing, 'filing.imported', { fields, before: cellsForAudit(filing, fields), after: written });
    }),
  );
}
