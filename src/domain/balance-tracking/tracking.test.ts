import { describe, expect, it } from 'vitest';
import basicSchool from '../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import tracking from '../../../reference/balance/tracking.json' with { type: 'json' };
import basic2012 from '../../../reference/standards/basic-2012.json' with { type: 'json' };
import { readBasicStandard, readBasicStandardFor } from './basic-standard.shape.ts';
import { basicStandardText, schoolsBelow } from './basic-standard.ts';
import { compositeKey, differencesOf, type OurLevel, type PublishedLevel, schoolDifference } from './difference.ts';
import { type IssueMaterial, lookedBack, proposedIssues } from './issues.ts';
import { readTrackingRules, termsFrom, termsOf } from './rules.shape.ts';
import { daysLate, issueStandingTitle, nothingRaised, standingOf } from './state.ts';

const rules = readTrackingRules(tracking);

const member = (name: string, pupils: number, value: number, excludedReason: string | null = null) => ({
  ...{ code: null, name, excludedReason, pupils },
  values: { books: value },
});
const ours = (cv: number, members: OurLevel['members'] = []): OurLevel => ({
  schools: members.length,
  figures: new Map([['books', cv]]),
  members,
});
const published = (value: string, more: Partial<PublishedLevel> = {}): PublishedLevel => ({
  schools: null,
  figures: new Map([['books', value]]),
  members: [],
  ...more,
});
const kindOf = (own: OurLevel, theirs: PublishedLevel, same: boolean | null = null) =>
  differencesOf('primary', ['books'], own, theirs, same)[0];

describe('the explained difference', () => {
  it('is rounding alone where ours is the published figure at its decimals, half up', () => {
    expect(kindOf(ours(0.5125), published('0.513'))).toMatchObject({ kind: 'rounding', oursRounded: '0.513' });
    expect(kindOf(ours(0.513), published('0.513'))).toMatchObject({ kind: 'equal', difference: '0.000' });
    // 1.005 as a double lies below 1.005; as a decimal it is half way and goes up.
    expect(kindOf(ours(1.005), published('1.01'))).toMatchObject({ kind: 'rounding' });
    expect(kindOf(ours(0.51249), published('0.513'))).toMatchObject({ kind: 'unexplained', difference: '-0.001' });
  });

  it('names another edition before anything else, and says nothing of an edition that nobody named', () => {
    expect(kindOf(ours(0.6), published('0.513'), false)?.kind).toBe('edition');
    expect(kindOf(ours(0.6), published('0.513'), true)?.kind).toBe('unexplained');
  });

  it('takes a missing figure for missing, on either side, and never for zero', () => {
    expect(differencesOf('primary', ['books'], ours(0.6), null, null)[0]?.kind).toBe('missing');
    expect(kindOf(ours(0.6), published('0.5', { figures: new Map() }))).toMatchObject({
      kind: 'missing',
      published: null,
    });
    expect(differencesOf('primary', ['books'], null, published('0.5'), null)[0]).toMatchObject({
      ...{ kind: 'missing', ours: null, difference: null },
    });
  });

  it('lists the schools that are in one set alone, and shows the figure without them', () => {
    const members = [
      member('甲小学', 100, 10),
      member('乙小学', 100, 10),
      member('丙小学', 100, 40),
      member('丁', 9, 1, '教学点'),
    ];
    const own = { ...ours(Math.SQRT1_2, members), schools: 3 };
    const theirs = published('0.000', {
      schools: 2,
      members: [
        { code: null, name: '甲小学' },
        { code: null, name: '乙小学' },
      ],
    });
    expect(schoolDifference('primary', own, theirs)).toMatchObject({
      ...{
        ours: 3,
        published: 2,
        onlyOurs: [{ name: '丙小学', code: null, reason: null }],
        onlyPublished: [],
        excluded: [{ name: '丁', reason: '教学点' }],
      },
    });
    // Without 丙小学 the two others are alike: 0.
    expect(kindOf(own, theirs)).toMatchObject({ kind: 'schools', withoutThem: '0.000', difference: '+0.707' });
  });

  it('leaves out a school by its code, and keeps another of the same name', () => {
    const coded = (code: string, value: number) => ({ ...member('中心小学', 100, value), code });
    const own = { ...ours(0.6, [coded('1', 10), coded('2', 10), coded('3', 40)]), schools: 3 };
    const listed = ['1', '2'].map((code) => ({ code, name: '中心小学' }));
    expect(kindOf(own, published('0.000', { schools: 2, members: listed }))?.withoutThem).toBe('0.000');
  });

  it('takes another number of schools for the reason where no list was given', () => {
    const own = { ...ours(0.6), schools: 3 };
    expect(kindOf(own, published('0.513', { schools: 4 }))).toMatchObject({ kind: 'schools', withoutThem: null });
    expect(kindOf(own, published('0.513', { schools: 3 }))?.kind).toBe('unexplained');
  });
});

