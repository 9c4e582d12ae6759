import { expect, it } from 'vitest';
import { cityManagedNote, remindedSentence, remindedWords } from './progress.words.ts';

it('says whom a reminder reaches by unit, and names the 市直 schools by themselves and last', () => {
  const units = [
    { unitId: 2, unitName: '泉州市', managedBy: 'city' as const, schools: 1 },
    { unitId: 3, unitName: '鲤城区', managedBy: 'county' as const, schools: 1200 },
  ];
  expect(remindedWords(units, 0)).toBe('将提醒：鲤城区 1,200 所、市直学校 1 所。今天已催报过的学校不再提醒。');
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

it('says of every school that a reminder met what became of it', () => {
  expect(remindedSentence({ reminded: 9, corrected: 0, skippedToday: 1, cityManaged: 0 })).toBe(
    '已催报 9 所学校，1 所今天已催过，没有再催',
  );
  expect(remindedSentence({ reminded: 0, corrected: 10, skippedToday: 0, cityManaged: 0 })).toBe(
    '10 所今天已催过，附言改为这一条',
  );
  expect(remindedSentence({ reminded: 0, corrected: 0, skippedToday: 0, cityManaged: 0 })).toBe('已催报 0 所学校');
});

it('says before and after that the 市直 schools of the list are not reached', () => {
  const units = [{ unitId: 3, unitName: '洛江区', managedBy: 'county' as const, schools: 9 }];
  expect(remindedWords(units, 1)).toBe(
    '将提醒：洛江区 9 所。另有市直 1 所由市级催报，不在其内。今天已催报过的学校不再提醒。',
  );
  expect(remindedSentence({ reminded: 9, corrected: 0, skippedToday: 0, cityManaged: 1 })).toBe(
    '已催报 9 所学校，另有市直 1 所由市级催报',
  );
});
