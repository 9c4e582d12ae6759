/** Refusals of notices on their way out of the product. */
export const noticeProblems = {
  'mail.unavailable': {
    status: 409,
    kind: 'state',
    sentence: () => '本平台还没有接通邮件服务器，暂时不能登记邮箱；消息仍在“消息”中查看。',
  },
  'mail.tooSoon': {
    status: 429,
    kind: 'state',
    sentence: (details: { seconds: number; most: number }) =>
      `验证码 ${details.seconds} 秒内只能要一次，一天最多 ${details.most} 次；请稍候再试，或明天再登记。`,
  },
  'mail.codeOver': {
    status: 409,
    kind: 'state',
    sentence: () => '验证码已过期或试错次数过多，请重新登记邮箱，再输入新的验证码。',
  },
} as const;
