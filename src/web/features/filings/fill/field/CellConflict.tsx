import { formatValue } from '#domain/filing/values.ts';
import { ConflictChoice } from '#web/shared/drafts/ConflictChoice.tsx';
import type { Field } from '../../filing-cell.ts';
import { type FilingCellDraft, useFilingDrafts } from '../../filing-drafts.ts';

/** Shown when two people wrote into one cell of a filing. */
export function CellConflict({ filingId, field, draft }: { filingId: string; field: Field; draft: FilingCellDraft }) {
  const { sender } = useFilingDrafts();
  return (
    <ConflictChoice
      cell={draft}
      show={(value) => formatValue(field, value)}
      onChoose={(choice) => sender.resolve(filingId, field.key, choice)}
    />
  );
}
