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
  'year.archived': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; day: string }) =>
      `${details.name}已于 ${details.day} 归档，只能查阅和导出，不能再改。确需更改的，请市级督导干部在“填报周期”页写明原因，解除归档。`,
  },
  'year.underWay': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; endsOn: string }) =>
      `${details.name}到 ${details.endsOn} 才结束，结束后方可归档。`,
  },
  'undo.notYours': {
    status: 403,
    kind: 'access',
    sentence: (details: { what: string; title: string }) =>
      `${details.what}：只有刚才办理${details.title}的本人、在同一岗位上才能撤销。`,
  },
  'undo.tooLate': {
    status: 409,
    kind: 'state',
    sentence: (details: { what: string; title: string }) =>
      `${details.what}：${details.title}已过一分钟，不能再撤销；仍需改动时，请另行办理。`,
  },
  'undo.overtaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { what: string; title: string }) =>
      `${details.what}：${details.title}之后又有变动，没有撤销；请刷新后核对。`,
  },
} as const;
