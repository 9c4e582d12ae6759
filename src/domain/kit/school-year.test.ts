import { expect, it } from 'vitest';
import { schoolYearOf } from './school-year.ts';

it('begins a school year on the first of September', () => {
  expect(['2025-08-31', '2025-09-01', '2026-01-01'].map(schoolYearOf)).toEqual([2024, 2025, 2025]);
});
