/** Refusals of balance standards and of requests about them. */
export const standardProblems = {
  'standard.invalid': {
    status: 422,
    kind: 'input',
    sentence: (details: { key: string; issues: ReadonlyArray<{ path: string; message: string }> }) => {
      const [first] = details.issues;
      const more = details.issues.length > 1 ? `（共 ${details.issues.length} 处）` : '';
      return `评估标准“${details.key}”有误：${first ? `${first.path}：${first.message}` : '内容为空'}${more}`;
    },
  },
  'standard.trialOutdated': {
    status: 409,
    kind: 'conflict',
    sentence: () => '这次修订的内容或影响与试算时不同：试算之后改动过，或填报有变动。请再试算一次，看过影响再发布。',
  },
  'standard.unknown': {
    status: 404,
    kind: 'input',
    sentence: (details: { key: string; known: readonly string[] }) =>
      `没有名为“${details.key}”的评估标准，可用的有 ${details.known.join('、')}`,
  },
} as const;
