import * as filings from '#contract/filings/filings.ts';
import { serving } from '#core/access/serve.ts';
import type { CatalogueField } from '#domain/filing/catalogue.shape.ts';
import { formGroups, isEntered, visibleFields } from '#domain/filing/catalogue.ts';
import { formatValue } from '#domain/filing/values.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { loadFiling } from '../filing.act.ts';
import { findContact } from '../filing.detail.store.ts';
import { contentHash, examine, situationTitle } from '../filing.shape.ts';
import type { FilingHandle } from '../filing.store.ts';

const on = serving<FilingHandle>();

export const filingPrintRoutes = [
  on(filings.printFiling, async (ctx, { params }) => {
    const filing = await loadFiling(ctx, params.filingId);
    const { catalogue, derived } = examine(filing);
    const contact = await findContact(ctx.db, filing);
    const fields = visibleFields(catalogue, filing).filter((field) => field.directory === undefined);
    const row = (field: CatalogueField) => ({
      key: field.key,
      label: field.label,
      unit: field.unit,
      value: formatValue(field, isEntered(field) ? filing.cells[field.key]?.v : derived[field.key]),
      lastYear: formatValue(field, filing.reference[field.key]),
      explanation: filing.cells[field.key]?.e ?? null,
    });
    const groups = formGroups(catalogue.groups, fields).flatMap(({ group, blocks }) =>
      blocks.map((block) => {
        const section = catalogue.sections.find(({ key }) => key === block.section)!;
        return { title: `${section.name} · ${group}`, rows: block.fields.map(row) };
      }),
    );
    return {
      title: `${schoolYearName(filing.schoolYear)}学校资源数据填报表`,
      schoolName: filing.name,
      schoolCode: filing.code,
      unitName: contact.unitName,
      periodName: filing.periodName,
      stateTitle: situationTitle(filing),
      submittedAt: filing.submittedAt?.toISOString() ?? null,
      approvedAt: filing.approvedAt?.toISOString() ?? null,
      printedAt: ctx.now.toISOString(),
      groups,
      // What was submitted keeps the hash that was made of it, also where hashes have since come to cover more.
      contentHash: filing.contentHash ?? contentHash(filing),
      signatures: ['填报人', '校长（签字）', '学校（盖章）', '年　月　日'],
    };
  }),
];
