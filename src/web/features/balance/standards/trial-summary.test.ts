import { expect, it } from 'vitest';
import { summaryOf, type Trial } from './RevisionTrial.tsx';

const one = { schoolId: 1, code: null, name: '一校', reason: '民办学校不计入' };
const level = (name: 'primary' | 'junior', left: (typeof one)[]): Trial['counties'][number]['levels'][number] => ({
  ...{ level: name, levelName: name, verdicts: ['fail', 'pass'], schools: [2, 2 - left.length] },
  ...{ joined: [], left, flipped: [] },
});
const county = (levels: Trial['counties'][number]['levels']): Trial['counties'][number] => ({
  ...{
    countyId: 5,
    name: '鲤城区',
    verdicts: ['fail', 'pass'],
    verdictTexts: ['不达标', '达标'],
    missing: [0, 0],
    levels,
  },
});

it('counts a school that leaves at two levels once', () => {
  const counties = [county([level('primary', [one]), level('junior', [one])])];
  expect(summaryOf({ year: 2025, counties })).toBe('退出 1 所；1 个单位的结论有变化。');
});

it('says so where nothing changes, and where there is no year', () => {
  const still = {
    ...county([level('primary', []), level('junior', [])]),
    verdicts: ['pass', 'pass'] as ['pass', 'pass'],
  };
  expect(summaryOf({ year: 2025, counties: [still] })).toBe('没有学校进入、退出或达标与否有变化；各单位的结论都不变。');
  expect(summaryOf({ year: null, counties: [] })).toContain('还没有开启学年');
});
