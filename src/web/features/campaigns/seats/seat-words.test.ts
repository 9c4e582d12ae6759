import { describe, expect, it } from 'vitest';
import { seatPartTitles } from '#domain/evaluation/kind.ts';
import { branchText, seatableWords, subjectText } from './seat-words.ts';

const branches = [
  { code: 'A1', title: '领导职责', leaves: 6 },
  { code: 'A2', title: null, leaves: 4 },
];
const subjects = [
  { evaluationId: 'a', name: '鲤城区' },
  { evaluationId: 'b', name: '丰泽区' },
  { evaluationId: 'c', name: '洛江区' },
];

describe('a seat in words', () => {
  it('whoever is offered a part from outside is told how such a person is found', () => {
    for (const part of ['third-party', 'expert'] as const) expect(seatableWords).toContain(seatPartTitles[part]);
  });

  it('the whole tree is named as such', () => {
    expect(branchText(['*'], branches)).toBe('全部指标');
  });

  it('branches are named with their codes, a leaf and a branch without a name by the code alone', () => {
    expect(branchText(['A1', 'A2', 'C7'], [...branches])).toBe('A1 领导职责、A2、C7');
  });

  it('names one or two subjects and counts more', () => {
    expect(subjectText(null, subjects)).toBe('全部');
    expect(subjectText(['a', 'c'], subjects)).toBe('鲤城区、洛江区');
    expect(subjectText(['a', 'b', 'c'], subjects)).toBe('鲤城区 等 3 个');
  });
});
