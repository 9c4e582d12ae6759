/** Refusals of balance runs and their tables. */
export const balanceProblems = {
  'balance.noSchoolRule': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `“${details.name}”不判定单所学校，没有表Ⅱ。`,
  },
} as const;
