/** What stands in a mail. Any mailbox may be read by others, so it says that something waits and where, and nothing of it. */

const signature = (origin: string) =>
  `${origin}\n\n本邮件由系统发出，请勿回复。不想再收到时，登录后在“消息”的“邮件提醒”中关闭。`;

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** @param titles the kinds of the notices in words, the oldest first */
export function noticeText(titles: readonly string[], origin: string): MailText {
  const [first = '新消息'] = titles;
  const more = titles.length > 1 ? `等 ${titles.length} 条消息` : '';
  const counted = new Map<string, number>();
  for (const title of titles) counted.set(title, (counted.get(title) ?? 0) + 1);
  const lines = [...counted].map(([title, times]) => (times > 1 ? `· ${title}（${times} 条）` : `· ${title}`));
  return {
    subject: `教育督导平台：${first}${more}`,
    text: `您在教育督导平台有新的消息：\n\n${lines.join('\n')}\n\n请登录后在“消息”中查看：\n${origin}/notices\n\n${signature(origin)}\n`,
  };
}

export function codeText(code: string, origin: string): MailText {
  return {
    subject: '教育督导平台：邮箱验证码',
    text: `您正在教育督导平台登记这个邮箱。验证码：\n\n${code}\n\n三十分钟内在“消息”的“邮件提醒”中输入有效。不是您本人操作时，请不要理会。\n\n${signature(origin)}\n`,
  };
}
