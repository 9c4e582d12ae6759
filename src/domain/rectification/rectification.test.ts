import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { initialRolePermissions, type RoleKey } from '#domain/access/permissions.ts';
import type { WorkingCalendar } from '#domain/calendar/working-days.ts';
import { canonicalFrame, drawSample, drawSize, drawVersion } from '#domain/stats/draw/draw.ts';
import { board, boardMonths } from './board.ts';
import { countedDue, dangerLevels, levelsAbove, risenTo } from './due.ts';
import {
  type FindingSubject,
  factsFor,
  findingActions,
  findingFacts,
  nextFindingState,
  permittedFindingActs,
} from './flow.ts';
import { halfLife } from './half-life.ts';
import { askedTitle } from './quoted.ts';
import { findingStates } from './state.ts';

describe('the title of a letter that asks for rectification', () => {
  const of = (title: string, ...others: string[]) =>
    askedTitle([title, ...others].map((one) => ({ title: one, kindName: '办学条件不达标' })));
  const below =
    '洛江区启翰实验小学（小学）办学条件未达标：每百名学生拥有县级以上骨干教师数 0.70 人/百名学生，标准 1 人/百名学生';

  it('quotes a short name whole, and a long one not at all: the words of its kind stand for it', () => {
    expect(of('督导经费没有单列')).toBe('关于限期整改“督导经费没有单列”的通知书');
    expect(of(below)).toBe('关于限期整改“办学条件不达标”问题的通知书');
    expect(of(below, '督导经费没有单列')).toBe('关于限期整改 2 项“办学条件不达标”问题的通知书');
    const mixed = ['校园安全隐患', '办学条件不达标', '校园安全隐患'].map((kindName) => ({ title: below, kindName }));
    expect(askedTitle(mixed)).toBe('关于限期整改“校园安全隐患”等 3 项问题的通知书');
  });
});

const person = (role: RoleKey, at: Partial<Actor>): Actor => ({
  ...{ userId: 'x', username: 'x', name: 'x', role, level: 'county', post: null, principal: null, tokenId: null },
  ...{ unitId: 11, sectionId: null, schoolId: null, permissions: new Set(initialRolePermissions[role]) },
  ...at,
});
const city = person('city-officer', { level: 'city', unitId: 2 });
const section = person('section-officer', { level: 'city', unitId: 2 });
const director = person('county-director', {});
const officer = person('county-officer', {});
const other = person('county-director', { unitId: 12 });
const head = person('school-head', { level: 'school', schoolId: 101 });
const host = person('school-head', { level: 'school', schoolId: 102 });
const people = { city, section, director, officer, other, head, host };

const subject: FindingSubject = {
  ...{
    state: 'found',
    placeId: 11,
    severity: 'moderate',
    openedLevel: 'county',
    dutyType: 'school',
    dutySchoolId: 101,
  },
  ...{ managedBy: 'county', hasAccounts: true, openParts: 0, asked: false, acknowledged: [] },
};
const mayDo = (of: FindingSubject) =>
  Object.fromEntries(
    Object.entries(people).flatMap(([name, one]) => {
      const can = permittedFindingActs(of, one);
      const acts = findingActions.filter((action) => can[action]).join(' ');
      return acts === '' ? [] : [[name, acts]];
    }),
  );

