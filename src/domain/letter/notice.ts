/** The letters of somebody who leaves have passed to another: one letter, or several. */
export const letterPassed = 'letter.passed';
export const lettersPassed = 'letter.severalPassed';

/** The kinds of notices about letters, each with its words. */
export const letterNoticeTitles: Readonly<Record<string, string>> = {
  'letter.issued': '收到公文',
  'letter.withdrawn': '公文被撤回',
  [letterPassed]: '移交了公文',
  [lettersPassed]: '移交了公文',
};
