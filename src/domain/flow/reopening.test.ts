import { expect, it } from 'vitest';
import { reopen, widens } from './reopening.ts';

it('a return without parts opens the whole, one with parts opens these', () => {
  expect(reopen({ reason: '请核对' })).toEqual({ openParts: null, reason: '请核对' });
  expect(reopen({ parts: ['b', 'a', 'b'] })).toEqual({ openParts: ['b', 'a'], reason: null });
});

it('a second return adds to what is open, and one of the whole opens everything', () => {
  expect(reopen({ parts: ['c', 'a'] }, ['a', 'b']).openParts).toEqual(['a', 'b', 'c']);
  expect(reopen({}, ['a', 'b']).openParts).toBeNull();
});

it('only a return of what is open in part widens', () => {
  expect(widens({ open: true, openParts: ['a'] }, 'return')).toBe(true);
  expect(widens({ open: true, openParts: null }, 'return')).toBe(false);
  expect(widens({ open: false, openParts: ['a'] }, 'return')).toBe(false);
  expect(widens({ open: true, openParts: ['a'] }, 'approve')).toBe(false);
});
