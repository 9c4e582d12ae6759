import { expect, it } from 'vitest';
import { findingNoticeTitles } from '#domain/rectification/notice.ts';
import { words } from './desk.words.ts';

it('every notice of the ledger leads to what it is about', () => {
  const kinds = Object.keys(findingNoticeTitles).sort();
  expect(Object.keys(words.noticeLinks ?? {}).sort()).toEqual(kinds);
  expect(words.noticeWords).toEqual(findingNoticeTitles);
});
