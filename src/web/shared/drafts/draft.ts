/**
 * A draft holds the changes of a person in some subjects (a form, a scoring sheet) that the server has not confirmed. A
 * subject has parts, each with a value. `undefined` is never a value; it means that nothing was changed.
 */

/** What another person wrote while this one was typing; the person chooses between the two. */
export interface DraftConflict<Value> {
  readonly theirs: Value;
  /** The version to send when the person insists on the own value. */
  readonly version: number;
  readonly by: string | null;
  readonly at: string | null;
  readonly sentence: string;
  /** The same person wrote it, in another window. */
  readonly own?: boolean;
}

export interface DraftTyping<Value> {
  /** The value as typed, and as it was parsed; absent while only the explanation is being written. */
  readonly text?: string;
  readonly value?: Value;
  /**
   * The content before the first keystroke, so that text finished by a pause can be undone like text finished by Enter.
   */
  readonly before?: Value;
  readonly explanation?: string | null;
}

/** A change of one part of a subject that the server has not confirmed yet. `value` and `explanation` are absent where unchanged. */
export interface DraftCell<Value> {
  readonly value?: Value;
  readonly explanation?: string | null;
  /** The person is typing it right now: it is kept here and not sent before it is finished. */
  readonly typing?: DraftTyping<Value>;
  /** Version of the server's value that the person saw when the change began. */
  readonly version: number;
  /** Grows with every change of the draft; shows whether a cell changed again while it was being sent. */
  readonly sequence: number;
  /** Milliseconds of the last keystroke. */
  readonly at: number;
  readonly conflict?: DraftConflict<Value>;
  /** Why the server refused it; it waits here until the person changes it or sends it again. */
  readonly refused?: string;
  /**
   * The change takes an act back that wrote this value. It is dropped where somebody else has written since: an undo
   * never asks for a choice.
   */
  readonly back?: { readonly wrote: Value };
}

export type SubjectDraft<Value> = Readonly<Record<string, DraftCell<Value>>>;

export interface Draft<Value> {
  readonly subjects: Readonly<Record<string, SubjectDraft<Value>>>;
  readonly sequence: number;
  /** How many changes of a subject are sent at once; halved when a batch was refused as a whole, to find the cause. */
  readonly batchSizes: Readonly<Record<string, number>>;
}

/** A draft without changes, for values of any kind. */
export const emptyDraft = { subjects: {}, sequence: 0, batchSizes: {} } as const satisfies Draft<never>;

/** A whole subject in most cases, and far fewer than a route accepts at once. */
export const largestBatch = 200;

export interface DraftEdit<Value> {
  readonly part: string;
  readonly value?: Value;
  readonly explanation?: string | null;
  /** Version of the server's cell as it is shown; ignored where a change of this cell is already waiting. */
  readonly version: number;
  readonly back?: DraftCell<Value>['back'];
}

/** The cells of one request, and the sequence of each cell at that moment. */
export interface DraftBatch<Value> {
  readonly changes: ReadonlyArray<DraftEdit<Value>>;
  readonly sequences: Readonly<Record<string, number>>;
}

/** Keeps finished changes. A refused or conflicting cell starts afresh: the person has seen that and typed again. */
export function edit<Value>(
  draft: Draft<Value>,
  subjectId: string,
  edits: readonly DraftEdit<Value>[],
  now: number,
): Draft<Value> {
  let sequence = draft.sequence;
  const cells: Record<string, DraftCell<Value>> = { ...draft.subjects[subjectId] };
  for (const change of edits) {
    const {
      typing: _typing,
      conflict,
      refused: _refused,
      back: _back,
      explanation,
      ...before
    } = cells[change.part] ?? { version: change.version };
    sequence += 1;
    cells[change.part] = {
      ...before,
      // The explanation of the earlier value is dropped with it.
      ...(explanation === undefined || change.value !== undefined ? {} : { explanation }),
      version: conflict?.version ?? before.version,
      ...(change.value === undefined ? {} : { value: change.value }),
      ...(change.explanation === undefined ? {} : { explanation: change.explanation }),
      ...(change.back === undefined ? {} : { back: change.back }),
      sequence,
      at: now,
    };
  }
  return withCells({ ...draft, sequence }, subjectId, cells);
}

/** Keeps a keystroke. The text is sent once `settle` or `edit` finishes it, or given up by `abandonTyping`. */
export function type<Value>(
  draft: Draft<Value>,
  subjectId: string,
  part: string,
  typing: DraftTyping<Value>,
  version: number,
  now: number,
): Draft<Value> {
  const before: DraftCell<Value> = draft.subjects[subjectId]?.[part] ?? { version, sequence: draft.sequence, at: now };
  return withCells(draft, subjectId, {
    ...draft.subjects[subjectId],
    [part]: { ...before, typing: { ...before.typing, ...typing }, at: now },
  });
}

