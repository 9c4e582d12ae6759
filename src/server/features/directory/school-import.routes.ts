import { createHash } from 'node:crypto';
import { z } from 'zod';
import * as directory from '#contract/directory.ts';
import type { Upload } from '#contract/route.ts';
import { serving } from '#core/access/serve.ts';
import { problem } from '#domain/kit/problem.ts';
import { firstDayOf } from '#domain/kit/school-year.ts';
import { readTable, type Table } from '#platform/documents/table.ts';
import type { DirectoryHandle } from './directory.handle.ts';
import { applyState, correct, type DirectoryContext, openNew, stateOf, today } from './school-acts.ts';
import { codesGiven, lockByCodes, lockSchools } from './school-change.store.ts';
import { codesIn, type ImportAct, type ImportPlan, neededHeadings, planImport } from './school-import.ts';
import { importTemplateFile } from './school-import.workbook.ts';
import { listUnits } from './unit.store.ts';

const on = serving<DirectoryHandle>();
/** Of a hopeless table the first faults say enough. */
const shownFindings = 500;
const shownChanges = 30;

/** Schools from a table: first looked at, then written whole or not at all. */
export const schoolImportRoutes = [
  on(directory.importTemplate, async (ctx) => {
    ctx.authorize(true);
    return importTemplateFile(await listUnits(ctx.db));
  }),

  on(directory.previewImport, async (ctx, { body }) => {
    ctx.authorize(true);
    const table = await readTable(body.file.bytes, body.file.name, neededHeadings);
    const plan = await planOf(ctx, table);
    const count = (kind: ImportAct['kind']) => plan.acts.filter((act) => act.kind === kind).length;
    return {
      fileName: body.file.name,
      fileHash: hashOf(body),
      sheet: table.sheet,
      rows: table.rows.length,
      opens: count('open'),
      renames: count('rename'),
      corrects: count('correct'),
      unchanged: plan.unchanged,
      findings: plan.findings.slice(0, shownFindings),
      findingCount: plan.findings.length,
      changes: plan.acts.slice(0, shownChanges).map(describe),
    };
  }),

  on(directory.confirmImport, async (ctx, { body }) => {
    ctx.authorize(true);
    const asked = readFields(body);
    if (asked.fileHash !== hashOf(body)) throw problem('import.fileChanged');
    const now = await today(ctx);
    if (asked.day > now) throw problem('school.dayInFuture', { day: asked.day, today: now });
    const table = await readTable(body.file.bytes, body.file.name, neededHeadings);
    const plan = await planOf(ctx, table);
    if (plan.findings.length > 0) throw problem('import.hardErrors', { count: plan.findings.length });
    const done = { opened: 0, renamed: 0, corrected: 0 };
    for (const act of plan.acts) await carryOut(ctx, act, asked, done);
    await ctx.record({
      action: 'school.imported',
      objectType: 'import',
      objectId: asked.fileHash.slice(0, 16),
      after: { fileName: body.file.name, ...done },
    });
    return done;
  }),
];

async function planOf(ctx: DirectoryContext, table: Table): Promise<ImportPlan> {
  if (table.rows.length === 0) throw problem('import.empty');
  const codes = codesIn(table);
  const [units, schools, given] = [
    await listUnits(ctx.db),
    await lockByCodes(ctx.db, ctx.scope, codes),
    await codesGiven(ctx.db, codes),
  ];
  return planImport(table, {
    units,
    counties: ctx.scope.counties,
    schools: new Map(schools.map((school) => [school.code, school])),
    codes: new Map(given.map((line) => [line.code, line.status as 'current' | 'void'])),
    year: Number((await today(ctx)).slice(0, 4)),
  });
}

interface Asked {
  readonly fileHash: string;
  readonly day: string;
  readonly document?: string | undefined;
}

async function carryOut(
  ctx: DirectoryContext,
  act: ImportAct,
  asked: Asked,
  done: { opened: number; renamed: number; corrected: number },
): Promise<void> {
  const dated = { day: asked.day, document: asked.document, note: '由表格导入' };
  if (act.kind === 'open') {
    // A school that stands since long enters the register with the year of its founding.
    const { foundedYear } = act.fresh;
    const openedOn = foundedYear === null ? asked.day : firstDayOf(foundedYear);
    await openNew(ctx, act.fresh, openedOn > asked.day ? dated : { ...dated, day: openedOn });
    done.opened += 1;
    return;
  }
  const { school } = act;
  if (act.kind === 'rename') {
    if (asked.day < school.lastChange) {
      throw problem('school.dayTooEarly', { day: asked.day, last: school.lastChange });
    }
    const changes = [{ what: '名称', from: school.name, to: act.name }];
    await applyState(
      ctx,
      school,
      { ...stateOf(school), name: act.name },
      { kind: 'renamed', dated, details: { changes } },
    );
    done.renamed += 1;
    return;
  }
  const { foundedYear, ...facts } = act.to;
  const changes = [{ what: act.what, from: null, to: null }];
  // The same row may have renamed the school a moment ago.
  const [current = school] = await lockSchools(ctx.db, ctx.scope, [school.id]);
  await correct(ctx, current, { ...stateOf(current), ...facts }, foundedYear, dated, changes);
  done.corrected += 1;
}

function readFields({ fields }: Upload): Asked {
  const shape = z.object({
    fileHash: z.string().regex(/^[0-9a-f]{64}$/),
    day: z.iso.date(),
    document: z.string().trim().max(60).optional(),
  });
  const read = shape.safeParse(fields);
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw problem('request.invalid', { issues });
}

function hashOf({ file }: Upload): string {
  return createHash('sha256').update(file.bytes).digest('hex');
}

function describe(act: ImportAct) {
  if (act.kind === 'open') {
    const { code, name } = act.fresh;
    return { row: act.row, code, name, act: act.kind, what: '新登记' };
  }
  const { code, name } = act.school;
  const what = act.kind === 'rename' ? `更名为“${act.name}”` : act.what;
  return { row: act.row, code, name, act: act.kind, what };
}
