import { describe, expect, it } from 'vitest';
import type { Actor } from '../access/actor.ts';
import { initialRolePermissions, type RoleKey } from '../access/permissions.ts';
import { type SignedStep, signingRefusal } from '../access/signing.ts';
import { evaluationStepTitle } from './flow/action-titles.ts';
import { evaluationSigning } from './flow/signing.ts';
import type { EvaluationSubject } from './flow/subject.ts';
import { evaluationFlow, evaluationObstacles, nextEvaluationState, permittedEvaluationActs } from './flow.ts';
import { kindOf, stateAfter, stepsFor } from './kind.ts';
import type { EvaluationAction } from './lists.ts';
import { type EvaluationState, evaluationKinds, evaluationSteps } from './lists.ts';

const actor = (role: RoleKey, where: Partial<Actor> = {}): Actor => ({
  ...{ userId: role, username: role, name: role, role, level: 'city', unitId: 1, schoolId: null, sectionId: null },
  ...{ permissions: new Set(initialRolePermissions[role]), principal: null, tokenId: null },
  post: { grantId: role, standInId: null },
  ...where,
});
const city = actor('city-officer');
const county = { level: 'county', unitId: 11 } as const;
const director = actor('county-director', county);
const clerk = actor('county-officer', county);
const school = { level: 'school', unitId: 11, schoolId: 101 } as const;
const head = actor('school-head', school);
const schoolClerk = actor('school-clerk', school);
const expert = actor('expert', { level: 'campaign', unitId: null });

const about = (given: Partial<EvaluationSubject> = {}): EvaluationSubject => ({
  ...{ kind: 'county-inspection', state: 'selfEvaluation', placeId: 11, schoolId: null, managedBy: 'county' },
  ...{ self: 'open', returned: null, accounts: { answers: true, confirms: true } },
  ...{ incomplete: [], unsettled: [], talks: [], panelLacks: [], seat: null, ownSide: false },
  ...{ opinionLacks: [], conclusionMoved: [], quotaWaits: [] },
  ...{ statements: { dueOn: '2025-10-20', waived: false, made: 0, unanswered: 0 } },
  ...{ noticeIssued: true, opinionLetterIssued: true, ledger: { raised: 0, settled: 0 } },
  ...{ reasoned: true, today: '2025-10-15' },
  ...given,
});
const ofSchool = (given: Partial<EvaluationSubject> = {}) =>
  about({ kind: 'school-evaluation', schoolId: 101, ...given });

const led = (subject: EvaluationSubject, action: EvaluationAction, by: Actor) => {
  const found = nextEvaluationState(action, subject, by);
  return found.ok ? found.to : found.problem.code;
};
const said = (subject: EvaluationSubject, action: EvaluationAction, by: Actor) => {
  const found = nextEvaluationState(action, subject, by);
  return found.ok ? '' : found.problem.message;
};
const at = (state: EvaluationState, given: Partial<EvaluationSubject> = {}) => about({ state, ...given });

describe('the way of an evaluation', () => {
  it('of a county: notice, self-evaluation, reviews, opinion, statement, letter, result, rectification, end', () => {
    const way: [EvaluationState, EvaluationAction, Partial<EvaluationSubject>][] = [
      ['notice', 'moveOn', {}],
      ['selfEvaluation', 'receive', { self: 'confirmed' }],
      ['materialReview', 'moveOn', {}],
      ['siteVisit', 'moveOn', {}],
      ['preliminaryOpinion', 'release', {}],
      ['statement', 'issueOpinion', { today: '2025-10-21' }],
      ['opinionLetter', 'submitResult', {}],
      ['confirmation', 'confirmResult', {}],
      ['rectification', 'finish', {}],
    ];
    const states = way.map(([state, action, given]) => led(at(state, given), action, city));
    expect(states).toEqual([...way.slice(1).map(([state]) => state), 'closed']);
    expect(way.map(([state]) => state)).toEqual(kindOf('county-inspection').steps.map(({ step }) => step));
    expect(way.map(([, action]) => action)).toEqual(
      kindOf('county-inspection').steps.map(({ opensNext }) => opensNext),
    );
  });

  it('of a school has the review by its county after the self-evaluation, and none where the city runs it', () => {
    const handed = ofSchool({ self: 'confirmed' });
    expect(led(handed, 'receive', clerk)).toBe('countyReview');
    expect(led(ofSchool({ state: 'countyReview' }), 'moveOn', clerk)).toBe('materialReview');
    expect(led(ofSchool({ self: 'confirmed', managedBy: 'city' }), 'receive', city)).toBe('materialReview');
    expect(led(ofSchool({ self: 'confirmed', managedBy: 'city' }), 'receive', clerk)).toBe('flow.notYours');
  });

  it('knows every step of every kind, and each way leads to its end', () => {
    for (const kind of evaluationKinds) {
      for (const managedBy of ['county', 'city'] as const) {
        const steps = stepsFor(kind, managedBy);
        for (const { step } of steps) {
          expect(evaluationSteps).toContain(step);
          expect(evaluationFlow.transitions.some((line) => line.from === step && line.to !== step)).toBe(true);
        }
        expect(stateAfter(kind, steps.at(-1)!.step, managedBy)).toBe('closed');
      }
    }
  });

  it('ends for good: nothing leads out of what is closed or cancelled', () => {
    for (const state of ['closed', 'cancelled'] as const) {
      const can = permittedEvaluationActs(at(state), city);
      expect(Object.values(can)).not.toContain(true);
    }
  });
});

