import { basisText, campaignStateTitles, evaluationKindTitles, kindOf } from '#domain/evaluation/kind.ts';
import type { KindStep } from '#domain/evaluation/kind-definition.ts';
import type { CombineRule, EvaluationKind, EvaluationStep } from '#domain/evaluation/lists.ts';
import { choices } from '#web/shared/words/choices.ts';
import { formatNumber, formatPercent } from '#web/shared/words/format.ts';
import type { CampaignForm } from './campaign-reply.ts';

export const kindChoices = choices(evaluationKindTitles);
export const stateChoices = choices(campaignStateTitles);

/** What a subject of a kind is called when it is counted. */
export const subjectNoun = (kind: EvaluationKind) => (kindOf(kind).subject === 'county' ? '县级单位' : '学校');
export const subjectWord = (kind: EvaluationKind) =>
  `${kindOf(kind).subject === 'county' ? '个' : '所'}${subjectNoun(kind)}`;

/** Who leads and who takes part, as the head of the page says it: nothing where one unit works alone. */
export const jointText = (leadUnitName: string, partnerUnitName: string | null): readonly string[] =>
  partnerUnitName === null ? [] : [`${leadUnitName}牵头，${partnerUnitName}配合`];

export const combineTitles: Readonly<Record<CombineRule, string>> = {
  mean: '平均分',
  trimmed: '去掉最高分和最低分后的平均分',
};

/** Steps in as many signs as the head of a narrow column has. */
export const briefSteps: Readonly<Record<EvaluationStep, string>> = {
  notice: '通知',
  selfEvaluation: '自评',
  countyReview: '县级',
  materialReview: '材料',
  siteVisit: '实地',
  preliminaryOpinion: '初评',
  statement: '申辩',
  opinionLetter: '意见书',
  confirmation: '确认',
  rectification: '整改',
};

export const stepTitle = (kind: EvaluationKind, step: EvaluationStep) =>
  kindOf(kind).steps.find((one) => one.step === step)?.title ?? briefSteps[step];

/** The articles of a step, each document once. */
export function stepBasis({ basis }: KindStep): string {
  const byDocument = new Map<string, string[]>();
  for (const { document, article } of basis) {
    byDocument.set(document, [...(byDocument.get(document) ?? []), ...(article === null ? [] : [article])]);
  }
  return [...byDocument]
    .map(([document, articles]) => basisText({ document, article: articles.join('、') }))
    .join('；');
}

/** How scores come about, in a few sentences. */
export function rulesText({ reviewersPerLeaf, blind, tolerance, combine }: CampaignForm['rules']): string[] {
  if (reviewersPerLeaf === 1) return ['每项由一人评分'];
  return [
    `每项由 ${reviewersPerLeaf} 人评分`,
    blind ? '各自评完以前看不到别人的分数' : '评分时可以看到别人的分数',
    `相差超过该项分值的 ${formatPercent(Number(tolerance))} 时合议`,
    `其余取${combineTitles[combine]}`,
  ];
}

/** A share that a person reads: `0.2` is `20`. */
export const percentOf = (tolerance: string | undefined) =>
  tolerance === undefined ? null : Number((Number(tolerance) * 100).toFixed(2));
/** The same as the contract writes it. */
export const shareOf = (percent: number | null) => (percent === null ? '' : String(Number((percent / 100).toFixed(4))));

/** `9.5 小时`; whole numbers from a hundred on. */
export function hoursText(hours: string): string {
  const number = Number(hours);
  return `${formatNumber(number, number >= 100 || Number.isInteger(number) ? 0 : 1)} 小时`;
}

/** `12-07`: a day within a table whose years its head tells. */
export const dayInYear = (day: string) => day.slice(5);
