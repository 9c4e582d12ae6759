import { describe, expect, it } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { initialRolePermissions, type RoleKey } from '#domain/access/permissions.ts';
import rules from '../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import { next, permitted } from '../flow/flow.ts';
import { type Applicant, eligibilityOf } from './eligibility.ts';
import { type InspectorSubject, inspectorFlow } from './flow.ts';
import { periodsOn, readInspectorRules } from './inspector-rules.shape.ts';
import { papersDue, papersLate, papersOwed } from './papers.ts';
import {
  type EarlierTerm,
  earlierTermsFault,
  isBeyondTerms,
  readTermsText,
  termEnd,
  termsInARow,
  termWarnings,
  yearsLater,
} from './terms.ts';

const known = readInspectorRules(rules);
const today = '2025-10-15';

describe('《教育督导条例》第七条', () => {
  const met = { met: true, basis: '2025 年考核' };
  const applicant: Applicant = {
    ...{ kind: 'responsible', degree: 'bachelor', educationYears: 10 },
    statements: { faith: met, knowledge: met, conduct: met, achievement: met, coordination: met, health: met },
  };
  const standings = (given: Partial<Applicant>, on = today) =>
    Object.fromEntries(
      eligibilityOf({ ...applicant, ...given }, known, on).map(({ key, standing }) => [key, standing]),
    );

  it('each requirement is met, not met or not known, with what it rests on', () => {
    expect(standings({})).toMatchObject({ degree: 'met', experience: 'met', conduct: 'met', assessment: 'unknown' });
    expect(standings({ degree: 'college', educationYears: 9 })).toMatchObject({
      ...{ degree: 'not-met', experience: 'not-met' },
    });
    expect(standings({ degree: null, educationYears: null })).toMatchObject({
      degree: 'unknown',
      experience: 'unknown',
    });
    expect(standings({ statements: { assessment: { met: false, basis: '考核不合格' } } })).toMatchObject({
      ...{ assessment: 'not-met', conduct: 'unknown' },
    });
    const [, , , degree] = eligibilityOf(applicant, known, today);
    expect(degree).toMatchObject({ basis: '登记学历：大学本科', source: '《教育督导条例》（国务院令第624号）第七条' });
  });

  it('holds from the day on which the rule came into force, and for no expert', () => {
    expect(standings({}, '2012-09-30')).toEqual({});
    expect(standings({ kind: 'expert' })).toEqual({});
  });
});

describe('《教育督导条例》第六条', () => {
  const three = [
    { from: '2016-09-01', to: '2019-08-31' },
    { from: '2019-09-01', to: '2022-08-31' },
    { from: '2022-09-01', to: '2025-08-31' },
  ];

  it('a part-time term is three years; a full-time inspector has none', () => {
    expect(termEnd('responsible', '2025-09-01', known)).toBe('2028-08-31');
    expect(termEnd('full-time', '2025-09-01', known)).toBeNull();
    expect(yearsLater('2024-02-29', 3)).toBe('2027-02-28');
    expect(yearsLater('2024-02-29', 4)).toBe('2028-02-29');
  });

  it('a fourth term in a row is beyond the rule; after a gap it is the first again', () => {
    expect(termsInARow(three, known, today)).toBe(3);
    expect(isBeyondTerms(three, '2025-09-01', 'responsible', known)?.most).toBe(3);
    expect(isBeyondTerms(three, '2027-09-01', 'responsible', known)).toBeUndefined();
    expect(isBeyondTerms(three.slice(1), '2025-09-01', 'responsible', known)).toBeUndefined();
    expect(isBeyondTerms(three, '2025-09-01', 'full-time', known)).toBeUndefined();
    expect(termsInARow([{ ...three[0]!, endedOn: '2017-01-01' }, ...three.slice(1)], known, today)).toBe(2);
  });

  it('earlier terms are read from one cell; what is no term, or overlaps, is said', () => {
    expect(readTermsText('2021年9月1日至2024年8月31日；2018-09-01 至 2021/8/31')).toEqual([
      { from: '2018-09-01', to: '2021-08-31' },
      { from: '2021-09-01', to: '2024-08-31' },
    ]);
    expect(readTermsText('')).toEqual([]);
    expect(readTermsText('2018-09-01 至 2021-08-31；两届')).toEqual({ wrong: '两届' });
    expect(readTermsText('2021-08-31 至 2018-09-01')).toEqual({ wrong: '2021-08-31 至 2018-09-01' });
    const [first, second, third] = three as [EarlierTerm, EarlierTerm, EarlierTerm];
    expect(earlierTermsFault([first, second], '2022-09-01', today)).toBeNull();
    expect(earlierTermsFault([first, second], '2022-08-31', today)).toContain('没有在现任期开始之前届满');
    expect(earlierTermsFault([first, { ...second, from: '2019-08-31' }], null, today)).toContain('重叠');
    expect(earlierTermsFault([{ ...third, to: today }], null, today)).toContain('还没有届满');
    expect(earlierTermsFault([], null, today)).toBeNull();
  });

  it('says the last term, one beyond the rule, and an end that comes or has passed', () => {
    const codes = (terms: typeof three, on: string) =>
      termWarnings(terms, 'responsible', known, on).map(({ code }) => code);
    expect(codes(three, '2023-01-01')).toEqual(['last']);
    expect(codes(three, '2025-07-02')).toEqual(['last', 'expiring']);
    expect(codes(three, '2025-07-01')).toEqual(['last']);
    expect(codes(three.slice(1), '2025-09-01')).toEqual(['expired']);
    expect(codes([...three, { from: '2025-09-01', to: '2028-08-31' }], today)).toEqual(['over']);
  });
});

