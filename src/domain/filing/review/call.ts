/** How the mail of the last reminder of a school went, in the order in which it helps. */
export const reminderMails = ['sent', 'sending', 'waiting', 'uncertain', 'failed', 'none'] as const;
export type ReminderMail = (typeof reminderMails)[number];

export const reminderMailTitles: Readonly<Record<ReminderMail, string>> = {
  sent: '已送出',
  sending: '正在发送',
  waiting: '等待发送',
  uncertain: '不确定',
  failed: '未送出',
  none: '没有邮箱',
};

/** Whether somebody has to call: nothing has reached the school by mail, as far as is known. */
export function mustBeCalled(mail: ReminderMail | null): boolean {
  return mail !== 'sent';
}
