import {
  type Draft,
  type DraftBatch,
  type DraftCell,
  type DraftConflict,
  largestBatch,
  withCell,
  withCells,
} from './draft.ts';

/** The part of the server's reply that decides what happens to the draft. */
export interface DraftReceipt<Value> {
  /** The versions of the parts as the server has them now. */
  readonly versions: Readonly<Record<string, number>>;
  readonly conflicts: ReadonlyArray<DraftConflict<Value> & { readonly part: string }>;
}

/**
 * Applies the answer of the server. Confirmed values leave the draft. Values that changed again meanwhile continue with
 * the new version. Values that somebody else changed first wait for the person's choice; an undo gives way to them.
 */
export function acknowledge<Value>(
  draft: Draft<Value>,
  subjectId: string,
  batch: DraftBatch<Value>,
  receipt: DraftReceipt<Value>,
): Draft<Value> {
  const cells: Record<string, DraftCell<Value>> = { ...draft.subjects[subjectId] };
  const conflicts = new Map(receipt.conflicts.map((conflict) => [conflict.part, conflict]));
  for (const [part, sequence] of Object.entries(batch.sequences)) {
    const cell = cells[part];
    if (!cell) continue;
    const conflict = conflicts.get(part);
    if (conflict && cell.back) {
      // Under its old version the text that is being typed meets the same conflict, and the person then chooses.
      if (cell.typing) cells[part] = typedOnly(cell);
      else delete cells[part];
    } else if (conflict) {
      const { part: _part, ...told } = conflict;
      cells[part] = { ...cell, conflict: told };
    } else if (cell.sequence !== sequence) {
      cells[part] = { ...cell, version: receipt.versions[part] ?? cell.version };
    } else if (cell.typing) {
      cells[part] = { ...typedOnly(cell), version: receipt.versions[part] ?? cell.version };
    } else {
      delete cells[part];
    }
  }
  const size = draft.batchSizes[subjectId];
  const grown = size === undefined ? draft : withBatchSize(draft, subjectId, size * 2);
  return withCells(grown, subjectId, cells);
}

/** The text that is being typed, without the change that was finished before it. */
function typedOnly<Value>(cell: DraftCell<Value>): DraftCell<Value> {
  const { value: _value, explanation: _explanation, back: _back, ...typed } = cell;
  return typed;
}

/**
 * The server refused the batch. If one cell may be the cause, smaller batches find it, so that one bad value never
 * blocks the others. Otherwise everything that was sent is set aside with the server's sentence.
 */
export function refuse<Value>(
  draft: Draft<Value>,
  subjectId: string,
  batch: DraftBatch<Value>,
  refusal: { readonly sentence: string; readonly mayBeOneCell: boolean },
): Draft<Value> {
  const parts = Object.keys(batch.sequences);
  if (refusal.mayBeOneCell && parts.length > 1) {
    return withBatchSize(draft, subjectId, Math.ceil(parts.length / 2));
  }
  const cells: Record<string, DraftCell<Value>> = { ...draft.subjects[subjectId] };
  for (const part of parts) {
    const cell = cells[part];
    if (cell && cell.sequence === batch.sequences[part]) cells[part] = { ...cell, refused: refusal.sentence };
  }
  return withCells(draft, subjectId, cells);
}

/** The person has seen both values and chosen. */
export function resolve<Value>(
  draft: Draft<Value>,
  subjectId: string,
  part: string,
  choice: 'mine' | 'theirs',
): Draft<Value> {
  const cell = draft.subjects[subjectId]?.[part];
  if (!cell?.conflict) return draft;
  if (choice === 'theirs') return withCell(draft, subjectId, part, undefined);
  const { conflict, ...rest } = cell;
  return withCell(draft, subjectId, part, { ...rest, version: conflict.version });
}

/** Tries the refused changes again. */
export function release<Value>(draft: Draft<Value>, subjectId: string): Draft<Value> {
  const cells = Object.fromEntries(
    Object.entries(draft.subjects[subjectId] ?? {}).map(([part, { refused: _refused, ...cell }]) => [part, cell]),
  );
  return withCells(draft, subjectId, cells);
}

/** Drops the refused changes; the server's values are shown again. */
export function discardRefused<Value>(draft: Draft<Value>, subjectId: string): Draft<Value> {
  const cells = Object.entries(draft.subjects[subjectId] ?? {}).filter(([, cell]) => cell.refused === undefined);
  return withCells(draft, subjectId, Object.fromEntries(cells));
}

function withBatchSize<Value>(draft: Draft<Value>, subjectId: string, size: number): Draft<Value> {
  return { ...draft, batchSizes: { ...draft.batchSizes, [subjectId]: Math.min(size, largestBatch) } };
}
