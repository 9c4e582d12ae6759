import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';

export type SheetFocus = ReturnType<typeof useSheetFocus>;

/**
 * The active cell has the focus while the sheet has it, even after its row was drawn again. After Esc without an open
 * cell, the next Tab leaves the sheet.
 */
export function useSheetFocus(root: RefObject<HTMLElement | null>, isOpen: boolean) {
  const inside = useRef(false);
  const leaving = useRef(false);
  useLayoutEffect(() => {
    if (isOpen || !inside.current) return;
    root.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  });
  return {
    /** Takes the focus with the next drawing. */
    take: () => {
      inside.current = true;
    },
    leave: () => {
      leaving.current = true;
    },
    stay: () => {
      leaving.current = false;
    },
    isLeaving: () => leaving.current,
    handlers: {
      onFocus: () => {
        inside.current = true;
      },
      onBlur: (event: FocusEvent) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        // A cell that is drawn again loses the focus, and no other element gets it: the focus then still belongs to the
        // sheet.
        inside.current = event.relatedTarget === null && document.activeElement === document.body;
        leaving.current = false;
      },
    },
  };
}
