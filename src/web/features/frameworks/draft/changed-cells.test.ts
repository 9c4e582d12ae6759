import { describe, expect, it } from 'vitest';
import type { Indicator } from '#domain/framework/edition.ts';
import {
  changedCells,
  chosen,
  isOvertaken,
  noEdit,
  portionsOf,
  type Typed,
  typedInto,
  withoutSaved,
} from './changed-cells.ts';

const indicator: Indicator = { code: 'C1', parent: null, title: '名称', points: 2, reading: true };
const typing = (typed: Typed, versions = {}, confirmed = false) =>
  typedInto(indicator, noEdit, { typed, confirmed }, versions);

describe('the cells that are sent', () => {
  it('are those that differ, each with the version that was seen', () => {
    const edit = typing({ title: '名称', points: 3, evidence: '会议记录', text: '' }, { 'C1.points': 4 });
    expect(changedCells(indicator, edit)).toEqual([
      { code: 'C1', version: 4, field: 'points', value: 3 },
      { code: 'C1', version: 0, field: 'evidence', value: '会议记录' },
    ]);
  });

  it('have the points that a city confirms, although their number stays', () => {
    expect(changedCells(indicator, typing({}, { 'C1.points': 2 }, true))).toEqual([
      { code: 'C1', version: 2, field: 'points', value: 2 },
    ]);
    expect(changedCells(indicator, typing({ points: 1 }, {}, true))).toHaveLength(1);
  });

  it('say that nobody knows a title, and not that it is empty', () => {
    expect(changedCells(indicator, typing({ title: '' }))).toEqual([
      { code: 'C1', version: 0, field: 'title', value: null },
    ]);
  });

  it('leave out a space at the end, which stays in the field until the next word', () => {
    const edit = typing({ title: '名称 ' });
    expect(edit.typed.title).toBe('名称 ');
    expect(changedCells(indicator, edit)).toEqual([]);
  });

  it('go in portions, and none is left out', () => {
    const cells = Array.from({ length: 51 }, (_, at) => ({
      ...{ code: `C${at}`, version: 0, field: 'points' as const, value: at },
    }));
    expect(portionsOf(cells).map((one) => one.length)).toEqual([50, 1]);
    expect(portionsOf(cells).flat()).toEqual(cells);
    expect(portionsOf([])).toEqual([]);
  });
});

describe('what is left after a saving', () => {
  it('is what was not sent, and what was typed over the sent text meanwhile, on top of the new version', () => {
    const first = typing({ title: '第一稿', points: 3 });
    const sent = changedCells(indicator, first);
    const later = typedInto(indicator, first, { ...first, typed: { ...first.typed, title: '第一稿，再写' } }, {});
    const other = { C2: typing({ text: '另一项' }) };
    const left = withoutSaved({ C1: later, ...other }, sent);
    expect(left.C1).toEqual({ typed: { title: '第一稿，再写' }, confirmed: false, seen: { title: 1 } });
    expect(left.C2).toEqual(other.C2);
  });

  it('holds no confirmation that was sent', () => {
    const edit = typing({}, {}, true);
    expect(withoutSaved({ C1: edit }, changedCells(indicator, edit)).C1).toEqual(noEdit);
  });
});

describe('a cell that somebody else wrote meanwhile', () => {
  const edit = typing({ title: '我的' }, { 'C1.title': 1 });
  const [cell] = changedCells(indicator, edit);
  const versions = { 'C1.title': 2 };

  it('is found by its version, also where this person types on', () => {
    const later = typedInto(indicator, edit, { typed: { title: '我的。' }, confirmed: false }, versions);
    const [typed] = changedCells(indicator, later);
    expect([isOvertaken(cell!, { 'C1.title': 1 }), isOvertaken(cell!, versions)]).toEqual([false, true]);
    expect(isOvertaken(typed!, versions)).toBe(true);
  });

  it('is sent over it where the person insists, and else forgotten', () => {
    const [insisted] = changedCells(indicator, chosen(edit, cell!, 'mine', versions));
    expect(insisted).toMatchObject({ value: '我的', version: 2 });
    expect(chosen(edit, cell!, 'theirs', versions)).toEqual(noEdit);
  });
});
