import { describe, expect, it } from 'vitest';
import { factsOf, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import rules from '../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import type { Actor } from '../../access/actor.ts';
import { initialRolePermissions, type RoleKey } from '../../access/permissions.ts';
import { addDays, daysBetween } from '../../kit/school-year.ts';
import { missing } from '../../kit/value.ts';
import { burdenOf, leafWork } from './burden.ts';
import {
  type CampaignSubject,
  campaignLacks,
  campaignObstacles,
  campaignStepTitle,
  nextCampaignState,
  permittedCampaignActs,
} from './campaign-flow.ts';
import { campaignTitle, type EarlierCampaign, templateOfEarlier, templateOfKind } from './campaign-template.ts';
import { evaluationFulfilmentTitles } from './fulfilment.ts';
import { readPanelRules } from './panel-rules.shape.ts';
import { extended, isExtendable, lateDays, shifted, timetableFaults, timetableFrom } from './timetable.ts';

const known = readPanelRules(rules);

describe('a timetable', () => {
  const days = timetableFrom('county-inspection', '2025-03-01');

  it('has each step after the other from a day on, by the lengths of the kind in calendar days', () => {
    expect(days.slice(0, 3)).toEqual([
      { step: 'notice', from: '2025-03-01', to: '2025-03-07' },
      { step: 'selfEvaluation', from: '2025-03-08', to: '2025-04-16' },
      { step: 'materialReview', from: '2025-04-17', to: '2025-05-06' },
    ]);
    expect(timetableFaults('county-inspection', days)).toEqual([]);
    expect(timetableFaults('school-evaluation', timetableFrom('school-evaluation', '2024-02-29'))).toEqual([]);
  });

  it('with a gap or an overlap is refused, and says between which steps', () => {
    const moved = (step: string, by: number) =>
      days.map((one) => (one.step === step ? { ...one, from: addDays(one.from, by) } : one));
    expect([1, 2].flatMap((by) => timetableFaults('county-inspection', moved('selfEvaluation', by)))).toEqual([
      ...['“下发通知”与“县级自评”之间空了 1 天', '“下发通知”与“县级自评”之间空了 2 天'],
    ]);
    expect(timetableFaults('county-inspection', moved('selfEvaluation', -1))).toEqual([
      '“县级自评”与“下发通知”的日期重叠',
    ]);
  });

  it('lacks no step, has none twice, none of another kind, and none that ends before it begins', () => {
    const other = { step: 'countyReview', from: '2025-04-17', to: '2025-04-20' } as const;
    expect(timetableFaults('county-inspection', days.slice(1))).toEqual(['“下发通知”没有日期']);
    expect(timetableFaults('county-inspection', [...days, days[0]!])).toEqual(['“下发通知”写了 2 次']);
    expect(timetableFaults('county-inspection', [...days, other])).toEqual(['本类评估没有“countyReview”这一步']);
    const turned = days.map((one) => (one.step === 'notice' ? { ...one, to: '2025-02-01' } : one));
    expect(timetableFaults('county-inspection', turned)).toEqual(['“下发通知”的结束日期早于开始日期']);
  });

  it('is extended at one step: later steps move by as many days and stay as long, earlier ones stay', () => {
    const longer = extended(days, 'materialReview', '2025-05-16')!;
    expect(longer.slice(0, 2)).toEqual(days.slice(0, 2));
    expect(longer[2]).toEqual({ step: 'materialReview', from: '2025-04-17', to: '2025-05-16' });
    for (const [at, { from, to }] of longer.slice(3).entries()) {
      expect(daysBetween(days[at + 3]!.from, from)).toBe(10);
      expect(daysBetween(from, to)).toBe(daysBetween(days[at + 3]!.from, days[at + 3]!.to));
    }
    expect(timetableFaults('county-inspection', longer)).toEqual([]);
    expect(extended(days, 'materialReview', days[2]!.to)).toBeNull();
    expect(extended(days, 'countyReview', '2026-01-01')).toBeNull();
  });

  it('only steps that are not done can be extended', () => {
    expect(isExtendable('county-inspection', 'siteVisit', 'materialReview')).toBe(false);
    expect(isExtendable('county-inspection', 'siteVisit', 'siteVisit')).toBe(true);
    expect(isExtendable('county-inspection', 'siteVisit', 'statement')).toBe(true);
    expect(isExtendable('county-inspection', 'closed', 'rectification')).toBe(false);
    expect(isExtendable('county-inspection', 'notice', 'countyReview')).toBe(false);
  });

  it('says how late a step is, and nothing of one that was done in time', () => {
    expect([lateDays(days[0]!, '2025-03-07', '2025-09-01'), lateDays(days[0]!, null, '2025-03-08')]).toEqual([null, 1]);
  });
});

describe('a new campaign', () => {
  const earlier: EarlierCampaign = {
    ...{ id: 'e', kind: 'county-inspection', assessmentYear: 2023, decisionYear: 2024, leadUnitId: 3 },
    ...{ partnerUnitId: 4, subjects: [{ countyId: 11, schoolId: null }] },
    rules: { reviewersPerLeaf: 3, blind: true, tolerance: '0.1', combine: 'trimmed' },
    steps: timetableFrom('county-inspection', '2024-02-20'),
  };

  it('of a kind is named after the assessed year and has the proposals of the kind from today', () => {
    const made = templateOfKind('county-inspection', 2025, '2026-03-01', 1);
    expect(made).toMatchObject({ title: '2025 年对县督导', assessmentYear: 2025, decisionYear: 2026, leadUnitId: 1 });
    expect(made.rules).toEqual({ reviewersPerLeaf: 2, blind: true, tolerance: '0.2', combine: 'mean' });
    expect(made.steps[0]!.from).toBe('2026-03-01');
    expect(made.subjects).toBeNull();
    expect(campaignTitle('school-evaluation', 2017)).toBe('2017 年学校督导评估');
  });

  it('after an earlier one takes its units, rules and subjects, and its days as many years later', () => {
    const made = templateOfEarlier(earlier, 2025, '2025-12-01');
    expect(made).toMatchObject({ title: '2025 年对县督导', leadUnitId: 3, partnerUnitId: 4, earlierId: 'e' });
    expect([made.rules, made.subjects]).toEqual([earlier.rules, earlier.subjects]);
    expect(made.steps[0]).toEqual({ step: 'notice', from: '2026-02-20', to: '2026-02-26' });
    expect(made.decisionYear).toBe(2026);
  });

  it('has no gap and no overlap over a 29 February, and begins today where the days have passed', () => {
    for (const start of ['2024-02-23', '2024-02-29', '2024-02-22', '2023-12-31']) {
      const steps = timetableFrom('county-inspection', start);
      const made = templateOfEarlier({ ...earlier, steps }, 2024, '2024-01-01');
      expect(timetableFaults('county-inspection', made.steps)).toEqual([]);
    }
    const late = templateOfEarlier(earlier, 2024, '2025-06-01');
    expect(late.steps[0]!.from).toBe('2025-06-01');
    expect(timetableFaults('county-inspection', late.steps)).toEqual([]);
    expect(shifted([], 3)).toEqual([]);
  });
});

describe('the way of a campaign', () => {
  const person = (role: RoleKey, where: Partial<Actor> = {}): Actor => ({
    ...{ userId: role, username: role, name: role, role, level: 'city', unitId: 1, schoolId: null, sectionId: null },
    ...{ permissions: new Set(initialRolePermissions[role]), principal: null, tokenId: null, post: null },
    ...where,
  });
  const city = person('city-officer');
  const at = (given: Partial<CampaignSubject> = {}): CampaignSubject => ({
    ...{ state: 'draft', placeId: 1, lacks: [], openEvaluations: 0 },
    ...given,
  });
  const may = (subject: CampaignSubject, actor: Actor) =>
    Object.entries(permittedCampaignActs(subject, actor)).flatMap(([act, can]) => (can ? [act] : []));

  it('draft, open, closed or cancelled: what it is made of is fixed once it runs', () => {
    expect(may(at(), city)).toEqual(['edit', 'subjects', 'seats', 'open', 'cancel']);
    expect(may(at({ state: 'open' }), city)).toEqual(['seats', 'extend', 'moveOn', 'remind', 'close', 'cancel']);
    expect(may(at({ state: 'closed' }), city)).toEqual([]);
    expect(may(at({ state: 'cancelled' }), city)).toEqual([]);
  });

  it('belongs to the office that leads it', () => {
    expect(may(at(), person('section-officer'))).toEqual([]);
    expect(may(at(), person('county-director', { level: 'county', unitId: 11 }))).toEqual([]);
    expect(may(at({ placeId: 2 }), city)).toEqual([]);
  });

  it('opens only when nothing is lacking, and ends only when every evaluation has ended', () => {
    const code = (subject: CampaignSubject, action: 'open' | 'close') => {
      const found = nextCampaignState(action, subject, city);
      return found.ok ? found.to : found.problem.code;
    };
    expect([code(at(), 'open'), code(at({ lacks: ['还没有评估对象'] }), 'open')]).toEqual([
      'open',
      'campaign.notReady',
    ]);
    expect(code(at({ state: 'open', openEvaluations: 2 }), 'close')).toBe('campaign.unfinished');
    expect(code(at({ state: 'open' }), 'close')).toBe('closed');
    expect(code(at({ state: 'open' }), 'open')).toBe('flow.notInState');
    expect(campaignObstacles('open', at({ lacks: ['甲', '乙'] }), city)).toEqual(['项目还不能开启：甲；乙。']);
    expect([campaignStepTitle('open'), campaignStepTitle('created'), campaignStepTitle('x')]).toEqual([
      '开启',
      '建立',
      'x',
    ]);
  });

  it('lacks subjects, an edition that is whole and in force, days, and subjects that the edition is for', () => {
    const plan = { subjects: 1, editionOpen: [], editionWithdrawn: false, unknowable: [], timetable: [], notMeant: [] };
    expect(campaignLacks(plan)).toEqual([]);
    const lacking = {
      subjects: 0,
      editionOpen: ['C1'],
      editionWithdrawn: true,
      unknowable: ['连续判否次数', '有危急情形'],
      timetable: ['甲'],
      notMeant: ['a', 'b', 'c', 'd'],
    };
    expect(campaignLacks(lacking)).toEqual([
      '还没有评估对象，请在“对象”中选择',
      '所选的指标体系版本已停用，请改选',
      '指标体系有 1 处未见或不能计分，请复制为样本，补全后发布，再改选补全的版本',
      '指标体系的结论要看连续判否次数、有危急情形，评估项目中没有这些信息，请改选指标体系',
      '甲',
      '指标体系不适用于a、b、c 等 4 个对象，请移出或改选指标体系',
    ]);
  });
});

describe('the burden before opening', () => {
  const prepared = smallEdition([
    { code: 'A', points: 40 },
    indicatorOf('C1', 'A', 10, {
      method: { kind: 'linear', floor: 0, target: 1, below: 0 },
      formula: '事实:甲 / 事实:乙',
    }),
    indicatorOf('C2', 'A', 10, { method: { kind: 'elements', elements: [{ text: 'x' }], cost: 1, floor: 0 } }),
    indicatorOf('C3', 'A', 10, { method: { kind: 'yesNo', yes: 10, no: 0 } }),
    indicatorOf('C4', 'A', 10, { method: null }),
  ]);

  it('counts leaves by what they ask, and questions that are answered already', () => {
    expect(prepared.leaves.map(leafWork)).toEqual(['data', 'count', 'choice', 'judgement']);
    const counted = burdenOf(prepared, known, 2, 4, [factsOf({ '事实:甲': 1 })]);
    expect(counted).toMatchObject({ subjects: 4, leaves: 4, selfFilled: 1, byPeople: 3, known: 1, asked: 1 });
  });

  it('times editable minutes: of one subject with its questions, and of the panel with all subjects and reviewers', () => {
    // Answering 3 + 20 + 10 + 30 and one question of 15; judging 2 + 10 + 5 + 15, twice, for four subjects.
    const counted = burdenOf(prepared, known, 2, 4, [factsOf({ '事实:甲': 1 })]);
    expect([counted.subjectHours, counted.panelHours]).toEqual(['1.3', '4.3']);
    const longer = { ...known, question: 60 };
    expect(burdenOf(prepared, longer, 1, 1, []).subjectHours).toBe('3.1');
  });

  it('what does not apply to the subject is no question', () => {
    const facts = factsOf({ '事实:甲': 1, '事实:乙': missing('not-applicable') });
    expect(burdenOf(prepared, known, 1, 1, [facts])).toMatchObject({ known: 2, asked: 0 });
  });
});

it('the rules for panels name each kind of leaf once, and a law with its article', () => {
  expect(() => readPanelRules({ ...rules, minutes: rules.minutes.slice(1) })).toThrow('每种指标写一项');
  expect(() => readPanelRules({ ...rules, size: [] })).toThrow('应至少有一项');
  expect(known.size[0]).toMatchObject({ least: 3, article: '第十六条' });
});

it('an item of the plan names what fulfils it', () => {
  expect(evaluationFulfilmentTitles['campaigns.county-inspection']).toBe('对县督导（评估对象的结果已确认）');
});
