import type { KeyboardEvent } from 'react';
import { clamp, type Extent, nextEditable, type Position, walk } from './positions.ts';
import type { Editing } from './SheetCell.tsx';
import { commandOf, type SheetCommand } from './sheet-keys.ts';
import type { SheetFocus } from './useSheetFocus.ts';
import type { SheetSelection } from './useSheetSelection.ts';

interface KeyboardOptions {
  active: Position;
  extent: Extent;
  editing: Editing | null;
  /** The active cell has choices instead of a text. */
  isChoice: boolean;
  selection: SheetSelection;
  focus: SheetFocus;
  editable: (position: Position) => boolean;
  open: (replaces: boolean) => void;
  finish: () => void;
  abandon: () => void;
  clear: () => void;
  onUndo: () => void;
  onRedo: () => void;
}

/** Runs the act of a key of the sheet; other keys are passed on to the browser. */
export function sheetKeys(options: KeyboardOptions): (event: KeyboardEvent) => void {
  const { active, extent, editing, isChoice, selection, focus } = options;
  const { far, go, stretch } = selection;

  function next(by: 1 | -1): boolean {
    if (focus.isLeaving()) return false;
    const to = nextEditable(active, by, extent, options.editable);
    options.finish();
    if (to) go(to);
    return to !== null;
  }
  function walkTo(key: string, ctrl: boolean, stretches: boolean) {
    const to = walk(stretches ? far : active, key, ctrl, extent) ?? active;
    if (stretches) stretch(to);
    else go(to);
  }
  /** False where the browser must handle the key too: Tab at the end, Esc, the first letter of a text. */
  function obey(command: SheetCommand, { key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    switch (command.act) {
      case 'next':
        return next(command.by);
      case 'below':
        options.finish();
        go(clamp({ ...active, row: active.row + command.by }, extent));
        return true;
      case 'walk':
        if (command.finishes) options.finish();
        walkTo(key, ctrlKey || metaKey, command.stretches);
        return true;
      case 'leave':
        focus.leave();
        stretch(active);
        return false;
      case 'open':
        options.open(command.replaces);
        return !command.replaces;
      case 'all':
        go({ row: 0, column: 0 }, { row: extent.rows - 1, column: extent.columns - 1 });
        return true;
      case 'abandon':
        options.abandon();
        return true;
      case 'clear':
        options.clear();
        return true;
      case 'undo':
        options.onUndo();
        return true;
      case 'redo':
        options.onRedo();
        return true;
    }
  }
  return (event) => {
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey: shift, altKey: alt } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    const open = editing === null ? null : editing.replaces ? 'replaces' : 'edits';
    const command = commandOf({ key, ctrl, shift, alt }, { open, isChoice });
    if (key !== 'Tab') focus.stay();
    if (command && obey(command, event)) event.preventDefault();
  };
}
