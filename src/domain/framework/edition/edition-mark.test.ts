import { expect, it } from 'vitest';
import { citedEdition, editionMark } from './edition-mark.ts';

it('an edition bears its mark with whoever completed it, and a letter cites a document alone without one', () => {
  expect(editionMark({ authority: 'official' })).toBe('官方文本');
  expect(editionMark({ authority: 'sample', completedBy: '泉州市' })).toBe('样本，非官方文本，由泉州市补全');
  expect(citedEdition({ title: '评估办法', authority: 'official', completedBy: null })).toBe('《评估办法》');
  expect(citedEdition({ title: '评估办法', authority: 'official-partial' })).toBe('《评估办法》（官方文本（不全））');
});
