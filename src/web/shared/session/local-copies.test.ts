import { expect, it } from 'vitest';
import { countUnsent, listUnsent, unsentKeys } from './local-copies.ts';

/** A store that tells which entries were read. */
function storeOf(entries: Record<string, object>) {
  const keys = Object.keys(entries);
  const read: string[] = [];
  return {
    read,
    length: keys.length,
    key: (index: number) => keys[index] ?? null,
    getItem: (key: string) => {
      read.push(key);
      return JSON.stringify(entries[key]);
    },
  };
}

const store = storeOf({
  'dudao.local.draft.filing.ann~clerk.f1.tab': { 图书册数: {}, 计算机台数: {} },
  'dudao.local.draft.filing.ann~clerk.f1.other': { 图书册数: {} },
  'dudao.local.draft.filing.anna.f1.tab': { 图书册数: {} },
  'dudao.local.return.ann.f2': { text: '请核对' },
  'dudao.local.return.anna.f2': { text: '请核对' },
  'dudao.local.writing.letter.ann~clerk.l1': { value: { title: '通知', body: [] }, revision: 2, at: 1 },
  'dudao.local.undo.filing.ann': {},
});

it('names what a person left in every post, and reads no content of others', () => {
  expect(unsentKeys(store, 'ann').map(({ kind, owner, subjectId }) => [kind, owner, subjectId])).toEqual([
    ['filing', 'ann~clerk', 'f1'],
    ['filing', 'ann~clerk', 'f1'],
    ['return', 'ann', 'f2'],
    ['writing', 'ann~clerk', 'letter.l1'],
  ]);
  expect(countUnsent(listUnsent(store, 'ann'))).toBe(4);
  expect(store.read.filter((key) => key.includes('anna'))).toEqual([]);
});

it('counts a thing once, whether it is stored, only on the page, or both', () => {
  const of = (part: string) => ({ kind: 'filing', subjectId: 'f1', part });
  expect(countUnsent([...listUnsent(store, 'ann'), of('图书册数'), of('校舍面积')])).toBe(5);
});
