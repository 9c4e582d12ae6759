import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { row } from '#test/reference/frameworks/rules/rule-edition.ts';
import { factsOf, figure, indicatorOf, leafOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Actor } from '../../access/actor.ts';
import { initialRolePermissions, type RoleKey } from '../../access/permissions.ts';
import type { Answer } from '../../framework/answer.ts';
import type { Prepared, PreparedLeaf, Scored } from '../../framework/result.ts';
import { exact } from '../../kit/decimal.ts';
import { missing } from '../../kit/value.ts';
import type { EvaluationSubject } from '../flow/subject.ts';
import {
  answerRefusal,
  isOfPanel,
  lacksOf,
  leafLack,
  leafOrigin,
  leafStanding,
  originRefusal,
  returnRefusal,
  scoreRefusal,
} from '../leaf.ts';
import { evidenceStanding } from '../missing-evidence.ts';
import { snapshotOf } from '../snapshot.ts';
import {
  concludeLayer,
  exactPointsText,
  type LayerPoint,
  layerTotal,
  ranksOf,
  readExactPoints,
  type ScoreScene,
  scoreLayer,
  scoreOneLeaf,
} from './score.ts';
import {
  adoptionOf,
  overClaimOver,
  type StandingScore,
  settledReason,
  settleScores,
  severityOfReviewers,
  talkRefusal,
} from './settle.ts';

const judgement = { kind: 'judgement', step: 0.5 } as const;
const linear = { kind: 'linear', floor: 0, target: 100, below: 0 } as const;

/** Three branches: A with two leaves of data, B with three of people, C with one. */
const tree = smallEdition(
  [
    { code: '0', points: 60 },
    indicatorOf('A', '0', 20),
    indicatorOf('A1', 'A', 10, { method: linear, formula: '事实:甲', evidence: '报表' }),
    indicatorOf('A2', 'A', 10, { method: linear, formula: '事实:乙', applies: '事实:丙 > 0' }),
    indicatorOf('B', '0', 30),
    indicatorOf('B1', 'B', 10, { method: { ...judgement, reasonBelow: 0.6 } }),
    indicatorOf('B2', 'B', 10, { method: { kind: 'yesNo', yes: 10, no: 0 } }),
    indicatorOf('B3', 'B', 10, { method: judgement }),
    indicatorOf('C', '0', 10, { method: judgement }),
  ],
  { max: 60 },
);
/** A leaf of three options, two of which its edition takes with a reason alone. */
const reasoned = leafOf(
  {
    kind: 'choice',
    options: [
      { key: 'yes', text: '是', points: 10 },
      { key: 'part', text: '部分', points: 5 },
      { key: 'no', text: '否', points: 0 },
    ],
  },
  {},
  { flags: { reasonRequired: ['part', 'no'] } },
);
const leafIn = (code: string, prepared: Prepared = tree) =>
  prepared.leaves.find(({ indicator }) => indicator.code === code)!;

