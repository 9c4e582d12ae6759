import { z } from 'zod';
import { shownLine } from '#domain/text/characters.ts';
import { writtenReason } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, pdfType, route, wordType, workbookType, zipType } from '../route.ts';
import { level } from './balance.shape.ts';
import { comparison } from './comparison.shape.ts';
import { countyResult, overviewRow, runHead, schoolPlace } from './run.shape.ts';
import {
  balanceStandard,
  conditionBasis,
  revisedStandard,
  standardKind,
  standardName,
  standardRevision,
} from './standard.shape.ts';
import { revisionTrial } from './trial.shape.ts';

export * from './balance.shape.ts';
export * from './comparison.shape.ts';
export * from './run.shape.ts';
export * from './standard.shape.ts';
export * from './trial.shape.ts';

const standardKey = z.string().trim().min(1).max(40);
const draftRevision = z.object({
  /** The revision that the person edited; if another one was added meanwhile, it is a conflict. */
  basis: z.number().int(),
  definition: revisedStandard,
});
const countyId = z.object({ countyId: z.coerce.number().int() });
/** Without them: the newest school year and 优质均衡. */
const question = z.object({ year: z.coerce.number().int().optional(), standard: standardKey.optional() });
/** One stored run instead of the current one; the year and the standard then come from the run. */
const questionOrRun = question.extend({ run: z.uuid().optional() });

export const overview = route({
  name: 'balance.overview',
  method: 'GET',
  path: '/api/balance/overview',
  access: 'balance.read',
  scoped: true,
  summary: '全市均衡监测总览：各单位的结论、差异系数、学校达标率和与标准的距离',
  query: question,
  output: z.object({
    year: z.number().int(),
    standard: standardName,
    kind: standardKind,
    standards: z.array(standardName),
    summary: z.object({
      units: z.number().int(),
      pass: z.number().int(),
      fail: z.number().int(),
      provisional: z.number().int(),
      unavailable: z.number().int(),
    }),
    rows: z.array(overviewRow),
    can: z.object({ export: z.boolean() }),
  }),
});

export const county = route({
  name: 'balance.county',
  method: 'GET',
  path: '/api/balance/counties/:countyId',
  access: 'balance.read',
  scoped: true,
  summary: '一个单位的均衡结论与依据：各项差异系数、逐校数值、贡献、学校达标、排除与缺报（学校角色只见本校数值）',
  params: countyId,
  query: questionOrRun,
  output: countyResult,
});

export const school = route({
  name: 'balance.school',
  method: 'GET',
  path: '/api/balance/schools/:schoolId',
  access: 'balance.read',
  summary: '一所学校历年在同单位学校中的位置（其他学校不具名）',
  params: z.object({ schoolId: z.coerce.number().int() }),
  query: z.object({ standard: standardKey.optional() }),
  output: schoolPlace,
});

export const run = route({
  name: 'balance.run',
  method: 'POST',
  path: '/api/balance/counties/:countyId/runs',
  access: 'balance.run',
  reach: 'unit',
  scoped: true,
  summary: '立即测算一个单位；输入、标准、公式都未变时不重复存档',
  params: countyId,
  body: z.object({ year: z.number().int(), standard: standardKey }),
  output: z.object({ run: runHead, stored: z.boolean() }),
});

/** Sort columns: `-runAt` (default), `county`, `year`. */
export const runs = route({
  name: 'balance.runs',
  method: 'GET',
  path: '/api/balance/runs',
  access: 'balance.read',
  scoped: true,
  summary: '测算存档列表',
  query: listQuery.omit({ search: true }).extend({
    ...question.shape,
    unitId: z.coerce.number().int().optional(),
    current: z.stringbool().optional(),
  }),
  output: listOutput(runHead),
});

export const repeat = route({
  name: 'balance.repeat',
  method: 'POST',
  path: '/api/balance/counties/:countyId/runs/:runId/repetition',
  access: 'balance.run',
  reach: 'unit',
  scoped: true,
  summary: '用存档的输入和当时的标准重新测算，逐位比较结果',
  params: countyId.extend({ runId: z.uuid() }),
  output: z.object({
    identical: z.boolean(),
    /** The program's formula version today; the result of another version may differ without an error. */
    formulaVersion: z.string(),
    inputsHashMatches: z.boolean(),
    /** The first places where the two results differ; empty if they are identical. */
    differences: z.array(z.string()),
    sentence: z.string(),
  }),
});

export const compare = route({
  name: 'balance.compare',
  method: 'GET',
  path: '/api/balance/counties/:countyId/comparison',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '比较同一单位的两次测算：结论、差异系数、学校进出、数值变化',
  params: countyId,
  query: z.object({ first: z.uuid(), second: z.uuid() }),
  output: comparison,
});

export const standards = route({
  name: 'balance.standards',
  method: 'GET',
  path: '/api/balance/standards',
  access: 'balance.read',
  scoped: true,
  summary: '均衡标准及其历次修订',
  output: z.object({ standards: z.array(standardRevision), can: z.object({ revise: z.boolean() }) }),
});

