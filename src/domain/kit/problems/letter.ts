/** Refusals when an official letter is printed. */
export const letterProblems = {
  'letter.unreadable': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string }) =>
      `“${details.fileName}”不能作为公文读取：文件应存在，并且是 UTF-8 编码的 JSON，写法见 reference/examples/letter.json。`,
  },
  'letter.nowhere': {
    status: 422,
    kind: 'input',
    sentence: () => '没有说明把公文写到哪里，请用 --word 或 --pdf 给出文件名。',
  },
  'letter.notWritten': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string }) =>
      `不能写入文件“${details.fileName}”，请检查文件夹是否存在、是否有写入的权限。`,
  },
  'letter.fontsMissing': {
    status: 422,
    kind: 'input',
    sentence: (details: { folder: string }) =>
      `环境变量 FONTS_DIR 给出的字体文件夹“${details.folder}”不能读取，请改正，或不设这个变量。`,
  },
  'letter.tooLarge': {
    status: 422,
    kind: 'input',
    sentence: (details: { limit: string }) =>
      `这份公文超出了排版的上限（${details.limit}），没有生成文件。请把长的附表另作附件，再印一次。`,
  },
  'letter.busy': {
    status: 503,
    kind: 'state',
    retryAfter: 5,
    sentence: () => '正在排版的公文太多，请几秒后再试。',
  },
} as const;