describe('a leaf of the self-evaluation', () => {
  const lackOf = (code: string, answer: Answer | null, note = '', facts = factsOf({ '事实:丙': 1 })) => {
    const result = scoreOneLeaf({ prepared: tree, facts, context: {} }, code, answer, false);
    return leafLack(tree, leafIn(code), { answer, note }, result, facts);
  };

  it('is filled by data where it has a formula, and else by a person', () => {
    expect(tree.leaves.map(leafOrigin)).toEqual(['data', 'data', 'person', 'person', 'person', 'person']);
    const elements = (formula?: string) =>
      leafOf({ kind: 'elements', elements: [{ text: 'x', ...(formula ? { formula } : {}) }], cost: 1, floor: 0 })
        .leaves[0]!;
    expect([leafOrigin(elements()), leafOrigin(elements('事实:甲 > 0'))]).toEqual(['person', 'data']);
  });

  it('of a person wants an answer that can be counted', () => {
    expect(lackOf('B1', null)?.lacks).toBe('answer');
    expect(lackOf('B1', { points: 7.5 })).toBeNull();
    expect(
      leafLack(tree, leafIn('B1'), { answer: { points: 7.3 }, note: '' }, { state: 'scored' }, factsOf())?.lacks,
    ).toBe('answer');
    expect(lackOf('B1', { notApplicable: true })).toMatchObject({ lacks: 'note' });
    expect(lackOf('B1', { notApplicable: true }, '本县没有这类学校')).toBeNull();
  });

  it('of a person wants a reason below the line of the leaf, and for an option that the edition takes with one alone', () => {
    expect(lackOf('B1', { points: 5.5 })).toMatchObject({ lacks: 'note', sentence: '低于 6 分，请在说明中写明理由' });
    expect(lackOf('B1', { points: 5.5 }, '会议记录不全')).toBeNull();
    expect(lackOf('B1', { points: 6 })).toBeNull();
    const lack = (answer: Answer, note = '') =>
      leafLack(reasoned, reasoned.leaves[0]!, { answer, note }, { state: 'scored' }, factsOf());
    expect(lack({ option: 'part' })?.sentence).toBe('评为“部分”，请在说明中写明理由');
    expect(lack({ option: 'part' }, '缺一份记录')).toBeNull();
    expect(lack({ option: 'yes' })).toBeNull();
  });

  it('of data wants its questions answered, and names them', () => {
    expect(lackOf('A1', null)).toMatchObject({ lacks: 'facts', facts: ['事实:甲'] });
    expect(lackOf('A1', null, '', factsOf({ '事实:甲': 0 }))).toBeNull();
    expect(lackOf('A2', null, '', factsOf({ '事实:丙': 0 }))).toBeNull();
    expect(lackOf('A2', null, '', factsOf({ '事实:丙': missing('not-applicable') }))).toBeNull();
    const facts = factsOf({ '事实:甲': 50, '事实:丙': 0 });
    const results = new Map(score(tree, {}, { facts, trace: false }).leaves.map((one) => [one.code, one]));
    expect(lacksOf(tree, new Map(), results, facts).map(({ code }) => code)).toEqual(['B1', 'B2', 'B3', 'C']);
  });

  it('what the panel finds on its visit is asked of nobody else, and wants no evidence of the school', () => {
    const ofSchools = preparedFramework('quality-school-sample');
    const leaf = ofSchools.leaves.find(({ indicator }) => indicator.code === 'C12')!;
    expect(isOfPanel(leaf, ofSchools.named)).toBe(true);
    expect(ofSchools.leaves.filter((one) => isOfPanel(one, ofSchools.named))).toEqual([leaf]);
    const lacking = lacksOf(ofSchools, new Map(), new Map(), factsOf()).map(({ code }) => code);
    expect(lacking).toHaveLength(ofSchools.leaves.length - 1);
    expect(lacking).not.toContain('C12');
    const { missing: unproved } = evidenceStanding(ofSchools, new Map(), new Map());
    expect(unproved.map(({ code }) => code)).not.toContain('C12');
  });

  it('asks only what nobody has said, and of a series each year that it compares', () => {
    const own = { answer: null, note: '' };
    const openIn = (prepared: Prepared, leaf: PreparedLeaf, facts: Parameters<typeof factsOf>[0]) =>
      leafLack(prepared, leaf, own, { state: 'unanswered' }, factsOf(facts))!.facts;
    const open = (facts: Parameters<typeof factsOf>[0]) => openIn(tree, leafIn('A2'), facts);
    expect(open({ '事实:乙': 1 })).toEqual(['事实:丙']);
    expect(open({ '事实:乙': missing('not-applicable'), '事实:丙': 1 })).toEqual([]);
    const series = (rule: 'increase' | 'nonNegative', ...known: number[]) => {
      const method = { kind: 'years', rule, span: 2, pointsByYearsMet: [0, 5, 10] } as const;
      const prepared = leafOf(method, { formula: '事实:甲' });
      return openIn(prepared, prepared.leaves[0]!, { '事实:甲': known }).length;
    };
    expect([series('nonNegative', 1), series('nonNegative', 1, 2)]).toEqual([1, 0]);
    expect([series('increase', 1, 2), series('increase', 1, 2, 3)]).toEqual([1, 0]);
  });

  it('whose figures the office does not have yet wants a note, and stays unknown', () => {
    const survey = {
      kind: 'survey',
      survey: '群众满意度',
      measure: 'share',
      linear: { floor: 0, target: 1, below: 0 },
    } as const;
    const prepared = leafOf(survey);
    const lack = (note: string) =>
      leafLack(prepared, prepared.leaves[0]!, { answer: null, note }, { state: 'unanswered' }, factsOf());
    expect(lack('')?.lacks).toBe('note');
    expect(lack('调查下月完成')).toBeNull();
    expect(leafStanding({ code: 'C1', origin: 'data', objection: null }, { state: 'unanswered' }, null, null)).toBe(
      'unknown',
    );
  });

  it('stands as returned, objected to, open, not applicable or answered', () => {
    const leaf = { code: 'A1', origin: 'data', objection: null } as const;
    const lack = lackOf('A1', null);
    expect(leafStanding(leaf, { state: 'scored' }, null, { openParts: ['A1'], reason: null })).toBe('returned');
    expect(leafStanding(leaf, { state: 'scored' }, null, { openParts: ['B1'], reason: null })).toBe('answered');
    expect(leafStanding({ ...leaf, objection: '口径有误' }, { state: 'scored' }, null, null)).toBe('objected');
    expect(leafStanding(leaf, { state: 'unanswered' }, lack, null)).toBe('open');
    expect(leafStanding(leaf, { state: 'notApplicable' }, null, null)).toBe('not-applicable');
  });

  const actor = (role: RoleKey, userId: string = role): Actor => ({
    ...{ userId, username: userId, name: userId, role, level: 'county', unitId: 11, schoolId: null, sectionId: null },
    ...{ permissions: new Set(initialRolePermissions[role]), principal: null, tokenId: null, post: null },
  });
  const subject = (given: Partial<EvaluationSubject> = {}): EvaluationSubject => ({
    ...{ kind: 'county-inspection', state: 'selfEvaluation', placeId: 11, schoolId: null, managedBy: 'county' },
    ...{ self: 'open', returned: null, accounts: { answers: true, confirms: true }, incomplete: [], unsettled: [] },
    ...{
      talks: [],
      panelLacks: [],
      seat: null,
      ownSide: false,
      opinionLacks: [],
      conclusionMoved: [],
      quotaWaits: [],
      noticeIssued: true,
      opinionLetterIssued: true,
    },
    ...{ statements: { dueOn: null, waived: false, made: 0, unanswered: 0 }, ledger: { raised: 0, settled: 0 } },
    ...{ reasoned: true, today: '2025-10-15' },
    ...given,
  });
  const writes = (
    given: Partial<EvaluationSubject>,
    by: Actor,
    responsible: { id: string; name: string } | null = null,
  ) => answerRefusal(subject(given), { code: 'B1', responsible }, by)?.code;

  it('is written while the self-evaluation is open, and of a partial return only where it was sent back', () => {
    const clerk = actor('county-officer');
    expect(writes({}, clerk)).toBeUndefined();
    expect(writes({ self: 'submitted' }, clerk)).toBe('evaluation.leafLocked');
    expect(writes({ returned: { openParts: ['B1'], reason: '补' } }, clerk)).toBeUndefined();
    expect(writes({ returned: { openParts: ['B2'], reason: '补' } }, clerk)).toBe('evaluation.leafLocked');
    expect(writes({ returned: { openParts: null, reason: '补' } }, clerk)).toBeUndefined();
    expect(writes({ state: 'siteVisit' }, clerk)).toBe('flow.notInState');
    expect(writes({ placeId: 12 }, clerk)).toBe('flow.notYours');
  });

  it('that was given to a colleague is written by that colleague, by his stand-in, and by whoever confirms', () => {
    const [mine, other] = [
      { id: 'county-officer', name: '林' },
      { id: 'other', name: '陈' },
    ];
    const clerk = actor('county-officer');
    expect(writes({}, clerk, mine)).toBeUndefined();
    expect(writes({}, clerk, other)).toBe('evaluation.leafNotYours');
    expect(writes({}, { ...clerk, principal: other }, other)).toBeUndefined();
    expect(writes({}, actor('county-director'), other)).toBeUndefined();
  });

  it('data are objected to and not typed over', () => {
    expect(originRefusal({ code: 'A1', origin: 'data' }, 'answer')?.code).toBe('evaluation.leafFromData');
    expect(originRefusal({ code: 'A1', origin: 'data' }, 'objection')).toBeNull();
    expect(originRefusal({ code: 'B1', origin: 'person' }, 'objection')?.code).toBe('evaluation.leafFromPerson');
    expect(originRefusal({ code: 'B1', origin: 'person' }, 'answer')).toBeNull();
  });

  it('a return names leaves of the edition', () => {
    expect(returnRefusal(tree, ['B1', 'A'])?.message).toContain('A');
    expect(returnRefusal(tree, ['B1'])).toBeNull();
    expect(returnRefusal(tree, null)).toBeNull();
  });
});

