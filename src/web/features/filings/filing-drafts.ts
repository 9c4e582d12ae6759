import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { call } from '#web/shared/call/call.ts';
import { queryClient } from '#web/shared/call/queries.ts';
import type { DraftCell, SubjectDraft } from '#web/shared/drafts/draft.ts';
import { type Drafts, draftsOf, useDrafts, useDraftsElsewhere } from '#web/shared/drafts/useDrafts.ts';

export type Saved = z.output<typeof filings.saved>;
export type FilingDetail = z.output<typeof filings.filingDetail>;
export type GridPage = z.output<typeof filings.grid.output>;
export type GridRow = GridPage['rows'][number];
/** The unsent changes of one filing, and of one of its cells. */
export type FilingDraft = SubjectDraft<CellValue>;
export type FilingCellDraft = DraftCell<CellValue>;

const kind = 'filing';

/**
 * This person's changes in filings that the server has not confirmed; a subject is a filing, a part is one of its
 * fields.
 */
export const drafts = draftsOf<CellValue>({
  kind,
  send: async (filingId, edits, post) => {
    const changes = edits.map(({ part, ...change }) => ({ ...change, field: part }));
    const saved = await call(filings.saveCells, { params: { filingId }, body: { changes } }, { post });
    return {
      versions: Object.fromEntries(Object.entries(saved.cells).map(([field, { n }]) => [field, n])),
      conflicts: saved.conflicts.map(({ field, ...conflict }) => ({ ...conflict, part: field })),
      show: () => showSaved(filingId, saved),
    };
  },
});

export function useFilingDrafts(): Drafts<CellValue> {
  return useDrafts(drafts);
}

/** What this person typed into a filing in another post and is only on this machine. */
export function useFilingDraftsElsewhere(filingId: string) {
  return useDraftsElsewhere<CellValue>(kind, filingId);
}

/**
 * Updates the filing on the open pages from the server's reply, without another read. Resolves when the pages show it:
 * readers are notified in the next turn of the event loop.
 */
export async function showSaved(filingId: string, saved: Saved): Promise<void> {
  const detailKey = ['filings.read', { params: { filingId } }];
  // A read that began before the save would bring the older values back.
  void queryClient.cancelQueries({
    predicate: ({ queryKey, state }) =>
      state.data !== undefined && (queryKey[0] === 'filings.grid' || queryKey[0] === 'filings.read'),
  });
  queryClient.setQueriesData<FilingDetail>({ queryKey: detailKey }, (detail) => detail && merged(detail, saved));
  queryClient.setQueriesData<GridPage>(
    { queryKey: ['filings.grid'] },
    (page) =>
      page && {
        ...page,
        rows: page.rows.map((row) => (row.id === filingId ? { ...merged(row, saved), untouched: false } : row)),
      },
  );
  void queryClient.invalidateQueries({ queryKey: ['filings.list'], refetchType: 'none' });
  refreshProgress();
  await new Promise((shown) => setTimeout(shown));
}

/** The counts above a grid are read again after a save, but however fast somebody types, not more often than this. */
const between = 10_000;
let readAt = -Infinity;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Reads the progress of the unit again, at once or as soon as it may be. */
function refreshProgress(): void {
  if (waiting !== undefined) return;
  const left = readAt + between - Date.now();
  if (left > 0) {
    waiting = setTimeout(() => {
      waiting = undefined;
      refreshProgress();
    }, left);
    return;
  }
  readAt = Date.now();
  void queryClient.invalidateQueries({ queryKey: ['filings.progress'] });
}

function merged<Filing extends Pick<FilingDetail, 'cells' | 'derived' | 'findings' | 'openFields' | 'revision'>>(
  filing: Filing,
  saved: Saved,
): Filing {
  return {
    ...filing,
    ...('obstacles' in filing
      ? {
          obstacles: saved.obstacles,
          filled: saved.filled,
          required: saved.required,
          missing: saved.required - saved.filled,
          errors: saved.findings.filter(({ weight, code }) => weight === 'hard' && code !== 'required').length,
        }
      : {}),
    cells: { ...filing.cells, ...saved.cells },
    derived: { ...filing.derived, ...saved.derived },
    findings: saved.findings,
    openFields: saved.openFields,
    revision: saved.revision,
  };
}