const run = { runId: 'r1', edition: '基本均衡（第 1 版）', formulaVersion: '3', inputsHash: '0123456789abcdef0123' };
const figure = (indicator: string, cv: number | null, limit: number | null = null) => ({
  ...{
    level: 'primary' as const,
    indicator,
    name: indicator === compositeKey ? '综合差异系数' : '生均图书册数',
    cv,
    limit,
  },
});
const material = (more: Partial<IssueMaterial>): IssueMaterial => ({
  ...{ run, figures: [], before: [], below: [], basicStandard: '省级办学基本标准', doubtful: [], ...more },
});
const keys = (more: Partial<IssueMaterial>) => proposedIssues(material(more), rules.rules).map(({ key }) => key);

describe('the basic standard of the province', () => {
  const standard = readBasicStandard(basicSchool);
  const enough = { teachingArea: 4, sportsArea: 5, equipmentValue: 1200, computers: 8, books: 15, teachers: 0.0526 };
  const school = (values: object, more: object = {}) => ({
    ...{ schoolId: 7, level: 'primary' as const, name: '甲小学', excludedReason: null },
    ...{ values: { ...enough, ...values }, ...more },
  });

  it('lets a school miss as many items as it says, each by the threshold of the stage', () => {
    expect(standard.mostMissed).toBe(1);
    expect(schoolsBelow([school({}), school({ books: 14.99 })], standard)).toEqual([]);
    expect(schoolsBelow([school({ books: 12, computers: 4 })], standard)).toEqual([
      {
        ...{ schoolId: 7, level: 'primary', name: '甲小学', met: 4 },
        // The one that is furthest from its threshold comes first.
        unmet: [
          { name: '每百名学生拥有计算机台数', unit: '台', decimals: 2, value: 4, standard: 8 },
          { name: '生均图书册数', unit: '册', decimals: 2, value: 12, standard: 15 },
        ],
      },
    ]);
    // 0.07 a head are seven for a hundred; as doubles they are a little more, and others a little less.
    expect(schoolsBelow([school({ books: 12, computers: 8 * (1 - Number.EPSILON) })], standard)).toEqual([]);
    // What is enough for a 小学 is not for a 初中.
    expect(schoolsBelow([school({}, { level: 'junior' })], standard)[0]).toMatchObject({ met: 0 });
    expect(schoolsBelow([school({ books: 12 })], { ...standard, mostMissed: 0 })).toHaveLength(1);
  });

  it('takes no missing figure for a missed one, and judges no school that the run leaves out', () => {
    expect(schoolsBelow([school({ books: 12, computers: null })], standard)).toEqual([]);
    expect(schoolsBelow([school({ books: 12, computers: 4 }, { excludedReason: '教学点' })], standard)).toEqual([]);
  });

  it('says its edition, that it is an example, and how many items may be missed', () => {
    expect(basicStandardText(standard)).toBe(
      '省级义务教育学校办学基本标准（2026 版，示例），6 项中未达标的不超过 1 项',
    );
  });

  it.each([
    ['an item twice', '同一项目不能列两次', { items: [standard.items[0], standard.items[0]] }],
    ['more that may be missed than there is', '允许未达标的项数应少于项目数', { mostMissed: 6 }],
    [
      'a threshold of one stage alone',
      'thresholds.junior',
      { items: [{ ...standard.items[0], thresholds: { primary: 4 } }], mostMissed: 0 },
    ],
  ])('is not read with %s', (_what, fault, more) => {
    expect(() => readBasicStandard({ ...basicSchool, ...more })).toThrow(fault);
  });

  it.each([
    ['that is another than that of the track', 'quality-2017', basic2012, '三者应相同'],
    ['of which the product knows another', 'basic-2012', { ...basic2012, key: 'basic-2030' }, '三者应相同'],
    [
      'that lacks an indicator',
      'basic-2012',
      { ...basic2012, indicators: [] },
      '生均图书册数：basic-2012 没有指标 books',
    ],
  ])('is not read for a standard of balance %s', (_what, tracked, balance, fault) => {
    const given = { tracked: rules.standard, balance: basic2012 };
    expect(readBasicStandardFor(basicSchool, given)).toEqual(standard);
    expect(() => readBasicStandardFor(basicSchool, { tracked, balance })).toThrow(fault);
  });
});

