import { firstNamed } from '../first-named.ts';

/** Refusals of judging (评分、合议) and of results: each names the place, the rule and the way out. */
export const judgingProblems = {
  'evaluation.selfHidden': {
    status: 409,
    kind: 'state',
    sentence: (details: { codes: readonly string[] }) =>
      `本次为独立评分，您评分以前看不到指标 ${firstNamed(details.codes, 5)}的自评分，不能按自评计入：请逐项评分。`,
  },
  'evaluation.scoreSighted': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 的其他评分已对您公开，本次为独立评分，您的评分不能再改：需要改动的，请由组长公开评分后在合议中提出。`,
  },
  'evaluation.remarkBlind': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 您还没有评分，本次为独立评分，评完以前不能参加组内的商量：请先评分，再留言。`,
  },
  'evaluation.talkSettled': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 已经合议定分，不能再单独评分：需要改动的，请由组长重新合议。`,
  },
  'evaluation.ownScoreFirst': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 您本人还没有评分：公开评分以前，请先给出自己的评分。`,
  },
  'evaluation.scoresOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) => `指标 ${details.code} 的评分已经公开，请直接合议定分。`,
  },
  'evaluation.noScores': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) => `指标 ${details.code} 还没有人评分，没有可以公开的评分：请先评分。`,
  },
  'evaluation.pointsMoved': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 刚有人定分或有了改动，您的合议没有保存：请刷新，核对后再定。`,
  },
  'evaluation.talkOvertaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: {
      code: string;
      version: number;
      theirs: { points: string | null; answer: unknown } | null;
      by: string | null;
      at: string | null;
    }) =>
      details.theirs === null
        ? `指标 ${details.code} 原来的定分在您打开之后已作废，您的合议没有保存：请刷新，核对后再定。`
        : `指标 ${details.code} 在您打开之后已由${details.by}定为${details.theirs.points === null ? '另一结果' : ` ${details.theirs.points} 分`}，您的合议没有保存：请对照双方的结果，再定一个保存。`,
  },
  'evaluation.noSeat': {
    status: 403,
    kind: 'access',
    sentence: () => '您不在这份评估的督导组中：需要参加的，请项目组织者在“督导组”中安排。',
  },
  'evaluation.conclusionMoved': {
    status: 409,
    kind: 'state',
    sentence: (details: { moved: readonly string[]; isSubmitted: boolean }) =>
      `${details.moved.join('；')}，被督导单位还没有看到：${details.isSubmitted ? '请先退回结果，再' : '请'}在“结论”中重新反馈。`,
  },
  'evaluation.conclusionStands': {
    status: 409,
    kind: 'state',
    sentence: (details: { isHeard: boolean }) =>
      `结论与已反馈的相同，不用重新反馈：请${details.isHeard ? '答复申辩后出具督导意见书' : '继续提请确认结果'}。`,
  },
  'evaluation.quotaWaits': {
    status: 409,
    kind: 'state',
    sentence: ({ names }: { names: readonly string[] }) =>
      `这一等次有名额限制，${firstNamed(names, 5, '个对象')}的初步意见还没有反馈、申辩还没有办结，或已采纳申辩而没有出具督导意见书，名额可能变动：请先办完，不再评的先取消，再确认结果。`,
  },
  'evaluation.tieMoved': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { table: string }) =>
      `“${details.table}”的并列在您打开之后有了变化，认定没有保存：请刷新，核对并列的对象和名额后再认定。`,
  },
  'evaluation.tiePlaces': {
    status: 422,
    kind: 'input',
    sentence: (details: { places: number; chosen: number }) =>
      `并列的对象争 ${details.places} 个名额，选了 ${details.chosen} 个：请选满，不多也不少。`,
  },
  'evaluation.tieReleased': {
    status: 409,
    kind: 'state',
    sentence: (details: { names: readonly string[] }) =>
      `${details.names.slice(0, 5).join('、')}的结论已经反馈，认定不能撤回：对结论有异议的，由其提出申辩。`,
  },
  'evaluation.tieEnded': {
    status: 409,
    kind: 'state',
    sentence: () => '这项认定已经撤回，请刷新后查看现在的并列。',
  },
  'evaluation.statementDueInPast': {
    status: 422,
    kind: 'input',
    sentence: (details: { today: string }) => `申辩的截止日须在今天 ${details.today} 以后，请重新填写日期。`,
  },
  'evaluation.findingCode': {
    status: 422,
    kind: 'input',
    sentence: (details: { codes: readonly string[] }) =>
      `本次使用的指标体系没有编号为 ${details.codes.slice(0, 5).join('、')} 的指标，请在指标树中重新选择。`,
  },
  'evaluation.findingKind': {
    status: 422,
    kind: 'input',
    sentence: (details: { kind: string }) => `整改台账没有“${details.kind}”这个问题类别，或已停用：请另选一个类别。`,
  },
  'evaluation.findingDuty': {
    status: 422,
    kind: 'input',
    sentence: (details: { title: string }) =>
      `问题“${details.title}”的责任单位须是被督导的县（市、区）及其内设机构、所属学校：请重新选择。`,
  },
  'evaluation.statementAnswered': {
    status: 409,
    kind: 'state',
    sentence: () => '这条申辩意见已经答复，答复不能再改：需要补充的，请与被督导单位联系。',
  },
} as const;
