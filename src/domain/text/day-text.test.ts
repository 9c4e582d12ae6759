import { expect, it } from 'vitest';
import { readDayText } from './day-text.ts';

it.each([
  ['2026-09-01', '2026-09-01'],
  ['2026/9/1', '2026-09-01'],
  ['2026.9.1', '2026-09-01'],
  ['20260901', '2026-09-01'],
  ['2026年9月1日', '2026-09-01'],
  [' ２０２６－０９－０１ ', '2026-09-01'],
])('%s is %s', (text, day) => {
  expect(readDayText(text)).toBe(day);
});

it.each(['', '2026', '2026-13-01', '2025-02-29', '09/01/2026', '1/9/2026', '明天'])('“%s” is no day', (text) => {
  expect(readDayText(text)).toBeNull();
});
