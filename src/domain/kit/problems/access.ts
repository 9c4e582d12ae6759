/** Refusals at sign-in and for lack of permission. */
export const accessProblems = {
  'access.passwordChange': {
    status: 403,
    kind: 'access',
    sentence: () => '密码已到期或由管理员重置，请先修改密码。',
  },
  'access.secondFactor': {
    status: 403,
    kind: 'access',
    sentence: () => '您的角色须先绑定动态验证码，请到“我的账户”完成绑定。',
  },
  'access.foreignOrigin': {
    status: 403,
    kind: 'access',
    sentence: () => '请求不是从本系统的页面发出，已拒绝。请从本系统页面重新操作。',
  },
  'access.signInFailed': {
    status: 401,
    kind: 'access',
    sentence: (details: { attemptsLeft: number }) =>
      `用户名、手机号或密码不正确，还可以再试 ${details.attemptsLeft} 次。忘记密码请联系系统管理员重置。`,
  },
  'access.locked': {
    status: 429,
    kind: 'access',
    sentence: (details: { minutes: number }) =>
      `连续失败次数过多，此账户在本机暂停登录，请 ${details.minutes} 分钟后再试，或联系系统管理员解除。`,
  },
  'access.guessed': {
    status: 429,
    kind: 'access',
    sentence: (details: { seconds: number }) =>
      `此账户近来输错密码的次数过多，从没有登录过的地方暂时放慢，请 ${details.seconds} 秒后再试，或在您常用的电脑上登录，或联系系统管理员解除。`,
  },
  'access.codeWrong': {
    status: 401,
    kind: 'access',
    sentence: () => '验证码不正确。请核对手机时间后输入最新的 6 位数字，或改用备用码。',
  },
  'access.challengeOver': {
    status: 401,
    kind: 'access',
    sentence: () => '本次验证已失效，请重新输入用户名和密码。',
  },
  'access.disabled': { status: 403, kind: 'access', sentence: () => '此账户已停用，请联系系统管理员。' },
  'access.roleMissing': {
    status: 403,
    kind: 'access',
    sentence: () => '您的账户还没有角色，请联系安全管理员授权。',
  },
  'access.passwordWrong': {
    status: 400,
    kind: 'input',
    sentence: (details: { attemptsLeft: number }) =>
      `现在的密码不正确，还可以再试 ${details.attemptsLeft} 次，之后将退出登录。`,
  },
  'access.passwordRefused': {
    status: 400,
    kind: 'input',
    sentence: (details: { issues: readonly string[] }) => `新密码不符合要求：${details.issues.join('；')}。`,
  },
  'access.linkOver': {
    status: 410,
    kind: 'state',
    sentence: () => '这个链接已经使用过、已过期或不正确，请向发出链接的人重新索取。',
  },
  'access.linkCodeWrong': {
    status: 400,
    kind: 'input',
    sentence: (details: { attemptsLeft: number }) =>
      `启用码不正确，还可以再试 ${details.attemptsLeft} 次。启用码是 6 位数字，与链接分开交付；没有收到的，请向系统管理员索取。`,
  },
  'access.linkCodeOver': {
    status: 410,
    kind: 'state',
    sentence: () =>
      '启用码连续输错 5 次，这个链接已经作废。请联系系统管理员重新给出启用码，再由安全管理员重新给出链接。',
  },
  'access.grantRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.requestRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.passRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.assignmentRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.roleHeld': {
    status: 409,
    kind: 'state',
    sentence: (details: { role: string }) =>
      `此人现任${details.role}，一个人不能取得这样的账户：请在其账户页提出申请，由安全管理员确认后生效。`,
  },
  'access.lastAdministrator': {
    status: 409,
    kind: 'state',
    sentence: (details: { role: string }) =>
      `这是最后一位在用的${details.role}，收回或停用后将无人可以办理，请先增设一位。`,
  },
  'access.postEnded': {
    status: 403,
    kind: 'access',
    sentence: () => '办理以前您的岗位已结束、账户已停用，或所用的访问令牌已失效；请由仍在岗的人登录后办理。',
  },
  'access.postChanged': {
    status: 409,
    kind: 'state',
    sentence: () => '您已切换岗位，或这个岗位已不再由您担任；您填写的内容没有丢失，请选择岗位后再试。',
  },
  'access.postNeeded': {
    status: 409,
    kind: 'state',
    sentence: () => '您有多个岗位，请先选择本次使用的岗位。',
  },
  'access.ownPostOnly': {
    status: 409,
    kind: 'state',
    sentence: () => '代办岗位不能建立访问令牌，请切换到自己的岗位。',
  },
  'access.sameHand': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `同一个人不能先后办理同一件事的两步，换岗位、代办也不行：此前的一步由${details.name}办理，请由他人办理这一步。`,
  },
  'access.standInRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.roleChangeRefused': { status: 409, kind: 'state', sentence: (details: { reason: string }) => details.reason },
  'access.postUnclear': {
    status: 409,
    kind: 'state',
    sentence: () => '此人有多个岗位，请指明收回哪一个。',
  },
  'access.mobileDiffers': {
    status: 409,
    kind: 'conflict',
    sentence: () => '与本人登记的手机号不一致，请与本人核对；登记有误的，请本人在“我的账户”中更正。',
  },
  'access.notYourself': {
    status: 409,
    kind: 'state',
    sentence: () => '不能对自己的账户进行这项操作，请由另一位管理员办理。',
  },
  'access.sessionOnly': {
    status: 403,
    kind: 'access',
    sentence: () => '访问令牌不能进行这项操作，请登录后在页面上办理。',
  },
  'access.secondFactorState': {
    status: 409,
    kind: 'state',
    sentence: (details: { enabled: boolean }) =>
      details.enabled ? '动态验证码已经绑定；如要更换手机，请先解除。' : '还没有绑定动态验证码。',
  },
  'access.secondFactorFixed': {
    status: 409,
    kind: 'state',
    sentence: () => '正式使用的系统中，管理员和市级督导干部必须使用动态验证码（等级保护三级），不能关闭这一项。',
  },
  'access.secondFactorNeeded': {
    status: 409,
    kind: 'state',
    sentence: () => '您的角色必须使用动态验证码，不能解除；更换手机请联系系统管理员。',
  },
} as const;