/** Finishes the text being typed: on Enter, on another cell, or after a pause. */
export function settle<Value>(draft: Draft<Value>, subjectId: string, part: string): Draft<Value> {
  const cell = draft.subjects[subjectId]?.[part];
  if (!cell?.typing) return draft;
  return edit(draft, subjectId, [{ part, ...finishedBy(cell.typing), version: cell.version }], cell.at);
}

/** Esc: drops the text being typed and keeps the text finished before. */
export function abandonTyping<Value>(draft: Draft<Value>, subjectId: string, part: string): Draft<Value> {
  const cell = draft.subjects[subjectId]?.[part];
  if (!cell?.typing) return draft;
  const { typing: _typing, ...rest } = cell;
  return withCell(draft, subjectId, part, isEmpty(rest) ? undefined : rest);
}

/** The next batch of a subject, or null where nothing can be sent: text being typed, conflicts and refusals wait. */
export function batchOf<Value>(draft: Draft<Value>, subjectId: string): DraftBatch<Value> | null {
  const ready = Object.entries(draft.subjects[subjectId] ?? {})
    .filter(([, cell]) => !isEmpty(cell) && !cell.conflict && cell.refused === undefined)
    .sort(([, left], [, right]) => left.sequence - right.sequence)
    .slice(0, draft.batchSizes[subjectId] ?? largestBatch);
  if (ready.length === 0) return null;
  return {
    changes: ready.map(([part, cell]) => ({
      part,
      version: cell.version,
      ...(cell.value === undefined ? {} : { value: cell.value }),
      ...(cell.explanation === undefined ? {} : { explanation: cell.explanation }),
    })),
    sequences: Object.fromEntries(ready.map(([part, cell]) => [part, cell.sequence])),
  };
}

/**
 * Restores the changes that an earlier page kept here; half-typed text counts as finished. Changes of this page are
 * newer and stay.
 */
export function adopt<Value>(draft: Draft<Value>, subjectId: string, kept: SubjectDraft<Value>): Draft<Value> {
  let sequence = draft.sequence;
  const cells: Record<string, DraftCell<Value>> = { ...draft.subjects[subjectId] };
  const adopted = Object.entries(kept).filter(([part, { at }]) => (cells[part]?.at ?? Number.NEGATIVE_INFINITY) < at);
  for (const [part, cell] of adopted) {
    sequence += 1;
    cells[part] = { ...cell, sequence };
  }
  const restored = withCells({ ...draft, sequence }, subjectId, cells);
  return adopted.reduce((before, [part]) => settle(before, subjectId, part), restored);
}

export type DraftState = 'typing' | 'waiting' | 'conflict' | 'refused';

/** The state of a cell in the draft; undefined: the server has it. */
export function stateOf<Value>(cell: DraftCell<Value> | undefined): DraftState | undefined {
  if (!cell) return undefined;
  if (cell.conflict) return 'conflict';
  if (cell.refused !== undefined) return 'refused';
  return cell.typing ? 'typing' : 'waiting';
}

/** The number of changes that are not with the server, by what they wait for. */
export function countOf<Value>(draft: Draft<Value>, subjectId?: string): Record<DraftState, number> {
  const count = { typing: 0, waiting: 0, conflict: 0, refused: 0 };
  for (const [id, cells] of Object.entries(draft.subjects)) {
    if (subjectId !== undefined && id !== subjectId) continue;
    for (const cell of Object.values(cells)) {
      const state = stateOf(cell);
      if (state) count[state] += 1;
    }
  }
  return count;
}

function finishedBy<Value>({
  value,
  explanation,
}: DraftTyping<Value>): Pick<DraftEdit<Value>, 'value' | 'explanation'> {
  return { ...(value === undefined ? {} : { value }), ...(explanation === undefined ? {} : { explanation }) };
}

function isEmpty<Value>(cell: Pick<DraftCell<Value>, 'value' | 'explanation'>): boolean {
  return cell.value === undefined && cell.explanation === undefined;
}

export function withCell<Value>(
  draft: Draft<Value>,
  subjectId: string,
  part: string,
  cell: DraftCell<Value> | undefined,
): Draft<Value> {
  const { [part]: _before, ...others } = draft.subjects[subjectId] ?? {};
  return withCells(draft, subjectId, cell ? { ...others, [part]: cell } : others);
}

export function withCells<Value>(draft: Draft<Value>, subjectId: string, cells: SubjectDraft<Value>): Draft<Value> {
  const { [subjectId]: _before, ...others } = draft.subjects;
  return { ...draft, subjects: Object.keys(cells).length > 0 ? { ...others, [subjectId]: cells } : others };
}
