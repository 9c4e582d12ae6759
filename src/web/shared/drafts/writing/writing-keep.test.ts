import { expect, it } from 'vitest';
import { hasPartsOf, keepWriting, readWriting } from './writing-keep.ts';

function shelf(room = Number.POSITIVE_INFINITY) {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    removeItem: (key: string) => void entries.delete(key),
    setItem(key: string, text: string) {
      if (text.length > room) throw new Error('full');
      entries.set(key, text);
    },
  };
}

const name = { kind: 'letter', owner: 'ann~clerk', subjectId: 'l1' };
const writing = { value: { title: '通知' }, revision: 3, at: 1_700_000_000_000 };

it('keeps a text of one author for one thing until it is forgotten', () => {
  const store = shelf();
  expect(keepWriting(store, name, writing)).toBe(true);
  expect(readWriting(store, name)).toEqual(writing);
  expect(readWriting(store, { ...name, owner: 'bob~clerk' })).toBeNull();
  expect(readWriting(store, { ...name, subjectId: 'l2' })).toBeNull();
  expect(keepWriting(store, name, null)).toBe(true);
  expect(store.entries.size).toBe(0);
});

it('says where nothing was stored, and reads nothing out of what is broken', () => {
  const store = shelf(10);
  expect(keepWriting(store, name, writing)).toBe(false);
  for (const broken of ['{', '{"value":1}', 'null', '[]']) {
    const other = shelf();
    keepWriting(other, name, writing);
    other.entries.set([...other.entries.keys()][0]!, broken);
    expect(readWriting(other, name), broken).toBeNull();
  }
});

it.each([
  [{ title: '', items: [] }, true],
  [{ title: null, items: [1], more: 1 }, true],
  [{ title: '' }, false],
  [{ title: '', items: {} }, false],
  [{ title: 1, items: [] }, false],
  ['text', false],
  [null, false],
])('a text of an earlier version %j has the parts of the present one: %s', (found, has) => {
  expect(hasPartsOf(found, { title: '计划', items: [{ text: 'a' }], number: undefined })).toBe(has);
});
