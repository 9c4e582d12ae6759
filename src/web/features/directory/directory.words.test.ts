import { expect, it } from 'vitest';
import { typeChoices, typeNameChoices } from './directory.words.ts';

it('types of schools are looked for by name, and entered with their official code', () => {
  expect(typeNameChoices.length).toBeGreaterThan(15);
  expect(typeNameChoices.filter(({ label }) => /[0-9A-Za-z]/.test(label))).toEqual([]);
  expect(typeChoices.map(({ label }) => label)).toContain('211 小学');
});
