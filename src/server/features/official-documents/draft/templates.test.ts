import { expect, it } from 'vitest';
import { lackingOf } from '#domain/letter/lacking.ts';
import { layOutLetter } from '#domain/letter/laid-letter.ts';
import { type LetterKind, letterKinds, letterKindTitles } from '#domain/letter/state.ts';
import { composeLetter } from './draft.act.ts';
import { templateOf } from './templates.shape.ts';

const office = { unitName: '示例市', today: '2026-03-05' };

it.each(letterKinds)('%s has a template of its own, which is a whole letter but for its blanks', (kind) => {
  const template = templateOf(kind);
  const letter = composeLetter({ ...template, seriesId: null }, undefined, office);
  expect(lackingOf(kind, letter).join('；')).toMatch(/^(?!没有主送机关).*还有“×”没有填写$/);
  // Each part by itself: one that is left as it came is not hidden by the others, which are filled in.
  for (const [at, block] of letter.body.entries()) {
    const alone = { ...letter, title: '标题', addressees: ['示例县教育局'], body: [block] };
    const left = JSON.stringify(block).includes('×') ? ['第 1 部分还有“×”没有填写'] : [];
    expect(lackingOf(kind, alone), `part ${at + 1}`).toEqual(left);
  }
  expect(layOutLetter(letter).title.join('')).not.toBe('');
  if (kind !== 'other') expect(template.title).not.toBe(templateOf('other').title);
});

it('prints the documents of 督导 by their names', () => {
  // 督导通知, 督导意见书 …: the ten that an office of 督导 issues.
  const names = [
    '督导通知',
    '督导意见书',
    '整改通知书',
    '复查意见',
    '督导报告',
    '通报',
    '问责决定书',
    '复核决定书',
    '聘书',
    '公示',
  ];
  const known = letterKinds.map((kind: LetterKind) => letterKindTitles[kind]);
  expect(known).toEqual(expect.arrayContaining(names));
});
