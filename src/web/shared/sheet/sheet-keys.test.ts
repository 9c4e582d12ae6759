import { describe, expect, it } from 'vitest';
import { commandOf, type SheetKey } from './sheet-keys.ts';

const press = (key: string, held: Partial<SheetKey> = {}): SheetKey => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  ...held,
});
const closed = { open: null, isChoice: false } as const;

describe('keys of a sheet', () => {
  it('open a cell by typing, by an input method, by F2, and a choice by the space bar', () => {
    expect(commandOf(press('7'), closed)).toEqual({ act: 'open', replaces: true });
    expect(commandOf(press('Process'), closed)).toEqual({ act: 'open', replaces: true });
    expect(commandOf(press('F2'), closed)).toEqual({ act: 'open', replaces: false });
    expect(commandOf(press(' '), closed)).toEqual({ act: 'open', replaces: true });
    expect(commandOf(press(' '), { ...closed, isChoice: true })).toEqual({ act: 'open', replaces: false });
  });

  it('leave other keys to the browser and the page', () => {
    for (const key of [
      press('c', { ctrl: true }),
      press('v', { ctrl: true }),
      press('f', { alt: true }),
      press('F5'),
    ]) {
      expect(commandOf(key, closed)).toBeNull();
    }
  });

  it('belong to the text while a cell is open, except those that finish it', () => {
    for (const open of ['replaces', 'edits'] as const) {
      for (const key of ['a', 'Delete', 'Home', 'ArrowLeft', 'F2']) {
        expect(commandOf(press(key), { open, isChoice: false })).toBeNull();
      }
      expect(commandOf(press('z', { ctrl: true }), { open, isChoice: false })).toBeNull();
      expect(commandOf(press('Escape'), { open, isChoice: false })).toEqual({ act: 'abandon' });
      expect(commandOf(press('Enter', { shift: true }), { open, isChoice: false })).toEqual({ act: 'below', by: -1 });
    }
    expect(commandOf(press('ArrowDown'), { open: 'replaces', isChoice: false })).toEqual({
      act: 'walk',
      stretches: false,
      finishes: true,
    });
    expect(commandOf(press('ArrowDown'), { open: 'edits', isChoice: false })).toBeNull();
    expect(commandOf(press('ArrowDown'), { open: 'replaces', isChoice: true })).toBeNull();
  });

  it('take back and do again', () => {
    expect(commandOf(press('z', { ctrl: true }), closed)).toEqual({ act: 'undo' });
    expect(commandOf(press('Z', { ctrl: true, shift: true }), closed)).toEqual({ act: 'redo' });
    expect(commandOf(press('y', { ctrl: true }), closed)).toEqual({ act: 'redo' });
  });
});
