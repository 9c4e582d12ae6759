import { describe, expect, it } from 'vitest';
import type { Indicator } from '#domain/framework/edition.ts';
import { changedCells } from './changed-cells.ts';

const indicator: Indicator = { code: 'C1', parent: null, title: '名称', points: 2, reading: true };

describe('the cells that are sent', () => {
  it('are those that differ, each with the version that was seen', () => {
    const typed = { title: '名称', points: 3, evidence: '会议记录', text: '' };
    expect(changedCells(indicator, { typed, confirmed: false }, { 'C1.points': 4 })).toEqual([
      { code: 'C1', version: 4, field: 'points', value: 3 },
      { code: 'C1', version: 0, field: 'evidence', value: '会议记录' },
    ]);
  });

  it('have the points that a city confirms, although their number stays', () => {
    expect(changedCells(indicator, { typed: {}, confirmed: true }, {})).toEqual([
      { code: 'C1', version: 0, field: 'points', value: 2 },
    ]);
    expect(changedCells(indicator, { typed: { points: 1 }, confirmed: true }, {})).toHaveLength(1);
  });

  it('say that nobody knows a title, and not that it is empty', () => {
    expect(changedCells(indicator, { typed: { title: '' }, confirmed: false }, {})).toEqual([
      { code: 'C1', version: 0, field: 'title', value: null },
    ]);
  });
});
