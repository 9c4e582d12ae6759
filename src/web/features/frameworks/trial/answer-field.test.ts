import { describe, expect, it } from 'vitest';
import type { Indicator, Method } from '#domain/framework/edition.ts';
import { answerField, answerOf } from './answer-field.ts';

const leaf = (method: Method | null, unit?: string): Indicator => ({
  ...{ code: 'C1', parent: null, title: '指标', points: 2, method },
  ...(unit === undefined ? {} : { unit }),
});

describe('the field of a trial', () => {
  it('is the number that a method reads, with its unit', () => {
    const bands: Method = { kind: 'bands', better: 'high', bands: [{ at: 90, points: 2 }], rest: 0 };
    expect(answerField(leaf(bands, '%'))).toEqual({ kind: 'number', key: 'value', label: '数值（%）' });
    const elements: Method = { kind: 'elements', elements: [{ text: '制度' }], cost: 1, floor: 0 };
    expect(answerField(leaf(elements)).key).toBe('missing');
  });

  it('is a choice where the document gives levels, options or yes and no', () => {
    const ladder: Method = { kind: 'ladder', levels: [{ level: 'A', share: 1 }] };
    expect(answerField(leaf(ladder))).toMatchObject({ kind: 'choice', key: 'level', options: [{ value: 'A' }] });
    const yesNo = answerField(leaf({ kind: 'yesNo', yes: 1, no: 0 }));
    expect(answerOf(yesNo, 'false')).toEqual({ met: false });
    expect(answerOf(yesNo, '')).toBeUndefined();
  });

  it('is the points where a person judges, and nothing typed is no answer', () => {
    const field = answerField(leaf(null));
    expect(field.key).toBe('points');
    expect(answerOf(field, 0)).toEqual({ points: 0 });
    expect(answerOf(field, null)).toBeUndefined();
  });
});
