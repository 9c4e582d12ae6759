import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Edition, Indicator } from '../edition.ts';
import { carriedOver } from './carried-over.ts';
import { leavesOf, proposeMapping } from './propose-mapping.ts';

const folder = new URL('../../../../reference/frameworks/', import.meta.url);
const read = (key: string) => JSON.parse(readFileSync(new URL(`${key}.json`, folder), 'utf8')) as Edition;
const keys = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['names.json', 'hashes.json'].includes(name))
  .map((name) => name.slice(0, -5));
const leaf = (code: string, title: string, more: Partial<Indicator> = {}): Indicator => ({
  ...{ code, parent: null, title, points: 5, ...more },
});
const of = (...indicators: Indicator[]) => ({ indicators });

describe('a proposed mapping', () => {
  it('of every shipped edition to itself is the leaf itself, wherever titles are known', () => {
    for (const key of keys) {
      const edition = read(key);
      const named = leavesOf(edition).filter(({ title, text }) => `${title ?? ''}${text ?? ''}` !== '');
      const pairs = new Map(proposeMapping(edition, edition).map(({ to, from }) => [to, from]));
      for (const { code } of named) expect(pairs.get(code), `${key} ${code}`).toBe(code);
    }
  });

  it('follows titles where codes have changed, and texts where titles have', () => {
    const from = of(
      leaf('C1', '教育经费投入“两个只增不减”'),
      leaf('C2', '校长教师交流', { text: '每年交流校长教师的比例不低于符合交流条件的百分之十' }),
      leaf('C3', '校园安全'),
    );
    const to = of(
      leaf('D7', '教育经费投入两个只增不减'),
      leaf('C3', '校长任期'),
      leaf('D8', '师资流动', { text: '每年交流校长、教师的比例不低于符合交流条件的百分之十。' }),
    );
    expect(proposeMapping(from, to).map(({ to: one, from: other, by }) => [one, other, by])).toEqual([
      ['D7', 'C1', 'title'],
      ['D8', 'C2', 'text'],
    ]);
  });

  it('takes each leaf once, the most alike first', () => {
    const from = of(leaf('C1', '教师培训'), leaf('C2', '教师培训经费'));
    const to = of(leaf('D1', '教师培训经费'), leaf('D2', '教师培训'));
    const pairs = proposeMapping(from, to);
    expect(pairs.map((pair) => [pair.to, pair.from, pair.likeness])).toEqual([
      ['D1', 'C2', 100],
      ['D2', 'C1', 100],
    ]);
  });
});

describe('what carries over', () => {
  const yesNo = { kind: 'yesNo', yes: 5, no: 0 } as const;
  const none = { from: [], to: [] };
  it('is a score of the same points and method, and never one of another scale', () => {
    const from = leaf('C1', '甲', { method: yesNo });
    expect(carriedOver(from, leaf('D1', '甲', { method: yesNo }), none)).toMatchObject({ answer: true, score: 'same' });
    const scaled = leaf('D1', '甲', { points: 10, method: yesNo });
    expect(carriedOver(from, scaled, none).score).toBe('otherScale');
    expect(carriedOver(from, leaf('D1', '甲'), none)).toMatchObject({ answer: false, score: 'otherMethod' });
    expect(carriedOver(from, leaf('D1', '甲', { points: 'none' }), none).score).toBe('noScore');
    expect(carriedOver(leaf('C1', '甲', { points: null }), from, none).score).toBe('noScore');
  });

  it('names the facts that both read', () => {
    const facts = { from: ['事实:常住人口', '事实:在园幼儿数'], to: ['事实:在园幼儿数'] };
    expect(carriedOver(leaf('C1', '甲'), leaf('D1', '乙'), facts).facts).toEqual(['事实:在园幼儿数']);
  });
});
