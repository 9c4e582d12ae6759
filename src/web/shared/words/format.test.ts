import { describe, expect, it } from 'vitest';
import { formatChange, formatDate, formatDateTime, formatNumber, formatPercent } from './format.ts';

describe('numbers on the screen', () => {
  it('groups thousands and keeps the asked decimals', () => {
    expect(formatNumber(1204)).toBe('1,204');
    expect(formatNumber(0.4721, 3)).toBe('0.472');
    expect(formatNumber(12, 2)).toBe('12.00');
  });
  it('uses a true minus sign', () => {
    expect(formatNumber(-3.5, 1)).toBe('−3.5');
  });
  it('never shows almost all as 100%, nor almost nothing as 0%', () => {
    expect(formatPercent(0.999)).toBe('99%');
    expect(formatPercent(0.0004)).toBe('<1%');
    expect(formatPercent(1)).toBe('100%');
    expect(formatPercent(0)).toBe('0%');
    expect(formatPercent(0.8249)).toBe('82%');
  });
  it('shows a change with its sign, and null against zero', () => {
    expect(formatChange(6410, 6380)).toBe('+0.5%');
    expect(formatChange(12900, 5010)).toBe('+157%');
    expect(formatChange(88, 100)).toBe('−12%');
    expect(formatChange(5, 0)).toBeNull();
  });
});

describe('dates on the screen', () => {
  it('stand in China time wherever the reader sits', () => {
    expect(formatDate('2026-11-22T16:30:00Z')).toBe('2026-11-23');
    expect(formatDateTime('2026-11-22T16:30:00Z')).toBe('2026-11-23 00:30');
  });
  it('leave a plain day as it is', () => {
    expect(formatDate('2026-11-23')).toBe('2026-11-23');
  });
});