describe('who does what', () => {
  it('with a finding of a county about a school, in every state', () => {
    const opener = { director: '', officer: '', city: '' };
    const by = (acts: string) => Object.fromEntries(Object.keys(opener).map((name) => [name, acts]));
    expect(mayDo(subject)).toEqual({
      ...by('edit divide notice attach cancel'),
      section: 'edit divide notice attach cancel',
    });
    expect(mayDo({ ...subject, state: 'noticed' })).toEqual({
      ...{
        city: 'divide handOver attach cancel',
        director: 'divide handOver attach cancel',
        officer: 'divide handOver attach',
      },
      ...{ section: 'divide handOver attach', head: 'plan ask' },
    });
    expect(mayDo({ ...subject, state: 'planned', asked: true })).toMatchObject({
      ...{
        city: 'divide decide handOver attach cancel',
        officer: 'divide decide handOver attach',
        head: 'plan report withdraw attach',
      },
    });
    expect(mayDo({ ...subject, state: 'done' })).toMatchObject({ officer: 'divide check reject attach' });
    expect(mayDo({ ...subject, state: 'done' }).head).toBeUndefined();
    expect(mayDo({ ...subject, state: 'reopened' })).toMatchObject({ head: 'plan ask attach' });
    expect(mayDo({ ...subject, state: 'checked' })).toMatchObject({
      ...{ director: 'divide reject close attach cancel', officer: 'divide reject attach' },
    });
    expect(mayDo({ ...subject, state: 'closed' })).toEqual(by('reopen'));
    expect(mayDo({ ...subject, state: 'cancelled' })).toEqual({});
  });

  it('a county neither sends out, checks nor closes what the city has opened', () => {
    for (const state of findingStates) {
      const { director: county } = mayDo({ ...subject, state, openedLevel: 'city' });
      expect(county, state).toBeUndefined();
    }
  });

  it('after a merger the host has the duty, and the school that is gone has none', () => {
    const merged = { ...subject, state: 'noticed' as const, dutySchoolId: 102 };
    expect(mayDo(merged).host).toBe('plan ask');
    expect(mayDo(merged).head).toBeUndefined();
  });

  it('for a school in which nobody signs in, the level that runs it acts', () => {
    const without = { ...subject, state: 'noticed' as const, hasAccounts: false };
    expect(mayDo(without).officer).toContain('plan');
    expect(mayDo({ ...without, managedBy: 'city' }).officer).not.toContain('plan');
  });

  it('for a school that has ended without a host, nobody of it acts, and the level that ran it does', () => {
    const ended = { ...subject, state: 'noticed' as const, dutySchoolId: null, hasAccounts: false };
    expect(mayDo(ended).head).toBeUndefined();
    expect(mayDo(ended).officer).toContain('plan');
  });

  it.each(findingActions)(
    'to judge %s no fact beside the finding is asked but those that are looked up for it',
    (action) => {
      const asked = new Set<string>();
      for (const state of findingStates) {
        for (const change of [{}, { dutyType: 'unit' as const }, { severity: 'urgent' as const, asked: true }]) {
          for (const actor of Object.values(people)) {
            const seen = new Proxy<FindingSubject>(
              { ...subject, hasAccounts: false, ...change, state },
              {
                get(of, key: keyof FindingSubject) {
                  if ((findingFacts as readonly string[]).includes(key)) asked.add(key);
                  return of[key];
                },
              },
            );
            nextFindingState(action, seen, actor);
          }
        }
      }
      expect([...asked].sort()).toEqual([...factsFor(action)].sort());
    },
  );

  it('danger is acknowledged once at each level, in every open state', () => {
    const danger = { ...subject, severity: 'urgent' as const };
    expect(mayDo(danger).officer).toContain('acknowledge');
    expect(mayDo({ ...danger, acknowledged: ['county'] }).officer).not.toContain('acknowledge');
    expect(mayDo({ ...danger, acknowledged: ['county'] }).city).toContain('acknowledge');
    const refused = nextFindingState('acknowledge', { ...danger, acknowledged: ['county'] }, director);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'finding.acknowledged' } });
    expect(mayDo(subject).officer).not.toContain('acknowledge');
  });

  it('a finding with open parts shows the button and says why it does not close', () => {
    const whole = { ...subject, state: 'checked' as const, openParts: 2 };
    expect(mayDo(whole).director).toContain('close');
    expect(nextFindingState('close', whole, director)).toMatchObject({
      ok: false,
      problem: { code: 'finding.openParts' },
    });
  });
});

describe('days', () => {
  // 2025-10-01 to 08 are off, 2025-10-11 is worked: the notice of the State Council for 2025.
  const calendar: WorkingCalendar = {
    announced: new Set([2025]),
    days: new Map([
      ...[1, 2, 3, 6, 7, 8].map((day) => [`2025-10-0${day}`, 'holiday'] as const),
      ['2025-10-11', 'workday'] as const,
    ]),
  };

  it('are counted as working days from the notice, and are provisional beyond what is announced', () => {
    expect(countedDue(calendar, '2025-09-29', 5)).toMatchObject({ dueOn: '2025-10-13', provisional: false });
    expect(countedDue(calendar, '2025-12-25', 10)).toMatchObject({ dueOn: '2026-01-08', provisional: true });
  });

  it('an overdue finding rises level by level, and not before a working day has passed', () => {
    const rising = {
      ...{ dutyType: 'school' as const, managedBy: 'county' as const, ofCity: false },
      ...{ dueOn: '2025-09-30', escalationDays: 3 },
    };
    expect(risenTo(calendar, rising, '2025-09-30')).toEqual([]);
    expect(risenTo(calendar, rising, '2025-10-08')).toEqual([]);
    expect(risenTo(calendar, rising, '2025-10-09')).toEqual(['county']);
    expect(risenTo(calendar, rising, '2025-10-11')).toEqual(['county']);
    expect(risenTo(calendar, rising, '2025-10-13')).toEqual(['county', 'city']);
    expect(levelsAbove({ ...rising, managedBy: 'city' })).toEqual(['city']);
    expect(levelsAbove({ ...rising, dutyType: 'unit' })).toEqual(['city']);
    expect(dangerLevels({ ofCity: true })).toEqual(['city']);
  });
});