describe('a score', () => {
  const refusal = (
    code: string,
    answer: Answer,
    given: { reason?: string; covers?: boolean; leafVersion?: number } = {},
  ) => {
    const { reason = '', covers = true, leafVersion = 3 } = given;
    const faultless = !('points' in answer) || answer.points <= 10;
    const scene = { prepared: tree, facts: factsOf(), context: {} };
    const result = faultless ? scoreOneLeaf(scene, code, answer, false) : { state: 'scored' as const, points: null };
    return scoreRefusal(tree.edition, leafIn(code), { version: 3 }, { answer, reason, leafVersion, result }, covers)
      ?.code;
  };

  it('is given by whoever has the branch, on what stands there now, in the way of the method', () => {
    expect(refusal('B1', { points: 8 })).toBeUndefined();
    expect(refusal('B1', { points: 8 }, { covers: false })).toBe('evaluation.notOnPanel');
    expect(refusal('B1', { points: 8 }, { leafVersion: 2 })).toBe('evaluation.leafMoved');
    expect(refusal('B1', { points: 11 })).toBe('framework.answersInvalid');
  });

  it('below the line of the leaf says why; at the line it need not', () => {
    expect(refusal('B1', { points: 5.5 })).toBe('evaluation.scoreReason');
    expect(refusal('B1', { points: 5.5 }, { reason: '会议记录不全' })).toBeUndefined();
    expect(refusal('B1', { points: 6 })).toBeUndefined();
    expect(refusal('B3', { points: 0 })).toBeUndefined();
  });

  it('for an option that the edition takes with a reason alone says why', () => {
    const [leaf] = reasoned.leaves;
    const refused = (option: string, reason = '') => {
      const result = { state: 'scored' as const, points: exact(0) };
      const given = { answer: { option }, reason, leafVersion: 3, result };
      return scoreRefusal(reasoned.edition, leaf!, { version: 3 }, given, true)?.message;
    };
    expect(refused('no')).toBe('指标 C1：评为“否”，须写明理由。');
    expect([refused('no', '没有台账'), refused('yes')]).toEqual([undefined, undefined]);
  });

  it('so does a grade of another evaluation that a person says', () => {
    const method = {
      kind: 'result',
      evaluation: 'last-round',
      measure: 'grade',
      map: { 优秀: 10, 不合格: 0 },
    } as const;
    const flags = { reasonRequired: ['不合格'] };
    const prepared = leafOf(method, {}, { flags });
    const refused = (option: string) => {
      const result = { state: 'scored' as const, points: exact(0) };
      const given = { answer: { option }, reason: '', leafVersion: 3, result };
      return scoreRefusal(prepared.edition, prepared.leaves[0]!, { version: 3 }, given, true)?.code;
    };
    expect([refused('不合格'), refused('优秀')]).toEqual(['evaluation.scoreReason', undefined]);
  });
});

