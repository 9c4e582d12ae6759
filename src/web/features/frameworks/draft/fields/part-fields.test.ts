import { expect, it } from 'vitest';
import { raterWords } from '../../framework.words.ts';
import { faultAt, hasField, isSameAt, type PartField, readRecord, recordText } from './part-fields.ts';

it('raters are written and read in Chinese, and kept by the words of the edition', () => {
  const kept = { self: 15, schools: 25, office: 60, 群众代表: 5 };
  expect(recordText(kept, raterWords)).toBe('自评 15\n学校 25\n督导室 60\n群众代表 5');
  expect(readRecord(recordText(kept, raterWords), raterWords)).toEqual(kept);
});

it('a sentence stands at the field of its place, as long as what was saved stands there', () => {
  const when: PartField = { key: 'when', label: '条件', kind: 'text' };
  const fields: PartField[] = [
    { key: 'vetoes', label: '否决', kind: 'rows', fields: [when], empty: {} },
    { key: 'bonus', label: '加分', kind: 'group', fields: [{ key: 'cap', label: '最多', kind: 'number' }], empty: {} },
    { key: 'formula', label: '公式', kind: 'text' },
  ];
  const has = ['vetoes[1].when', 'bonus.cap', 'formula'];
  const none = ['vetoes', 'vetoes[1]', 'vetoes[1].code', 'vetoes.when', 'bonus', 'max', 'formula.of'];
  expect([...has, ...none].filter((path) => hasField(fields, path))).toEqual(has);
  const faults = [{ path: 'vetoes[1].when', message: '读不懂' }];
  expect(['vetoes[1].when', 'vetoes[1]', 'vetoes[0].when'].map((at) => faultAt(faults, at))).toEqual([
    '读不懂',
    undefined,
    undefined,
  ]);
  const saved = { vetoes: [{ when: '甲' }, { when: '乙' }] };
  expect(isSameAt('vetoes[1].when', { vetoes: [{ when: '丙' }, { when: '乙' }] }, saved)).toBe(true);
  expect(isSameAt('vetoes[1].when', { vetoes: [{ when: '乙' }] }, saved)).toBe(false);
});
