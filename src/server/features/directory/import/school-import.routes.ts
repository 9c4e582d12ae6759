import * as imports from '#contract/directory/import.ts';
import type { Upload } from '#contract/route.ts';
import { serving } from '#core/access/serve.ts';
import { digestOf, digestOfBytes } from '#core/evidence/digest.ts';
import type { Actor } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type HeadedTable, readHeadedTable } from '#platform/documents/headed-table.ts';
import type { DirectoryHandle } from '../directory.handle.ts';
import type { DirectoryContext } from '../school.act.ts';
import {
  codesGiven,
  lockSchools,
  readSchools,
  schoolIdsByCodes,
  schoolIdsWithoutCode,
} from '../school-change.store.ts';
import { listUnits } from '../unit.store.ts';
import { codesIn, type ImportAct, type ImportPlan, importColumns, planImport } from './import-plan.ts';
import { markedFile } from './marked-table.workbook.ts';
import { carryOut } from './school-import.act.ts';
import { importTemplateFile } from './school-import.workbook.ts';

const on = serving<DirectoryHandle>();
/** Of a hopeless table the first faults say enough. */
const shownFindings = 500;
/** More than a city has schools. */
const shownChanges = 5000;

/** The table and the hash of the file, made before the transaction begins: a large workbook takes its time. */
interface Given {
  readonly table: HeadedTable;
  readonly fileHash: string;
}

/** Schools from a table: first looked at, then written whole or not at all. */
export const schoolImportRoutes = [
  on(imports.importTemplate, async (ctx) => {
    return importTemplateFile(await listUnits(ctx.db));
  }),

  on(
    imports.previewImport,
    async (ctx, { body }, { table, fileHash }: Given) => {
      const day = await dayOf(ctx, body.fields.day);
      const plan = await planOf(ctx, table, day, readSchools);
      const count = (kind: ImportAct['kind']) => plan.acts.filter((act) => act.kind === kind).length;
      return {
        fileName: body.file.name,
        fileHash,
        planHash: hashOfPlan(plan, day),
        day,
        sheet: table.sheet,
        notes: notesOf(table, plan),
        rows: table.rows.length,
        opens: count('open'),
        renames: count('rename'),
        corrects: count('correct'),
        unchanged: plan.unchanged,
        findings: plan.findings.slice(0, shownFindings),
        findingCount: plan.findings.length,
        changes: plan.acts.slice(0, shownChanges).map(describe),
      };
    },
    readGiven,
  ),

  on(
    imports.markImport,
    async (ctx, { body }, { table }: Given) => {
      const day = await dayOf(ctx, body.fields.day);
      const { findings } = await planOf(ctx, table, day, readSchools);
      return markedFile(body.file.name, table, findings);
    },
    readGiven,
  ),

  on(
    imports.confirmImport,
    async (ctx, { body }, { table, fileHash }: Given) => {
      const asked = body.fields;
      if (asked.fileHash !== fileHash) throw problem('import.fileChanged');
      const day = await dayOf(ctx, asked.day);
      const plan = await planOf(ctx, table, day, lockSchools);
      if (asked.planHash !== hashOfPlan(plan, day)) throw problem('import.registerChanged');
      if (plan.findings.length > 0) throw problem('import.hardErrors', { count: plan.findings.length });
      const done = await carryOut(ctx, plan.acts, { day, document: asked.document });
      await ctx.record({
        action: 'school.imported',
        objectType: 'import',
        objectId: fileHash.slice(0, 16),
        after: { fileName: body.file.name, ...done },
      });
      return done;
    },
    readGiven,
  ),
];

async function readGiven({ body: { file } }: { body: Pick<Upload, 'file'> }, { userId }: Actor): Promise<Given> {
  const fileHash = digestOfBytes(file.bytes);
  return { table: await readHeadedTable(file, importColumns, { person: userId }), fileHash };
}

async function planOf(
  ctx: DirectoryContext,
  table: HeadedTable,
  day: Day,
  load: typeof lockSchools,
): Promise<ImportPlan> {
  if (table.rows.length === 0) throw problem('import.empty');
  const codes = codesIn(table);
  const units = await listUnits(ctx.db);
  const schools = await load(ctx.db, ctx.scope, await schoolIdsByCodes(ctx.db, ctx.scope, codes));
  const uncoded = await load(ctx.db, ctx.scope, await schoolIdsWithoutCode(ctx.db, ctx.scope));
  const given = await codesGiven(ctx.db, codes);
  return planImport(table, {
    units,
    counties: ctx.scope.places,
    schools,
    uncoded,
    codes: new Map(given.map((line) => [line.code, line.status as 'current' | 'void'])),
    day,
  });
}

/** From when the changes hold: not ahead of today, which is meant where nothing is said. */
async function dayOf(ctx: DirectoryContext, asked: Day | undefined): Promise<Day> {
  const now = ctx.today;
  if (asked !== undefined && asked > now) throw problem('school.dayInFuture', { day: asked, today: now });
  return asked ?? now;
}

/** What would be done, to which state of which school, from when: nothing else may be written than was looked at. */
function hashOfPlan(plan: ImportPlan, day: Day): string {
  const acts = plan.acts.map((act) =>
    act.kind === 'open' ? act : { ...act, school: { id: act.school.id, revision: act.school.revision } },
  );
  return digestOf({ day, acts });
}

function notesOf({ sheet, sheetsLeftOut }: HeadedTable, { passedOver, notes: read }: ImportPlan): string[] {
  const notes = [...read];
  if (sheetsLeftOut.length > 0) {
    const others = sheetsLeftOut.map((name) => `“${name}”`).join('、');
    notes.push(`只读取了工作表“${sheet}”；${others}有同样的列标题，没有读取，请并入一张表或分别导入。`);
  }
  if (passedOver > 0) notes.push(`${passedOver} 所学校已并入他校或已撤销，内容与登记相同，已略过。`);
  return notes;
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
