import { expect, it } from 'vitest';
import { confirmImport } from '#contract/directory/import.ts';
import { auditWords } from './audit.words.ts';

it('has a word for everything that an import of schools records', () => {
  const counted = Object.keys(confirmImport.output.shape);
  expect(counted).toContain('opened');
  expect(counted.filter((name) => auditWords.fields?.[name] === undefined)).toEqual([]);
});
