import { describe, expect, it } from 'vitest';
import { type AssignmentRequest, assignmentRefusal, assignmentState, daysLeft } from './assignment.ts';

const request: AssignmentRequest = {
  role: { name: '责任督学', reach: 'schools' },
  self: false,
  unit: { id: 11, name: '鲤城区' },
  school: { name: '第一小学', open: true, countyId: 11, cityId: 2 },
  standing: [],
  from: '2025-09-01',
  to: null,
  today: '2025-10-15',
};
const refusal = (change: Partial<AssignmentRequest>) => assignmentRefusal({ ...request, ...change });

it('a county assigns its own schools, a city those of all its counties', () => {
  expect(refusal({})).toBeNull();
  expect(refusal({ unit: { id: 2, name: '泉州市' } })).toBeNull();
  expect(refusal({ unit: { id: 12, name: '丰泽区' } })).toContain('不在丰泽区辖区内');
  expect(refusal({ unit: { id: null, name: null } })).toContain('不在聘任单位辖区内');
});

it.each<readonly [string, Partial<AssignmentRequest>, string]>([
  ['to oneself', { self: true }, '不能给自己'],
  ['to a role that reaches by its unit', { role: { name: '校长', reach: 'school' } }, '校长的管辖范围不由指派决定'],
  ['of a closed school', { school: { ...request.school, open: false } }, '已合并或撤销'],
  ['that ends before it begins', { from: '2025-12-01', to: '2025-11-30' }, '早于开始日期'],
  ['that is past', { to: '2025-10-14' }, '已经过去'],
])('an assignment %s is refused', (_, change, word) => {
  expect(refusal(change)).toContain(word);
});

it('two assignments of one school to one post share no day; both ends count', () => {
  const standing = [{ from: '2025-09-01', to: '2025-11-30' }];
  const days = (from: string, to: string | null) => refusal({ standing, from, to });
  expect(days('2025-12-01', null)).toBeNull();
  expect(days('2025-11-30', null)).toContain('自 2025-09-01 至 2025-11-30 已指派');
  expect(days('2025-08-01', '2026-08-31')).not.toBeNull();
  const open = [{ from: '2026-01-01', to: null }];
  expect(refusal({ standing: open, to: '2025-12-31' })).toBeNull();
  expect(refusal({ standing: open, to: '2026-01-01' })).toContain('自 2026-01-01 起长期已指派');
  expect(refusal({ standing: open })).not.toBeNull();
});

it('an assignment stands by its days, both included, until it is ended', () => {
  const days = { from: '2025-10-15', to: '2025-10-16' as string | null, ended: false };
  const on = (today: string) => assignmentState(days, today);
  expect(['2025-10-14', '2025-10-15', '2025-10-16', '2025-10-17'].map(on)).toEqual([
    'coming',
    'current',
    'current',
    'over',
  ]);
  expect(assignmentState({ ...days, to: null }, '2099-01-01')).toBe('current');
  expect(assignmentState({ ...days, ended: true }, '2025-10-15')).toBe('ended');
});

describe('the days of an assignment that are left for another post', () => {
  const today = '2025-10-15';
  const days = (from: string, to: string | null) => ({ from, to });

  it('begin today, or on its first day', () => {
    expect(daysLeft(days('2025-09-01', null), [], today)).toEqual([days(today, null)]);
    expect(daysLeft(days('2025-11-01', '2025-12-01'), [], today)).toEqual([days('2025-11-01', '2025-12-01')]);
  });

  it('leave out the days that the other post has, and keep those before and after', () => {
    const standing = [days('2026-02-01', '2026-02-28'), days('2025-09-01', '2025-10-16')];
    expect(daysLeft(days('2025-09-01', null), standing, today)).toEqual([
      days('2025-10-17', '2026-01-31'),
      days('2026-03-01', null),
    ]);
    expect(daysLeft(days('2025-09-01', '2026-02-10'), standing, today)).toEqual([days('2025-10-17', '2026-01-31')]);
    expect(daysLeft(days('2025-09-01', '2025-10-16'), standing, today)).toEqual([]);
    expect(daysLeft(days('2025-09-01', null), [days('2025-12-01', null)], today)).toEqual([days(today, '2025-11-30')]);
  });
});
