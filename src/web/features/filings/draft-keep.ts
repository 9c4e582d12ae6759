import { keysUnder, localCopyPrefix } from '#web/shared/local-copies.ts';
import type { FilingDraft } from './draft.ts';
import { emptyUndo, type UndoStack } from './draft-undo.ts';

/** The part of `localStorage` that is used: writing is finished when the call returns, so no keystroke is in the air. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = `${localCopyPrefix}filing-draft.`;
const undoPrefix = `${localCopyPrefix}filing-undo.`;
/** A larger history (a pasted county) is not carried over a reload. */
const mostUndoCells = 3000;

/**
 * Local copies of what the server has not confirmed, one entry a filing, by person and browser tab. A tab that closed
 * or crashed leaves its entries; the next one of the same person takes them over.
 */
export class DraftKeep {
  readonly #shelf: Shelf;
  readonly #person: string;
  readonly #tab: string;

  constructor(shelf: Shelf, person: string, tab: string) {
    this.#shelf = shelf;
    this.#person = person;
    this.#tab = tab;
  }

  /** False where the browser would not keep it (its store is full or closed): the page then says so. */
  keep(filingId: string, cells: FilingDraft | undefined): boolean {
    const key = `${prefix}${this.#person}.${filingId}.${this.#tab}`;
    try {
      if (cells) this.#shelf.setItem(key, JSON.stringify(cells));
      else this.#shelf.removeItem(key);
      return true;
    } catch {
      return false;
    }
  }

  /** Everything that earlier tabs of this person left, oldest tab first; their entries are taken off the shelf. */
  takeOver(): Array<{ filingId: string; cells: FilingDraft }> {
    const found: Array<{ filingId: string; cells: FilingDraft }> = [];
    for (const key of keysUnder(this.#shelf, `${prefix}${this.#person}.`)) {
      const [filingId = '', tab = ''] = key.slice(`${prefix}${this.#person}.`.length).split('.');
      if (tab === this.#tab) continue;
      const cells = parsed<FilingDraft>(this.#shelf.getItem(key));
      if (cells) found.push({ filingId, cells });
      this.#shelf.removeItem(key);
    }
    return found;
  }

  keepUndo(stack: UndoStack): void {
    const cells = [...stack.done, ...stack.undone].reduce((sum, act) => sum + act.length, 0);
    try {
      if (cells <= mostUndoCells) this.#shelf.setItem(undoPrefix + this.#person, JSON.stringify(stack));
      else this.#shelf.removeItem(undoPrefix + this.#person);
    } catch {
      this.#shelf.removeItem(undoPrefix + this.#person);
    }
  }

  readUndo(): UndoStack {
    return parsed<UndoStack>(this.#shelf.getItem(undoPrefix + this.#person)) ?? emptyUndo;
  }
}

function parsed<Kept>(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null;
  }
}
