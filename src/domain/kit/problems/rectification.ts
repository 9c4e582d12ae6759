import { changedTo, type LastChange } from '../last-change.ts';

/** Refusals of the rectification ledger. */
export const rectificationProblems = {
  'finding.changed': {
    status: 409,
    kind: 'conflict',
    sentence: ({ title, state, last }: { title: string; state: string; last?: LastChange | undefined }) =>
      changedTo(`问题“${title}”`, state, last),
  },
  'finding.openParts': {
    status: 409,
    kind: 'state',
    sentence: (details: { parts: number }) =>
      `这个问题还有 ${details.parts} 个子问题没有销号或取消，全部办结后才能销号。`,
  },
  'finding.extensionWaits': {
    status: 409,
    kind: 'state',
    sentence: () => '这个问题已有一份延期申请等待审批，请等审批后再申请。',
  },
  'finding.noExtension': {
    status: 409,
    kind: 'state',
    sentence: () => '这个问题没有等待审批的延期申请；可能刚有人审批过，请刷新后查看。',
  },
  'finding.extensionTooShort': {
    status: 422,
    kind: 'input',
    sentence: (details: { dueOn: string; today: string }) =>
      `延期后的完成时限应晚于现在的时限 ${details.dueOn}，也不能早于今天 ${details.today}，请重新填写日期。`,
  },
  'finding.acknowledged': {
    status: 409,
    kind: 'state',
    sentence: () => '这处紧急隐患本级已有人签收，不必再签收。',
  },
  'finding.kindUnknown': {
    status: 422,
    kind: 'input',
    sentence: (details: { kind: string }) => `没有问题类别“${details.kind}”，或已停用；请在类别中另选一项。`,
  },
  'finding.dutyUnknown': {
    status: 422,
    kind: 'input',
    sentence: (details: { what: string }) =>
      `责任主体（${details.what}）不在您的管辖范围内，或已不存在；请从单位、科室或学校中另选。`,
  },
  'finding.dutyOfCity': {
    status: 403,
    kind: 'access',
    sentence: (details: { name: string }) =>
      `“${details.name}”是市直学校，问题由市级督导机构录入和核查；请与市级督导机构联系。`,
  },
  'finding.partElsewhere': {
    status: 422,
    kind: 'input',
    sentence: () => '子问题的责任主体应与原问题在同一县（市、区）；其他县的同类问题请另行录入。',
  },
  'finding.partOfPart': {
    status: 422,
    kind: 'input',
    sentence: () => '这个问题本身是子问题，不能再分列；请在原问题下分列。',
  },
  'finding.dueInPast': {
    status: 422,
    kind: 'input',
    sentence: (details: { today: string }) => `完成时限不能早于今天 ${details.today}，请重新填写日期。`,
  },
  'finding.foundInFuture': {
    status: 422,
    kind: 'input',
    sentence: (details: { today: string }) => `发现日期不能晚于今天 ${details.today}，请重新填写日期。`,
  },
  'finding.sameDuty': {
    status: 422,
    kind: 'input',
    sentence: () => '新的责任主体与现在的相同，不必移交。',
  },
  'finding.nothingClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { from: string; to: string }) =>
      `${details.from} 至 ${details.to} 没有已销号的问题，无从抽取；请另选时段。`,
  },
  'finding.drawnBefore': {
    status: 409,
    kind: 'state',
    sentence: (details: { from: string; to: string }) =>
      `${details.from} 至 ${details.to} 已经抽取过，请在复查清单中办理；抽取有误的，可在没有复查前说明原因撤销。`,
  },
  'finding.drawProved': {
    status: 409,
    kind: 'state',
    sentence: (details: { proved: number }) => `这次抽取已有 ${details.proved} 个问题记录了复查结果，不能撤销。`,
  },
  'finding.drawCancelled': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `这次抽取已由${details.name}撤销，请在另一次抽取中办理。`,
  },
  'finding.questionOfOther': {
    status: 403,
    kind: 'access',
    sentence: (details: { name: string }) => `这份延期申请由${details.name}提出，只能由本人撤回；请等待审批。`,
  },
  'finding.provedBefore': {
    status: 409,
    kind: 'state',
    sentence: () => '这个问题的复查结果已经记录，不能再改。',
  },
  'finding.proverInvolved': {
    status: 403,
    kind: 'access',
    sentence: (details: { name: string }) => `${details.name}报告、核查过整改或销过号，复查须由没有经手的人员办理。`,
  },
  'finding.importDuties': {
    status: 422,
    kind: 'input',
    sentence: (details: { names: readonly string[] }) =>
      `以下责任单位在您的辖区内找不到，或同名不止一个，没有写入：${details.names.slice(0, 5).join('、')}${details.names.length > 5 ? ` 等 ${details.names.length} 个` : ''}。请改用全称后重新导入。`,
  },
} as const;
