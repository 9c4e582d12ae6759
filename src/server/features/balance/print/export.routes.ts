import * as balance from '#contract/balance/balance.ts';
import { zipType } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { shortStandardName } from '#domain/balance/report/figure-text.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { workbookReply, writeCsv } from '#platform/documents/workbook.ts';
import { writeZip } from '#platform/documents/zip-file.ts';
import { findRun } from '../balance.read.store.ts';
import { type BalanceHandle, listCounties } from '../balance.store.ts';
import { answerFor, countyInScope, newestOf, periodOf, type Selection } from '../balance-selection.act.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import { type CountyForms, cityForms } from './city-forms.workbook.ts';
import { findFormSource } from './form-source.act.ts';
import { balanceSheet, complianceSheets, type FormSource } from './forms.workbook.ts';
import { reproductionSheets } from './reproduction.workbook.ts';

const on = serving<BalanceHandle>();
type Ctx = Context<BalanceHandle>;

export const balanceExportRoutes = [
  on(balance.complianceForm, async (ctx, { params, query }) => {
    const source = await sourceOf(ctx, params.countyId, query);
    const sheets = complianceSheets(source);
    if (sheets.length === 0) throw problem('balance.noSchoolRule', { name: source.standard.name });
    return workbookReply(`${fileName(source, '表Ⅱ')}.xlsx`, sheets, ctx.actor.userId);
  }),

  on(balance.balanceForm, async (ctx, { params, query }) => {
    const source = await sourceOf(ctx, params.countyId, query);
    return workbookReply(`${fileName(source, '表Ⅲ')}.xlsx`, [balanceSheet(source)], ctx.actor.userId);
  }),

  on(balance.reproduction, async (ctx, { params, query }) => {
    const source = await sourceOf(ctx, params.countyId, query);
    return workbookReply(`${fileName(source, '复算表')}.xlsx`, reproductionSheets(source), ctx.actor.userId);
  }),

  on(balance.cityForms, async (ctx, { query }) => {
    const period = await periodOf(ctx, query.year);
    const { row } = await newestOf(ctx, query.standard);
    const forms: CountyForms[] = [];
    for (const county of await listCounties(ctx.db, ctx.scope.places)) {
      const run = await findRun(ctx.db, county.id, { periodId: period.id, key: row.key });
      const source = run && (await sourceOf(ctx, county.id, { run: run.id }));
      forms.push({ county: county.name, source, verdict: run?.verdict ?? 'unavailable', runBy: run?.runBy ?? null });
    }
    const { standard } = preparedStandard(row.definition);
    return {
      fileName: `均衡监测报表_${schoolYearName(period.year)}_${shortStandardName(standard)}.zip`,
      contentType: zipType,
      body: (gone) => writeZip(cityForms(standard, forms, { person: ctx.actor.userId, gone })),
    };
  }),

  on(balance.stripData, async (ctx, { params, query }) => {
    const source = await sourceOf(ctx, params.countyId, query);
    return {
      fileName: `${fileName(source, '逐校数值')}.csv`,
      contentType: 'text/csv',
      body: writeCsv(stripRows(source)),
    };
  }),
];

/** The run that a table prints, with names. */
async function sourceOf(ctx: Ctx, countyId: number, question: Selection): Promise<FormSource> {
  const county = await countyInScope(ctx, countyId);
  const { run, standard, period } = await answerFor(ctx, county.id, question);
  const source = run && (await findFormSource(ctx.db, { county, run, standard, year: period.year }));
  if (!source) throw problem('thing.notFound', { what: '次测算' });
  return source;
}

function fileName(source: FormSource, title: string): string {
  return `${title}_${source.county}_${schoolYearName(source.year)}_${shortStandardName(source.standard)}`;
}

/** The data of the strip plots: one line for each school, level and indicator, unrounded. */
function stripRows(source: FormSource): Array<Array<string | number | null>> {
  const head = ['学段', '指标', '单位', '学校标识码', '学校名称', '学生数', '资源', '数值', '对差异的贡献'];
  return [
    head,
    ...compulsoryLevels.flatMap((level) => {
      const { indicators, included } = source.result.levels[level];
      return indicators.flatMap(({ name, unit, schools }) =>
        schools.map(({ code, pupils, resources, value, contribution }, index) => [
          ...[schoolLevelNames[level], name, unit, codeOfMark(code), included[index]!.name],
          ...[pupils, resources, value, contribution],
        ]),
      );
    }),
  ];
}
