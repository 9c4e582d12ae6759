import { describe, expect, it } from 'vitest';
import { readNumber } from './fields.tsx';

describe('a number as people type it', () => {
  it.each([
    ['1204', 1204],
    ['1,204', 1204],
    ['１，２０４．５', 1204.5],
    [' 12 ', 12],
    ['−3', -3],
    ['.5', 0.5],
  ])('%s', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
  it.each(['', '   ', '12a', '1-2', 'e5', '1e5', '-'])('%j is none', (text) => {
    expect(readNumber(text)).toBeNull();
  });
});
