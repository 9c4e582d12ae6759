import * as filings from '#contract/filings/filings.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { readCell } from '#domain/filing/values.ts';
import { queryClient, reading } from '#web/shared/call/queries.ts';
import { type CellEditor, type CellRules, useCellEditor } from '#web/shared/sheet/useCellEditor.ts';
import { type CellFiling, type Field, shownValue } from '../filing-cell.ts';
import { type GridPage, useFilingDrafts } from '../filing-drafts.ts';

export type FilingEditor = CellEditor<CellFiling, Field, CellValue>;

const rules: CellRules<CellFiling, Field, CellValue> = {
  read: (field, text) => readCell(field, text).value,
  shown: shownValue,
  version: (filing, field) => filing.cells[field]?.n ?? 0,
  lastVersion,
};

/** Typing, pasting, explaining and undoing in filings. */
export function useFilingEditor(): FilingEditor {
  return useCellEditor(useFilingDrafts(), rules);
}

async function lastVersion(filingId: string, field: string): Promise<number> {
  for (const [, page] of queryClient.getQueriesData<GridPage>({ queryKey: ['filings.grid'] })) {
    const cell = page?.rows.find((row) => row.id === filingId)?.cells[field];
    if (cell) return cell.n;
  }
  const detail = await queryClient.fetchQuery({
    ...reading(filings.read, { params: { filingId } }),
    staleTime: 5 * 60_000,
  });
  return detail.cells[field]?.n ?? 0;
}
