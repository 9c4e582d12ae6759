/** The states of a filing, in the order in which it passes them. */
export const filingStates = ['draft', 'submitted', 'approved', 'accepted'] as const;
export type FilingState = (typeof filingStates)[number];

export const filingStateTitles: Readonly<Record<FilingState, string>> = {
  draft: '填报中',
  submitted: '待审核',
  approved: '已批准',
  accepted: '已接收',
};