describe('the list of issues', () => {
  it('takes a composite over its limit, and one on its limit not', () => {
    expect(keys({ figures: [figure(compositeKey, 0.6500001, 0.65)] })).toEqual(['composite-over:primary']);
    expect(keys({ figures: [figure(compositeKey, 0.65, 0.65)] })).toEqual([]);
  });

  it('takes a composite that grew by more than the margin, with exact decimals', () => {
    expect(keys({ figures: [figure(compositeKey, 0.52)], before: [figure(compositeKey, 0.51)] })).toEqual([]);
    expect(keys({ figures: [figure(compositeKey, 0.5201)], before: [figure(compositeKey, 0.51)] })).toEqual([
      'composite-worse:primary',
    ]);
  });

  it('takes single indicators over the warning line, and no missing figure', () => {
    const found = proposedIssues(material({ figures: [figure('books', 0.7), figure('computers', null)] }), rules.rules);
    expect(found.map(({ title }) => title)).toEqual(['小学生均图书册数差异系数 0.700，超过预警线 0.650']);
    expect(found[0]?.body).toMatch(/^依据：.*（基本均衡（第 1 版），公式版本 3）。$/);
    expect(found[0]?.runId).toBe('r1');
  });

  it('takes schools below the standard and doubtful figures, each with its school', () => {
    const unmet = [
      { name: '生均教学仪器设备值', value: 20, standard: 2500, unit: '元', decimals: 2 },
      { name: '生均体育运动场馆面积', value: 9.126, standard: 10.2, unit: '㎡', decimals: 2 },
      { name: '每百名学生拥有网络多媒体教室数', value: 2, standard: 2.4, unit: '间', decimals: 2 },
    ];
    const below = [{ schoolId: 7, level: 'junior' as const, name: '甲中学', met: 4, unmet }];
    const found = proposedIssues(material({ below, doubtful: [{ schoolId: 8, name: '乙小学' }] }), rules.rules);
    expect(found.map(({ key, schoolId }) => [key, schoolId])).toEqual([
      ['school-below:junior:7', 7],
      ['doubtful-data:8', 8],
    ]);
    expect(found[0]?.title).toBe(
      '甲中学（初中）办学条件未达标：生均教学仪器设备值 20.00 元，标准 2500 元；生均体育运动场馆面积 9.13 ㎡，标准 10.2 ㎡；共 3 项',
    );
    expect(found[0]?.body).toContain(
      '每百名学生拥有网络多媒体教室数 2.00 间，标准 2.4 间。达标 4 项。依据：省级办学基本标准；',
    );
  });

  it('has the figures in the first line and the edition behind the rule, and no number of a run', () => {
    const [found] = proposedIssues(material({ figures: [figure('books', 0.7)] }), rules.rules);
    expect(found?.title).not.toContain('r1');
    expect(found?.body).toMatch(/^依据：.*（基本均衡（第 1 版），公式版本 3）。$/);
  });

  it('is looked back on by its key and its figure', () => {
    const figures = [figure('books', 0.7)];
    const found = proposedIssues(material({ figures }), rules.rules);
    const issue = { key: 'indicator-over:primary:books', level: 'primary' as const, indicator: 'books' };
    expect(lookedBack(issue, figures, found)).toEqual({ now: '0.7', again: true });
    expect(lookedBack({ ...issue, key: 'x', indicator: 'y' }, figures, found)).toEqual({ now: null, again: false });
  });
});

