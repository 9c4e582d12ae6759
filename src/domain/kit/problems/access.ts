/** Refusals at the door and in the house. */
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
} as const;
