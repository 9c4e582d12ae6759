import { expect, it } from 'vitest';
import { bareNames, differenceText, figureText, openNameText } from './indicator.words.ts';

it('shows two decimals of a result, and says where they are rounded', () => {
  expect(['96.8', '19.663300', '104.085366', '100', '0.246898627576', '2/3'].map(figureText)).toEqual([
    ...['96.8', '≈19.66', '≈104.09', '100', '≈0.25', '≈0.67'],
  ]);
});

it('words a difference with its sign, rounded, and nothing where there is none', () => {
  expect([differenceText('90', '88'), differenceText('95', '269/3'), differenceText('80', '80.5')]).toEqual([
    ...['−2', '−5.33', '+0.5'],
  ]);
  expect([differenceText(null, '88'), differenceText('88', null), differenceText('269/3', '89.67')]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

it('names what is open without the words of the program', () => {
  const names = ['事实:在园幼儿数', 'survey.群众教育满意度.share', 'survey.群众教育满意度.answers', '市级得分'];
  const said = ['在园幼儿数', '群众教育满意度满意比例', '群众教育满意度有效份数', '市级得分'];
  expect(names.map(openNameText)).toEqual(said);
  expect(openNameText('survey.群众教育满意度.answers.家长')).toBe('群众教育满意度家长有效份数');
  expect(openNameText('evaluation.county-inspection-sample.grade')).toBe('有关督导评估的等次');
});

it('leaves the sources out of a sentence', () => {
  expect(bareNames('未定：事实:在园幼儿数、均衡:小学综合')).toBe('未定：在园幼儿数、小学综合');
});
