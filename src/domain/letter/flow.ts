import { type Actor, holds, signatureOf } from '#domain/access/actor.ts';
import { ownHands, type SignedStep, signingRefusal } from '#domain/access/signing.ts';
import { type Flow, type Next, next, permitted, type Transition } from '#domain/flow/flow.ts';
import { stepTitles, undoAction } from '#domain/flow/undo.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { type LetterState, letterStateTitles, openLetterStates } from './state.ts';

export const letterActions = [
  'edit',
  'submit',
  'check',
  'sign',
  'cosign',
  'issue',
  'return',
  'withdraw',
  'cancel',
  'dropCosigner',
  'attach',
] as const;
export type LetterAction = (typeof letterActions)[number];

/** The acts that leave a step; attaching files leaves none. */
export type LetterStepAction = Exclude<LetterAction, 'attach'>;

export const letterActionTitles: Readonly<Record<LetterAction, string>> = {
  edit: '修改',
  submit: '送审',
  check: '审核通过',
  sign: '签发',
  cosign: '会签',
  issue: '编号印发',
  return: '退回修改',
  withdraw: '撤回',
  cancel: '作废',
  dropCosigner: '免去会签',
  attach: '增减附件',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...letterActionTitles,
  [undoAction]: '撤销',
  drafted: '拟稿',
  wanted: '由业务转来拟稿',
  workPassed: '移交经办',
  // Until November 2026 the same step had these names.
  personChanged: '移交经办',
  handedOver: '移交经办',
};

/** The title of a step by the act that it holds; an act that is not known any more is shown by its stored name. */
export function letterStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}

/** The titles of steps in their order; one that takes the step before it back says which. */
export function letterStepTitles(actions: readonly string[]): string[] {
  return stepTitles(actions, letterStepTitle);
}

/** The acts that can be taken back for ten seconds: a judgement that nobody outside the office was told of. */
export const undoableLetterActions = ['check', 'return'] as const satisfies readonly LetterStepAction[];
export type UndoableLetterAction = (typeof undoableLetterActions)[number];

/** Who opens a 机关代字: the roles that may, by name, and whether this person does. */
export interface SeriesHelpers {
  readonly managedBy: readonly string[];
  readonly own: boolean;
}

/** The unit that signs a letter beside the one that writes it (会签), and how far that is. */
export interface Cosigner {
  readonly unitId: number;
  readonly unitName: string;
  /** Waited for, given, or taken out with a reason. */
  readonly standing: 'waiting' | 'signed' | 'dropped';
}

/** What the flow asks of a letter. */
export interface LetterSubject {
  readonly state: LetterState;
  /** The unit that writes it. */
  readonly placeId: number;
  readonly hasSeries: boolean;
  /** Who opens one, where that was asked: for the refusal of a letter without. */
  readonly helpers?: SeriesHelpers | undefined;
  readonly onPaper: boolean;
  /** Null where one unit writes it alone. */
  readonly cosigner: Cosigner | null;
}

type Line = Transition<LetterState, LetterAction, LetterSubject, Actor>;
type Relation = Line['by'];

/** A letter belongs to the unit that writes it: the city reads those of its counties and writes none of them. */
const own = ({ placeId }: Pick<LetterSubject, 'placeId'>, actor: Actor) =>
  actor.unitId === placeId && (actor.level === 'city' || actor.level === 'county');
const drafts: Relation = (letter, actor) => own(letter, actor) && holds(actor, 'letter.draft');
const checks = (letter: Pick<LetterSubject, 'placeId'>, actor: Actor) =>
  own(letter, actor) && holds(actor, 'letter.check');
const signs = (letter: Pick<LetterSubject, 'placeId'>, actor: Actor) =>
  own(letter, actor) && holds(actor, 'letter.sign');
const issues: Relation = (letter, actor) => own(letter, actor) && holds(actor, 'letter.issue');

/** A partner is a section of the unit that writes, whose posts sign for it, or the unit itself where a section leads. */
const cosigns: Relation = (letter, actor) =>
  checks(letter, actor) && letter.cosigner?.unitId === (actor.sectionId ?? actor.unitId);

const manages: Relation = (letter, actor) => own(letter, actor) && holds(actor, 'letter.manage');

/** Whoever decides next sends it back, and whoever drafts takes it back to change it. */
const returns: Relation = (letter, actor) => {
  if (letter.state === 'submitted') return checks(letter, actor);
  return letter.state === 'checked' ? signs(letter, actor) : issues(letter, actor) || signs(letter, actor);
};

const seriesGuard = ({ hasSeries, helpers }: LetterSubject): Problem[] =>
  hasSeries ? [] : [problem('letter.noSeries', helpers ?? null)];

const isWaiting = ({ cosigner }: LetterSubject) => cosigner?.standing === 'waiting';
const cosignedGuard = (letter: LetterSubject): Problem[] =>
  isWaiting(letter) ? [problem('letter.notCosigned', { unit: letter.cosigner?.unitName ?? '' })] : [];
const waitingGuard = (letter: LetterSubject): Problem[] =>
  isWaiting(letter) ? [] : [problem('letter.nothingToCosign')];

