import { describe, expect, it } from 'vitest';
import { divide, exact } from '../../kit/decimal.ts';
import { exactText, markedText } from './exact-text.ts';

describe('the text of an exact figure', () => {
  it.each([
    ['96.80', '96.8'],
    ['100', '100'],
    ['0.125', '0.125'],
    ['-4.50', '-4.5'],
    ['0.000000001', '0.000000001'],
    ['1e3', '1000'],
  ])('%s ends, so it has all its digits: %s', (given, wanted) => {
    expect(exactText(exact(given), 2)).toBe(wanted);
    expect(markedText(exact(given), 0)).toBe(wanted);
  });
  it('what does not end has four digits more than the edition, half up, and is marked for people', () => {
    const twoThirds = divide(exact(2), exact(3));
    expect([exactText(twoThirds, 2), exactText(twoThirds, 0), markedText(twoThirds, 1)]).toEqual([
      '0.666667',
      '0.6667',
      '≈0.66667',
    ]);
  });
});
