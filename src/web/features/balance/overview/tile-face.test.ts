import { expect, it } from 'vitest';
import type { OverviewRow } from '../balance.words.ts';
import { verdictFace } from './tile-face.ts';

const level = (name: 'primary' | 'junior', judged: number, passed: number): OverviewRow['levels'][number] => ({
  level: name,
  levelName: name === 'primary' ? '小学' : '初中',
  verdict: passed < judged ? 'fail' : 'pass',
  schools: judged,
  missingSchools: 0,
  indicators: [],
  compositeCv: null,
  compositeLimit: null,
  compositePass: null,
  compositeDistance: null,
  compliance: { judged, passed, oneShort: 0 },
  tightest: { name: '教学用房', cv: 0.2, limit: 0.45, distance: 0.25, pass: true },
});

const county = (...levels: OverviewRow['levels']): OverviewRow => ({
  countyId: 1,
  name: '章贡区',
  shortName: '章贡',
  tile: { column: 0, row: 0 },
  runId: null,
  runAt: null,
  verdict: 'fail',
  verdictText: '不达标',
  sentence: '',
  missingSchools: 0,
  levels,
});

it('does not add up the failing schools of two levels: a school may fail at both', () => {
  expect(verdictFace(county(level('primary', 9, 8), level('junior', 2, 1)))).toEqual({
    tone: 'fails',
    word: '不达标',
    figure: '小学 1、初中 1',
    briefFigure: '两个学段',
  });
  expect(verdictFace(county(level('primary', 9, 7), level('junior', 2, 2)))).toMatchObject({
    figure: '2 校不达标',
    briefFigure: '2 校',
  });
});
