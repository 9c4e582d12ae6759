import { expect, it } from 'vitest';
import { list } from '#contract/evaluations/evaluations.ts';
import { evaluationNoticeTitles } from '#domain/evaluation/notice.ts';
import { waitingKinds } from '../evaluation.search.ts';
import { words } from './desk.words.ts';

it('every notice of an evaluation is called as the mail calls it, and leads to what it is about', () => {
  expect(words.noticeWords).toEqual(evaluationNoticeTitles);
  expect(Object.keys(words.noticeLinks ?? {}).sort()).toEqual(Object.keys(evaluationNoticeTitles).sort());
});

it('every line of work opens the list that it counts', () => {
  const opened = Object.entries(words.workWords!).map(([kind, { link }]) => {
    const { waiting } = link.search as { waiting?: string };
    return [kind, waiting];
  });
  const counted = waitingKinds.map((kind) => [`evaluations.${kind}`, kind]);
  expect(Object.fromEntries(opened)).toEqual({ ...Object.fromEntries(counted), 'evaluations.returned': 'answer' });
  const named = list.query!.shape.waiting.unwrap().options;
  expect([...waitingKinds].sort()).toEqual([...named].sort());
});

it('whoever may read the list finds an evaluation in the palette, somebody from outside too', () => {
  expect(words.finders?.map(({ permission }) => permission)).toEqual([list.access]);
});
