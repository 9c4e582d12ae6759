import type { CellValue } from '#domain/filing/catalogue.ts';

/** What another person wrote while this one was typing; the person chooses between the two. */
export interface DraftConflict {
  readonly theirs: CellValue;
  /** Version to send when the person insists on the own value. */
  readonly version: number;
  readonly by: string | null;
  readonly at: string | null;
  readonly sentence: string;
}

export interface DraftTyping {
  /** A value as typed, and as what it reads; absent while only the explanation is being written. */
  readonly text?: string;
  readonly value?: CellValue;
  /** What stood there before the first keystroke, so that a pause can be taken back like Enter. */
  readonly before?: CellValue;
  readonly explanation?: string | null;
}

/** A change of one cell that the server has not confirmed yet. `value` and `explanation` are absent where unchanged. */
export interface DraftCell {
  readonly value?: CellValue;
  readonly explanation?: string | null;
  /** Under the hands of the person right now: kept here, not sent before it is finished. */
  readonly typing?: DraftTyping;
  /** `n` of the server's cell that the person saw when the change began. */
  readonly version: number;
  /** Grows with every change of the draft: tells whether a cell changed again while it was under way. */
  readonly sequence: number;
  /** Milliseconds of the last keystroke. */
  readonly at: number;
  readonly conflict?: DraftConflict;
  /** Why the server will not have it; it waits here until the person changes it or sends it again. */
  readonly refused?: string;
}

export type FilingDraft = Readonly<Record<string, DraftCell>>;

export interface Draft {
  readonly filings: Readonly<Record<string, FilingDraft>>;
  readonly sequence: number;
  /** How many changes of a filing are sent at once; halved when a batch was refused as a whole, to find the culprit. */
  readonly batchSizes: Readonly<Record<string, number>>;
}

export const emptyDraft: Draft = { filings: {}, sequence: 0, batchSizes: {} };

/** The contract takes at most 500 changes a batch; a filing has fewer fields than this. */
const largestBatch = 200;

export interface DraftEdit {
  readonly field: string;
  readonly value?: CellValue;
  readonly explanation?: string | null;
  /** Version of the server's cell as it is shown; ignored where a change of this cell is already waiting. */
  readonly version: number;
}

/** What is sent in one request, and the sequence of each cell at that moment. */
export interface DraftBatch {
  readonly changes: ReadonlyArray<{
    readonly field: string;
    readonly value?: CellValue;
    readonly explanation?: string | null;
    readonly version: number;
  }>;
  readonly sequences: Readonly<Record<string, number>>;
}

/** The part of the server's reply that decides what becomes of the draft. */
export interface DraftReceipt {
  readonly cells: Readonly<Record<string, { readonly n: number }>>;
  readonly conflicts: ReadonlyArray<{
    readonly field: string;
    readonly theirs: CellValue;
    readonly version: number;
    readonly by: string | null;
    readonly at: string | null;
    readonly sentence: string;
  }>;
}

/** Keeps finished changes. A cell that was refused or in conflict starts afresh: the person has seen it and typed again. */
export function edit(draft: Draft, filingId: string, edits: readonly DraftEdit[], now: number): Draft {
  let sequence = draft.sequence;
  const cells: Record<string, DraftCell> = { ...draft.filings[filingId] };
  for (const change of edits) {
    const {
      typing: _typing,
      conflict,
      refused: _refused,
      explanation,
      ...before
    } = cells[change.field] ?? { version: change.version };
    sequence += 1;
    cells[change.field] = {
      ...before,
      // What was said about the value before goes with it.
      ...(explanation === undefined || change.value !== undefined ? {} : { explanation }),
      version: conflict?.version ?? before.version,
      ...(change.value === undefined ? {} : { value: change.value }),
      ...(change.explanation === undefined ? {} : { explanation: change.explanation }),
      sequence,
      at: now,
    };
  }
  return withCells({ ...draft, sequence }, filingId, cells);
}

