/** Refusals when a report is printed. */
export const reportProblems = {
  'report.tooLarge': {
    status: 422,
    kind: 'input',
    sentence: (details: { limit: string }) =>
      `这份报告超出了排版的上限（${details.limit}），没有生成文件。请改为下载 Excel 版。`,
  },
  'report.busy': {
    status: 503,
    kind: 'state',
    retryAfter: 5,
    sentence: () => '正在排版的文件太多，请几秒后再试。',
  },
} as const;
