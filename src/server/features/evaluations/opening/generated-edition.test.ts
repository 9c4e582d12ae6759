import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { generatedEdition } from './generated-edition.shape.ts';

const of = (subject: number) => [{ title: `第 ${subject} 个对象没有整改到位的问题` }];

describe('editions with the leaves of the last round', () => {
  const prepared = preparedFramework('leaders-sample');
  const size = generatedEdition(prepared, of(0)).order.length;

  it('are built once for all the schools of a city, which a page asks for in one order', () => {
    const first = Array.from({ length: 1700 }, (_, at) => generatedEdition(prepared, of(at)));
    const again = first.map((_, at) => generatedEdition(prepared, of(at)));
    expect(again.every((edition, at) => edition === first[at])).toBe(true);
    expect(first[1]).not.toBe(first[0]);
  });

  it('are kept within a bound, and the one that was asked longest ago goes first', () => {
    const most = Math.floor(120_000 / size);
    const all = Array.from({ length: most + 1 }, (_, at) => generatedEdition(prepared, of(at)));
    expect(generatedEdition(prepared, of(most))).toBe(all[most]);
    expect(generatedEdition(prepared, of(1))).toBe(all[1]);
    expect(generatedEdition(prepared, of(0))).not.toBe(all[0]);
  });
});
