import { describe, expect, it } from 'vitest';
import { filingSituations } from '#domain/filing/situation.ts';
import { filingMarks } from './desk/state-marks.ts';
import { faultWords, furtherMarks, markOptions, situationOptions, stateMark } from './filing.words.ts';
import { progressSentence, sumOf } from './period/progress.words.ts';

describe('the words of a row', () => {
  it('tell what is missing from what is wrong and from what is doubtful', () => {
    const words = (missing: number, errors: number, softFindings: number) =>
      faultWords({ missing, errors, softFindings })
        .map(({ word }) => word)
        .join(' · ');
    expect(words(24, 0, 0)).toBe('缺 24');
    expect(words(24, 1, 2)).toBe('缺 24 · 1 错 · 2 疑');
    expect(words(0, 0, 0)).toBe('');
  });

  it('are those of the filter that finds it', () => {
    const rows = {
      untouched: { state: 'draft', untouched: true },
      draft: { state: 'draft', untouched: false },
      returned: { state: 'draft', untouched: false, returned: true },
      submitted: { state: 'submitted', untouched: false },
      approved: { state: 'approved', untouched: false },
      accepted: { state: 'accepted', untouched: false },
    } as const;
    for (const situation of filingSituations) {
      const option = situationOptions.find(({ value }) => value === situation);
      expect(stateMark(rows[situation]).word, situation).toBe(option?.label);
    }
    const nothing = { released: null, overdue: false, late: false, checked: null, openComments: { forMe: 0 } };
    const word = (given: object) => furtherMarks({ ...nothing, ...given }).map(([mark]) => mark.word);
    const labelOf = (mark: string) => markOptions.find(({ value }) => value === mark)?.label;
    expect(word(nothing)).toEqual([]);
    expect(word({ overdue: true })).toEqual([labelOf('overdue')]);
    expect(word({ late: true })).toEqual([labelOf('late')]);
    expect(word({ released: '学校已撤销', overdue: true })).toEqual([labelOf('released')]);
    expect(word({ checked: {} })).toEqual([labelOf('checked')]);
    expect(furtherMarks({ ...nothing, openComments: { forMe: 2 } })).toEqual([[filingMarks.comment, 2]]);
    expect(filingMarks.comment.word).toBe(labelOf('comments'));
  });

  it('give one word to each option, and no word twice', () => {
    const labels = [...situationOptions, ...markOptions].map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('are those of the sentence above the list', () => {
    const row = {
      ...{ unitId: 3, unitName: '鲤城区', managedBy: 'county' as const, owes: 9, untouched: 2, draft: 3, submitted: 1 },
      ...{ approved: 1, accepted: 1, returned: 1, late: 1, overdue: 2, doubts: 0, exempt: 0 },
    };
    expect(progressSentence(sumOf([row]))).toBe(
      '9 所学校应报：已接收 1 · 已批准 1 · 待审核 1 · 已退回 1 · 填报中 3 · 未开始 2 · 逾期未报 2',
    );
  });
});
