import { expect, it } from 'vitest';
import { auditWords } from './audit.words.ts';
import { confirmImport } from './import.ts';

it('has a word for everything that an import of schools records', () => {
  const counted = Object.keys(confirmImport.output.shape);
  expect(counted).toContain('opened');
  expect(counted.filter((name) => auditWords.fields?.[name] === undefined)).toEqual([]);
});