/** Keeps a keystroke. The text is sent once `settle` or `edit` finishes it, or given up by `abandonTyping`. */
export function type(
  draft: Draft,
  filingId: string,
  field: string,
  typing: DraftTyping,
  version: number,
  now: number,
): Draft {
  const before: DraftCell = draft.filings[filingId]?.[field] ?? { version, sequence: draft.sequence, at: now };
  return withCells(draft, filingId, {
    ...draft.filings[filingId],
    [field]: { ...before, typing: { ...before.typing, ...typing }, at: now },
  });
}

/** Finishes what was being typed: Enter, another cell, or a pause. */
export function settle(draft: Draft, filingId: string, field: string): Draft {
  const cell = draft.filings[filingId]?.[field];
  if (!cell?.typing) return draft;
  return edit(draft, filingId, [{ field, ...finishedBy(cell.typing), version: cell.version }], cell.at);
}

/** Esc: the text under the hands goes, what was finished before stays. */
export function abandonTyping(draft: Draft, filingId: string, field: string): Draft {
  const cell = draft.filings[filingId]?.[field];
  if (!cell?.typing) return draft;
  const { typing: _typing, ...rest } = cell;
  return withCell(draft, filingId, field, isEmpty(rest) ? undefined : rest);
}

/** The next batch of a filing, or null where nothing can be sent: text being typed, conflicts and refusals wait. */
export function batchOf(draft: Draft, filingId: string): DraftBatch | null {
  const ready = Object.entries(draft.filings[filingId] ?? {})
    .filter(([, cell]) => !isEmpty(cell) && !cell.conflict && cell.refused === undefined)
    .sort(([, left], [, right]) => left.sequence - right.sequence)
    .slice(0, draft.batchSizes[filingId] ?? largestBatch);
  if (ready.length === 0) return null;
  return {
    changes: ready.map(([field, cell]) => ({
      field,
      version: cell.version,
      ...(cell.value === undefined ? {} : { value: cell.value }),
      ...(cell.explanation === undefined ? {} : { explanation: cell.explanation }),
    })),
    sequences: Object.fromEntries(ready.map(([field, cell]) => [field, cell.sequence])),
  };
}

/**
 * The server has answered: what it has is no draft any more, what was changed again meanwhile goes on with the new
 * version, what somebody else had changed first waits for the person's choice.
 */
export function acknowledge(draft: Draft, filingId: string, batch: DraftBatch, receipt: DraftReceipt): Draft {
  const cells: Record<string, DraftCell> = { ...draft.filings[filingId] };
  const conflicts = new Map(receipt.conflicts.map((conflict) => [conflict.field, conflict]));
  for (const [field, sequence] of Object.entries(batch.sequences)) {
    const cell = cells[field];
    if (!cell) continue;
    const conflict = conflicts.get(field);
    if (conflict) {
      cells[field] = {
        ...cell,
        conflict: {
          theirs: conflict.theirs,
          version: conflict.version,
          by: conflict.by,
          at: conflict.at,
          sentence: conflict.sentence,
        },
      };
    } else if (cell.sequence !== sequence) {
      cells[field] = { ...cell, version: receipt.cells[field]?.n ?? cell.version };
    } else if (cell.typing) {
      const { value: _value, explanation: _explanation, ...typed } = cell;
      cells[field] = { ...typed, version: receipt.cells[field]?.n ?? cell.version };
    } else {
      delete cells[field];
    }
  }
  const size = draft.batchSizes[filingId];
  const grown = size === undefined ? draft : withBatchSize(draft, filingId, size * 2);
  return withCells(grown, filingId, cells);
}

/**
 * The server will not have the batch. If one cell may be at fault, smaller batches find it, so that one bad value never
 * holds up the others; else everything that was sent is parked with the sentence.
 */
export function refuse(
  draft: Draft,
  filingId: string,
  batch: DraftBatch,
  refusal: { readonly sentence: string; readonly mayBeOneCell: boolean },
): Draft {
  const fields = Object.keys(batch.sequences);
  if (refusal.mayBeOneCell && fields.length > 1) {
    return withBatchSize(draft, filingId, Math.ceil(fields.length / 2));
  }
  const cells: Record<string, DraftCell> = { ...draft.filings[filingId] };
  for (const field of fields) {
    const cell = cells[field];
    if (cell && cell.sequence === batch.sequences[field]) cells[field] = { ...cell, refused: refusal.sentence };
  }
  return withCells(draft, filingId, cells);
}

