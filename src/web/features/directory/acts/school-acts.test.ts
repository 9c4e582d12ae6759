import { expect, it } from 'vitest';
import { movedSentence, schoolActWord, schoolActWords } from './school-acts.ts';

it('says how many inspectors lose a school that moves, and who appoints now', () => {
  expect(movedSentence(2)).toMatch(
    /往年数据留在原单位。原聘任单位的 2 名责任督学不再负责本校，请由新的所在地重新指派。$/,
  );
  expect(movedSentence(0)).not.toContain('督学');
});

it('calls the end of a school by its whole name: 撤销 alone takes back what was just done', () => {
  expect(schoolActWord('close', { status: 'open' })).toBe('撤销学校');
  expect(Object.values(schoolActWords)).not.toContain('撤销');
});
