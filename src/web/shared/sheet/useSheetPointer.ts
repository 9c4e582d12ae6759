import { type PointerEvent, useEffect, useRef } from 'react';
import type { Position } from './positions.ts';

interface PointerOptions {
  /** A press on the open cell is handled by its text. */
  isOpenAt: (position: Position) => boolean;
  /** Before another cell becomes the active one. */
  onPress: () => void;
  go: (to: Position) => void;
  stretch: (to: Position) => void;
}

/** The pointer chooses a cell, and dragging selects a block. */
export function useSheetPointer({ isOpenAt, onPress, go, stretch }: PointerOptions) {
  const dragging = useRef(false);
  useEffect(() => {
    const stop = () => {
      dragging.current = false;
    };
    addEventListener('pointerup', stop);
    return () => removeEventListener('pointerup', stop);
  }, []);
  return {
    onPointerDown: (event: PointerEvent) => {
      const at = placeOf(event.target);
      if (!at || event.button !== 0 || isOpenAt(at)) return;
      onPress();
      dragging.current = event.pointerType === 'mouse';
      if (event.shiftKey) stretch(at);
      else go(at);
      event.preventDefault();
    },
    onPointerOver: (event: PointerEvent) => {
      const at = dragging.current && placeOf(event.target);
      if (at) stretch(at);
    },
  };
}

/** The cell under the pointer, whatever is drawn inside it; null outside the cells. */
export function placeOf(target: EventTarget): Position | null {
  const element = (target as HTMLElement).closest<HTMLElement>('[data-column]');
  const row = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
  return element && row !== undefined ? { row: Number(row), column: Number(element.dataset.column) } : null;
}
