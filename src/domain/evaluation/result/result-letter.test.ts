import { expect, it } from 'vitest';
import { factsOf, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { exact } from '../../kit/decimal.ts';
import { figureFaults, withValues } from '../../letter/figure.ts';
import type { OpinionLetterScene } from '../opinion.ts';
import { scoreLayer } from '../points/score.ts';
import { resultLetter } from './result-letter.ts';

const prepared = smallEdition([{ code: '0', points: 10 }, indicatorOf('A', '0', 10)], {
  ...{ max: 10, title: '示例指标体系', edition: '样本' },
});
const scored = scoreLayer(
  { prepared, facts: factsOf({}), context: {} },
  new Map([['A', { points: exact('8.5'), answer: null }]]),
);
const scene = (given: Partial<OpinionLetterScene> = {}): OpinionLetterScene => ({
  ...{ evaluationId: '00000000-0000-4000-8000-000000000001', kind: 'county-inspection', subjectName: '晋江市' },
  ...{ assessmentYear: 2025, visited: null, prepared, selfTotal: exact(9), scored, comments: [], findings: [] },
  conclusions: [{ name: '良好', by: '总分 8.5', table: '等次', open: [] }],
  statements: { made: 0, accepted: 0, waived: true },
  ...{ factsOn: '2025-10-15', readAt: '2025-11-01T02:00:00Z' },
  ...given,
});
const wordsOf = ({ body, figures }: ReturnType<typeof resultLetter>) =>
  JSON.stringify(body.map((block) => withValues(block, figures)));

it('the notice of a result names total and conclusion as figures that keep where they come from', () => {
  const letter = resultLetter(scene());
  expect(letter.title).toBe('关于晋江市 2025 年对县督导结果的通报');
  expect(letter.addressees).toEqual(['晋江市人民政府']);
  expect(letter.figures.map(({ key, asked, value }) => [key, asked.query, value])).toEqual([
    [1, 'evaluations.total', '8.5'],
    [2, 'evaluations.conclusion', '良好'],
  ]);
  expect(figureFaults(letter.body, letter.figures)).toEqual([]);
  expect(wordsOf(letter)).toContain('评定得分 8.5 分，结论为：良好。');
  expect(wordsOf(letter)).toMatch(/评估使用的指标体系为《[^》]*》（样本，非官方文本）。/);
});

it('it says how many problems stand in the ledger, and leaves out a conclusion that nobody drew', () => {
  const finding = { title: '图书不足', code: null, duty: null, dueOn: null };
  expect(wordsOf(resultLetter(scene({ findings: [finding, finding] })))).toContain('2 个问题已列入整改台账');
  const without = resultLetter(scene({ conclusions: [] }));
  expect(wordsOf(without)).toContain('评定得分 8.5 分。');
  expect(wordsOf(without)).toContain('没有列入整改台账的问题');
});
