import * as tracking from '#contract/balance-tracking/tracks.ts';
import { type FileToMake, pdfType, wordType } from '#contract/route.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { trackReportName } from '#domain/balance-tracking/track-story.ts';
import type { Report } from '#domain/report/report.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import type { TrackHandle } from '../published.store.ts';
import { reportSheet } from './report.workbook.ts';
import { readCityReport, readCountyReport } from './report-source.act.ts';

const on = serving<TrackHandle>();
type Format = 'docx' | 'pdf' | 'xlsx';

export const trackReportRoutes = [
  on(tracking.countyReport, async (ctx, { params, query: { format } }) => {
    const { report, county, year } = await readCountyReport(ctx, params.trackId);
    return printed(ctx, trackReportName(county, year), format, report);
  }),

  on(tracking.cityReport, async (ctx, { query: { format, year: asked } }) => {
    const { report, city, year } = await readCityReport(ctx, asked);
    return printed(ctx, trackReportName(city, year), format, report);
  }),
];

/** A text is printed when the transaction has ended: the press may have other work first. */
function printed({ press, actor }: Context<TrackHandle>, name: string, format: Format, report: Report): FileToMake {
  if (format === 'xlsx') return workbookReply(`${name}.xlsx`, [reportSheet(report)], actor.userId);
  return {
    fileName: `${name}.${format}`,
    contentType: format === 'pdf' ? pdfType : wordType,
    body: async (gone) =>
      (await press.printReport(report, format === 'pdf' ? 'pdf' : 'word', { who: actor.userId, gone })).bytes,
  };
}
