import { expect, it } from 'vitest';
import { handOnPassword, takePassword } from './just-typed.ts';

it('a typed password is handed on once, within ten minutes', () => {
  expect(takePassword()).toBeUndefined();
  handOnPassword('Quanzhou-2025', 0);
  expect(takePassword(9 * 60_000)).toBe('Quanzhou-2025');
  expect(takePassword(9 * 60_000)).toBeUndefined();
  handOnPassword('Quanzhou-2025', 0);
  expect(takePassword(10 * 60_000)).toBeUndefined();
});
