import { firstNamed } from '../first-named.ts';
import { changedTo, type LastChange } from '../last-change.ts';

/** The first five of some codes: `C1、C2、C3、C4、C5 等 12 项`. */
function codesSaid(codes: readonly string[]): string {
  const named = firstNamed(codes, 5);
  return codes.length > 5 ? named : `${named} 共 ${codes.length} 项`;
}

/** Refusals of campaigns (督导评估项目): each names the place, the rule and the way out. */
export const campaignProblems = {
  'campaign.changed': {
    status: 409,
    kind: 'conflict',
    sentence: ({ title, state, last }: { title: string; state: string; last?: LastChange | undefined }) =>
      changedTo(`项目“${title}”`, state, last),
  },
  'campaign.notReady': {
    status: 409,
    kind: 'state',
    sentence: (details: { lacks: readonly string[] }) => `项目还不能开启：${details.lacks.join('；')}。`,
  },
  'campaign.noPartner': {
    status: 409,
    kind: 'state',
    sentence: () => '这个项目由一个单位办理，没有配合单位；请刷新后核对。',
  },
  'campaign.unfinished': {
    status: 409,
    kind: 'state',
    sentence: (details: { open: number }) =>
      `还有 ${details.open} 个对象没有办结或取消：请先逐个办结，或写明原因取消，再结束项目。`,
  },
  'campaign.resultsStand': {
    status: 409,
    kind: 'state',
    sentence: (details: { confirmed: number }) =>
      `已有 ${details.confirmed} 个对象的结果经过确认，项目不能再取消：请把其余对象办结，再结束项目。`,
  },
  'campaign.subjectsUnfit': {
    status: 409,
    kind: 'state',
    sentence: ({ names, why }: { names: readonly string[]; why: string }) =>
      `${firstNamed(names, 3, '个对象')}${why}，不能列入；请选择其他对象，或另建项目选用适用的指标体系。`,
  },
  'campaign.timetable': {
    status: 400,
    kind: 'input',
    sentence: (details: { faults: readonly string[] }) => `时间安排有误：${details.faults.join('；')}。`,
  },
  'campaign.stepOver': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string }) => `“${details.title}”已经办完，不能再延期；请对还没有办完的步骤延期。`,
  },
  'campaign.notLonger': {
    status: 400,
    kind: 'input',
    sentence: (details: { title: string; to: string }) =>
      `“${details.title}”现在到 ${details.to} 截止，延期须填写这一天以后的日期。`,
  },
  'campaign.seatBlocked': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; subjects: readonly string[] }) =>
      `${details.name}须回避：${firstNamed(details.subjects, 3, '个对象')}。请改派其他对象，或换人。`,
  },
  'campaign.seatAsked': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; subjects: readonly string[] }) =>
      `${details.name}与${firstNamed(details.subjects, 3, '个对象')}可能须回避，由督导机构认定：不需回避的请写明认定理由，需要回避的请改派或换人。`,
  },
} as const;

/** Refusals of the library of evidence (证据材料). */
export const evidenceProblems = {
  'evidence.notYours': {
    status: 403,
    kind: 'access',
    sentence: () => '这份材料在其他单位的材料库中，只能由该单位登记和修改；如需补充，请通过退回补充告知对方。',
  },
  'evidence.noLibrary': {
    status: 403,
    kind: 'access',
    sentence: () => '当前岗位没有自己的材料库：证据由被督导的县（市、区）或学校登记，请切换到其岗位办理。',
  },
  'evidence.ofAnother': {
    status: 409,
    kind: 'state',
    sentence: () => '这份材料不在本评估对象的材料库中，不能对应到它的指标：请先登记到该单位的材料库。',
  },
  'evidence.handedIn': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string }) =>
      `材料“${details.title}”已随自评报送，不能再改：需要更换的，请登记一个新版本，再对应到退回补充的指标。`,
  },
  'evidence.gone': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string }) =>
      `材料“${details.title}”已移出材料库，或已有新版本：请刷新后使用现在的材料。`,
  },
  'evidence.linked': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string; leaves: number }) =>
      `材料“${details.title}”还对应着 ${details.leaves} 项指标，不能移出：请先取消对应，或登记新版本代替它。`,
  },
  'campaign.seatUnfit': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; why: string }) => `${details.name}不能进入督导组：${details.why}。`,
  },
  'campaign.seatTaken': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `${details.name}已在督导组中，一人只有一个席位：要改分支、对象或日期，请在原席位上调整。`,
  },
  'campaign.seatOwn': {
    status: 409,
    kind: 'state',
    sentence: () => '自己的席位不能自己安排、调整或结束：请由其他有权限的同事办理。',
  },
  'campaign.seatOver': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; endedOn: string }) =>
      `${details.name}的工作已于 ${details.endedOn} 结束，不能再改；需要继续的，请重新安排。`,
  },
  'campaign.seatDays': {
    status: 400,
    kind: 'input',
    sentence: () => '日期有误：开始日期不能晚于结束日期，结束工作的日期不能晚于今天。',
  },
  'campaign.leaderTaken': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `督导组已有组长${details.name}，一个督导组只有一名组长：请先调整或结束其席位。`,
  },
  'campaign.editionUnfit': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string; why: string }) => `不能选用指标体系“${details.title}”：${details.why}。`,
  },
} as const;

