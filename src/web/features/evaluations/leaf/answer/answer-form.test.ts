import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerText, runningPoints } from '#domain/evaluation/points/running-points.ts';
import type { Edition, Indicator, Method } from '#domain/framework/edition.ts';
import { answerForm } from './answer-form.ts';

const leaf = (method: Method | null, unit = ''): Indicator => ({
  ...{ code: 'C1', parent: null, title: '指标', points: 2, unit, method },
});

const folder = new URL('../../../../../../reference/frameworks/', import.meta.url);
const editions = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['names.json', 'hashes.json'].includes(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Edition);

describe('the form of an answer', () => {
  it('gives for each leaf of each shipped edition an answer that the engine takes', () => {
    let asked = 0;
    for (const { key, indicators } of editions) {
      const parents = new Set(indicators.map(({ parent }) => parent));
      for (const indicator of indicators.filter(({ code }) => !parents.has(code))) {
        const form = answerForm(indicator);
        const given = {
          choice: () => (form.kind === 'choice' ? { [form.key]: form.options[0]!.value } : {}),
          met: () => ({ met: true }),
          word: () => (form.kind === 'word' ? { value: form.words[0]! } : {}),
          number: () => (form.kind === 'number' ? { [form.key]: 0 } : {}),
          parts: () =>
            form.kind === 'parts'
              ? { parts: form.parts.map(({ name }) => ({ part: name, value: form.words.at(-1) ?? 9 })) }
              : {},
          missing: () => ({ missing: [] }),
          counts: () => ({ occurrences: [] }),
          series: () => (form.kind === 'series' ? { series: form.labels.map(() => 1) } : {}),
        }[form.kind]();
        const takesNoPoints = indicator.points === 'none' && form.kind === 'number' && form.key === 'points';
        if (takesNoPoints) continue;
        asked += 1;
        expect(runningPoints(indicator, given).faults, `${key} ${indicator.code} ${form.kind}`).toEqual([]);
      }
    }
    expect(asked).toBeGreaterThan(500);
  });

  it('asks a threshold with parts for each of them, and counts what is answered by the engine', () => {
    const parts = [
      { name: '小学', compare: '>=', value: 4.2 },
      { name: '初中', compare: '>=', value: 5.3 },
    ] as const;
    const indicator = leaf({ kind: 'threshold', compare: '>=', value: 0, unmet: 0, parts }, '人');
    expect(answerForm(indicator)).toEqual({
      ...{ kind: 'parts', unit: '人', words: [] },
      parts: [
        { name: '小学', asks: '达到 4.2人' },
        { name: '初中', asks: '达到 5.3人' },
      ],
    });
    const given = (primary: number, junior: number) => ({
      parts: [
        { part: '小学', value: primary },
        { part: '初中', value: junior },
      ],
    });
    expect(runningPoints(indicator, given(4.2, 5.3)).points).toBe('2');
    expect(runningPoints(indicator, given(4.5, 5.2)).points).toBe('0');
    expect(runningPoints(indicator, { parts: [{ part: '小学', value: 4.5 }] }).points).toBeNull();
    expect(runningPoints(indicator, { parts: [{ part: '高中', value: 4.5 }] }).faults).toHaveLength(1);
    expect(answerText(indicator, given(4.2, 5.3))).toBe('小学 4.2人，初中 5.3人');
  });

  it('says beside a level what it gives, and asks for points within a range', () => {
    const form = answerForm(
      leaf({
        kind: 'ladder',
        levels: [
          { level: '好', share: 1, text: '齐全' },
          { level: '差', range: { from: 0, to: 0.5, of: 'share' } },
        ],
      }),
    );
    expect(form).toMatchObject({
      kind: 'choice',
      options: [
        { value: '好', gives: '2 分', asksPoints: false },
        { value: '差', gives: '0 至 1 分', asksPoints: true },
      ],
    });
  });

  it('asks for one year more where a year is compared with the one before', () => {
    const years = (rule: 'increase' | 'nonNegative'): Method => ({
      ...{ kind: 'years', rule, span: 2, pointsByYearsMet: [0, 1, 2] },
    });
    expect(answerForm(leaf(years('increase')))).toMatchObject({ labels: ['前 2 年', '上年', '本年'] });
    expect(answerForm(leaf(years('nonNegative')))).toMatchObject({ labels: ['上年', '本年'] });
  });
});

it('says an answer in words, and nothing chosen is not the best', () => {
  expect(answerText(leaf(null), null)).toBe('没有填');
  expect(answerText(leaf(null), { points: 0 })).toBe('0 分');
  expect(answerText(leaf(null), { missing: [1, 3] })).toBe('缺第 1、3 项');
  expect(answerText(leaf(null), { occurrences: [{ item: 2, times: 3 }] })).toBe('第 2 项 3 次');
  expect(answerText(leaf(null, '%'), { value: 97 })).toBe('97%');
});