describe('a self-evaluation', () => {
  it('is submitted only when complete, and says which leaves lack something and where', () => {
    const lacking = about({ incomplete: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] });
    expect(led(lacking, 'submit', clerk)).toBe('evaluation.leavesIncomplete');
    expect(said(lacking, 'submit', clerk)).toBe(
      '指标 C1、C2、C3、C4、C5 等 6 项没有填完，全部填完才能提交：请在“自评”中补填，不适用的请选“不适用”。',
    );
    expect(permittedEvaluationActs(lacking, clerk).submit).toBe(true);
    expect(evaluationObstacles('submit', lacking, clerk)).toHaveLength(1);
    expect(led(about(), 'submit', clerk)).toBe('selfEvaluation');
  });

  it('is confirmed by its leader, who may send it back by taking it back; nobody fills it meanwhile', () => {
    const handed = about({ self: 'submitted' });
    expect(led(handed, 'confirmSelf', director)).toBe('selfEvaluation');
    expect(led(handed, 'confirmSelf', clerk)).toBe('flow.notYours');
    expect(said(handed, 'confirmSelf', clerk)).toContain('本县（市、区）督导机构负责人');
    expect(led(handed, 'answer', clerk)).toBe('evaluation.selfWaits');
    expect(led(handed, 'takeBack', clerk)).toBe('selfEvaluation');
    expect(led(about({ self: 'confirmed' }), 'takeBack', clerk)).toBe('flow.notYours');
    expect(led(about({ self: 'confirmed' }), 'takeBack', director)).toBe('selfEvaluation');
    expect(led(about(), 'confirmSelf', director)).toBe('evaluation.selfWaits');
  });

  it('is not taken on before its leader has confirmed it', () => {
    const handed = about({ self: 'submitted' });
    expect(led(handed, 'moveOn', city)).toBe('evaluation.selfNotConfirmed');
    expect(led(handed, 'receive', city)).toBe('evaluation.selfWaits');
    expect(led(about({ self: 'confirmed' }), 'moveOn', city)).toBe('materialReview');
  });

  it('never has one hand that submits and confirms, not even in another post; a return begins anew', () => {
    const signed = (...actions: string[]): SignedStep[] =>
      actions.map((action) => ({
        ...{ action, personId: 'one', personName: '甲', principalId: null, principalName: null },
        ...{ postId: 'p', role: 'county-director' },
      }));
    const refusal = (action: 'confirmSelf' | 'receive' | 'confirmResult', steps: SignedStep[], userId = 'one') =>
      signingRefusal(steps, { ...director, userId, post: null }, action, evaluationSigning(action)!)?.code;
    expect(refusal('confirmSelf', signed('submit'))).toBe('access.sameHand');
    expect(refusal('confirmSelf', signed('submit'), 'other')).toBeUndefined();
    expect(refusal('confirmSelf', signed('submit', 'return'))).toBeUndefined();
    expect(refusal('receive', signed('submit'))).toBe('access.sameHand');
    expect(refusal('confirmResult', signed('submitResult'))).toBe('access.sameHand');
    expect(refusal('confirmResult', signed('submitResult', 'returnResult'))).toBeUndefined();
    expect(evaluationSigning('submit')).toBeNull();
  });

  it('of a school is done by the level that runs it where nobody of the school can, and only there', () => {
    const nobody = ofSchool({ accounts: { answers: false, confirms: false } });
    expect(led(nobody, 'submit', clerk)).toBe('selfEvaluation');
    expect(led(ofSchool(), 'submit', clerk)).toBe('flow.notYours');
    expect(led(ofSchool(), 'submit', schoolClerk)).toBe('selfEvaluation');
    expect(led(ofSchool({ self: 'submitted' }), 'confirmSelf', head)).toBe('selfEvaluation');
    expect(led({ ...nobody, managedBy: 'city' }, 'submit', clerk)).toBe('flow.notYours');
    expect(led({ ...nobody, managedBy: 'city' }, 'submit', city)).toBe('selfEvaluation');
    const handed: EvaluationSubject = { ...nobody, self: 'submitted' };
    expect([led(handed, 'confirmSelf', clerk), led(handed, 'confirmSelf', director)]).toEqual([
      ...['flow.notYours', 'selfEvaluation'],
    ]);
    expect(led({ ...handed, managedBy: 'city' }, 'confirmSelf', city)).toBe('selfEvaluation');
    expect(led(ofSchool({ schoolId: 102 }), 'submit', schoolClerk)).toBe('flow.notYours');
  });
});