describe('several scores at one leaf', () => {
  const { indicator } = leafIn('B1');
  const of = (points: number | null, given: Partial<StandingScore> = {}): StandingScore => ({
    ...{ personId: String(points), points: points === null ? null : exact(points), adopted: false },
    answer: points === null ? { notApplicable: true } : { points },
    ...given,
  });
  const settled = (
    scores: readonly StandingScore[],
    owed = 0,
    combine: 'mean' | 'trimmed' = 'mean',
    tolerance = '0.2',
  ) => {
    const found = settleScores(indicator, scores, owed, { tolerance, combine });
    if (found.kind === 'waiting') return `waiting ${found.owed}`;
    return found.kind === 'talk' ? `talk ${figure(found.spread)}` : `${found.way} ${figure(found.points)}`;
  };

  it('wait until everybody has scored; one alone counts as it is', () => {
    expect([settled([]), settled([of(8)], 1), settled([of(8)])]).toEqual(['waiting 0', 'waiting 1', 'one 8']);
  });

  it('within the tolerance count as their exact mean, at its edge too; beyond it the reviewers talk', () => {
    expect(settled([of(8), of(7)])).toBe('mean 7.5');
    expect(settled([of(8), of(6)])).toBe('mean 7');
    expect(settled([of(8), of(5.5)])).toBe('talk 2.5');
    expect(settled([of(0.3), of(0.1)], 0, 'mean', '0.02')).toBe('mean 0.2');
    const third = settleScores(indicator, [of(7), of(7), of(8)], 0, { tolerance: '0.2', combine: 'mean' });
    expect(third.kind === 'settled' && exactPointsText(third.points!)).toBe('22/3');
  });

  it('trimmed leave out the highest and the lowest of at least three', () => {
    expect(settled([of(6), of(8), of(7), of(7.5)], 0, 'trimmed')).toBe('trimmed 7.25');
    expect(settled([of(6), of(8)], 0, 'trimmed')).toBe('mean 7');
  });

  it('of which some say that it does not apply settle only when all do', () => {
    expect(settled([of(null), of(null)])).toBe('mean …');
    expect(settled([of(null), of(8)])).toBe('talk 0');
  });

  it('that all take over the self-evaluation are shown as such', () => {
    expect(settled([of(8, { adopted: true }), of(8, { adopted: true })])).toBe('adopted 8');
    expect(settled([of(8, { adopted: true }), of(8)])).toBe('mean 8');
  });

  it('are talked over when they differ and all are in, with points that the leaf can have', () => {
    const at = (scores: readonly StandingScore[], owed: number, points: number, opened = false) =>
      talkRefusal(
        indicator,
        settleScores(indicator, scores, owed, { tolerance: '0.2', combine: 'mean' }),
        { answer: { points }, result: { state: 'scored' } },
        opened,
      )?.code;
    const apart = [of(9), of(3)];
    expect(at(apart, 0, 6)).toBeUndefined();
    expect(at(apart, 0, 12)).toBe('framework.answersInvalid');
    expect(at([of(9)], 1, 6)).toBe('evaluation.scoresOwed');
    expect(at([of(9)], 1, 6, true)).toBeUndefined();
    expect(at([of(9), of(8)], 0, 8)).toBe('evaluation.noTalk');
  });
});