it('every inspector owes the plan and the summary of each half, from the day of the appointment', () => {
  const named = (on: string, since?: string) =>
    papersDue('responsible', known, on, since).map(({ paper, half, dueOn }) => `${paper} ${half} ${dueOn}`);
  expect(named(today)).toEqual(['summary spring 2025-07-15', 'plan autumn 2025-09-30']);
  expect(named(today, '2025-09-01')).toEqual(['plan autumn 2025-09-30']);
  expect(named('2026-01-02')).toEqual([
    'summary spring 2025-07-15',
    'plan autumn 2025-09-30',
    'summary autumn 2026-01-31',
  ]);
  for (const kind of ['full-time', 'specially-invited'] as const) {
    expect(papersDue(kind, known, today)).toEqual(papersDue('responsible', known, today));
  }
  expect(papersDue('expert', known, today)).toEqual([]);
  expect(papersLate('responsible', known, '2025-09-30').map(({ dueOn }) => dueOn)).toEqual(['2025-07-15']);
});

it('what was never written stays owed since the appointment, at most ten school years back', () => {
  const owed = (since: string | null) => papersOwed('responsible', known, today, since).map(({ dueOn }) => dueOn);
  expect(owed('2024-09-01')).toEqual(['2024-09-30', '2025-01-31', '2025-03-15', '2025-07-15', '2025-09-30']);
  expect(owed('1998-09-01')).toHaveLength(41);
  expect(owed('1998-09-01')[0]).toBe('2015-09-30');
  expect(owed(null)).toEqual(['2025-07-15', '2025-09-30']);
  expect(papersOwed('expert', known, today, '2024-09-01')).toEqual([]);
});

it('a day that no month has is refused, and periods hold by their days', () => {
  const [paper] = rules.papers;
  const wrong = { ...rules, papers: [{ ...paper, month: 2, day: 31 }] };
  expect(() => readInspectorRules(wrong)).toThrow('这个月没有这一天');
  const later = { ...known.periods[0]!, from: '2026-01-01', longestGap: 30 };
  const changed = { periods: [...known.periods, later] };
  expect(['2000-01-01', '2025-12-31', '2026-01-01'].map((on) => periodsOn(changed, on).longestGap)).toEqual([
    180, 180, 30,
  ]);
});

