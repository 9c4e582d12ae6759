import { describe, expect, it } from 'vitest';
import { reasonNote } from '#domain/evaluation/reason-wanted.ts';
import type { Indicator, Method } from '#domain/framework/edition.ts';
import { lackOf } from './OwnScore.tsx';

const leaf = (method: Method | null) => {
  const indicator: Indicator = { code: 'C1', parent: null, title: '指标', points: 6, method };
  return { indicator, max: '6', reasonRequired: ['part', 'no'] };
};
const judged = leaf({ kind: 'judgement', step: 0.5, reasonBelow: 0.6 });
const edit = (answer: object | null, reason = '') => ({ answer, reason, byPoints: false });

describe('what a score lacks before it is saved', () => {
  it('is the verdict itself where nothing was chosen', () => {
    expect(lackOf(judged, edit(null, '有理由'))).toBe('answer');
  });

  it('is a reason below the line that the edition names, and not at the line', () => {
    expect(reasonNote(judged.indicator, [])).toBe('低于 3.6 分须写');
    expect(lackOf(judged, edit({ points: 3.5 }))).toBe('reason');
    expect(lackOf(judged, edit({ points: 3.5 }, '缺会议记录'))).toBeNull();
    expect(lackOf(judged, edit({ points: 4 }))).toBeNull();
  });

  it('is a reason for an option that the edition takes with one alone', () => {
    const options = [
      { key: 'yes', text: '是', points: 6 },
      { key: 'part', text: '部分', points: 3 },
      { key: 'no', text: '否', points: 0 },
    ];
    const chosen = leaf({ kind: 'choice', options });
    expect(reasonNote(chosen.indicator, ['part', 'no'])).toBe('选“部分”“否”须写');
    expect(lackOf(chosen, edit({ option: 'part' }))).toBe('reason');
    expect(lackOf(chosen, edit({ option: 'part' }, '缺一份记录'))).toBeNull();
    expect(lackOf(chosen, edit({ option: 'yes' }))).toBeNull();
  });

  it('is a reason where the leaf is said not to apply', () => {
    expect(lackOf(leaf(null), edit({ notApplicable: true }))).toBe('reason');
  });

  it('is what the answer leaves open or has wrong', () => {
    const ranged = leaf({ kind: 'ladder', levels: [{ level: '好', range: { from: 0.8, to: 1, of: 'share' } }] });
    expect(lackOf(ranged, edit({ level: '好' }))).toBe('open');
    expect(lackOf(ranged, edit({ level: '好', points: 5 }))).toBeNull();
    expect(lackOf(judged, edit({ points: 7 }))).toBe('fault');
    // Its points come of the places of all subjects, later.
    const ranked = leaf({
      kind: 'relative',
      better: 'high',
      rule: 'rank',
      points: [6, 4],
      beyond: 'last',
      ties: 'best',
    });
    expect(lackOf(ranked, edit({ value: 90 }))).toBeNull();
  });
});