describe('dated relaxations', () => {
  it('replace how a leaf is judged until their last day, say so in the trace, and keep its points', () => {
    const strict = { kind: 'threshold', value: 10, compare: '>=', unmet: 0 } as const;
    const prepared = smallEdition([indicatorOf('A', null, 10, { method: strict })], {
      relaxations: [
        {
          ...{ codes: ['A'], when: null, until: '2025-12-31', basis: '工作规程', duty: '期满按原标准复核' },
          replace: { method: { ...strict, value: 8 } },
        },
      ],
    });
    const at = (on?: string) =>
      scoreOneLeaf({ prepared, facts: factsOf(), context: on === undefined ? {} : { on } }, 'A', { value: 9 }, true);
    expect([at('2025-12-31'), at('2026-01-01'), at()].map(({ points }) => figure(points))).toEqual(['10', '0', '0']);
    expect(at('2025-12-31').steps[0]?.words).toBe('按 工作规程 放宽，到 2025-12-31 为止；后续：期满按原标准复核');
    const scene = { prepared, facts: factsOf(), context: { on: '2025-10-01' } };
    const layer = scoreLayer(scene, new Map([['A', { points: exact('10'), answer: { value: 9 } }]]));
    expect(figure(layer.total)).toBe('10');
  });

  it('are read at their own leaf alone, whose snapshot keeps what they hang on', () => {
    const method = { kind: 'threshold', value: 10, compare: '>=', unmet: 0 } as const;
    const relaxation = (code: string, name: string) => ({
      ...{ codes: [code], when: `${name} > 0`, until: '2027-12-31', basis: '工作规程', duty: '期满按原标准复核' },
      replace: { method: { ...method, value: 8 } },
    });
    const prepared = smallEdition([indicatorOf('A', null, 10, { method }), indicatorOf('B', null, 10, { method })], {
      relaxations: [relaxation('A', '事实:甲'), relaxation('B', '事实:乙')],
    });
    const facts = factsOf({ '事实:甲': 1, '事实:乙': 0 });
    const kept = snapshotOf(prepared, facts, { on: '2026-10-01' }, '2026-10-01').map((one) =>
      one.facts.map(({ name }) => name),
    );
    expect(kept).toEqual([['事实:甲'], ['事实:乙']]);
  });
});

