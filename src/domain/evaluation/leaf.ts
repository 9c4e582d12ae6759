import { type Actor, holds } from '../access/actor.ts';
import { ownHands } from '../access/signing.ts';
import type { Answer, Facts } from '../framework/answer.ts';
import type { Code, Edition, Indicator } from '../framework/edition.ts';
import { factKindOf, type NamedFacts, wordOfName } from '../framework/names.ts';
import { factsOfLeaf, factsOfNotes, isOwnResult, type ReadNames } from '../framework/questions/read-facts.ts';
import type { LeafResult, Prepared, PreparedLeaf } from '../framework/result.ts';
import { answerFaults } from '../framework/score/answer-check.ts';
import { exact } from '../kit/decimal.ts';
import { type Problem, problem } from '../kit/problem.ts';
import { isMissing } from '../kit/value.ts';
import type { EvaluationSubject } from './flow/subject.ts';
import { nextEvaluationState } from './flow.ts';
import { selfStandingTitles } from './kind.ts';
import { optionsWithReason, reasonWanted } from './reason-wanted.ts';

/** Who says what a leaf gets: a person of the subject, or data that the office holds. */
export type LeafOrigin = 'person' | 'data';

/**
 * Where a leaf comes from: data fill it where it has a formula, a survey or another evaluation, or where each of its
 * elements has a formula.
 */
export function leafOrigin({ indicator: { method }, formula, elementFormulas }: PreparedLeaf): LeafOrigin {
  if (formula !== null || method?.kind === 'survey' || method?.kind === 'result') return 'data';
  const byElements = method?.kind === 'elements' && elementFormulas.length > 0;
  return byElements && elementFormulas.every((one) => one !== null) ? 'data' : 'person';
}

/**
 * Whether a leaf is the panel's: it rests on something that the panel finds on its visit (随堂听课). The subject is neither asked
 * for it nor for its evidence.
 */
export function isOfPanel(
  { formula, elementFormulas }: Pick<PreparedLeaf, 'formula' | 'elementFormulas'>,
  { ofPanel }: Pick<NamedFacts, 'ofPanel'>,
): boolean {
  return [formula, ...elementFormulas].some((one) => one?.fields.some((name) => ofPanel.has(name)));
}

/** A leaf of an evaluation, as its subject has filled it. */
export interface EvaluationLeaf {
  readonly code: Code;
  readonly origin: LeafOrigin;
  /** Null: nobody has answered; of data leaves always. */
  readonly answer: Answer | null;
  readonly note: string;
  /** What is wrong with the data, in the subject's words; null where it objects to nothing. */
  readonly objection: string | null;
  /** Who answers it; null: everybody of the subject who may, or of the section. */
  readonly responsible: { readonly id: string; readonly name: string } | null;
  /** The section of the subject (科室) whose people answer it; null where it is given to none. */
  readonly section?: { readonly id: number; readonly name: string } | null;
  /** Counts every change of what is judged: answer, note, objection, figures and evidence. */
  readonly version: number;
}

/** What a leaf still lacks before the self-evaluation can be submitted, with the names of facts that somebody has to enter. */
export interface LeafLack {
  readonly code: Code;
  /** `answer`: nobody answered. `facts`: questions are open. `note`: it has to be said why it is so. */
  readonly lacks: 'answer' | 'facts' | 'note';
  readonly facts: readonly string[];
  readonly sentence: string;
}

/** How a leaf stands in the self-evaluation. */
export type LeafState = Pick<LeafResult, 'state'> & {
  /** Data have measured it, and its points wait for those of all subjects. */
  readonly waits?: boolean;
};

/**
 * What one leaf lacks, or null. A leaf of a person wants an answer that its method takes, with a reason where the edition asks
 * for one; who says that it does not apply says why.
 * A leaf of data wants its questions answered; where figures are not there yet that others gather (the office's own, a survey, an
 * evaluation held elsewhere), a note says so, and the leaf stays unknown: it is never counted as nothing. What the notes of a
 * document ask of the subject is asked of every leaf that has points.
 * @param result what the leaf gives in the layer of the self-evaluation
 */
