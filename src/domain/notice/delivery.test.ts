import { describe, expect, it } from 'vitest';
import { dueMoment, minutesToNextTry } from './delivery.ts';

const at = (text: string) => new Date(`2026-03-02T${text}:30+08:00`);
const on = (day: number, text: string) => new Date(`2026-03-0${day}T${text}:00+08:00`);
const always = { quietFrom: null, quietUntil: null, digestAt: null };
const night = { ...always, quietFrom: 22 * 60, quietUntil: 7 * 60 };

describe('a notice leaves', () => {
  it('at once where nothing is wished, and outside the quiet hours', () => {
    expect(dueMoment(at('03:00'), always)).toEqual(at('03:00'));
    expect(dueMoment(at('21:59'), night)).toEqual(at('21:59'));
    expect(dueMoment(at('07:00'), night)).toEqual(at('07:00'));
  });

  it('when the quiet hours end, over midnight as well', () => {
    expect(dueMoment(at('22:00'), night)).toEqual(on(3, '07:00'));
    expect(dueMoment(at('00:10'), night)).toEqual(on(2, '07:00'));
    expect(dueMoment(at('06:59'), night)).toEqual(on(2, '07:00'));
    expect(dueMoment(at('12:10'), { ...always, quietFrom: 720, quietUntil: 840 })).toEqual(on(2, '14:00'));
  });

  it('with the next digest, whatever the quiet hours', () => {
    const daily = { ...night, digestAt: 8 * 60 };
    expect(dueMoment(at('07:59'), daily)).toEqual(on(2, '08:00'));
    expect(dueMoment(at('08:00'), daily)).toEqual(at('08:00'));
    expect(dueMoment(at('08:01'), daily)).toEqual(on(3, '08:00'));
    expect(dueMoment(at('23:00'), { ...night, digestAt: 23 * 60 })).toEqual(at('23:00'));
  });
});

it('a delivery is tried six times, each time after a longer while', () => {
  expect([1, 2, 3, 4, 5, 6].map(minutesToNextTry)).toEqual([1, 5, 15, 60, 240, null]);
});
