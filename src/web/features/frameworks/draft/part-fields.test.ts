import { expect, it } from 'vitest';
import { raterWords } from '../framework.words.ts';
import { readRecord, recordText } from './part-fields.ts';

it('raters are written and read in Chinese, and kept by the words of the edition', () => {
  const kept = { self: 15, schools: 25, office: 60, 群众代表: 5 };
  expect(recordText(kept, raterWords)).toBe('自评 15\n学校 25\n督导室 60\n群众代表 5');
  expect(readRecord(recordText(kept, raterWords), raterWords)).toEqual(kept);
});
