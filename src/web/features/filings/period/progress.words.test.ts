import { expect, it } from 'vitest';
import { isRemindable, remindedWords } from './progress.words.ts';

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
