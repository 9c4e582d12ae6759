/** A key as it is pressed. */
export interface SheetKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** The state of the sheet when the key is pressed. */
interface SheetState {
  /** `replaces`: typing has replaced the value; `edits`: what was there is being changed; null: no cell is open. */
  readonly open: 'replaces' | 'edits' | null;
  /** The active cell has choices instead of a text. */
  readonly isChoice: boolean;
}

export type SheetCommand =
  | { readonly act: 'next' | 'below'; readonly by: 1 | -1 }
  | { readonly act: 'abandon' | 'leave' | 'undo' | 'redo' | 'all' | 'clear' }
  | { readonly act: 'walk'; readonly stretches: boolean; readonly finishes: boolean }
  | { readonly act: 'open'; readonly replaces: boolean };

const walking = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']);

/** The act of a key, as in Excel and WPS; null where the key is not one of the sheet. */
export function commandOf({ key, ctrl, shift, alt }: SheetKey, { open, isChoice }: SheetState): SheetCommand | null {
  if (key === 'Tab') return { act: 'next', by: shift ? -1 : 1 };
  if (key === 'Enter') return { act: 'below', by: shift ? -1 : 1 };
  if (key === 'Escape') return { act: open ? 'abandon' : 'leave' };
  if (open) {
    // If typing has replaced the value, the up and down arrows finish the text and move.
    const upright = key === 'ArrowUp' || key === 'ArrowDown';
    return open === 'replaces' && upright && !isChoice ? { act: 'walk', stretches: false, finishes: true } : null;
  }
  const letter = key.toLowerCase();
  if (ctrl && letter === 'z') return { act: shift ? 'redo' : 'undo' };
  if (ctrl && letter === 'y') return { act: 'redo' };
  if (ctrl && letter === 'a') return { act: 'all' };
  if (walking.has(key)) return { act: 'walk', stretches: shift, finishes: false };
  if (key === 'Delete' || key === 'Backspace') return { act: 'clear' };
  if (key === 'F2' || (key === ' ' && isChoice)) return { act: 'open', replaces: false };
  // `Process` is the first key of an input method.
  if (!ctrl && !alt && (key.length === 1 || key === 'Process')) return { act: 'open', replaces: true };
  return null;
}
