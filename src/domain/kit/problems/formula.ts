/** Refusals of the formula language. `position` counts characters from 1, as a person counts them. */
export const formulaProblems = {
  'formula.invalid': {
    status: 422,
    kind: 'input',
    sentence: (details: { source: string; position: number; length: number; reason: string }) =>
      `公式第 ${details.position} 个字处：${details.reason}`,
  },
  'formula.cycle': {
    status: 422,
    kind: 'input',
    sentence: (details: { names: readonly string[] }) =>
      `派生数据项互相引用，形成循环：${details.names.join(' → ')}，无法计算`,
  },
} as const;