describe('half-life', () => {
  it('is the median of Kaplan and Meier: an example worked by hand', () => {
    // 10 at risk: 2 closed at 5 (0.8), 1 open leaves at 6, 3 of 7 closed at 9 (0.8 × 4/7 = 0.457).
    const durations = [
      { days: 9, closed: 3, open: 0 },
      { days: 5, closed: 2, open: 0 },
      { days: 6, closed: 0, open: 1 },
      { days: 30, closed: 0, open: 4 },
    ];
    expect(halfLife(durations)).toEqual({ findings: 10, closed: 5, days: 9 });
  });

  it('open findings are not left out: with them the half may not be reached yet', () => {
    const closed = { days: 4, closed: 5, open: 0 };
    expect(halfLife([closed]).days).toBe(4);
    expect(halfLife([closed, { days: 10, closed: 0, open: 6 }]).days).toBeNull();
    expect(
      halfLife([
        { days: 4, closed: 3, open: 0 },
        { days: 10, closed: 0, open: 3 },
      ]).days,
    ).toBe(4);
  });

  it('of fewer than five findings there is none', () => {
    expect(halfLife([{ days: 4, closed: 4, open: 0 }])).toEqual({ findings: 4, closed: 4, days: null });
    expect(halfLife([])).toEqual({ findings: 0, closed: 0, days: null });
  });
});

describe('a draw', () => {
  const frame = Array.from({ length: 41 }, (_, at) => `id-${String(at).padStart(2, '0')}`);
  const given = { algorithm: drawVersion, seed: 'a', frameHash: 'b', size: 5 };
  const draw = (ids: readonly string[], by: Partial<typeof given> = {}) =>
    drawSample(ids, { ...given, ...by }, (text) => createHash('sha256').update(text).digest('hex'));

  it('takes a tenth, at least one, and is the same from the same seed, in whatever order the frame came', () => {
    expect([1, 10, 11, 41, 0].map((size) => drawSize(size, 10))).toEqual([1, 1, 2, 5, 0]);
    const drawn = draw(frame);
    // Ranked by hand: printf 'a id-07' | sha256sum
    expect(drawn).toEqual(['id-28', 'id-09', 'id-17', 'id-12', 'id-04']);
    expect(draw([...frame].reverse())).toEqual(drawn);
    expect(draw(frame, { seed: 'c' })).not.toEqual(drawn);
    expect(canonicalFrame(['b', 'a', 'b'])).toEqual(['a', 'b']);
    expect(() => draw(['a'], { size: 2 })).toThrow(RangeError);
    expect(() => draw(frame, { algorithm: 'sfc32' })).toThrow('cannot be repeated');
  });

  it('of a former method is repeated by that method', () => {
    const drawn = draw(frame, { algorithm: 'sfc32-shuffle-1' });
    expect(drawn).toEqual(['id-36', 'id-27', 'id-29', 'id-38', 'id-33']);
    expect(draw(frame, { algorithm: 'sfc32-shuffle-1', frameHash: 'c' })).not.toEqual(drawn);
  });

  it('draws no new lot for those that are in the frame already when one comes in or goes out', () => {
    const whole = draw(frame, { size: 41 });
    for (const gone of frame) {
      const without = frame.filter((id) => id !== gone);
      expect(draw(without, { frameHash: gone, size: 40 })).toEqual(whole.filter((id) => id !== gone));
    }
  });

  it('takes each of a hundred about as often as every other', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => `id-${at}`);
    const times = new Map(hundred.map((id) => [id, 0]));
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const id of draw(hundred, { seed: `${seed}`, size: 10 })) times.set(id, times.get(id)! + 1);
    }
    // 200 each on average; five standard deviations (13.4) to both sides.
    for (const [id, count] of times) expect(Math.abs(count - 200), id).toBeLessThan(67);
  });
});

it('the board counts what stood at the end of a month, and what stands now in the present one', () => {
  const groups = [
    { key: 'a', found: '2025-09', due: '2025-10', closed: '2025-11', overdueNow: false, count: 2 },
    { key: 'a', found: '2025-11', due: '2025-11', closed: null, overdueNow: false, count: 1 },
    { key: 'a', found: '2025-10', due: '2025-11', closed: null, overdueNow: true, count: 4 },
  ];
  expect(board(groups, boardMonths(2025, '2025-11'), '2025-11').get('a')).toEqual([
    { month: '2025-09', open: 2, due: 0, overdue: 0, closed: 0 },
    { month: '2025-10', open: 6, due: 2, overdue: 2, closed: 0 },
    { month: '2025-11', open: 5, due: 5, overdue: 4, closed: 2 },
  ]);
  expect(boardMonths(2026, '2027-09').at(-1)).toBe('2027-09');
  expect(boardMonths(2026, '2027-12')[0]).toBe('2027-01');
  expect(boardMonths(2025, '2026-08')).toEqual([
    ...['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'],
    ...['2026-06', '2026-07', '2026-08'],
  ]);
});
