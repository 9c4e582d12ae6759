import { describe, expect, it } from 'vitest';
import { isWorkingDay, type WorkingCalendar } from '../../calendar/working-days.ts';
import {
  campaignSlots,
  extendedFor,
  rescheduled,
  type SlottedSubject,
  slotFaults,
  slotsWithin,
  withRoomForSlots,
} from './slots.ts';
import { timetableFaults, timetableFrom } from './timetable.ts';

/** 2026 with the days of 劳动节 alone: 1 to 5 May are off, 9 May is worked. */
const calendar: WorkingCalendar = {
  announced: new Set([2026]),
  days: new Map([
    ...['01', '02', '03', '04', '05'].map((day) => [`2026-05-${day}`, 'holiday'] as const),
    ['2026-05-09', 'workday'],
  ]),
};
const subjects = (count: number, given: Record<string, SlottedSubject['slot']> = {}): SlottedSubject[] =>
  Array.from({ length: count }, (_, at) => ({ id: `s${at + 1}`, slot: given[`s${at + 1}`] ?? null }));
/** A campaign whose visits have these days. */
const days = (from: string, to: string) =>
  timetableFrom('county-inspection', '2026-01-01').map((one) =>
    one.step === 'siteVisit' ? { ...one, from, to } : one,
  );
const laid = (from: string, to: string, given: readonly SlottedSubject[]) =>
  campaignSlots(calendar, 'county-inspection', days(from, to), given)!;

describe('the slots of a step', () => {
  it('follow each other by working days, over holidays and a Saturday that is worked', () => {
    const { slots, groups } = slotsWithin(calendar, { from: '2026-04-25', to: '2026-05-20' }, 5, 3);
    expect(groups).toBe(1);
    // Monday 27 to Thursday 30 April, then Wednesday 6 May; Thursday 7 May to Tuesday 12 May with Saturday 9 May.
    expect(slots).toEqual([
      { from: '2026-04-27', to: '2026-05-06' },
      { from: '2026-05-07', to: '2026-05-12' },
      { from: '2026-05-13', to: '2026-05-19' },
    ]);
  });

  it('of one subject begin with the first working day', () => {
    const { slots, sentence } = laid('2026-05-01', '2026-05-31', subjects(1));
    expect(slots.get('s1')).toEqual({ from: '2026-05-06', to: '2026-05-11' });
    expect(sentence).toBe('一个组依次督导 1 个对象，到 2026-05-11 结束。');
  });

  it('of sixty subjects share a step that is too short among as few panels as fit, and say how long one panel takes', () => {
    const { slots, sentence } = laid('2026-06-01', '2026-06-26', subjects(60));
    expect(slots.size).toBe(60);
    for (const { from, to } of slots.values()) {
      expect(from >= '2026-06-01' && to <= '2026-06-26' && isWorkingDay(calendar, from)).toBe(true);
    }
    expect(sentence).toContain('“实地督导”只有 20 个工作日，60 个对象各 5 个工作日，一个组须 300 个工作日');
    expect(sentence).toContain('现在最多 15 个对象同时进行');
    expect(sentence).toContain('请把这一步延长到 2027-07-23');
    expect(sentence).toContain('日期可能再变');
  });

  it('are the whole step where that is shorter than one of them', () => {
    const { slots, sentence } = laid('2026-06-01', '2026-06-03', subjects(2));
    expect([...slots.values()]).toEqual(Array(2).fill({ from: '2026-06-01', to: '2026-06-03' }));
    expect(sentence).toContain('最多 2 个对象同时进行');
  });

  it('keep what the office gave, and the others follow; what lies outside of the step is proposed anew', () => {
    const given = { s2: { from: '2026-06-01', to: '2026-06-03' }, s3: { from: '2026-01-01', to: '2026-01-05' } };
    const { slots } = laid('2026-06-01', '2026-06-30', subjects(3, given));
    expect(slots.get('s2')).toEqual(given.s2);
    expect(slots.get('s1')).toEqual({ from: '2026-06-04', to: '2026-06-10' });
    expect(slots.get('s3')).toEqual({ from: '2026-06-11', to: '2026-06-17' });
  });

  it('say so where given days overlap, and how a given day can be wrong', () => {
    const same = { from: '2026-06-01', to: '2026-06-05' };
    expect(laid('2026-06-01', '2026-06-30', subjects(2, { s1: same, s2: same })).sentence).toContain('最多 2 个同时');
    const step = { title: '实地督导', from: '2026-06-01', to: '2026-06-30' };
    const wrong = [
      { name: '甲', from: '2026-06-05', to: '2026-06-04' },
      { name: '乙', from: '2026-06-29', to: '2026-07-03' },
    ];
    expect(slotFaults(step, wrong)).toEqual([
      '甲的结束日期早于开始日期',
      '乙的日期不在“实地督导”的 2026-06-01 至 2026-06-30 以内',
    ]);
    expect(slotFaults(step, [{ name: '丙', ...same }])).toEqual([]);
  });

  it('belong to the kind: schools have none', () => {
    expect(
      campaignSlots(calendar, 'school-evaluation', timetableFrom('school-evaluation', '2026-01-01'), []),
    ).toBeUndefined();
  });

  it('a new round is long enough for one panel, and stays without gaps', () => {
    const made = withRoomForSlots(calendar, 'county-inspection', timetableFrom('county-inspection', '2026-01-01'), 4);
    expect(timetableFaults('county-inspection', made)).toEqual([]);
    const visit = made.find(({ step }) => step === 'siteVisit')!;
    const { sentence } = campaignSlots(calendar, 'county-inspection', made, subjects(4))!;
    expect(sentence).toBe(`一个组依次督导 4 个对象，到 ${visit.to} 结束。`);
  });
});

describe('other days of one subject', () => {
  const own = [
    { step: 'siteVisit', from: '2026-06-01', to: '2026-06-05' },
    { step: 'preliminaryOpinion', from: '2026-07-01', to: '2026-07-10' },
    { step: 'statement', from: '2026-07-11', to: '2026-07-20' },
  ] as const;

  it('later steps stay while there is room, and give way together', () => {
    expect(rescheduled(own, 'siteVisit', { from: '2026-06-22', to: '2026-06-26' })!.slice(1)).toEqual(own.slice(1));
    expect(rescheduled(own, 'siteVisit', { from: '2026-06-29', to: '2026-07-03' })).toEqual([
      { step: 'siteVisit', from: '2026-06-29', to: '2026-07-03' },
      { step: 'preliminaryOpinion', from: '2026-07-04', to: '2026-07-13' },
      { step: 'statement', from: '2026-07-14', to: '2026-07-23' },
    ]);
  });

  it('a longer step of all leaves its slot as it is', () => {
    const longer = extendedFor('county-inspection', own, 'siteVisit', { to: '2026-07-05', forAll: true })!;
    expect(longer[0]).toEqual(own[0]);
    expect(longer[1]!.from).toBe('2026-07-06');
    const alone = extendedFor('county-inspection', own, 'siteVisit', { to: '2026-06-08', forAll: false })!;
    expect(alone).toEqual([{ ...own[0], to: '2026-06-08' }, ...own.slice(1)]);
  });
});