export const standard = route({
  name: 'balance.standard',
  method: 'GET',
  path: '/api/balance/standards/:key',
  access: 'balance.read',
  scoped: true,
  summary: '一个标准的一次修订全文（不指定修订号时为最新）',
  params: z.object({ key: standardKey }),
  query: z.object({ revision: z.coerce.number().int().min(1).optional() }),
  output: standardRevision.extend({
    definition: balanceStandard,
    /** Places of the assumptions that the exclusions rule out: no run states them. */
    contradicted: z.array(z.number().int()),
    /** The edition that the next revision will be. */
    next: standardName.shape.edition,
    /** The conditions of all revisions that rest on a document. */
    bases: z.array(conditionBasis),
    can: z.object({ revise: z.boolean() }),
  }),
});

export const tryRevision = route({
  name: 'balance.tryRevision',
  method: 'POST',
  path: '/api/balance/standards/:key/trials',
  access: 'standard.manage',
  reach: 'unit',
  scoped: true,
  summary: '试算一次修订：按本学年已批准的填报，哪些学校进入、退出、达标与否有变化，哪些单位结论有变化；不存测算',
  params: z.object({ key: standardKey }),
  body: draftRevision,
  output: revisionTrial,
});

export const countConditions = route({
  name: 'balance.countConditions',
  method: 'POST',
  path: '/api/balance/standards/:key/conditions',
  access: 'standard.manage',
  reach: 'unit',
  scoped: true,
  summary: '每个条件涉及多少所学校：按本学年已批准的填报，各条件单独计数；什么都不写入',
  params: z.object({ key: standardKey }),
  body: z.object({
    conditions: z
      .array(z.object({ when: z.string().overwrite(shownLine).max(2000), levels: z.array(level).min(1).max(2) }))
      .max(50),
  }),
  output: z.object({
    /** The year under way; null where no year is open. */
    year: z.number().int().nullable(),
    /** In the order of the conditions. */
    conditions: z.array(
      z.object({
        schools: z.number().int(),
        /** Schools of which it cannot be said, because a figure is missing. */
        undecided: z.number().int(),
        /** The first ten. */
        names: z.array(z.string()),
        /** What is wrong with the formula, as a sentence. */
        fault: z.string().nullable(),
      }),
    ),
  }),
});

export const revise = route({
  name: 'balance.revise',
  method: 'POST',
  path: '/api/balance/standards/:key/revisions',
  access: 'standard.manage',
  reach: 'unit',
  scoped: true,
  summary: '发布试算过的修订（纳入条件、限值等）：存为新的修订，旧的测算仍按当时的修订',
  params: z.object({ key: standardKey }),
  body: draftRevision.extend({
    /** The digest of the trial that the person has seen: another effect than that one is not published. */
    trial: z.string().min(1).max(100),
    note: writtenReason(500),
  }),
  output: standardRevision,
});

export const complianceForm = route({
  name: 'balance.complianceForm',
  method: 'GET',
  path: '/api/balance/counties/:countyId/compliance-form',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载申报表表Ⅱ（学校达标情况，官方版式与位数）',
  params: countyId,
  query: questionOrRun,
  output: file(workbookType),
});

export const balanceForm = route({
  name: 'balance.balanceForm',
  method: 'GET',
  path: '/api/balance/counties/:countyId/balance-form',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载申报表表Ⅲ（均值与校际差异系数，官方版式与位数）',
  params: countyId,
  query: questionOrRun,
  output: file(workbookType),
});

export const reproduction = route({
  name: 'balance.reproduction',
  method: 'GET',
  path: '/api/balance/counties/:countyId/reproduction',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载复算表：输入、公式文字、逐步结果、版本与校验码',
  params: countyId,
  query: questionOrRun,
  output: file(workbookType),
});

export const cityForms = route({
  name: 'balance.cityForms',
  method: 'GET',
  path: '/api/balance/city-forms',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '一次下载范围内各单位现行测算的表Ⅱ、表Ⅲ和复算表（压缩包，附目录；没有测算的单位在目录中注明）',
  query: question,
  output: file(zipType),
});

/** What a report is downloaded as. */
const reportFormat = z.object({ format: z.enum(['docx', 'pdf', 'xlsx']) });

export const countyReport = route({
  name: 'balance.countyReport',
  method: 'GET',
  path: '/api/balance/counties/:countyId/report',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载一个单位的均衡测算报告（Word、PDF 或 Excel）：结论、与上年比较、逐校数值、申报表、数值凭据',
  params: countyId,
  query: questionOrRun.extend(reportFormat.shape),
  output: file(wordType, pdfType, workbookType),
});

export const cityReport = route({
  name: 'balance.cityReport',
  method: 'GET',
  path: '/api/balance/city-report',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载范围内各单位的均衡测算报告（Word、PDF 或 Excel）；没有测算的单位在报告中注明',
  query: question.extend(reportFormat.shape),
  output: file(wordType, pdfType, workbookType),
});

export const stripData = route({
  name: 'balance.stripData',
  method: 'GET',
  path: '/api/balance/counties/:countyId/strip-data',
  access: 'balance.read',
  reach: 'unit',
  scoped: true,
  summary: '下载逐校数值（CSV，不取舍位数）',
  params: countyId,
  query: questionOrRun,
  output: file('text/csv'),
});
