import { draftPrefix, keysUnder, localCopyPrefix, unsentKeys } from '#web/shared/session/local-copies.ts';
import type { SubjectDraft } from './draft.ts';
import { cellKey, emptyUndo, type UndoStack } from './draft-undo.ts';

/** The used part of `localStorage`: writing is finished when the call returns, so no keystroke is lost in between. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A larger history (after pasting a county) is not kept over a reload. */
const mostUndoCells = 3000;

/**
 * Local copies of what the server has not confirmed, one entry a subject, by person and browser tab. A tab that closed
 * or crashed leaves its entries; the next one of the same person takes them over.
 */
export class DraftKeep<Value> {
  readonly #shelf: Shelf;
  readonly #drafts: string;
  readonly #undo: string;
  readonly #tab: string;

  /** `kind` names the kind of draft in one word. Two kinds do not see each other's copies. */
  constructor(shelf: Shelf, kind: string, person: string, tab: string) {
    this.#shelf = shelf;
    this.#drafts = `${draftPrefix}${kind}.${person}.`;
    this.#undo = `${localCopyPrefix}undo.${kind}.${person}`;
    this.#tab = tab;
  }

  /** False where the browser did not store it (its storage is full or closed); the page then says so. */
  keep(subjectId: string, cells: SubjectDraft<Value> | undefined): boolean {
    const key = `${this.#drafts}${subjectId}.${this.#tab}`;
    try {
      if (cells) this.#shelf.setItem(key, JSON.stringify(cells));
      else this.#shelf.removeItem(key);
      return true;
    } catch {
      return false;
    }
  }

  /** The person gave everything up: nothing of this tab is left. */
  clear(): void {
    for (const key of keysUnder(this.#shelf, this.#drafts)) {
      if (key.endsWith(`.${this.#tab}`)) this.#shelf.removeItem(key);
    }
    this.#shelf.removeItem(this.#undo);
  }

  /** All entries that earlier tabs of this person left, oldest tab first; they are removed from the storage. */
  takeOver(): Array<{ subjectId: string; cells: SubjectDraft<Value> }> {
    const found: Array<{ subjectId: string; cells: SubjectDraft<Value> }> = [];
    for (const key of keysUnder(this.#shelf, this.#drafts)) {
      const [subjectId = '', tab = ''] = key.slice(this.#drafts.length).split('.');
      if (tab === this.#tab) continue;
      const cells = parsed<SubjectDraft<Value>>(this.#shelf.getItem(key));
      if (cells) found.push({ subjectId, cells });
      this.#shelf.removeItem(key);
    }
    return found;
  }

  /** `written` holds the versions that this person's writes brought, by cell. */
  keepUndo(stack: UndoStack<Value>, written: ReadonlyMap<string, number>): void {
    const cells = [...stack.done, ...stack.undone].flat();
    try {
      if (cells.length > mostUndoCells) {
        this.#shelf.removeItem(this.#undo);
        return;
      }
      const keys = new Set(cells.map(({ subjectId, part }) => cellKey(subjectId, part)));
      const own = Object.fromEntries([...written].filter(([key]) => keys.has(key)));
      this.#shelf.setItem(this.#undo, JSON.stringify({ ...stack, written: own } satisfies KeptUndo<Value>));
    } catch {
      this.#shelf.removeItem(this.#undo);
    }
  }

  readUndo(): { stack: UndoStack<Value>; written: Map<string, number> } {
    const { done, undone, written } = parsed<Partial<KeptUndo<Value>>>(this.#shelf.getItem(this.#undo)) ?? {};
    return {
      stack: done && undone ? { done, undone } : emptyUndo,
      written: new Map(Object.entries(written ?? {})),
    };
  }
}

interface KeptUndo<Value> extends UndoStack<Value> {
  readonly written: Readonly<Record<string, number>>;
}

/**
 * The copies of one subject that this person left in other posts, whose changes wait for a tab in that post. `own` is
 * the name under which this tab keeps its copies; it begins with the person's id.
 */
export function copiesElsewhere<Value>(
  shelf: Shelf,
  { kind, personId, own, subjectId }: { kind: string; personId: string; own: string; subjectId: string },
): Array<{ key: string; cells: SubjectDraft<Value> }> {
  const elsewhere = unsentKeys(shelf, personId).filter(
    (copy) => copy.kind === kind && copy.owner !== own && copy.subjectId === subjectId,
  );
  return elsewhere.flatMap(({ key }) => {
    const cells = parsed<SubjectDraft<Value>>(shelf.getItem(key));
    return cells ? [{ key, cells }] : [];
  });
}

function parsed<Kept>(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null;
  }
}