export function leafLack(
  prepared: Prepared,
  leaf: PreparedLeaf,
  own: Pick<EvaluationLeaf, 'answer' | 'note'>,
  result: LeafState,
  facts: Facts,
): LeafLack | null {
  const { code, method } = leaf.indicator;
  const noted = own.note.trim() !== '';
  const lack = (lacks: LeafLack['lacks'], sentence: string, names: readonly string[] = []): LeafLack => ({
    ...{ code, lacks, facts: names, sentence },
  });
  const open = (read: ReadNames) => openIn(prepared, read, facts).filter((name) => wordOfName(name) === undefined);
  if (leafOrigin(leaf) === 'data' && result.state === 'unanswered' && result.waits !== true) {
    const asked = open(factsOfLeaf(prepared, leaf));
    if (asked.length > 0) {
      const years = method?.kind === 'years' ? '（含以前年度）' : '';
      return lack('facts', `还缺数据：${asked.map(bareName).join('、')}${years}，请在“要填的事实”中填写`, asked);
    }
    return noted ? null : lack('note', '已批准的数据中还没有所需的数，请在说明中写明情况');
  }
  if (leafOrigin(leaf) === 'person') {
    if (own.answer === null) {
      // Where facts say that it does not apply, nobody has to.
      return result.state === 'notApplicable' ? null : lack('answer', '还没有填写');
    }
    if (answerFaults(leaf.indicator, own.answer).length > 0) return lack('answer', '所填的内容不符合计分办法，请改正');
    if ('notApplicable' in own.answer && !noted) return lack('note', '选了“不适用”，请在说明中写明理由');
    if (result.state === 'unanswered' && !waitsForRound(leaf.indicator, own.answer))
      return lack('answer', '所填的内容还不足以计分，请补全');
    const points = 'points' in own.answer && own.answer.points !== undefined ? exact(own.answer.points) : null;
    const options = optionsWithReason(prepared.edition, leaf.indicator);
    const why = noted ? null : reasonWanted(leaf.indicator, options, own.answer, points);
    if (why !== null) return lack('note', `${why}，请在说明中写明理由`);
  }
  if (result.state !== 'scored') return null;
  const ofNotes = open(factsOfNotes(prepared, leaf));
  if (ofNotes.length === 0) return null;
  return lack('facts', `计分说明还要看：${ofNotes.map(bareName).join('、')}，请在“要填的事实”中填写`, ofNotes);
}

/**
 * Whether nothing is left to be filled in at a leaf, apart from what was sent back: it lacks nothing, its subject objects to its data, or
 * it is the panel's.
 * @param result what the leaf gives in the layer of the self-evaluation
 */
export function isFilledLeaf(
  prepared: Prepared,
  leaf: PreparedLeaf,
  own: Pick<EvaluationLeaf, 'answer' | 'note' | 'objection'>,
  result: LeafState,
  facts: Facts,
): boolean {
  if (isOfPanel(leaf, prepared.named) || own.objection !== null) return true;
  return leafLack(prepared, leaf, own, result, facts) === null;
}

/**
 * Whether an answer has said all that it can: the value of a leaf whose points come of the places of all subjects of the campaign. It
 * has no points until the values of all are there, and bars nobody meanwhile.
 */
export const waitsForRound = ({ method }: Indicator, answer: Answer | null): boolean =>
  method?.kind === 'relative' && answer !== null && 'value' in answer;

/** What all leaves of an evaluation lack, in the order of the edition; those of the panel lack nothing of the subject. */
export function lacksOf(
  prepared: Prepared,
  leaves: ReadonlyMap<Code, Pick<EvaluationLeaf, 'answer' | 'note'>>,
  results: ReadonlyMap<Code, LeafState>,
  facts: Facts,
): LeafLack[] {
  return prepared.leaves.flatMap((leaf) => {
    const { code } = leaf.indicator;
    if (isOfPanel(leaf, prepared.named)) return [];
    const own = leaves.get(code) ?? { answer: null, note: '' };
    return leafLack(prepared, leaf, own, results.get(code) ?? { state: 'unanswered' }, facts) ?? [];
  });
}

/** The questions of what is read that nobody has answered; of a series those of each year that it reads. */
function openIn(prepared: Prepared, read: ReadNames, facts: Facts): string[] {
  return [...read].flatMap(([name, years]) => {
    const { attributes, ofPanel } = prepared.named;
    if (factKindOf(name, attributes) !== 'asked' || ofPanel.has(name) || isOwnResult(prepared, name)) return [];
    const isOpen = Array.from({ length: years }, (_, yearsBack) => facts.read(name, yearsBack)).some(
      (fact) => isMissing(fact) && fact.missing !== 'not-applicable',
    );
    return isOpen ? [name] : [];
  });
}

/** `在园幼儿数` of `事实:在园幼儿数`. */
function bareName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** How a leaf stands in the tree of an evaluation. */
export type LeafStanding = 'open' | 'answered' | 'returned' | 'objected' | 'not-applicable' | 'unknown';

/** The standing of a leaf: what was sent back first, then an objection, then what it lacks or has. */
export function leafStanding(
  leaf: Pick<EvaluationLeaf, 'origin' | 'objection' | 'code'>,
  result: Pick<LeafResult, 'state'>,
  lack: LeafLack | null,
  returned: EvaluationSubject['returned'],
): LeafStanding {
  if (returned !== null && (returned.openParts === null || returned.openParts.includes(leaf.code))) return 'returned';
  if (leaf.objection !== null) return 'objected';
  if (lack !== null) return 'open';
  if (result.state === 'notApplicable') return 'not-applicable';
  return result.state === 'unanswered' ? 'unknown' : 'answered';
}

