/** Refusals of data that ships with the product: catalogues, calendars, units, the plan of the sample. */
export const referenceProblems = {
  'definition.invalid': {
    status: 500,
    kind: 'fault',
    /** `what`: 数据项目录, 节假日安排 … */
    sentence: (details: { what: string; issues: ReadonlyArray<{ path: string; message: string }> }) =>
      `${details.what}有误（共 ${details.issues.length} 处）：${details.issues
        .slice(0, 5)
        .map(({ path, message }) => `${path}：${message}`)
        .join('；')}`,
  },
} as const;
