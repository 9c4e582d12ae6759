/** Refusals of the register of schools and units. */
export const directoryProblems = {
  'school.codeTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string; void: boolean }) =>
      details.void
        ? `学校标识码 ${details.code} 已作废，作废的标识码不再使用，请另用新码。`
        : `学校标识码 ${details.code} 已属于另一所学校，请核对。`,
  },
  'school.notInState': {
    status: 409,
    kind: 'state',
    sentence: (details: { act: string; state: string }) =>
      `这所学校目前“${details.state}”，不能办理“${details.act}”。请刷新后查看它的现状。`,
  },
  'school.dayTooEarly': {
    status: 400,
    kind: 'input',
    sentence: (details: { day: string; last: string }) =>
      `变动日期 ${details.day} 早于最近一次登记的变动（${details.last}）。历史不能倒填，请核对日期。`,
  },
  'school.dayTaken': {
    status: 400,
    kind: 'input',
    sentence: (details: { day: string }) =>
      `${details.day} 已登记过这所学校的另一项变动，同一天不能再撤销或并入；请填写其后的日期。`,
  },
  'school.dayInFuture': {
    status: 400,
    kind: 'input',
    sentence: (details: { day: string; today: string }) =>
      `变动日期 ${details.day} 晚于今天（${details.today}），请在变动生效后办理。`,
  },
  'school.facts': {
    status: 400,
    kind: 'input',
    sentence: (details: { faults: ReadonlyArray<{ field: string; sentence: string }> }) =>
      details.faults.map((fault) => fault.sentence).join('；') + '。',
  },
  'school.newCodeNeeded': {
    status: 400,
    kind: 'input',
    sentence: (details: { type: string }) =>
      `改为“${details.type}”后学校类别改变，旧标识码作废，请填写新的学校标识码（学校〔机构〕代码编制规则）。`,
  },
  'school.codeStays': {
    status: 400,
    kind: 'input',
    sentence: () => '学校类别没有改变，标识码不变，不要填写新码。',
  },
  'school.codeWentOn': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; code: string; holder: string }) =>
      `“${details.name}”的标识码 ${details.code} 已由“${details.holder}”沿用，合并不能撤回。确需恢复的，请办理“设立”并启用新标识码。`,
  },
  'school.notMergeable': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string; reason: string }) => `“${details.name}”不能并入：${details.reason}。`,
  },
  'school.nothingChanges': {
    status: 400,
    kind: 'input',
    sentence: () => '填写的内容与现况相同，没有要办理的变动。',
  },
  'school.sameName': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string }) =>
      `填写的名称与现名“${details.name}”只有空格、全半角等写法不同，不是更名；要改正写法，请办理“更正登记”。`,
  },
  'unit.notParent': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string }) => `“${details.name}”不能作为上级单位。`,
  },
  'unit.cityHeld': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; held: string }) =>
      `${details.name}已有 ${details.held}，不能再另选城市。单位有变化的，由市级督导干部在“单位与学校”的“单位”页增设、更名或撤销。`,
  },
  'unit.noDivision': {
    status: 400,
    kind: 'input',
    sentence: (details: { codes: readonly string[] }) =>
      `行政区划代码 ${details.codes.join('、')} 不在所选城市的名录中，请从名录中选取；名录里没有的单位，请作为功能区填写。`,
  },
  'unit.noCounty': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string }) =>
      `${details.name}至少要有一个县级单位：请勾选县（市、区），或填写一个功能区。`,
  },
  'unit.nameTaken': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string; other: string }) =>
      details.name === details.other
        ? `“${details.name}”已用于另一个单位，请改用能区分的名称。`
        : `“${details.name}”与“${details.other}”看上去相同，请改用能区分的名称。`,
  },
  'unit.codeTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string; name: string }) =>
      `行政区划代码 ${details.code} 已用于${details.name}，一个代码只给一个单位，请核对。`,
  },
  'unit.notOfProvince': {
    status: 400,
    kind: 'input',
    sentence: (details: { code: string; city: string }) =>
      `行政区划代码 ${details.code} 与${details.city}不在同一个省份，请核对；功能区没有代码，请留空。`,
  },
  'unit.held': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; held: string }) =>
      `${details.name}还有 ${details.held}，不能撤销。请先把学校变更隶属或撤销、收回岗位、办结填报，再撤销单位。`,
  },
  'unit.closedAlready': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; day: string }) => `${details.name}已于 ${details.day} 撤销。`,
  },
  'unit.notInto': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string }) => `${details.name}不能并入自身或已撤销的单位，请另选并入的单位。`,
  },
  'unit.used': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `${details.name}有过学校、岗位或数据，不能删除；不再设立的，请办理“撤销”，以前各年的数据照常可查。`,
  },
  'unit.dayTooEarly': {
    status: 400,
    kind: 'input',
    sentence: (details: { day: string; last: string }) =>
      `日期 ${details.day} 不晚于这个单位最近一次变动（${details.last}），请填写其后的日期。`,
  },
  'unit.dayInFuture': {
    status: 400,
    kind: 'input',
    sentence: (details: { day: string; today: string }) =>
      `日期 ${details.day} 晚于今天（${details.today}），请在变动生效后办理。`,
  },
  'unit.notBelow': {
    status: 400,
    kind: 'input',
    sentence: (details: { name: string; kind: string; may: readonly string[] }) =>
      details.may.length === 0
        ? `${details.name}之下不再设单位，请选择它的上级。`
        : `${details.name}之下不能设${details.kind}，可设${details.may.join('、')}；请另选类别或上级。`,
  },
  'unit.holdsUnits': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; below: readonly string[] }) =>
      `${details.name}之下还有${details.below.join('、')}，不能撤销。请先撤销这些单位。`,
  },
  'unit.placeTaken': {
    status: 400,
    kind: 'input',
    sentence: (details: { names: readonly string[] }) =>
      `${details.names.join('、')}排在同一格，请给每个单位一个自己的位置。`,
  },
  'import.registerChanged': {
    status: 409,
    kind: 'conflict',
    sentence: () => '检查之后登记内容或变动日期有了变化，将要写入的已不是检查时所见，请重新检查后再写入。',
  },
} as const;
