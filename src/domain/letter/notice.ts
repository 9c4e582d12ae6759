/** The kinds of notices about letters, each with its words. */
export const letterNoticeTitles: Readonly<Record<string, string>> = {
  'letter.issued': '收到公文',
  'letter.withdrawn': '公文被撤回',
};
