import { useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CellView } from './cell-view.ts';
import type { Position } from './positions.ts';
import type { Editing } from './SheetCell.tsx';

interface OpenCellOptions {
  onTyping: (position: Position, text: string | null) => void;
  onTyped: (changes: ReadonlyArray<Position & { text: string }>) => void;
}

export interface OpenCell {
  /** The text being typed; null where no cell is open. */
  readonly editing: Editing | null;
  /** Opens a cell that may be typed into. Typing replaces the content; F2 and a double click keep it. */
  readonly begin: (position: Position, view: CellView | undefined, replaces: boolean) => void;
  readonly onText: (text: string) => void;
  /** Enter, Tab, another cell. */
  readonly finish: () => void;
  /** Esc. */
  readonly abandon: () => void;
}

/** The one cell in which the person types. */
export function useOpenCell({ onTyping, onTyped }: OpenCellOptions): OpenCell {
  const [editing, setEditing] = useState<Editing | null>(null);
  /** The same for handlers that run before the next drawing, as when the cell loses the focus while it closes. */
  const open = useRef<{ position: Position; text: string } | null>(null);

  function begin(position: Position, view: CellView | undefined, replaces: boolean) {
    if (!view?.editable) return;
    const text = replaces && !view.choices ? '' : view.raw;
    open.current = { position, text };
    // At once, so that this very key, or the input method that it starts, reaches the open cell.
    flushSync(() => setEditing({ text, replaces }));
  }
  const onText = useCallback(
    (text: string) => {
      if (!open.current) return;
      open.current = { ...open.current, text };
      setEditing((before) => before && { ...before, text });
      onTyping(open.current.position, text);
    },
    [onTyping],
  );
  const finish = useCallback(() => {
    const { current } = open;
    if (!current) return;
    open.current = null;
    setEditing(null);
    onTyped([{ ...current.position, text: current.text }]);
  }, [onTyped]);
  function abandon() {
    const { current } = open;
    open.current = null;
    setEditing(null);
    if (current) onTyping(current.position, null);
  }
  return { editing, begin, onText, finish, abandon };
}
