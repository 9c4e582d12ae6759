import { expect, it } from 'vitest';
import { movedSentence } from './school-acts.ts';

it('says how many inspectors lose a school that moves, and who appoints now', () => {
  expect(movedSentence(2)).toMatch(
    /往年数据留在原单位。原聘任单位的 2 名责任督学不再负责本校，请由新的所在地重新指派。$/,
  );
  expect(movedSentence(0)).not.toContain('督学');
});
