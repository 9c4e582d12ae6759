import type * as imports from '#contract/directory/import.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { FindingGroups } from '#core/imports/finding-groups.ts';
import type { Importing } from '#core/imports/importing.act.ts';
import { type Mark, markedTable, marksOf } from '#core/imports/marked-table.workbook.ts';
import {
  foundFaults,
  type KeptTable,
  keptTable,
  sheetsOf,
  type TableFault,
  tableOf,
} from '#core/imports/table-faults.ts';
import { groupedNumber } from '#domain/kit/number-text.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { kindergartenType, schoolType } from '#domain/org/school-type.ts';
import { type HeadedTable, readHeadedTable } from '#platform/documents/headed-table.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import type { DirectoryContext } from '../school.act.ts';
import {
  findNamedSchools,
  findSchoolIdsByCodes,
  findSchoolIdsWithoutCode,
  findSchools,
  lockSchools,
} from '../school-change.store.ts';
import { findCodesGiven } from '../school-code.store.ts';
import { listUnits } from '../unit/unit.store.ts';
import { longestSchoolName } from './import-facts.workbook.ts';
import { codesIn, type ImportAct, type ImportPlan, importColumns, planImport } from './school-import.plan.ts';
import { explainedSchools } from './school-import.workbook.ts';
import { carryOut } from './school-taking.act.ts';

/** The data kept between preview and confirmation: the table, because it is planned again at the confirmation. */
interface ImportContent {
  readonly table: KeptTable;
  readonly day: Day;
  readonly marks: readonly Mark[];
}

/** This is more than the number of schools in any city. */
const shownChanges = 5000;

/** A table of schools becomes entries and corrections of the register: all of them or none. */
export const schoolImporting: Importing<
  typeof imports.schoolImport,
  DirectoryHandle,
  HeadedTable,
  ImportContent,
  ImportPlan,
  undefined
> = {
  longestText: longestSchoolName,
  read: (file, reader) => readHeadedTable(file, importColumns, { reader }),

  async plan(ctx, table, fields) {
    if (table.rows.length === 0) throw problem('import.empty');
    const day = dayOf(ctx, fields.day);
    const plan = await planOf(ctx, table, day, findSchools);
    const { acts, faults, notes } = plan;
    return {
      // The schools of a table may lie in every county of its author, so it lies where the author works.
      place: { placeId: unitOf(ctx), schoolId: null, subject: null },
      content: { table: keptTable(table), day, marks: marksOf(table, faults) },
      stamp: stampOf(plan, day),
      count: acts.length,
      findings: withDoubts(foundFaults(faults, '需要改正的单元格'), plan.doubts),
      preview: {
        sheets: sheetsOf(table),
        facts: factsOf(table, plan),
        notes: [...notes],
        changes: {
          day,
          total: acts.length,
          rows: acts.slice(0, shownChanges).map((act) => shapeOf(act, plan.unitNames, day)),
        },
      },
    };
  },

  async lock(ctx, { table, day }) {
    const locked = await planOf(ctx, tableOf(table), day, lockSchools);
    return { stamp: stampOf(locked, day), locked };
  },

  overtaken: () => problem('import.registerChanged'),

  async take(ctx, { day }, { importId, fileName, fields: { document }, locked }) {
    const done = await carryOut(ctx, locked.acts, { day, document });
    const after = { fileName, ...done };
    await ctx.record({ action: 'school.imported', objectType: 'import', objectId: importId, after });
    return done;
  },

  mark: async (ctx, { table, marks }) =>
    markedTable(tableOf(table), marks, [explainedSchools(await listUnits(ctx.db))]),
};

/** Doubts beside the faults: they are written unless a person says otherwise. */
function withDoubts(findings: FindingGroups, doubts: readonly TableFault[]): FindingGroups {
  for (const { cell, column, value, rule, allowed } of doubts) {
    const finding = { place: cell, subject: value, part: column, value, rule, allowed };
    findings.add('same-name', 'soft', finding, '同一单位内校名相同');
  }
  return findings;
}

/** The unit at which the person works: the route asks for a post that reaches a unit. */
function unitOf({ actor }: DirectoryContext): number {
  if (actor.unitId === null) throw new Error('a post that reaches a unit stands at none');
  return actor.unitId;
}

async function planOf(
  ctx: DirectoryContext,
  table: HeadedTable,
  day: Day,
  load: typeof lockSchools,
): Promise<ImportPlan> {
  const codes = codesIn(table);
  const units = await listUnits(ctx.db);
  const schools = await load(ctx.db, ctx.scope, await findSchoolIdsByCodes(ctx.db, ctx.scope, codes));
  const uncoded = await load(ctx.db, ctx.scope, await findSchoolIdsWithoutCode(ctx.db, ctx.scope));
  const given = await findCodesGiven(ctx.db, codes);
  return planImport(table, {
    named: await findNamedSchools(ctx.db, ctx.scope),
    units,
    counties: ctx.scope.places,
    schools,
    uncoded,
    codes: new Map(given.map((line) => [line.code, line.status as 'current' | 'void'])),
    day,
  });
}

/** The day from which the changes hold: not later than today, and today if none is given. */
function dayOf(ctx: DirectoryContext, asked: Day | undefined): Day {
  const now = ctx.today;
  if (asked !== undefined && asked > now) throw problem('school.dayInFuture', { day: asked, today: now });
  return asked ?? now;
}

/**
 * Identifies the planned changes with the state of each school and the day, so that only the previewed changes can be
 * written.
 */
function stampOf(plan: ImportPlan, day: Day): string {
  const acts = plan.acts.map((act) =>
    act.kind === 'open' ? act : { ...act, school: { id: act.school.id, revision: act.school.revision } },
  );
  return digestOf({ day, acts });
}

function factsOf(table: HeadedTable, { acts, unchanged }: ImportPlan): [string, string][] {
  const count = (kind: ImportAct['kind']) => groupedNumber(acts.filter((act) => act.kind === kind).length);
  const gardens = acts.filter((act) => act.kind === 'open' && act.fresh.schoolType === kindergartenType).length;
  return [
    ['学校', `${groupedNumber(table.rows.length)} 行`],
    ['设立', gardens === 0 ? `${count('open')} 所` : `${count('open')} 所（其中幼儿园 ${groupedNumber(gardens)} 所）`],
    ['更名', `${count('rename')} 所`],
    ['更正', `${count('correct')} 所`],
    ['与登记相同', `${groupedNumber(unchanged)} 所`],
  ];
}

function shapeOf(act: ImportAct, unitNames: ImportPlan['unitNames'], day: Day) {
  const { code, name, countyId, schoolType: type } = act.kind === 'open' ? act.fresh : act.school;
  const countyName = unitNames.get(countyId) ?? '';
  const schoolTypeName = schoolType(type)?.name ?? type;
  return { row: act.row, code, name, countyName, schoolTypeName, act: act.kind, what: whatOf(act, day) };
}

function whatOf(act: ImportAct, day: Day): string {
  if (act.kind === 'rename') return `更名为“${act.name}”`;
  if (act.kind === 'correct') return act.what;
  const { schoolType, foundedYear } = act.fresh;
  const opened = schoolType === kindergartenType ? '新登记幼儿园' : '新登记';
  return foundedYear === null ? `${opened}；没有建校年份，设立日期取变动日期 ${day}` : opened;
}
