import { beforeAll, describe, expect, it } from 'vitest';
import { together } from '#domain/text/together.ts';
import type { AnyDesk, DeskWords } from './desk.ts';
import { auditWords, deskWords, here, provideDesks } from './registry.ts';

const desk = (name: string, words: DeskWords): AnyDesk => ({
  ...{ name, pages: [] },
  words: async () => ({ words }),
  auditWords: async () => ({ auditWords: { acts: { [`${name}.made`]: '建立' }, fields: { name: '名称' } } }),
});
const panel = { shown: () => true, load: async () => ({ default: () => null }) };
const finder = { permission: 'directory.read' as const, load: async () => ({ find: async () => [] }) };

describe('what features say of themselves on other pages', () => {
  it('cannot be read before it is here', () => {
    expect(() => here(deskWords)).toThrow('did not say that it needs');
  });

  describe('once it is here', () => {
    beforeAll(async () => {
      provideDesks([
        desk('visits', { permissionWords: { visit: '督学' }, homePanels: [panel], finders: [finder] }),
        desk('letters', { permissionWords: { letter: '公文' }, homePanels: [panel] }),
        { name: 'silent', pages: [] },
      ]);
      await Promise.all([deskWords.load(), auditWords.load()]);
    });

    it('is one table, in the order of the features', () => {
      expect(Object.entries(here(deskWords).permissionWords)).toEqual([
        ['visit', '督学'],
        ['letter', '公文'],
      ]);
      expect(here(deskWords).finders).toEqual([finder]);
      expect(here(auditWords)).toMatchObject({
        acts: { 'visits.made': '建立', 'letters.made': '建立' },
        fields: { name: '名称' },
      });
    });

    it('loads a panel once, and not before a page draws it', async () => {
      const [first, second] = here(deskWords).homePanels;
      expect(first?.key).not.toBe(second?.key);
      expect(first?.part.read()).toBeNull();
      await first?.part.load();
      expect(first?.part.read()).toHaveProperty('default');
    });
  });
});

it('two features that define one word differently are refused', () => {
  expect(() => together([{ name: '姓名' }, { name: '名称' }])).toThrow('word name in two ways');
  expect(together([{ name: '姓名' }, undefined, { name: '姓名', phone: '电话' }])).toEqual({
    name: '姓名',
    phone: '电话',
  });
});
