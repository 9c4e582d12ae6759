import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Edition } from './edition.ts';
import { adjustWords, methodWords, mustWords, rollUpWords, thresholdText } from './method.words.ts';

const folder = new URL('../../../reference/frameworks/', import.meta.url);
const editions = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['names.json', 'hashes.json'].includes(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Edition);

it('every method, adjustment and roll-up of every shipped edition is told in Chinese words', () => {
  const kinds = new Set<string>();
  for (const { key, indicators } of editions) {
    for (const indicator of indicators) {
      const { name, lines } = methodWords(indicator, {});
      const said = [
        ...[name, ...lines, rollUpWords(indicator.rollUp)],
        ...(indicator.adjust ?? []).map((adjust) => adjustWords(adjust, { [adjust.when]: '条件' })),
        ...(indicator.must ? [mustWords(indicator.must)] : []),
      ];
      kinds.add(indicator.method?.kind ?? 'none');
      expect(lines.length, `${key} ${indicator.code}`).toBeGreaterThan(0);
      for (const line of said) {
        expect(line, `${key} ${indicator.code}`).not.toMatch(/undefined|null|NaN|\[object/);
        expect(line, `${key} ${indicator.code}`).toMatch(/\p{Script=Han}/u);
      }
      expect(new Set(lines).size, `${key} ${indicator.code}: a line is a key on the page`).toBe(lines.length);
    }
  }
  expect(editions.length).toBeGreaterThan(20);
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['bands', 'choice', 'elements', 'linear', 'none', 'years']));
});

it('says a condition in the words of the document, and not once more in the language of formulas', () => {
  const [when, points] = ['事实:会议次数 = 0', 1];
  const cap = { when, text: '一类为零的，最高得 1 分', effect: 'cap', points } as const;
  expect(adjustWords(cap, {})).toBe('一类为零的，最高得 1 分');
  expect(adjustWords({ ...cap, text: '一类为零的' }, {})).toBe('一类为零的（最高得 1 分）');
  expect(adjustWords({ ...cap, text: '' }, { [when]: '没有开会' })).toBe('没有开会：最高得 1 分');
});

it('says the unit of a threshold that is one number', () => {
  expect(thresholdText('>= 4', '次')).toBe('达到 4 次');
  expect(thresholdText('= 100 %', '比例')).toBe('为 100 %');
  expect(thresholdText('小学 <= 45', '人')).toBe('小学 不高于 45');
});

it('says how many answers a survey needs, and how many of them of parents', () => {
  const linear = { floor: 75, target: 90, below: 0 };
  const minimumAnswers = { least: 600, share: { of: '事实:常住人口', perThousand: 1.5 } };
  const method = {
    kind: 'survey',
    survey: '满意度',
    measure: 'share',
    linear,
    parentShare: 0.5,
    minimumAnswers,
  } as const;
  const { lines } = methodWords({ code: 'C1', parent: null, title: '满意度', points: 2, method }, {});
  expect(lines).toContain('至少 600 份答卷，且不少于“常住人口”的 1.5‰');
  expect(lines).toContain('家长的答卷不少于 50%');
});

it('says bands, elements and shares as an office would', () => {
  const leaf = { code: 'C1', parent: null, title: '指标', points: 2 };
  const bands = { kind: 'bands', better: 'low', bands: [{ at: 50, points: 1 }], rest: 0 } as const;
  expect(methodWords({ ...leaf, unit: '人/班', method: bands }, {})).toEqual({
    name: '分档计分',
    lines: ['不超过 50 人/班：1 分', '其余：0 分（各档含本数）'],
  });
  const elements = { kind: 'elements', elements: [{ text: '制度' }, { text: '台账' }], cost: 0.5, floor: 0 } as const;
  expect(methodWords({ ...leaf, method: elements }, {}).lines.at(-1)).toBe('共 2 项，每缺一项扣 0.5 分，最低 0 分');
  const ladder = { kind: 'ladder', levels: [{ level: 'A', share: 0.8, text: '较好' }] } as const;
  expect(methodWords({ ...leaf, method: ladder }, {}).lines).toEqual(['A：得分值的 80%。较好']);
});
