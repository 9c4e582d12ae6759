import { describe, expect, it } from 'vitest';
import { conditionText, partFault } from './condition.words.ts';

describe('a condition in words', () => {
  it('names types and sponsors, and a figure with its unit', () => {
    expect(conditionText('办学类型 属于 ("511", "218") 且 在校生数 < 50')).toBe(
      '办学类型是盲人学校、小学教学点，并且在校生数小于 50 人',
    );
    expect(conditionText('非 (举办者 属于 ("县", "民办"))')).toBe('举办者不是县、民办');
    expect(conditionText('办学类型 ≠ "999"')).toBe('办学类型不是999');
  });

  it('has none where only the formula says it', () => {
    expect(conditionText('在校生数 < 班级数 * 2')).toBeNull();
    expect(conditionText('')).toBeNull();
  });

  it('says what a part still lacks and the way out', () => {
    expect(partFault({ kind: 'picked', subject: '办学类型', not: false, values: [] })).toBe(
      '请至少选一个办学类型；不需要这一项时点“去掉”',
    );
    expect(partFault({ kind: 'figure', field: '在校生数', operator: '<', value: null })).toBe(
      '请填在校生数与多少比较，例如 50',
    );
    expect(partFault({ kind: 'figure', field: '在校生数', operator: '<', value: 0 })).toBeNull();
  });
});