describe('where a track stands', () => {
  const unreported = { prepared: false, returned: false };

  it('tells how far the self-report is: being written, back, or waiting for whoever submits', () => {
    const of = (report: Partial<typeof unreported>) =>
      standingOf('self-report-due', nothingRaised, { ...unreported, ...report });
    expect([of({}), of({ returned: true }), of({ prepared: true })]).toEqual([
      'self-report-due',
      'returned',
      'prepared',
    ]);
  });

  it('follows the ledger while issues are in it', () => {
    const of = (more: Partial<typeof nothingRaised>) =>
      standingOf('issues-listed', { ...nothingRaised, raised: 3, ...more }, unreported);
    expect(of({})).toBe('issues-listed');
    expect(of({ noticed: 1 })).toBe('rectifying');
    expect(of({ noticed: 2, late: 1 })).toBe('overdue');
    expect(of({ noticed: 3, settled: 3 })).toBe('rectified');
    expect(standingOf('issues-listed', nothingRaised, unreported)).toBe('rectified');
    expect(standingOf('submitted', { ...nothingRaised, raised: 3, late: 3 }, unreported)).toBe('submitted');
  });

  it('of an issue is told in the words of the ledger, and whether its day has passed', () => {
    const of = (state: string) => issueStandingTitle(state, '2026-01-01', '2026-02-01');
    expect(['found', 'noticed', 'planned', 'done', 'closed'].map(of)).toEqual([
      ...['待下发', '待制定措施，逾期', '整改中，逾期', '待核查，逾期', '已销号'],
    ]);
    expect(issueStandingTitle('noticed', '2026-03-01', '2026-02-01')).toBe('待制定措施');
  });

  it('has days from data, counted from the school year', () => {
    expect(termsOf(rules, 2025).find(({ state }) => state === 'issues-listed')).toEqual({
      ...{ state: 'issues-listed', dueOn: '2026-06-30' },
    });
    expect(daysLate('2026-01-31', '2026-02-02')).toBe(2);
    expect(daysLate('2026-01-31', '2026-01-31')).toBe(0);
    expect(daysLate(null, '2026-01-31')).toBe(0);
  });

  it('never has a day before the year was opened, and keeps the days that lie ahead', () => {
    expect(termsFrom(rules, 2025, '2025-10-01')).toEqual(termsOf(rules, 2025));
    expect(termsFrom(rules, 2025, '2025-12-05').slice(0, 3)).toEqual([
      { state: 'opened', dueOn: '2025-12-15' },
      { state: 'data-received', dueOn: '2025-12-25' },
      { state: 'self-report-due', dueOn: '2025-12-31' },
    ]);
    const late = termsFrom(rules, 2025, '2026-11-29').map(({ dueOn }) => dueOn);
    expect(late.slice(0, 2)).toEqual(['2026-12-09', '2026-12-19']);
    expect(late).toEqual([...new Set(late)].sort());
  });

  it('refuses rules without a source', () => {
    const [first, ...others] = tracking.rules;
    expect(() => readTrackingRules({ ...tracking, rules: [{ ...first, source: '' }, ...others] })).toThrow();
  });
});
