import { expect, it } from 'vitest';
import { evaluationNoticeTitles } from '#domain/evaluation/notice.ts';
import { words } from './desk.words.ts';

it('every notice of an evaluation is called as the mail calls it, and leads to what it is about', () => {
  expect(words.noticeWords).toEqual(evaluationNoticeTitles);
  expect(Object.keys(words.noticeLinks ?? {}).sort()).toEqual(Object.keys(evaluationNoticeTitles).sort());
});
