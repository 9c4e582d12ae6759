import { evaluationStateTitles, stepOf, stepText } from '#domain/evaluation/kind.ts';
import type { EvaluationState, ResemblanceKind } from '#domain/evaluation/lists.ts';
import { differenceText, figureText } from '#web/shared/framework/indicator.words.ts';
import { choices } from '#web/shared/words/choices.ts';
import type { waitingKinds } from './evaluation.search.ts';
import type { Evaluation, Opinion, TreeNode } from './evaluation-reply.ts';

export const stateChoices = choices(evaluationStateTitles);

export const waitingTitles: Readonly<Record<(typeof waitingKinds)[number], string>> = {
  answer: '等我填写',
  confirm: '等我确认',
  toConfirm: '等负责人确认',
  score: '等我评分',
  talk: '等待合议',
  state: '等我申辩',
  decide: '等我办理',
};

export const resemblanceTitles: Readonly<Record<ResemblanceKind, string>> = {
  'same-file': '文件相同',
  picture: '图片相近',
  text: '文字相近',
};

/** `与其他单位的 5 份材料相近（文件相同 3，图片相近 2），请对照看`: one line for all of them. */
export function resemblanceSentence(
  whose: string,
  rows: ReadonlyArray<{ readonly kind: ResemblanceKind; readonly evidenceId: string }>,
): string {
  const pieces = new Set(rows.map(({ evidenceId }) => evidenceId)).size;
  const kinds = (Object.keys(resemblanceTitles) as ResemblanceKind[]).flatMap((kind) => {
    const found = rows.filter((one) => one.kind === kind).length;
    return found === 0 ? [] : [`${resemblanceTitles[kind]} ${found}`];
  });
  return `与${whose}的 ${pieces} 份材料相近（${kinds.join('，')}），请对照看`;
}

/** Who reads what, beside the choice. */
export const confidentialityHelp = '督导机构和督导组都能看公开、内部的；密封的，外聘的评审人看不到';

/** The reasons that reviewers give most for sending leaves back. */
export const returnReasons = ['佐证材料不足', '填写与材料不一致', '数据有误，须更正', '没有说明原因'] as const;

/** What somebody hands in or signs for: how many leaves are filled. */
export function completenessText({ nodes }: { readonly nodes: readonly TreeNode[] }): string {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const unknown = leaves.filter(({ standing }) => standing === 'unknown').length;
  return unknown === 0
    ? `${leaves.length} 项指标已全部填完。`
    : `${leaves.length} 项指标中，${unknown} 项还没有数据，已写明情况。`;
}

/** Leaves without evidence are said before somebody signs that it is complete, and not after; undefined where there are none. */
export function unprovedText({ nodes }: { readonly nodes: readonly TreeNode[] }): string | undefined {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const unproved = leaves.filter(({ lacksEvidence }) => lacksEvidence).length;
  if (unproved === 0) return undefined;
  const how = unproved === leaves.length ? `${unproved} 项指标都还没有佐证材料` : `${unproved} 项指标还没有佐证材料`;
  return `${how}，见“缺少的材料”。评审时没有材料的，可能不得分或被退回补充。`;
}

/** Before what was sent back is handed in again: where nobody has written since. */
export function untouchedText({ untouched }: Pick<Evaluation, 'untouched'>): string {
  if (untouched.length === 0) return '';
  const named = untouched.slice(0, 5).join('、');
  const more = untouched.length > 5 ? ` 等 ${untouched.length} 项` : '';
  return `退回的指标 ${named}${more}，退回以后没有改过填写的内容（补充的材料另看）。`;
}

/** How the page is used now: to answer, to judge, or to read what came of it. */
export type Mode = 'self' | 'score' | 'result';

/** The mode by the step and by what this person may do. */
export function modeOf({ state, kind, can, side }: Pick<Evaluation, 'state' | 'kind' | 'can' | 'side'>): Mode {
  if (can.answer || state === 'notice' || state === 'selfEvaluation') return 'self';
  if (can.score) return 'score';
  const judges = stepOf(kind, state)?.judges ?? null;
  return judges !== null && side !== 'subject' ? 'score' : 'result';
}

/** `第 6 步 征求申辩`. */
export function stepWords({ kind, state }: { kind: Evaluation['kind']; state: EvaluationState }): string {
  return stepText(kind, state);
}

/** The articles by which a step is taken. */
export function stepBasis({ kind, state }: { kind: Evaluation['kind']; state: EvaluationState }): string | undefined {
  const byDocument = new Map<string, string[]>();
  for (const { document, article } of stepOf(kind, state)?.basis ?? []) {
    byDocument.set(document, [...(byDocument.get(document) ?? []), ...(article === null ? [] : [article])]);
  }
  if (byDocument.size === 0) return undefined;
  return [...byDocument].map(([document, articles]) => `${document}${articles.join('、')}`).join('；');
}

/** Whether the subject can still state something against the preliminary opinion. */
export const isHeard = (step: EvaluationState, waiver: Opinion['waiver']): boolean =>
  step === 'statement' && waiver === null;

/** How far an opinion has come, after its conclusion; nobody is offered a statement whose days are over. */
export function opinionStateText(
  { state, conclusion, waiver }: Pick<Opinion, 'state' | 'conclusion' | 'waiver'>,
  { side, state: step, statementDue }: Pick<Evaluation, 'side' | 'state' | 'statementDue'>,
): string {
  const words = {
    draft: draftText(side, isHeard(step, waiver), statementDue),
    submitted: '已提请确认',
    confirmed: '已确认',
  }[state];
  return conclusion === null ? words : `${conclusion} · ${words}`;
}

function draftText(side: Evaluation['side'], heard: boolean, statementDue: string | null): string {
  if (side !== 'subject' && statementDue === null) return '草稿，被督导单位看不到没有反馈的内容';
  if (!heard) return side === 'subject' ? '初步意见，申辩已结束' : '已反馈，申辩已结束';
  return side === 'subject' ? '初步意见，可以申辩' : `已反馈，${statementDue} 以前可以申辩`;
}

/** Points against the points of the leaf: `4 / 6`; a dash for what is not there. */
export function pointsOf(points: string | null, max: string | null): string {
  const given = points === null ? '—' : figureText(points);
  return max === null ? given : `${given} / ${figureText(max)}`;
}

/** Whether the layers that can be seen give different points, by more than the rounding of a mean. */
export function differs({ self, county, city, province }: TreeNode): boolean {
  const given = [self, county, city, province].filter((one) => one !== null);
  return given.some((one) => differenceText(given[0]!, one) !== undefined);
}

/** `第 3 页 表 2`: where in a piece the proof stands. */
export const placeText = ({ page, pageNote }: { page: number | null; pageNote: string | null }): string =>
  [page === null ? '' : `第 ${page} 页`, pageNote ?? ''].filter(Boolean).join(' ');