describe('a return for supplement', () => {
  it('leads from each review back to the self-evaluation, and always says why', () => {
    for (const state of ['materialReview', 'siteVisit'] as const) {
      expect(led(at(state), 'return', city)).toBe('selfEvaluation');
      expect(led(at(state, { reasoned: false }), 'return', city)).toBe('evaluation.returnReason');
    }
    expect(led(ofSchool({ state: 'countyReview' }), 'return', clerk)).toBe('selfEvaluation');
    expect(led(about({ self: 'confirmed' }), 'return', city)).toBe('selfEvaluation');
    expect(led(at('preliminaryOpinion'), 'return', city)).toBe('flow.notInState');
  });

  it('of some leaves can be widened while the subject works on it, one of the whole cannot', () => {
    const some = { openParts: ['C1'], reason: '补充会议纪要' };
    expect(led(about({ returned: some }), 'return', city)).toBe('selfEvaluation');
    expect(led(about({ returned: { ...some, openParts: null } }), 'return', city)).toBe('evaluation.selfWaits');
    expect(led(about(), 'return', city)).toBe('evaluation.selfWaits');
  });
});

describe('the panel', () => {
  it('judges by a seat and not by a post: nobody scores without one', () => {
    expect(led(at('materialReview', { seat: 'member' }), 'score', city)).toBe('materialReview');
    expect(led(at('materialReview'), 'score', city)).toBe('flow.notYours');
    expect(led(at('siteVisit', { seat: 'expert' }), 'score', expert)).toBe('siteVisit');
    expect(led(at('siteVisit', { seat: 'member' }), 'score', director)).toBe('flow.notYours');
    expect(led(at('statement', { seat: 'member' }), 'score', city)).toBe('flow.notInState');
  });

  it('a county judges schools in its own step, and never itself', () => {
    expect(led(ofSchool({ state: 'countyReview' }), 'score', clerk)).toBe('countyReview');
    expect(led(ofSchool({ state: 'countyReview', placeId: 12 }), 'score', clerk)).toBe('flow.notYours');
    expect(led(at('countyReview'), 'score', clerk)).toBe('flow.notInState');
  });

  it('a section sends nothing back and takes nothing in; the leader of the panel does', () => {
    const section = actor('section-officer');
    expect(led(at('siteVisit', { seat: 'section' }), 'return', section)).toBe('flow.notYours');
    expect(led(about({ self: 'confirmed' }), 'receive', section)).toBe('flow.notYours');
    expect(led(at('siteVisit', { seat: 'leader' }), 'return', expert)).toBe('selfEvaluation');
  });

  it('a talk is opened and settled by the leader of the panel or by the office', () => {
    for (const action of ['openTalk', 'settle'] as const) {
      expect(led(at('siteVisit', { seat: 'leader' }), action, expert)).toBe('siteVisit');
      expect(led(at('siteVisit', { seat: 'member' }), action, expert)).toBe('flow.notYours');
      expect(led(at('siteVisit'), action, city)).toBe('siteVisit');
    }
    expect(led(at('statement'), 'settle', city)).toBe('statement');
  });

  it('a visit begins with a complete panel and ends with settled leaves', () => {
    const lacks = { panelLacks: ['督学只有 2 名，至少 3 名'] };
    expect(led(at('materialReview', lacks), 'moveOn', city)).toBe('evaluation.panelLacks');
    expect(led(at('siteVisit', lacks), 'moveOn', city)).toBe('evaluation.panelLacks');
    expect(led(at('siteVisit', { unsettled: ['C1'] }), 'moveOn', city)).toBe('evaluation.notSettled');
    expect(led(at('siteVisit', { talks: ['C1'], unsettled: ['C1'] }), 'moveOn', city)).toBe('evaluation.talksOpen');
    expect(led(ofSchool({ state: 'countyReview', unsettled: ['C1'] }), 'moveOn', clerk)).toBe('evaluation.notSettled');
  });
});

