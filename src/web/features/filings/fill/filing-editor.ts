import * as filings from '#contract/filings/filings.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { readCell } from '#domain/filing/values.ts';
import { call } from '#web/shared/call/call.ts';
import { queryClient, reading } from '#web/shared/call/queries.ts';
import type { LastWriting, SeenCell } from '#web/shared/drafts/take-back.ts';
import { type CellEditor, type CellRules, useCellEditor } from '#web/shared/sheet/useCellEditor.ts';
import { type CellFiling, type Field, shownValue } from '../filing-cell.ts';
import { type FilingDetail, type GridPage, useFilingDrafts } from '../filing-drafts.ts';

export type FilingEditor = CellEditor<CellFiling, Field, CellValue>;

const rules: CellRules<CellFiling, Field, CellValue> = {
  read: (field, text) => readCell(field, text).value,
  shown: shownValue,
  version: (filing, field) => filing.cells[field]?.n ?? 0,
  seen,
  lastWriting,
};

/** Typing, pasting, explaining and undoing in filings. */
export function useFilingEditor(): FilingEditor {
  return useCellEditor(useFilingDrafts(), rules);
}

/** The newest of what the pages hold of this cell. */
function seen(filingId: string, field: string): SeenCell<CellValue> | undefined {
  const pages = queryClient.getQueriesData<GridPage>({ queryKey: ['filings.grid'] });
  const rows = pages.flatMap(([, page]) => page?.rows.filter((row) => row.id === filingId) ?? []);
  const key = reading(filings.read, { params: { filingId } }).queryKey;
  const detail = queryClient.getQueryData<FilingDetail>(key);
  // A page of the grid holds the columns of one group: what it does not hold says nothing about the cell.
  const cells = [...rows.flatMap(({ cells }) => cells[field] ?? []), ...(detail ? [detail.cells[field] ?? never] : [])];
  const newest = cells.sort((left, right) => right.n - left.n)[0];
  return newest && { value: newest.v, version: newest.n };
}

/** A cell into which nobody ever wrote. */
const never = { v: null, n: 0 } as const;

async function lastWriting(filingId: string, field: string): Promise<LastWriting<CellValue> | null> {
  const { entries } = await call(filings.cellHistory, { params: { filingId, field } });
  const [last] = entries;
  if (!last) return null;
  return { by: last.actorName, own: last.own, value: last.after };
}
