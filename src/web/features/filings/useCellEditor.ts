import { useCallback, useMemo } from 'react';
import * as filings from '#contract/filings/filings.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { readCell } from '#domain/filing/values.ts';
import { toast } from '#web/shared/kit/toast.ts';
import { asProblem } from '#web/shared/problem.ts';
import { queryClient, reading } from '#web/shared/queries.ts';
import type { DraftEdit } from './draft.ts';
import type { UndoAct } from './draft-undo.ts';
import { asField, type CellFiling, type Field, shownValue } from './filing-cell.ts';
import { type GridPage, useDrafts } from './useDrafts.ts';

export interface TypedCell {
  readonly filing: CellFiling;
  readonly field: Field;
  readonly text: string;
}

/** Typing, pasting, explaining and taking back, the same for the form and the grid. */
export function useCellEditor() {
  const { sender, drafts } = useDrafts();

  const write = useCallback(
    (cells: readonly TypedCell[]) => {
      const { draft } = sender.read();
      const act: UndoAct[number][] = [];
      const edits = new Map<string, DraftEdit[]>();
      for (const { filing, field, text } of cells) {
        const own = draft.filings[filing.id]?.[field.key];
        const after = readCell(asField(field), text).value;
        const { typing, ...finished } = own ?? {};
        const before = shownValue(filing, field, finished as typeof own);
        if (after === before) {
          if (typing) sender.abandonTyping(filing.id, field.key);
          continue;
        }
        act.push({ filingId: filing.id, field: field.key, before, after });
        const list = edits.get(filing.id) ?? [];
        list.push({ field: field.key, value: after, version: filing.cells[field.key]?.n ?? 0 });
        edits.set(filing.id, list);
      }
      for (const [filingId, list] of edits) sender.edit(filingId, list);
      if (act.length > 0) sender.remember(act);
      return act.length;
    },
    [sender],
  );

  const type = useCallback(
    (filing: CellFiling, field: Field, text: string) => {
      const own = sender.read().draft.filings[filing.id]?.[field.key];
      const before = own?.typing?.before ?? shownValue(filing, field, own);
      const { value } = readCell(asField(field), text);
      sender.type(filing.id, field.key, { text, value, before }, filing.cells[field.key]?.n ?? 0);
    },
    [sender],
  );

  /** Every keystroke of an explanation; it is sent after a pause, or when the text is left. */
  const explain = useCallback(
    (filing: Pick<CellFiling, 'id' | 'cells'>, field: string, explanation: string) =>
      sender.type(filing.id, field, { explanation: explanation.trim() || null }, filing.cells[field]?.n ?? 0),
    [sender],
  );

  const takeBack = useCallback(
    async (step: 'undo' | 'redo') => {
      const act = step === 'undo' ? sender.undo() : sender.redo();
      if (!act) {
        toast.say(step === 'undo' ? '没有可以撤销的修改' : '没有可以恢复的修改');
        return;
      }
      try {
        const edits = new Map<string, DraftEdit[]>();
        for (const cell of act) {
          const version = await versionOf(cell.filingId, cell.field);
          edits.set(cell.filingId, [
            ...(edits.get(cell.filingId) ?? []),
            { field: cell.field, value: cell.after, version },
          ]);
        }
        for (const [filingId, list] of edits) sender.edit(filingId, list);
        toast.say(`已${step === 'undo' ? '撤销' : '恢复'}：${describe(act)}`);
      } catch (error) {
        toast.problem(asProblem(error));
      }
    },
    [sender],
  );

  return useMemo(
    () => ({ sender, drafts, write, type, explain, takeBack }),
    [sender, drafts, write, type, explain, takeBack],
  );
}

export type CellEditor = ReturnType<typeof useCellEditor>;

function describe(act: UndoAct): string {
  const [first] = act;
  if (!first) return '';
  const show = (value: CellValue) => (value === null ? '空' : String(value));
  return act.length === 1
    ? `${first.field} ${show(first.before)} → ${show(first.after)}`
    : `${first.field}等 ${act.length} 格`;
}

/** The version of a cell as this desk last saw it; a filing that no page holds any more is read again. */
async function versionOf(filingId: string, field: string): Promise<number> {
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
