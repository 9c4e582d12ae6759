import { expect, it } from 'vitest';
import { cityManagedNote, isRemindable, remindedWords } from './progress.words.ts';

const of = (countyName: string, managedBy: 'county' | 'city' = 'county') => ({ school: { countyName, managedBy } });

it('says whom a reminder reaches by unit, and names the 市直 schools by themselves', () => {
  expect(remindedWords([of('鲤城区', 'city'), of('鲤城区'), of('丰泽区'), of('鲤城区')])).toBe(
    '将提醒：鲤城区 2 所、丰泽区 1 所、市直学校 1 所。今天已催报过的学校不再提醒。',
  );
});

it('leaves out schools whose filing was submitted once, and those that this person may not remind', () => {
  const row = { submittedAt: null, can: { remind: true } };
  expect(isRemindable(row)).toBe(true);
  expect(isRemindable({ ...row, submittedAt: '2025-10-01T00:00:00Z' })).toBe(false);
  expect(isRemindable({ ...row, can: { remind: false } })).toBe(false);
});

it('says how many 市直 schools make the figures of a county differ, and nothing where there are none', () => {
  const rows = [
    { managedBy: 'county' as const, owes: 57 },
    { managedBy: 'city' as const, owes: 2 },
  ];
  expect(cityManagedNote(rows, '其中')).toBe('（其中市直 2 所，由市级审核）');
  expect(cityManagedNote(rows.slice(0, 1), '另有')).toBe('');
  expect(cityManagedNote(rows.slice(1), '另有')).toBe('');
});