/**
 * Why this person may not write a leaf now, or null: the self-evaluation is open and his to fill, what was sent back in
 * part opens only these leaves, and a leaf that was given to a colleague or a section is theirs. Whoever confirms may write all.
 */
export function answerRefusal(
  subject: EvaluationSubject,
  leaf: Pick<EvaluationLeaf, 'code' | 'responsible' | 'section'>,
  actor: Actor,
): Problem | null {
  const { code, responsible, section = null } = leaf;
  if (subject.state === 'selfEvaluation' && subject.self !== 'open') {
    const why = `自评${selfStandingTitles[subject.self]}`;
    return problem('evaluation.leafLocked', { code, why, way: '需要改动的，请先撤回自评' });
  }
  const next = nextEvaluationState('answer', subject, actor);
  if (!next.ok) return next.problem;
  const open = subject.returned?.openParts ?? null;
  if (open !== null && !open.includes(code)) {
    return problem('evaluation.leafLocked', {
      ...{ code, why: `本次只退回补充 ${open.join('、')}` },
      way: '确需改动的，请联系督导机构一并退回',
    });
  }
  const given = responsible ?? section;
  if (given === null || isGivenTo(leaf, actor) || holds(actor, 'evaluation.confirm')) return null;
  return problem('evaluation.leafNotYours', { code, whose: given.name });
}

/** Whether a leaf was given to this person, or to the section in which the person works. */
export function isGivenTo(
  { responsible, section = null }: Pick<EvaluationLeaf, 'responsible' | 'section'>,
  actor: Actor,
) {
  if (responsible !== null) return ownHands(actor).includes(responsible.id);
  return section !== null && actor.sectionId === section.id;
}

/** Why an answer or an objection does not fit where the leaf comes from, or null: data are objected to and not typed over. */
export function originRefusal(
  { code, origin }: Pick<EvaluationLeaf, 'code' | 'origin'>,
  what: 'answer' | 'objection',
): Problem | null {
  if (what === 'answer' && origin === 'data') return problem('evaluation.leafFromData', { code });
  return what === 'objection' && origin === 'person' ? problem('evaluation.leafFromPerson', { code }) : null;
}

/** The leaves that a return names and the edition does not have; null where it returns the whole or all are known. */
export function returnRefusal(prepared: Prepared, codes: readonly Code[] | null): Problem | null {
  const known = new Set(prepared.leaves.map(({ indicator }) => indicator.code));
  const unknown = (codes ?? []).filter((code) => !known.has(code));
  return unknown.length === 0 ? null : problem('evaluation.returnUnknown', { codes: unknown });
}

/** A score as it is about to be given. */
export interface GivenScore {
  /** Null: what data give at the leaf. */
  readonly answer: Answer | null;
  readonly reason: string;
  readonly leafVersion: number;
  /** What the answer gives. */
  readonly result: Pick<LeafResult, 'state' | 'points'>;
}

/**
 * Why a reviewer's score is not taken, or null: his seat covers the leaf, he has judged what stands there now, the answer
 * fits the method and says the points, and a reason is given where the edition asks for one (`reasonWanted`). There is no default verdict.
 * @param covers whether a seat of his covers the leaf (`seatCovers`); in the layer of a county everybody of it does
 * @throws nothing; answers that do not fit are Problem `framework.answersInvalid`
 */
export function scoreRefusal(
  edition: Pick<Edition, 'flags'>,
  prepared: PreparedLeaf,
  leaf: Pick<EvaluationLeaf, 'version'>,
  { answer, reason, leafVersion, result }: GivenScore,
  covers: boolean,
): Problem | null {
  const { indicator } = prepared;
  const { code } = indicator;
  // There is no default verdict: what a person has to judge no data give.
  if (answer === null && leafOrigin(prepared) === 'person') return problem('evaluation.pointsOpen', { code });
  if (!covers) return problem('evaluation.notOnPanel', { code });
  if (leafVersion !== leaf.version) return problem('evaluation.leafMoved', { code });
  const faults = answer === null ? [] : answerFaults(indicator, answer);
  if (faults.length > 0) {
    return problem('framework.answersInvalid', {
      issues: faults.map((message) => ({ path: `answers.${code}`, code, message })),
    });
  }
  if (result.state === 'unanswered' && !waitsForRound(indicator, answer))
    return problem('evaluation.pointsOpen', { code });
  if (answer === null || reason.trim() !== '') return null;
  const why = reasonWanted(indicator, optionsWithReason(edition, indicator), answer, result.points);
  return why === null ? null : problem('evaluation.scoreReason', { code, why });
}
