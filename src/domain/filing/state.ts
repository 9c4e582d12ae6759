/** The states of a filing, in the order in which it passes them. */
export const filingStates = ['draft', 'submitted', 'approved', 'accepted'] as const;
export type FilingState = (typeof filingStates)[number];

/** A state as a step of a filing stores it. Throws where it is none of a filing. */
export function storedFilingState(text: string): FilingState {
  const state = filingStates.find((one) => one === text);
  if (state === undefined) throw new Error(`“${text}” is no state of a filing`);
  return state;
}

export const filingStateTitles: Readonly<Record<FilingState, string>> = {
  draft: '填报中',
  submitted: '待审核',
  approved: '已批准',
  accepted: '已接收',
};
