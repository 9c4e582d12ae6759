/** Refusals of an act on a subject that moves through states. */
export const flowProblems = {
  'flow.notInState': {
    status: 409,
    kind: 'state',
    sentence: (details: { what: string; action: string; state: string }) =>
      `这${details.what}当前为“${details.state}”，不能${details.action}；可能刚有人办理过，请刷新后查看。`,
  },
  'flow.notYours': {
    status: 403,
    kind: 'access',
    sentence: (details: { what: string; action: string; whose: string }) =>
      `您不能${details.action}这${details.what}，须由${details.whose}办理；如需权限，请与安全管理员联系。`,
  },
} as const;
