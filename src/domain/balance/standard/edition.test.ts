import { expect, it } from 'vitest';
import { editionText } from './edition.ts';

it('the untouched text is no revision, and the city’s own editions are counted by themselves', () => {
  expect(editionText({ kind: 'original', number: 1 })).toBe('原文');
  expect(editionText({ kind: 'original', number: 2 })).toBe('原文（第 2 版，随产品更正）');
  expect(editionText({ kind: 'own', number: 1 })).toBe('本市口径第 1 版');
});