describe('a leaf that is compared over the campaign', () => {
  it('lacks nothing once its value is there, in a submission, a score and a talk', () => {
    const prepared = smallEdition([
      indicatorOf('R', null, 10, {
        method: { kind: 'relative', better: 'high', rule: 'rank', points: [10, 8], beyond: 'last', ties: 'best' },
      }),
    ]);
    const ranked = prepared.leaves[0]!;
    const open = { state: 'unanswered', points: null } as const;
    expect(leafLack(prepared, ranked, { answer: { value: 90 }, note: '' }, open, factsOf())).toBeNull();
    expect(leafLack(prepared, ranked, { answer: null, note: '' }, open, factsOf())?.lacks).toBe('answer');
    const given = { answer: { value: 90 }, reason: '', leafVersion: 1, result: open };
    expect(scoreRefusal(prepared.edition, ranked, { version: 1 }, given, true)).toBeNull();
    const talk = { kind: 'talk', spread: exact('0') } as const;
    expect(talkRefusal(ranked.indicator, talk, { answer: { value: 90 }, result: open }, false)).toBeNull();
  });
});

describe('其余各项同意自评', () => {
  it('takes over what is one’s own, unscored and known, and says what it leaves', () => {
    const leaf = { scored: false, covered: true, objected: false, self: { points: exact(7) } };
    const adoption = adoptionOf([
      { code: 'B1', ...leaf },
      { code: 'B2', ...leaf, scored: true },
      { code: 'B3', ...leaf, self: 'open' },
      { code: 'C', ...leaf, covered: false },
      { code: 'A1', ...leaf, objected: true },
      { code: 'A2', ...leaf, self: { points: exact('2.5') } },
    ]);
    expect(adoption.codes).toEqual(['B1', 'A2']);
    expect(adoption.refused.map(({ code }) => code)).toEqual(['B2', 'B3', 'C', 'A1']);
  });
});

describe('reviewers and units over several evaluations', () => {
  it('a reviewer who gives less than the others is stricter; what nobody else scored does not count', () => {
    const at = (evaluationId: string, personId: string, points: number, code = 'B1') => ({
      ...{ evaluationId, code, personId, points: exact(points), max: exact(10) },
    });
    const found = severityOfReviewers([
      at('e1', 'a', 6),
      at('e1', 'b', 8),
      at('e2', 'a', 5),
      at('e2', 'b', 9),
      at('e2', 'a', 0, 'B2'),
    ]);
    expect([figure(found.get('a')!.severity), found.get('a')!.scores]).toEqual(['0.3', 2]);
    expect(figure(found.get('b')!.severity)).toBe('-0.3');
    expect(severityOfReviewers([at('e1', 'a', 6)]).get('a')).toEqual({ severity: null, scores: 0 });
  });

  it('a unit claims too much by the points over those of its leaves', () => {
    const leaf = (self: number, judged: number, max = 10) => ({
      self: exact(self),
      judged: exact(judged),
      max: exact(max),
    });
    expect(figure(overClaimOver([leaf(9, 7), leaf(8, 8), leaf(3, 4)]))).toBe('0.033333');
    expect(overClaimOver([leaf(9, 7, 0)])).toBeNull();
  });
});

