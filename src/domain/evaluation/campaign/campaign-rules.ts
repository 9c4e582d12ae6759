import type { CombineRule } from '../lists.ts';

/** How a campaign judges, and its evaluations after it. */
export interface CampaignRules {
  readonly reviewersPerLeaf: number;
  /** Reviewers do not see other scores before they gave their own. */
  readonly blind: boolean;
  /** The share of the points of a leaf over which scores are talked over, as a decimal: `0.2`. */
  readonly tolerance: string;
  readonly combine: CombineRule;
}

/** What a form says of a campaign that cannot be, with the path of its field. */
export interface FormFault {
  readonly path: readonly string[];
  /** A sentence without a full stop. */
  readonly message: string;
}

/**
 * What cannot be of the rules and years of a campaign: judging blind takes two judges of a leaf, a mean without the highest and the
 * lowest score takes three, and the decision does not come before the year that is assessed. Empty where all can be; never throws.
 */
export function rulesFaults({
  assessmentYear,
  decisionYear,
  rules: { blind, combine, reviewersPerLeaf },
}: {
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly rules: CampaignRules;
}): FormFault[] {
  const perLeaf = ['rules', 'reviewersPerLeaf'];
  return [
    ...(decisionYear < assessmentYear ? [{ path: ['decisionYear'], message: '认定年度不能早于评估年度' }] : []),
    ...(blind && reviewersPerLeaf < 2 ? [{ path: perLeaf, message: '背靠背评分，每项至少 2 人' }] : []),
    ...(combine === 'trimmed' && reviewersPerLeaf < 3
      ? [{ path: perLeaf, message: '去掉最高分和最低分后取平均，每项至少 3 人' }]
      : []),
  ];
}
