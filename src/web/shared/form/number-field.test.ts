import { describe, expect, it } from 'vitest';
import { numberFault, readNumber } from './NumberField.tsx';

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
  it.each([
    ['', undefined],
    ['1,204', undefined],
    ['12a', '请填写数字。'],
    ['9007199254740993', '数字位数过多，无法准确保存，最多 15 位有效数字。'],
  ])('%j has the fault %j', (text, fault) => {
    expect(numberFault(text)).toBe(fault);
  });
});
