import { firstNamed } from '../first-named.ts';
import { changedTo, type LastChange } from '../last-change.ts';

/** Refusals of the yearly data filling. */
export const filingProblems = {
  'filing.changed': {
    status: 409,
    kind: 'conflict',
    sentence: ({ schoolName, state, last }: { schoolName: string; state: string; last?: LastChange | undefined }) =>
      changedTo(`“${schoolName}”的填报`, state, last),
  },
  'filing.owesNothing': {
    status: 409,
    kind: 'state',
    sentence: (details: { schoolName: string; reason: string }) =>
      `“${details.schoolName}”已不在应报学校之列（${details.reason}），这份填报不再办理。`,
  },
  'filing.locked': {
    status: 409,
    kind: 'state',
    sentence: (details: { labels: readonly string[] }) =>
      `以下数据项没有开放修改：${firstNamed(details.labels, 5)}。退回时只开放了选定的数据项及其相关项。`,
  },
  'filing.unknownField': {
    status: 400,
    kind: 'input',
    sentence: (details: { field: string }) => `“${details.field}”不是这所学校要填的数据项。`,
  },
  'filing.hardFindings': {
    status: 422,
    kind: 'input',
    sentence: (details: { count: number }) => `还有 ${details.count} 处错误或必填项未填，改正后才能提交。`,
  },
  'filing.unexplained': {
    status: 422,
    kind: 'input',
    sentence: (details: { count: number }) => `还有 ${details.count} 处疑点没有说明，写明情况后才能提交。`,
  },
  'filing.pastDeadline': {
    status: 409,
    kind: 'state',
    sentence: () => '填报期限和宽限期已过，请与审核单位联系，延长期限后再提交。',
  },
  'filing.withdrawTooLate': {
    status: 409,
    kind: 'state',
    sentence: () => '填报期限已过，撤回后将无法再次提交；需要修改请与审核单位联系，由审核单位退回。',
  },
  'filing.notBegun': {
    status: 409,
    kind: 'state',
    sentence: (details: { day: string }) => `这个学年的填报从 ${details.day} 开始，届时才能填写和提交。`,
  },
  'filing.periodClosed': {
    status: 409,
    kind: 'state',
    sentence: () => '这个学年的填报已经结束，不能再填写；如需补报，请与审核单位联系，延长期限后再填。',
  },
  'filing.alreadyExtended': {
    status: 409,
    kind: 'state',
    sentence: () => '这份填报已经延长过一次期限，不能再次延长。',
  },
  'filing.noDeadline': {
    status: 409,
    kind: 'state',
    sentence: () => '这份填报是退回后修改的，重新提交不受截止日期限制，不需要延期。',
  },
  'filing.extensionTooShort': {
    status: 400,
    kind: 'input',
    sentence: (details: { deadline: string }) => `延长后的日期须晚于原期限 ${details.deadline}，且不早于今天。`,
  },
  'filing.setChanged': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { expected: number; found: number }) =>
      `您看到的是 ${details.expected} 份已批准的填报，现在有 ${details.found} 份，请刷新后核对再接收。`,
  },
  'period.exists': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { name: string }) => `${details.name}的填报已经开启。`,
  },
  'period.datesOutOfOrder': {
    status: 400,
    kind: 'input',
    sentence: () => '日期次序不对：学校截止日期须不早于开始日期，县级报送截止须不早于学校截止日期。',
  },
  'period.notOpen': { status: 409, kind: 'state', sentence: () => '还没有开启这个学年的填报。' },
  'period.over': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}的填报已经结束。`,
  },
  'period.notOver': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}没有结束，不需要恢复。`,
  },
  'period.used': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; uses: readonly string[] }) =>
      `${details.name}不能撤销：${details.uses.join('、')}。撤销只用于误开而无人办理的周期；不再需要时，请“结束”它。`,
  },
  'period.followed': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; later: string; schools: number }) =>
      `${details.name}不能恢复：${details.later}已经开启，其中 ${details.schools} 所学校带入了它的数据。要更正个别学校，请对该校填报“重新开放”。`,
  },
  'period.notClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}还没有结束，不能归档；请先在本页“结束”它。`,
  },
  'period.unfinished': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; barring: readonly string[] }) =>
      `${details.name}不能归档：还有 ${details.barring.join('；')}。`,
  },
  'period.notArchived': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}没有归档，不需要解除。`,
  },
  'period.notToAdd': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `所选学校中有的不能补入${details.name}：已在名单上、已不在办、或按办学类型不填报。请刷新后在列出的学校中选择。`,
  },
  'period.ownDayNeeded': {
    status: 400,
    kind: 'input',
    sentence: (details: { deadline: string }) =>
      `填报截止 ${details.deadline} 已过，请为补入的学校另定截止日期，否则它们无法提交。`,
  },
} as const;