describe('《教育督导条例》第十七条、第二十条至第二十二条', () => {
  it('written notice comes before the self-evaluation, or a reason says how it was given', () => {
    expect(led(at('notice', { noticeIssued: false, reasoned: false }), 'moveOn', city)).toBe(
      'evaluation.noticeNotIssued',
    );
    expect(led(at('notice', { noticeIssued: false }), 'moveOn', city)).toBe('selfEvaluation');
  });

  it('the opinion waits until the statement was heard: its last day has passed, or the subject has nothing to state', () => {
    const statements = { dueOn: '2025-10-20', waived: false, made: 0, unanswered: 0 };
    const on = (today: string, change: object = {}) =>
      led(at('statement', { today, statements: { ...statements, ...change } }), 'issueOpinion', city);
    expect(on('2025-10-20')).toBe('evaluation.statementRunning');
    expect(on('2025-10-21')).toBe('opinionLetter');
    expect(on('2025-10-15', { waived: true })).toBe('opinionLetter');
    expect(on('2025-10-21', { dueOn: null })).toBe('evaluation.statementRunning');
    expect(on('2025-10-21', { made: 2, unanswered: 1 })).toBe('evaluation.statementsUnanswered');
  });

  it('the subject states its case until the last day, and not after it said that it has nothing to state', () => {
    const statements = { dueOn: '2025-10-20', waived: false, made: 0, unanswered: 0 };
    expect(led(at('statement', { today: '2025-10-20' }), 'state', clerk)).toBe('statement');
    expect(led(at('statement', { today: '2025-10-21' }), 'state', clerk)).toBe('evaluation.statementOver');
    expect(led(at('statement', { statements: { ...statements, waived: true } }), 'state', clerk)).toBe(
      'evaluation.statementWaived',
    );
    expect(led(at('statement'), 'waiveStatement', clerk)).toBe('flow.notYours');
    expect(led(at('statement'), 'waiveStatement', director)).toBe('statement');
    expect(
      led(at('statement', { statements: { ...statements, made: 1, unanswered: 1 } }), 'answerStatement', city),
    ).toBe('statement');
    expect(led(at('statement'), 'answerStatement', city)).toBe('flow.notInState');
  });

  it('what is concluded otherwise than it was fed back goes no further: it is fed back anew, and heard again', () => {
    const moved = { conclusionMoved: ['“等次”反馈时为“优秀”，现为“合格”'], today: '2025-10-21' };
    for (const [state, action] of [
      ['statement', 'issueOpinion'],
      ['opinionLetter', 'submitResult'],
      ['confirmation', 'confirmResult'],
    ] as const) {
      expect(led(at(state, moved), action, city)).toBe('evaluation.conclusionMoved');
    }
    expect(said(at('confirmation', moved), 'confirmResult', city)).toContain('请先退回结果，再在“结论”中重新反馈');
    expect(led(at('opinionLetter', moved), 'releaseAgain', city)).toBe('statement');
    expect(led(at('statement', moved), 'releaseAgain', city)).toBe('statement');
    expect(led(at('statement'), 'releaseAgain', city)).toBe('evaluation.conclusionStands');
    expect(led(at('statement', moved), 'releaseAgain', director)).toBe('flow.notYours');
  });

  it('a grade with a quota waits for those that are still heard', () => {
    const waiting = at('confirmation', { quotaWaits: ['第二小学'] });
    expect(led(waiting, 'confirmResult', city)).toBe('evaluation.quotaWaits');
    expect(said(waiting, 'confirmResult', city)).toContain('第二小学的初步意见还没有反馈、申辩还没有办结');
  });

  it('the result comes after the letter, and a second hand may send it back with a reason', () => {
    expect(led(at('opinionLetter', { opinionLetterIssued: false }), 'submitResult', city)).toBe(
      'evaluation.letterNotIssued',
    );
    expect(
      led(at('confirmation', { opinionLacks: [{ code: 'advice', sentence: '没有写“建议”' }] }), 'confirmResult', city),
    ).toBe('evaluation.opinionLacks');
    expect(led(at('confirmation'), 'returnResult', city)).toBe('opinionLetter');
    expect(led(at('confirmation', { reasoned: false }), 'returnResult', city)).toBe('evaluation.returnReason');
  });

  it('an opinion is written where it lacks words, and nothing is to be written where the others are waited for', () => {
    const words = { code: 'advice', sentence: '没有写“建议”' };
    const others = { code: 'conclusion:等次', sentence: '“等次”未定' };
    const told = (...opinionLacks: (typeof words)[]) =>
      said(at('confirmation', { opinionLacks }), 'confirmResult', city);
    expect(told(others, words)).toContain('没有写“建议”。请在“结论”的“意见和问题”中补写');
    expect(told(others)).toBe('评定结果还没有定，不能确认结果：“等次”未定。');
  });

  it('it ends when its findings are settled in the ledger, or a reason says why before', () => {
    const ledger = { raised: 3, settled: 2 };
    expect(led(at('rectification', { ledger, reasoned: false }), 'finish', city)).toBe('evaluation.findingsOpen');
    expect(led(at('rectification', { ledger }), 'finish', city)).toBe('closed');
    expect(led(at('rectification', { ledger: { raised: 3, settled: 3 }, reasoned: false }), 'finish', city)).toBe(
      'closed',
    );
    expect(led(at('rectification', { ledger }), 'close', city)).toBe('evaluation.hasFindings');
    expect(led(at('rectification'), 'close', city)).toBe('closed');
  });
});

