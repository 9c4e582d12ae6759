import { useState } from 'react';
import { type Block, blockOf, clamp, type Extent, type Position, samePlace } from './positions.ts';

export interface SheetSelection {
  /** The other end of the selection; the active cell stays where it is. */
  readonly far: Position;
  readonly block: Block;
  /** Moves the active cell; a selection begins there, up to `end`. */
  readonly go: (to: Position, end?: Position) => void;
  /** Extends the selection from the active cell. */
  readonly stretch: (to: Position) => void;
}

/**
 * The selection reaches from the active cell to another. It belongs to the cell where it began: a move of the sheet
 * from elsewhere, such as a jump to a finding, begins a new selection.
 */
export function useSheetSelection(
  active: Position,
  onActive: (position: Position) => void,
  extent: Extent,
): SheetSelection {
  const [reach, setReach] = useState<{ from: Position; to: Position } | null>(null);
  const far = reach && samePlace(reach.from, active) ? reach.to : active;
  return {
    far,
    block: blockOf(active, clamp(far, extent)),
    go: (to, end = to) => {
      if (!samePlace(to, active)) onActive(to);
      setReach({ from: to, to: end });
    },
    stretch: (to) => setReach({ from: active, to }),
  };
}
