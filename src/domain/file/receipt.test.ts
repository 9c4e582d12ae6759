import { expect, it } from 'vitest';
import { receiptNumber } from './receipt.ts';

it('a receipt bears the day in China and the end of the number of its file', () => {
  const addedAt = new Date('2026-11-30T16:30:00Z');
  expect(receiptNumber({ id: '01890000-0000-7000-8000-00004f3b2c1d', addedAt })).toBe('20261201-4F3B2C1D');
});
