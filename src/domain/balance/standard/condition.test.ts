import { describe, expect, it } from 'vitest';
import basic from '../../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality from '../../../../reference/standards/quality-2017.json' with { type: 'json' };
import { canonicalFormula } from '../../formula/canonical.ts';
import { formula } from '../../formula/formula.ts';
import { vocabulary } from '../../formula/vocabulary.ts';
import { balanceFields } from '../school/school.ts';
import { isFilled, readCondition, writeCondition } from './condition.ts';

describe('a condition as a form', () => {
  it.each([...basic.exclusions, ...quality.exclusions].map(({ when }) => when))(
    'is read and written back: %s',
    (when) => {
      const parts = readCondition(when);
      expect(parts).not.toBeNull();
      expect(canonicalFormula(writeCondition(parts!))).toBe(canonicalFormula(when));
    },
  );

  it('has the values by name of subject, and a figure with its number', () => {
    expect(readCondition('办学类型 = "218" 且 在校生数 < 50')).toEqual([
      { kind: 'picked', subject: '办学类型', not: false, values: ['218'] },
      { kind: 'figure', field: '在校生数', operator: '<', value: 50 },
    ]);
    expect(readCondition('举办者 ≠ "县"')).toEqual([{ kind: 'picked', subject: '举办者', not: true, values: ['县'] }]);
    expect(readCondition('')).toEqual([]);
  });

  it.each([
    '办学类型 = "218" 或 在校生数 < 50',
    '在校生数 < 班级数 * 2',
    '非 (办学类型 属于 ("211"))',
    '非 (在校生数 < 50)',
    '办学类型 < 3',
    '办学类型 = ',
  ])('stays a text where a form cannot say it: %s', (when) => {
    expect(readCondition(when)).toBeNull();
  });

  it('with a part that is not filled yet is refused, and means no other schools', () => {
    const rest = { kind: 'figure', field: '图书册数', operator: '≥', value: 100 } as const;
    for (const open of [
      { kind: 'picked', subject: '办学类型', not: false, values: [] },
      { kind: 'picked', subject: '举办者', not: true, values: [] },
      { kind: 'figure', field: '图书册数', operator: '<', value: null },
    ] as const) {
      expect(isFilled(open)).toBe(false);
      for (const parts of [[open, rest], [rest, open], [open]]) {
        expect(() => formula(writeCondition(parts), vocabulary(balanceFields, 'primary'), { type: 'truth' })).toThrow();
      }
    }
    expect(writeCondition([rest])).toBe('图书册数 ≥ 100');
  });
});