/** Refusals of evaluations (督导评估), of their leaves and of their judging. */
export const evaluationProblems = {
  'evaluation.provinceUnfit': {
    status: 400,
    kind: 'input',
    sentence: (details: { what: string; fault: string }) =>
      `${details.what}的省级得分填写有误：${details.fault}。请对照省里的文件核对后再填。`,
  },
  'evaluation.provinceNot': {
    status: 403,
    kind: 'access',
    sentence: () =>
      '省级得分由组织项目的市级督导机构按省里的文件录入；自己还有独立评分没有完成的，评完以后再录入。需要更正的，请与市级督导机构联系。',
  },
  'evaluation.changed': {
    status: 409,
    kind: 'conflict',
    sentence: ({ title, state, last }: { title: string; state: string; last?: LastChange | undefined }) =>
      changedTo(`“${title}”的评估`, state, last),
  },
  'evaluation.noticeNotIssued': {
    status: 409,
    kind: 'state',
    sentence: () =>
      '督导通知还没有印发，实施督导前应当书面通知被督导单位（《教育督导条例》（国务院令第 624 号）第十七条）：请先在“公文”中印发通知；已另行书面通知的，请写明文号。',
  },
  'evaluation.leavesIncomplete': {
    status: 409,
    kind: 'state',
    sentence: (details: { codes: readonly string[] }) =>
      `指标 ${codesSaid(details.codes)}没有填完，全部填完才能提交：请在“自评”中补填，不适用的请选“不适用”。`,
  },
  'evaluation.selfNotConfirmed': {
    status: 409,
    kind: 'state',
    sentence: (details: { state: string }) =>
      `自评${details.state}，须由被督导单位提交并经负责人确认，才能转入下一步：请提醒被督导单位，或延长自评期限。`,
  },
  'evaluation.selfWaits': {
    status: 409,
    kind: 'state',
    sentence: (details: { action: string; state: string }) =>
      `自评${details.state}，不能${details.action}；需要改动的，请先撤回。`,
  },
  'evaluation.panelLacks': {
    status: 409,
    kind: 'state',
    sentence: (details: { lacks: readonly string[] }) =>
      `督导组还不齐：${details.lacks.join('；')}。请在项目的“督导组”中安排。`,
  },
  'evaluation.notSettled': {
    status: 409,
    kind: 'state',
    sentence: (details: { layer: string; codes: readonly string[] }) =>
      `${details.layer}级还有指标 ${codesSaid(details.codes)}没有定分：请先评分；评分差距超过规定的，请先合议。`,
  },
  'evaluation.talksOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { codes: readonly string[] }) =>
      `指标 ${codesSaid(details.codes)}还在合议，请先记录合议情况并定分。`,
  },
  'evaluation.opinionLacks': {
    status: 409,
    kind: 'state',
    sentence: (details: { act: string; lacks: readonly string[]; toWrite: boolean }) =>
      details.toWrite
        ? `评估意见还不完整，不能${details.act}：${details.lacks.join('；')}。请在“结论”的“意见和问题”中补写。`
        : `评定结果还没有定，不能${details.act}：${details.lacks.join('；')}。`,
  },
  'evaluation.statementOver': {
    status: 409,
    kind: 'state',
    sentence: (details: { dueOn: string }) =>
      `申辩到 ${details.dueOn} 截止，现在不能再提出；仍有意见的，请与督导机构联系，由其延长期限。`,
  },
  'evaluation.statementWaived': {
    status: 409,
    kind: 'state',
    sentence: () => '本单位负责人已表示没有申辩意见，不能再提出；仍有意见的，请与督导机构联系。',
  },
  'evaluation.statementRunning': {
    status: 409,
    kind: 'state',
    sentence: (details: { dueOn: string | null }) =>
      `申辩${details.dueOn === null ? '期限还没有定' : `到 ${details.dueOn} 才截止`}，应当听取被督导单位的申辩意见（《教育督导条例》（国务院令第 624 号）第二十条）：请等到截止次日，或由被督导单位负责人表示没有（其他）申辩意见。`,
  },
  'evaluation.statementsUnanswered': {
    status: 409,
    kind: 'state',
    sentence: (details: { count: number }) =>
      `还有 ${details.count} 条申辩意见没有答复：请逐条写明是否采纳和理由，再出具督导意见书。`,
  },
  'evaluation.letterNotIssued': {
    status: 409,
    kind: 'state',
    sentence: () =>
      '督导意见书还没有印发（《教育督导条例》（国务院令第 624 号）第二十一条）：请先在“公文”中审核、签发、印发，再提请确认结果。',
  },
  'evaluation.letterUnfit': {
    status: 409,
    kind: 'state',
    sentence: (details: { title: string; faults: readonly string[] }) =>
      `“${details.title}”不能拟成公文：${details.faults.join('；')}。请在“结论”的“意见和问题”中精简意见，或由有权的人退回后修改。`,
  },
  'evaluation.findingsOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { open: number }) =>
      `还有 ${details.open} 个问题没有销号：请先在整改台账中办结；确需现在办结评估的，请写明原因，问题留在台账中继续整改。`,
  },
  'evaluation.hasFindings': {
    status: 409,
    kind: 'state',
    sentence: (details: { raised: number }) =>
      `这份评估有 ${details.raised} 个问题转入了整改台账，不能按没有问题办结：请在整改完成后办结。`,
  },
  'evaluation.returnReason': {
    status: 400,
    kind: 'input',
    sentence: () => '退回须写明原因，让被督导单位知道要补充什么。',
  },
  'evaluation.returnUnknown': {
    status: 400,
    kind: 'input',
    sentence: (details: { codes: readonly string[] }) =>
      `本次评估没有编号为 ${details.codes.slice(0, 5).join('、')} 的末级指标，请在指标树中重新选择要退回的指标。`,
  },
  'evaluation.leafLocked': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string; why: string; way: string }) =>
      `指标 ${details.code} 现在不能改：${details.why}。${details.way}。`,
  },
  'evaluation.leafOvertaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: {
      code: string;
      version: number;
      theirs: { answer: unknown; note: string };
      by: string | null;
      at: string | null;
    }) =>
      `指标 ${details.code} 在您打开之后${details.by === null ? '' : `已由${details.by}`}改过，您填的没有保存：请对照双方的内容，再定一个保存。`,
  },
  'evaluation.scoreOvertaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: {
      code: string;
      version: number;
      theirs: { answer: unknown; points: string | null; reason: string; reviewer: string };
      at: string | null;
    }) =>
      `指标 ${details.code} 已先有${details.theirs.reviewer}的评分，您的评分没有保存：请对照双方的分数和理由，再定一个保存。`,
  },
  'evaluation.leafNotYours': {
    status: 403,
    kind: 'access',
    sentence: (details: { code: string; whose: string }) =>
      `指标 ${details.code} 由${details.whose}负责填写：请由其填写，或先改定责任人。`,
  },
  'evaluation.leafFromData': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 由已批准的数据自动计分，不能直接改分：数据有误的请提出异议，并在数据来源处更正。`,
  },
  'evaluation.leafFromPerson': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) => `指标 ${details.code} 由本单位填写，直接改正即可，不需要提出异议。`,
  },
  'evaluation.notOnPanel': {
    status: 403,
    kind: 'access',
    sentence: (details: { code: string }) =>
      `您没有被安排评指标 ${details.code}：请由负责这一分支的督导组成员评分，或请项目组织者调整分工。`,
  },
  'evaluation.scoreReason': {
    status: 400,
    kind: 'input',
    sentence: (details: { code: string; why: string }) => `指标 ${details.code}：${details.why}，须写明理由。`,
  },
  'evaluation.pointsOpen': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 的得分还不能确定：缺少答复或数据，请补全后再评；数据由来源处更正。`,
  },
  'evaluation.seatDays': {
    status: 409,
    kind: 'state',
    sentence: (details: { from: string; to: string }) =>
      `您的席位自 ${details.from} 至 ${details.to}，今天不在期限内，不能评分：请由项目负责人调整席位的日期。`,
  },
  'evaluation.opinionBlind': {
    status: 409,
    kind: 'state',
    sentence: () => '您还有背靠背评分没有完成，评完以前不能看、不能写评估意见：请先评完。',
  },
  'evaluation.ownSide': {
    status: 409,
    kind: 'state',
    sentence: (details: { action: string }) =>
      `您在被评估的一方有岗位，或者经手过这份评估的自评、申辩，不能再办理“${details.action}”：请由其他人员办理。`,
  },
  'evaluation.statementsFull': {
    status: 409,
    kind: 'state',
    sentence: (details: { most: number }) => `一份评估最多提出 ${details.most} 条申辩意见，现在已经满了。`,
  },
  'evaluation.noStatementAccepted': {
    status: 409,
    kind: 'state',
    sentence: () => '初步意见已经反馈，没有采纳的申辩意见，得分不能再改：请先答复申辩并采纳。',
  },
  'evaluation.leafMoved': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 在您打开之后有了改动，评分没有保存：请刷新，看过改动后再评。`,
  },
  'evaluation.noTalk': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `指标 ${details.code} 的评分差距没有超过规定，不需要合议，按规则自动定分。`,
  },
  'evaluation.reviewersFew': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string; wanted: number; given: number }) =>
      `指标 ${details.code} 应由 ${details.wanted} 人评分，现有 ${details.given} 人的评分，其他人已不在督导组：请补派成员评分，或由组长先公开评分再合议。`,
  },
  'evaluation.scoresOwed': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string; owed: number }) =>
      `指标 ${details.code} 还有 ${details.owed} 人没有评分：请等全部评完再合议，或由组长写明原因提前公开评分。`,
  },
  'evaluation.nothingToAdopt': {
    status: 409,
    kind: 'state',
    sentence: () => '没有可以按自评计分的指标：您负责的指标都已评分，或自评还没有得分；请逐项评分。',
  },
} as const;
