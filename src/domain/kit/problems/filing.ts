/** Refusals of the yearly data filling and of its workbooks. */
export const filingProblems = {
  'filing.changed': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { schoolName: string; state: string }) =>
      `“${details.schoolName}”的填报在您打开之后已有变动，现在是“${details.state}”，请刷新后核对再办理。`,
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
      `以下数据项没有开放修改：${details.labels.slice(0, 5).join('、')}${details.labels.length > 5 ? ` 等 ${details.labels.length} 项` : ''}。退回时只开放了选定的数据项及其相关项。`,
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
    sentence: () => '日期次序不对：学校截止日期须不早于开始日期，市级接收期限须不早于学校截止日期。',
  },
  'period.notOpen': { status: 409, kind: 'state', sentence: () => '还没有开启这个学年的填报。' },
  'period.over': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) => `${details.name}的填报已经结束。`,
  },
  'import.notWorkbook': {
    status: 422,
    kind: 'input',
    sentence: (details: { what: string; wayOut: string }) =>
      `这个文件不是 .xlsx 或 .xls 工作簿（${details.what}），改扩展名不能改变文件内容；${details.wayOut}。`,
  },
  'import.passwordProtected': {
    status: 422,
    kind: 'input',
    sentence: () => '这个工作簿设有打开密码，系统无法读取；请在 Excel 或 WPS 中取消密码后重新上传。',
  },
  'import.damaged': {
    status: 422,
    kind: 'input',
    sentence: (details?: { what: string }) =>
      `这个工作簿已损坏${details ? `（${details.what}）` : ''}，无法读取；请在 Excel 或 WPS 中打开并另存为 .xlsx 后重新上传。`,
  },
  'import.tooLarge': {
    status: 422,
    kind: 'input',
    sentence: (details: { limit: string; where?: string }) =>
      details.where === undefined
        ? `这个工作簿展开后过大（上限 ${details.limit}），不像是填报用的表格；请删去多余的工作表、行和列后重新上传。`
        : `这个工作簿超出可以读取的范围（上限 ${details.limit}）：${details.where} 还有内容；请删去多余的行和列后重新上传。`,
  },
  'import.busy': {
    status: 429,
    kind: 'state',
    sentence: () => '同时上传的表格较多，这一份还没有读取；请半分钟后再上传一次。',
  },
  'import.busyOwn': {
    status: 429,
    kind: 'state',
    sentence: () => '您上传的几份表格还在读取，这一份还没有读取；请等前面的读完后再上传一次。',
  },
  'import.notTemplate': {
    status: 422,
    kind: 'input',
    sentence: () => '这个工作簿不是系统下载的填报模板（缺少模板标记）；请重新下载模板，把数据填入后上传。',
  },
  'import.oldEdition': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; current: string }) =>
      `模板版本是“${details.found}”，本周期使用“${details.current}”；请下载新模板后填写。`,
  },
  'import.otherUnit': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; expected: string }) =>
      `这是“${details.found}”的模板，不是“${details.expected}”的；请选对文件，或下载本单位的模板。`,
  },
  'import.otherPeriod': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; expected: string }) =>
      `这是${details.found}的模板，不能导入${details.expected}；请下载本学年的模板。`,
  },
  'import.empty': {
    status: 422,
    kind: 'input',
    sentence: () => '表格里没有要写入的内容；请填写后重新上传。',
  },
  'import.expired': {
    status: 409,
    kind: 'state',
    sentence: () => '这次导入的预览已经过期或已经写入，请重新上传表格。',
  },
  'import.hardErrors': {
    status: 422,
    kind: 'input',
    sentence: (details: { count: number }) =>
      `表格还有 ${details.count} 处错误，改正后重新上传才能写入；没有写入任何数据。`,
  },
  'import.overtaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { count: number; first: string }) =>
      `预览之后有 ${details.count} 个单元格已被他人改动或锁定（如${details.first}），没有写入任何数据；请重新上传并核对。`,
  },
} as const;
