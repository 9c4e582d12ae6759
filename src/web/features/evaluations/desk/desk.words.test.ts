import { expect, it } from 'vitest';
import { list } from '#contract/evaluations/evaluations.ts';
import { evaluationNoticeTitles } from '#domain/evaluation/notice.ts';
import { words } from './desk.words.ts';

it('every notice of an evaluation is called as the mail calls it, and leads to what it is about', () => {
  expect(words.noticeWords).toEqual(evaluationNoticeTitles);
  expect(Object.keys(words.noticeLinks ?? {}).sort()).toEqual(Object.keys(evaluationNoticeTitles).sort());
});

it('whoever may read the list finds an evaluation in the palette, somebody from outside too', () => {
  expect(words.finders?.map(({ permission }) => permission)).toEqual([list.access]);
});
