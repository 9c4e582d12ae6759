import { describe, expect, it } from 'vitest';
import { foldSaves, lastReturn, netChanges, type TimelineEntry } from './timeline.ts';

const change = (field: string, before: number | null, after: number | null, explanation: string | null = null) => ({
  ...{ field, before, after, explanation },
});

const save = (minute: number, personId: string, ...changes: ReturnType<typeof change>[]): TimelineEntry => ({
  ...{ id: `${minute}`, at: new Date(minute * 60_000), kind: 'change', personId, changes },
});

describe('saves of one person', () => {
  const shown = (entries: readonly TimelineEntry[]) =>
    foldSaves(entries).map(({ at, until, saves, changes }) => [
      ...[at.getTime() / 60_000, until.getTime() / 60_000, saves],
      changes.map(({ field, before, after }) => `${field} ${before}→${after}`).join(),
    ]);

  it('within ten minutes of one another are one entry, with the first value and the last', () => {
    const entries = [save(0, 'a', change('甲', null, 6)), save(9, 'a', change('甲', 6, 7), change('乙', 1, 2))];
    expect(shown([...entries, save(19, 'a', change('丙', 3, 4))])).toEqual([[0, 19, 3, '甲 null→7,乙 1→2,丙 3→4']]);
  });

  it('are apart after a pause, by another hand, and where something else happened between them', () => {
    expect(shown([save(0, 'a', change('甲', 1, 2)), save(10.5, 'a', change('甲', 2, 3))])).toHaveLength(2);
    expect(shown([save(0, 'a', change('甲', 1, 2)), save(1, 'b', change('甲', 2, 3))])).toHaveLength(2);
    const submitted: TimelineEntry = { ...save(1, 'a'), kind: 'step' };
    expect(shown([save(0, 'a', change('甲', 1, 2)), submitted, save(2, 'a', change('甲', 2, 3))])).toEqual([
      [0, 0, 1, '甲 1→2'],
      [1, 1, 1, ''],
      [2, 2, 1, '甲 2→3'],
    ]);
  });

  it('of a value that came back leave nothing to show, and still count', () => {
    expect(shown([save(0, 'a', change('甲', 1, 2)), save(1, 'a', change('甲', 2, 1))])).toEqual([[0, 1, 2, '']]);
  });
});

it('changes come to the first value before and the last after; a written explanation stays', () => {
  const changes = [change('甲', 1, 2), change('乙', 5, 5, '经核实'), change('甲', 2, 9), change('丙', 1, 4)];
  expect(netChanges([...changes, change('丙', 4, 1)])).toEqual([change('甲', 1, 9), change('乙', 5, 5, '经核实')]);
});

describe('the return after which the school corrected last', () => {
  const step = (action: string, ...parts: string[]) => ({ action, parts: parts.length > 0 ? parts : null });
  const asked = (...steps: ReturnType<typeof step>[]) => {
    const found = lastReturn(steps);
    return found && [steps.indexOf(found.step), found.parts];
  };

  it('is the last one, also after the new submission and a check', () => {
    expect(asked(step('submit'))).toBeNull();
    expect(asked(step('submit'), step('return', '甲'), step('submit'), step('check'))).toEqual([1, ['甲']]);
    const second = [step('submit'), step('return', '甲'), step('submit'), step('return', '乙')];
    expect(asked(...second)).toEqual([3, ['乙']]);
  });

  it('begins with the first of several in a row and has the fields of all', () => {
    expect(asked(step('submit'), step('return', '甲'), step('return', '乙', '甲'))).toEqual([1, ['甲', '乙']]);
    expect(asked(step('submit'), step('return', '甲'), step('return'))).toEqual([1, null]);
  });

  it('is answered by an approval, until the filing is opened again', () => {
    const approved = [step('submit'), step('return', '甲'), step('submit'), step('approve')];
    expect(asked(...approved)).toBeNull();
    expect(asked(...approved, step('reopen', '乙'))).toEqual([4, ['乙']]);
  });
});
