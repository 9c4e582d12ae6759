import { expect, it } from 'vitest';
import { takenWords } from './taken.words.ts';

it('the school reads what it has to do, the level that reviews whom it has to tell', () => {
  const taken = { filings: 1, cells: 26 };
  expect(takenWords(taken, 'school')).toBe('已写入 1 所学校的 26 格。请核对并处理疑点后提交。');
  expect(takenWords({ filings: 120, cells: 3100 }, 'county')).toBe(
    '已写入 120 所学校的 3,100 格。请通知学校核对、处理疑点并提交。',
  );
});