describe('the total of a layer', () => {
  const facts = factsOf({ '事实:甲': 50, '事实:乙': 80, '事实:丙': 1 });
  const scene: ScoreScene = { prepared: tree, facts, context: {} };
  const given = (points: Readonly<Record<string, number | string>>): ReadonlyMap<string, LayerPoint> =>
    new Map(
      Object.entries(points).map(([code, one]) => [code, { points: readExactPoints(String(one)), answer: null }]),
    );
  const all = { A1: 5, A2: 8, B1: 7, B2: 10, B3: '22/3', C: 9 };

  it('of the self-evaluation fills itself from data and is the one of the engine', () => {
    const answers = new Map<string, Answer>([
      ['B1', { points: 7 }],
      ['B2', { met: true }],
      ['B3', { points: 8 }],
      ['C', { points: 9 }],
    ]);
    const self = (answered: ReadonlyMap<string, Answer>) =>
      scoreLayer(
        scene,
        new Map(
          tree.leaves.flatMap(({ indicator: { code } }): [string, LayerPoint][] => {
            const answer = answered.get(code) ?? null;
            const { state, points } = scoreOneLeaf(scene, code, answer, false);
            return state === 'scored' ? [[code, { points, answer }]] : [];
          }),
        ),
      );
    const own = self(answers);
    expect(figure(own.total)).toBe('47');
    // A settled leaf says who settled it, and no longer what was measured there.
    const settled = ({ leaves, ...rest }: Scored) => ({
      ...rest,
      leaves: leaves.map(({ by: _, value: _measured, ...one }) => one),
    });
    expect(settled(own)).toEqual(settled(score(tree, answers, { facts, trace: false })));
    expect(layerTotal(self(new Map([['B1', { points: 7 }]])))).toEqual({
      ...{ total: null, from: '20', to: '50', unanswered: ['B2', 'B3', 'C'] },
    });
  });

  it('that judges takes nothing over by itself: data fill no leaf of it, and its range says what is open', () => {
    expect(layerTotal(scoreLayer(scene, new Map()))).toMatchObject({ total: null, from: '0', to: '60' });
    expect(scoreLayer(scene, new Map()).provisional!.unanswered).toEqual(['A1', 'A2', 'B1', 'B2', 'B3', 'C']);
    expect(layerTotal(scoreLayer(scene, given({ A1: 5, B1: 7 })))).toMatchObject({ from: '12', to: '52' });
  });

  it('is exact with a mean that has no last decimal', () => {
    expect(layerTotal(scoreLayer(scene, given(all))).total).toBe('139/3');
    expect(layerTotal(scoreLayer(scene, given({ ...all, B1: '20/3', B3: 8 }))).total).toBe('140/3');
  });

  it('whether a leaf applies is a fact, and the same in every layer; a reviewer may say it too', () => {
    const without = { ...scene, facts: factsOf({ '事实:甲': 50, '事实:丙': 0 }) };
    const { A2: _, ...rest } = all;
    const own = scoreLayer(without, given({ ...rest, B3: 8 }));
    // 39 of the 50 that apply, on the 60 of the whole.
    expect(own.provisional).toBeNull();
    expect(figure(own.total)).toBe('46.8');
    const said = new Map([
      ...given({ ...rest, B3: 8 }),
      ['A2', { points: null, answer: { notApplicable: true } } as LayerPoint],
    ]);
    expect(figure(scoreLayer(scene, said).total)).toBe('46.8');
  });

  it('concludes by the tables of the edition, also by the difference to another layer', () => {
    const prepared = smallEdition([indicatorOf('C1', null, 100, { method: judgement })], {
      ...{ max: 100 },
      downgrades: [{ code: 'D3', text: '自评偏高', when: 'layer(self)-layer(city)>=10', lookBackYears: 1 }],
      conclusions: [
        {
          name: '等次',
          rows: [row('优秀', 'total>=80', 'no downgrade'), row('其他')],
        },
      ],
    });
    const own: ScoreScene = { prepared, facts: factsOf(), context: {} };
    const city = scoreLayer(own, new Map([['C1', { points: exact(85), answer: null }]]));
    const named = (self: number) =>
      concludeLayer(own, city, { self: { total: exact(self), provisional: null }, city }).conclusions[0]!.name;
    expect([named(94), named(95)]).toEqual(['优秀', '其他']);
    expect(concludeLayer(own, scoreLayer(own, new Map())).conclusions[0]!.name).toBe('未定');
    // A self-evaluation that is still open decides where both its ends do.
    const open = (from: number, to: number) => {
      const self = { total: exact(from), provisional: { from: exact(from), to: exact(to), unanswered: ['C1'] } };
      return concludeLayer(own, city, { self, city }).conclusions[0]!;
    };
    expect([open(90, 94), open(96, 99), open(90, 99)].map(({ name }) => name)).toEqual(['优秀', '其他', '未定']);
    expect(open(90, 99).open).toContain('自评得分');
    expect(concludeLayer(own, city).conclusions[0]).toMatchObject({ name: '未定', open: ['自评得分', '市级得分'] });
  });

  it('is not concluded while nobody has said what its rules ask, where the conclusion hangs on it', () => {
    const rule = (code: string, when: string) => ({ code, text: code, when, lookBackYears: 1 });
    const prepared = smallEdition([{ code: 'C1', points: 100, method: judgement }], {
      ...{ max: 100, vetoes: [rule('V1', '事实:甲 > 0')], caps: [rule('L1', '事实:乙 > 0')] },
      conclusions: [
        {
          name: '等次',
          rows: [
            row('不合格', 'any veto'),
            row('优秀', 'total>=90', 'no cap'),
            row('合格', 'total>=60'),
            row('不合格'),
          ],
        },
      ],
    });
    const concluded = (points: number, known: Parameters<typeof factsOf>[0]) => {
      const own: ScoreScene = { prepared, facts: factsOf(known), context: {} };
      const { conclusions } = concludeLayer(
        own,
        scoreLayer(own, new Map([['C1', { points: exact(points), answer: null }]])),
      );
      return [conclusions[0]!.name, ...conclusions[0]!.open];
    };
    expect(concluded(95, {})).toEqual(['未定', '事实:甲', '事实:乙']);
    expect(concluded(95, { '事实:甲': 1 })).toEqual(['不合格']);
    expect(concluded(95, { '事实:甲': 0 })).toEqual(['未定', '事实:乙']);
    expect(concluded(70, { '事实:甲': 0 })).toEqual(['合格']);
    expect(concluded(95, { '事实:甲': missing('not-applicable'), '事实:乙': 1 })).toEqual(['合格']);
  });

  it('of an edition without points has no total and no ends, whatever is open', () => {
    const prepared = smallEdition([{ code: 'C1', points: 'none', method: { kind: 'yesNo', yes: 1, no: 0 } }], {
      max: null,
    });
    const own: ScoreScene = { prepared, facts: factsOf(), context: {} };
    expect(layerTotal(scoreLayer(own, new Map()))).toEqual({ total: null, from: null, to: null, unanswered: ['C1'] });
    const met = new Map([['C1', { points: null, answer: { met: true } } as LayerPoint]]);
    expect(layerTotal(scoreLayer(own, met))).toEqual({ total: null, from: null, to: null, unanswered: [] });
  });

  it('stored figures are read as they were written', () => {
    for (const text of ['0', '4.5', '22/3', '-2/7', '0.125']) expect(exactPointsText(readExactPoints(text))).toBe(text);
    expect(() => readExactPoints('1/0')).toThrow(RangeError);
    expect(() => readExactPoints('1/2/3')).toThrow(RangeError);
    expect(() => readExactPoints('a')).toThrow(RangeError);
  });

  it('is ranked only where the edition says so; equal totals share a place, open ones have none', () => {
    const totals = new Map([
      ['a', exact(80)],
      ['b', exact(90)],
      ['c', exact(80)],
      ['d', exact(70)],
      ['e', null],
    ]);
    expect(ranksOf(tree, totals)).toBeNull();
    const ranked = smallEdition([{ code: 'C1', points: 10 }], { flags: { rank: true } });
    expect(ranksOf(ranked, totals)!.map(({ subject, rank, of }) => `${subject} ${rank}/${of}`)).toEqual([
      'b 1/4',
      'a 2/4',
      'c 2/4',
      'd 4/4',
    ]);
  });

  it('an answer that does not fit, and a code that is no leaf, are refused', () => {
    expect(() => scoreOneLeaf(scene, 'B1', { points: 11 }, false)).toThrow('超过满分');
    expect(() => scoreOneLeaf(scene, 'B', null, false)).toThrow(RangeError);
    expect(scoreOneLeaf(scene, 'A1', null, true).steps.length).toBeGreaterThan(0);
  });
});

it('the reason of a mean says how it came about, and any other is what was written', () => {
  expect(settledReason('talk', false, '课表缺一次')).toBe('课表缺一次');
  expect(settledReason('one', true, '')).toBe('');
  expect(settledReason('mean', false, '甲的话')).toBe('几位评分人各自评分的平均');
  expect(settledReason('trimmed', false, '甲的话')).toBe('几位评分人各自评分，去掉最高分和最低分后的平均');
  expect(settledReason('mean', true, '甲的话')).toBe('几位评分人各自评定，结果一致');
});
