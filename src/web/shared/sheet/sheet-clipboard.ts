import type { ClipboardEvent } from 'react';
import { readBlock, writeBlock } from './clipboard.ts';
import { type Block, clamp, type Extent, type PastePlan, type Position, planPaste, positionsIn } from './positions.ts';

interface ClipboardOptions {
  block: Block;
  extent: Extent;
  /** A cell is open: the clipboard then belongs to its text. */
  isOpen: boolean;
  editable: (position: Position) => boolean;
  /** A cell as it is copied. */
  rawOf: (position: Position) => string;
  onClear: () => void;
  onPasted: (plan: PastePlan) => void;
  go: (to: Position, end: Position) => void;
}

/** Copies blocks of cells to Excel and WPS and pastes blocks from them. */
export function sheetClipboard({ block, extent, isOpen, editable, rawOf, onClear, onPasted, go }: ClipboardOptions) {
  function onCopy(event: ClipboardEvent) {
    if (isOpen) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', writeBlock(positionsIn(block).map((line) => line.map(rawOf))));
    if (event.type === 'cut') onClear();
  }
  function onPaste(event: ClipboardEvent) {
    if (isOpen) return;
    event.preventDefault();
    const copied = readBlock(event.clipboardData.getData('text/plain'));
    if (copied.length === 0) return;
    const plan = planPaste(copied, block, extent, editable);
    onPasted(plan);
    const last = plan.changes.at(-1);
    if (last) go({ row: block.top, column: block.left }, clamp({ row: last.row, column: last.column }, extent));
  }
  return { onCopy, onCut: onCopy, onPaste };
}