/** The person has seen both values and chosen. */
export function resolve(draft: Draft, filingId: string, field: string, choice: 'mine' | 'theirs'): Draft {
  const cell = draft.filings[filingId]?.[field];
  if (!cell?.conflict) return draft;
  if (choice === 'theirs') return withCell(draft, filingId, field, undefined);
  const { conflict, ...rest } = cell;
  return withCell(draft, filingId, field, { ...rest, version: conflict.version });
}

/** Tries again what was refused. */
export function release(draft: Draft, filingId: string): Draft {
  const cells = Object.fromEntries(
    Object.entries(draft.filings[filingId] ?? {}).map(([field, { refused: _refused, ...cell }]) => [field, cell]),
  );
  return withCells(draft, filingId, cells);
}

/** Gives up what was refused; the server's values stand again. */
export function discardRefused(draft: Draft, filingId: string): Draft {
  const cells = Object.entries(draft.filings[filingId] ?? {}).filter(([, cell]) => cell.refused === undefined);
  return withCells(draft, filingId, Object.fromEntries(cells));
}

/** Puts back what an earlier page kept here, half-typed text as finished; what this page has changed already is newer and stays. */
export function adopt(draft: Draft, filingId: string, kept: FilingDraft): Draft {
  let sequence = draft.sequence;
  const cells: Record<string, DraftCell> = { ...draft.filings[filingId] };
  for (const [field, cell] of Object.entries(kept)) {
    const here = cells[field];
    if (here && here.at >= cell.at) continue;
    sequence += 1;
    const { typing, ...finished } = cell;
    cells[field] = { ...finished, ...(typing ? finishedBy(typing) : {}), sequence };
  }
  return withCells({ ...draft, sequence }, filingId, cells);
}

export type DraftState = 'typing' | 'waiting' | 'conflict' | 'refused';

/** Where a cell of the draft stands; undefined: the server has it. */
export function stateOf(cell: DraftCell | undefined): DraftState | undefined {
  if (!cell) return undefined;
  if (cell.conflict) return 'conflict';
  if (cell.refused !== undefined) return 'refused';
  return cell.typing ? 'typing' : 'waiting';
}

/** How many changes are not with the server, by what they wait for. */
export function countOf(draft: Draft, filingId?: string): Record<DraftState, number> {
  const count = { typing: 0, waiting: 0, conflict: 0, refused: 0 };
  for (const [id, cells] of Object.entries(draft.filings)) {
    if (filingId !== undefined && id !== filingId) continue;
    for (const cell of Object.values(cells)) {
      const state = stateOf(cell);
      if (state) count[state] += 1;
    }
  }
  return count;
}

function finishedBy({ value, explanation }: DraftTyping): Pick<DraftEdit, 'value' | 'explanation'> {
  return { ...(value === undefined ? {} : { value }), ...(explanation === undefined ? {} : { explanation }) };
}

function isEmpty(cell: Pick<DraftCell, 'value' | 'explanation'>): boolean {
  return cell.value === undefined && cell.explanation === undefined;
}

function withBatchSize(draft: Draft, filingId: string, size: number): Draft {
  return { ...draft, batchSizes: { ...draft.batchSizes, [filingId]: Math.min(size, largestBatch) } };
}

function withCell(draft: Draft, filingId: string, field: string, cell: DraftCell | undefined): Draft {
  const { [field]: _before, ...others } = draft.filings[filingId] ?? {};
  return withCells(draft, filingId, cell ? { ...others, [field]: cell } : others);
}

function withCells(draft: Draft, filingId: string, cells: FilingDraft): Draft {
  const { [filingId]: _before, ...others } = draft.filings;
  return { ...draft, filings: Object.keys(cells).length > 0 ? { ...others, [filingId]: cells } : others };
}