it('can be cancelled until its result is confirmed, by the office alone', () => {
  for (const { step } of kindOf('school-evaluation').steps) {
    const wanted = step === 'rectification' ? 'flow.notInState' : 'cancelled';
    expect(led(ofSchool({ state: step }), 'cancel', city)).toBe(wanted);
    if (step !== 'rectification') expect(led(ofSchool({ state: step }), 'cancel', director)).toBe('flow.notYours');
  }
});

it('whoever belongs to the subject or signed for it judges it in no post, and is told so', () => {
  const both = { ownSide: true, self: 'confirmed' } as const;
  const acts: [EvaluationState, EvaluationAction, Actor][] = [
    ['selfEvaluation', 'receive', city],
    ['siteVisit', 'score', expert],
    ['siteVisit', 'conclude', city],
    ['preliminaryOpinion', 'release', city],
    ['statement', 'settle', city],
    ['statement', 'answerStatement', city],
    ['confirmation', 'confirmResult', city],
  ];
  const given = { seat: 'leader', statements: { ...about().statements, made: 1, unanswered: 1 } } as const;
  for (const [state, action, by] of acts) {
    expect(led(at(state, { ...given, self: 'confirmed' }), action, by)).not.toMatch(/^(flow|evaluation)\./);
    expect(led(at(state, { ...given, ...both }), action, by)).toBe('evaluation.ownSide');
  }
  const review = ofSchool({ state: 'countyReview', ...both });
  expect(led(review, 'score', director)).toBe('evaluation.ownSide');
  expect(led(review, 'score', head)).toBe('flow.notYours');
  expect(led(at('selfEvaluation', { ownSide: true }), 'submit', clerk)).toBe('selfEvaluation');
});

it('an act that is not known any more is shown by its stored name', () => {
  expect([evaluationStepTitle('submit'), evaluationStepTitle('extended'), evaluationStepTitle('old')]).toEqual([
    '提交自评',
    '延期',
    'old',
  ]);
});
