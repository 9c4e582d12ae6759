import * as balance from '#contract/balance/balance.ts';
import { type FileToMake, pdfType, wordType } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { cityReport } from '#domain/balance/report/city-report.ts';
import { countyReport, reportFileName } from '#domain/balance/report/county-report.ts';
import type { Report } from '#domain/report/report.ts';
import { type WorkbookSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { BalanceHandle } from '../balance.store.ts';
import { cityReportSheets, countyReportSheets } from './report.workbook.ts';
import { readCityReport, readCountyReport } from './report-source.act.ts';

const on = serving<BalanceHandle>();
type Ctx = Context<BalanceHandle>;

export const balanceReportRoutes = [
  on(balance.countyReport, async (ctx, { params, query }) => {
    const { report, forms } = await readCountyReport(ctx, params.countyId, query);
    const name = reportFileName(report.county, report.year, report.standard);
    if (query.format === 'xlsx') return workbook(ctx, name, countyReportSheets(report, forms));
    return printed(ctx, name, query.format, countyReport(report));
  }),

  on(balance.cityReport, async (ctx, { query }) => {
    const { report, forms } = await readCityReport(ctx, query, { forms: query.format === 'xlsx' });
    const name = reportFileName(report.city, report.year, report.standard);
    if (query.format === 'xlsx') return workbook(ctx, name, cityReportSheets(report, forms));
    return printed(ctx, name, query.format, cityReport(report));
  }),
];

const workbook = (ctx: Ctx, name: string, sheets: readonly WorkbookSheet[]): FileToMake =>
  workbookReply(`${name}.xlsx`, sheets, ctx.actor.userId);

/** Printed when the transaction has ended: the press may have other work first. */
function printed({ press, actor }: Ctx, name: string, format: 'docx' | 'pdf', report: Report): FileToMake {
  return {
    fileName: `${name}.${format}`,
    contentType: format === 'pdf' ? pdfType : wordType,
    body: async (gone) =>
      (await press.printReport(report, format === 'pdf' ? 'pdf' : 'word', { who: actor.userId, gone })).bytes,
  };
}