describe('the way of an appointment', () => {
  const person = (role: RoleKey, unitId: number, userId: string = role): Actor => ({
    ...{ userId, username: userId, name: userId, role, unitId, permissions: new Set(initialRolePermissions[role]) },
    ...{ level: role.startsWith('city') || role.startsWith('section') ? 'city' : 'county', schoolId: null },
    ...{ sectionId: null, post: null, principal: null, tokenId: null },
  });
  const [city, section, director, officer, other] = [
    ...[person('city-officer', 2), person('section-officer', 2), person('county-director', 11)],
    ...[person('county-officer', 11), person('county-director', 12)],
  ] as [Actor, Actor, Actor, Actor, Actor];
  const at = (given: Partial<InspectorSubject>): InspectorSubject => ({
    ...{
      state: 'draft',
      kind: 'responsible',
      placeId: 11,
      personId: null,
      name: '林督学',
      requirements: [],
      publicNoticeTo: null,
      today,
    },
    ...{ filledOn: null, paperForm: '督导室档案' },
    ...given,
  });
  const may = (given: Partial<InspectorSubject>, actor: Actor) =>
    Object.entries(permitted(inspectorFlow, at(given), actor)).flatMap(([act, can]) => (can ? [act] : []));

  it('belongs to the unit that keeps the inspector; the city gives the second review and nothing else', () => {
    expect(may({}, officer)).toEqual(['edit', 'recommend', 'withdraw']);
    expect(may({ state: 'recommended' }, director)).toEqual(['review', 'return', 'withdraw']);
    expect(may({ state: 'reviewed' }, director)).toEqual(['confirm', 'return', 'withdraw']);
    expect(may({ state: 'reviewed' }, city)).toEqual(['confirm', 'return']);
    expect(may({ state: 'confirmed' }, director)).toEqual(['publicise', 'return', 'withdraw']);
    expect(may({ state: 'serving' }, director)).toEqual(['edit', 'renew', 'letter', 'paper', 'end']);
    for (const state of ['draft', 'recommended', 'confirmed', 'serving'] as const) {
      expect(may({ state }, city)).toEqual([]);
      expect(may({ state }, section)).toEqual([]);
      expect(may({ state }, other)).toEqual([]);
    }
  });

  it('is barred by a requirement that is not met, and the reviews also by one that is not known', () => {
    const requirements = [{ title: '大学本科以上学历', standing: 'unknown' as const }];
    expect(next(inspectorFlow, 'recommend', at({ requirements }), officer).ok).toBe(true);
    const refused = next(inspectorFlow, 'review', at({ requirements, state: 'recommended' }), director);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'inspector.notEligible' } });
    const failed = [{ title: '大学本科以上学历', standing: 'not-met' as const }];
    expect(next(inspectorFlow, 'recommend', at({ requirements: failed }), officer).ok).toBe(false);
  });

  it('ends after the public notice, on the day after its last', () => {
    const publicised = (publicNoticeTo: string) =>
      next(inspectorFlow, 'appoint', at({ state: 'publicised', publicNoticeTo }), director);
    expect(publicised('2025-10-15')).toMatchObject({ ok: false, problem: { code: 'inspector.publicNoticeRunning' } });
    expect(publicised('2025-10-14')).toEqual({ ok: true, to: 'serving' });
  });

  it('nobody judges the own form, also not in the post of a colleague', () => {
    const own = at({ state: 'recommended', personId: director.userId });
    expect(next(inspectorFlow, 'review', own, director)).toMatchObject({ problem: { code: 'inspector.ownForm' } });
    const standsIn = { ...person('county-director', 11, 'deputy'), principal: { id: director.userId, name: '主任' } };
    expect(next(inspectorFlow, 'review', own, standsIn).ok).toBe(false);
    expect(next(inspectorFlow, 'review', own, person('county-director', 11, 'deputy')).ok).toBe(true);
    // Without the account the form is known by the name.
    const unlinked = { ...own, personId: null, name: director.name };
    expect(next(inspectorFlow, 'review', unlinked, director)).toMatchObject({ problem: { code: 'inspector.ownForm' } });
    expect(next(inspectorFlow, 'edit', { ...own, state: 'draft' }, director).ok).toBe(false);
  });

  it('a letter is no renewal: whoever may not renew his own term drafts it', () => {
    const own = at({ state: 'serving', personId: director.userId });
    expect(next(inspectorFlow, 'renew', own, director).ok).toBe(false);
    expect(next(inspectorFlow, 'letter', own, director).ok).toBe(true);
    // Whoever sends the letter does not sign it: the officer wants it, and the director signs.
    expect(next(inspectorFlow, 'letter', own, officer).ok).toBe(true);
  });
});
