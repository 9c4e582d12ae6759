import * as imports from '#contract/filings/import.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import { loadFiling } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';
import { countyTemplate, schoolTemplate } from '../filing.workbook.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';
import { filingImporting, filingsOfCounty, takingOf } from './filing-import.act.ts';

const on = serving<FilingHandle>();

export const filingImportRoutes = [
  on(imports.schoolTemplate, async (ctx, { params }) => {
    const filing = await loadFiling(ctx, params.filingId);
    const sheets = schoolTemplate(catalogueOf(filing.edition), filing, takingOf(ctx));
    return workbookReply(`填报表_${filing.name}_${schoolYearName(filing.schoolYear)}.xlsx`, sheets, ctx.actor.userId);
  }),

  on(imports.countyTemplate, async (ctx, { query }) => {
    const filings = await filingsOfCounty(ctx, query.unitId, query.year);
    const first = filings[0];
    if (!first) throw problem('thing.notFound', { what: '个单位的填报' });
    const sheets = countyTemplate(catalogueOf(first.edition), filings, takingOf(ctx));
    return workbookReply(
      `填报表_${first.countyName}_${schoolYearName(first.schoolYear)}.xlsx`,
      sheets,
      ctx.actor.userId,
    );
  }),

  ...importing<FilingHandle>()(imports.filingImport, filingImporting),
];