const lines: readonly Line[] = [
  // A change after it was judged is judged anew, so it leads back to the draft.
  ...openLetterStates.map((from): Line => ({ from, action: 'edit', to: 'draft', by: drafts })),
  { from: 'draft', action: 'attach', to: 'draft', by: drafts },
  { from: 'draft', action: 'submit', to: 'submitted', by: drafts, guard: seriesGuard },
  { from: 'submitted', action: 'check', to: 'checked', by: checks },
  { from: 'checked', action: 'sign', to: 'signed', by: signs },
  // The partner signs a text that was checked; what is changed after that is signed anew.
  ...(['checked', 'signed'] as const).map(
    (from): Line => ({ from, action: 'cosign', to: from, by: cosigns, guard: waitingGuard }),
  ),
  ...openLetterStates.map((from): Line => ({ from, action: 'dropCosigner', to: from, by: signs, guard: waitingGuard })),
  { from: 'signed', action: 'issue', to: 'issued', by: issues, guard: cosignedGuard },
  ...(['submitted', 'checked', 'signed'] as const).map(
    (from): Line => ({ from, action: 'return', to: 'draft', by: returns }),
  ),
  ...openLetterStates.map((from): Line => ({ from, action: 'cancel', to: 'cancelled', by: drafts })),
  // The row of one on paper is voided: it keeps its number, and says why.
  {
    from: 'issued',
    action: 'withdraw',
    to: 'withdrawn',
    by: (letter, actor) => (letter.onPaper ? manages : issues)(letter, actor),
  },
];

/**
 * 公文办理 (党政机关公文处理工作条例, 中办发〔2012〕14 号, 第十九至二十五条: 起草、审核、签发、登记编号、印制): a letter is
 * drafted, checked, signed by whoever is responsible, and then numbered and issued. A number that was given stays with its
 * letter, also after it was withdrawn.
 */
export const letterFlow: Flow<LetterState, LetterAction, LetterSubject, Actor> = {
  actions: letterActions,
  transitions: lines,
  refuse(action, { state }, _actor, reason) {
    const what = '份公文';
    const title = letterActionTitles[action];
    const whose = action === 'cosign' ? '会签单位有审核权限的岗位' : '发文单位有此权限的岗位';
    if (reason === 'actor') return problem('flow.notYours', { what, action: title, whose });
    return problem('flow.notInState', { what, action: title, state: letterStateTitles[state] });
  },
};

/** The state to which the act of this person leads, or why it is refused. */
export function nextLetterState(action: LetterAction, subject: LetterSubject, actor: Actor): Next<LetterState> {
  return next(letterFlow, action, subject, actor);
}

/** What this person may do now. Sending is shown without a series, and says what is missing. */
export function permittedLetterActs(subject: LetterSubject, actor: Actor): Record<LetterAction, boolean> {
  return permitted(letterFlow, subject, actor, ['submit']);
}

/** The acts that sign, each with those of which it wants another hand. */
const signedBefore: Partial<Record<LetterStepAction, readonly LetterStepAction[]>> = {
  check: ['submit'],
  sign: ['submit', 'cosign'],
  cosign: ['submit', 'sign'],
  issue: ['sign'],
};

/**
 * Which acts sign a letter: whoever sent it neither checks nor signs it. Whoever checked it may sign it, because an office of
 * two has nobody else; whoever signed does not number it, and whoever sent it may: numbering judges nothing. Two units sign by
 * two people: whoever signs for the partner neither sent nor signed it for the lead. A letter that goes back is judged anew.
 * @param action the act that is about to be done
 */
export function letterSigning(action: LetterStepAction): {
  readonly signs: readonly LetterStepAction[];
  readonly returns: readonly LetterStepAction[];
  readonly judging: readonly LetterStepAction[];
} | null {
  const before = signedBefore[action];
  return before === undefined ? null : { signs: [...before, action], returns: ['return', 'edit'], judging: [action] };
}

/** Whether an act judges the text, so that none of its writers may do it: a letter is checked and signed by others. */
export function judgesText(action: LetterStepAction): boolean {
  return action === 'check' || action === 'sign' || action === 'cosign';
}

/**
 * Why this person may not judge the text, or null. Who wrote any of it stays its writer, also after it was sent back; for
 * a stand-in the colleague counts too. A letter that another feature wanted has no writer until somebody edits it.
 * @param writtenBy whoever wrote or edited the text
 */
export function writerRefusal(
  action: LetterStepAction,
  { writtenBy }: { readonly writtenBy: readonly string[] },
  actor: Pick<Actor, 'userId' | 'name' | 'principal'>,
): Problem | null {
  if (!judgesText(action) || !ownHands(actor).some((hand) => writtenBy.includes(hand))) return null;
  return problem('letter.ownText', {
    name: signatureOf(actor),
    action: letterActionTitles[action],
  });
}

const judgements = { check: [checks, '审核'], sign: [signs, '签发'] } as const;

/** The judgements that this person could still give and loses by a change of the text, as the screen says them. */
export function judgementsLost(
  letter: Pick<LetterSubject, 'placeId'> & { readonly writtenBy: readonly string[] },
  actor: Actor,
): string[] {
  return (['check', 'sign'] as const).flatMap((action) => {
    const [may, word] = judgements[action];
    return may(letter, actor) && writerRefusal(action, letter, actor) === null ? [word] : [];
  });
}

/** Why this person may not do an act that judges or numbers a letter, although the post may: the own hand was in it before. */
export function handRefusal(
  action: LetterStepAction,
  letter: { readonly writtenBy: readonly string[] },
  signed: readonly SignedStep[],
  actor: Pick<Actor, 'userId' | 'name' | 'role' | 'post' | 'principal'>,
): Problem | null {
  const signing = letterSigning(action);
  if (signing === null) return null;
  return writerRefusal(action, letter, actor) ?? signingRefusal(signed, actor, action, signing);
}
