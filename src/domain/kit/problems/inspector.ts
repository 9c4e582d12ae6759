/** Refusals of the register of inspectors. */
export const inspectorProblems = {
  'inspector.notEligible': {
    status: 409,
    kind: 'state',
    sentence: (details: { titles: readonly string[] }) =>
      `下列聘任条件不符合或还没有核实：${details.titles.join('；')}。请先在登记表中补充依据；不符合的退回推荐单位。`,
  },
  'inspector.ownForm': {
    status: 403,
    kind: 'access',
    sentence: () => '这是您本人的登记表（没有关联账户的，按姓名认定），须由本单位其他有权限的人员办理。',
  },
  'inspector.kindServing': {
    status: 409,
    kind: 'state',
    sentence: () => '在任人员不能改类别：请先办理离任，再重新登记，按新类别推荐、审核和公示。',
  },
  'inspector.notRenewable': {
    status: 409,
    kind: 'state',
    sentence: (details: { titles: readonly string[] }) =>
      `下列聘任条件不符合，不能续聘：${details.titles.join('；')}。情况有变化的，先在登记表中补充依据；仍不符合的，请办理离任。`,
  },
  'inspector.notFilled': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `${details.name}有账号，还没有填写本人的登记表（聘任单位改过的，还没有由本人核对保存），不能推荐。请${details.name}登录后在“我的督学登记”中填写；不用账号的，请在登记表中取消关联账户，另写明纸质登记表的存放处。`,
  },
  'inspector.paperForm': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string }) =>
      `${details.name}没有关联账户，推荐时请写明本人签名的纸质登记表存放在哪里。`,
  },
  'inspector.publicNoticeRunning': {
    status: 409,
    kind: 'state',
    sentence: (details: { until: string }) => `公示到 ${details.until} 才结束，次日起方可公布聘任。`,
  },
  'inspector.publicNoticeDays': {
    status: 400,
    kind: 'input',
    sentence: () => '公示的结束日期早于开始日期，请改正。',
  },
  'inspector.publicNoticePast': {
    status: 400,
    kind: 'input',
    sentence: (details: { today: string }) => `公示不能从已经过去的日期开始，请从 ${details.today} 或以后开始。`,
  },
  'inspector.termDays': {
    status: 400,
    kind: 'input',
    sentence: (details: { from: string }) =>
      `任期须自 ${details.from} 之后开始，结束日期不早于开始日期；请核对起止日期。`,
  },
  'inspector.termTooLong': {
    status: 400,
    kind: 'input',
    sentence: (details: { latest: string }) => `按规定这一任期最迟到 ${details.latest}，请改正结束日期。`,
  },
  'inspector.termEndless': {
    status: 409,
    kind: 'state',
    sentence: () => '现任期没有结束日期，不需要续聘。',
  },
  'inspector.beyondTerms': {
    status: 409,
    kind: 'state',
    sentence: (details: { most: number; source: string }) =>
      `续聘后连续任职将超过 ${details.most} 个任期（${details.source}）。确需续聘的，请写明理由。`,
  },
  'inspector.earlierTerms': {
    status: 409,
    kind: 'input',
    sentence: (details: { fault: string }) => `以前的任期：${details.fault}。请改正日期后再保存。`,
  },
  'inspector.accountUnknown': {
    status: 409,
    kind: 'input',
    sentence: (details: { name: string }) =>
      `没有姓名为“${details.name}”、用户名又与所填相符的在用账户；请核对用户名，或先不关联账户。`,
  },
  'inspector.accountTaken': {
    status: 409,
    kind: 'conflict',
    sentence: () => '这个账户已经关联到本单位另一条同类别的督学登记，请核对。',
  },
  'inspector.certificateTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { number: string }) => `督学证号 ${details.number} 已由本单位另一人使用，请核对。`,
  },
  'inspector.formClosed': {
    status: 409,
    kind: 'state',
    sentence: () => '登记表已经报送推荐，本人不能再改；需要更正的，请联系聘任单位。',
  },
  'inspector.declareClosed': {
    status: 409,
    kind: 'state',
    sentence: () =>
      '在任时在这里申报回避。登记表还没有报送推荐的，请在登记表的“回避事项”中填写；已经报送还没有聘任的，请告知聘任单位。',
  },
  'inspector.relationsFull': {
    status: 409,
    kind: 'state',
    sentence: () => '回避事项已有 40 条，不能再加；请联系聘任单位整理已经失效的事项。',
  },
  'inspector.paperEmpty': {
    status: 400,
    kind: 'input',
    sentence: (details: { paper: string }) => `${details.paper}还没有内容：请填写正文，或附上文件，再提交。`,
  },
  'inspector.paperHanded': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { paper: string }) => `这一学期的${details.paper}已经登记，不需要再登记。`,
  },
  'inspector.paperNotDue': {
    status: 409,
    kind: 'state',
    sentence: (details: { paper: string }) => `这名督学现在不需要提交这一学期的${details.paper}，请核对学期。`,
  },
  'inspector.statement': {
    status: 400,
    kind: 'input',
    sentence: (details: { title: string }) => `请写明“${details.title}”一项的依据。`,
  },
  'inspector.letterFullTime': {
    status: 409,
    kind: 'state',
    sentence: () => '专职督学由本级人民政府任命，不发聘书；请按任命程序办理，文号登记在任期中。',
  },
  'inspector.photograph': {
    status: 409,
    kind: 'input',
    sentence: () => '照片须是 JPEG、PNG 或 WebP 图片；请重新选择，并等它传完。',
  },
  'inspector.noCard': {
    status: 409,
    kind: 'state',
    sentence: (details: { why: 'kind' | 'state' | 'term' | 'number' }) =>
      ({
        kind: '评估专家没有督学证。',
        state: '在任的督学才有督学证，请先公布聘任。',
        term: '任期已满，没有督学证；请先续聘。',
        number: '还没有登记督学证号，请先在登记表中登记。',
      })[details.why],
  },
  'inspector.noCards': {
    status: 409,
    kind: 'state',
    sentence: () =>
      '所选人员中没有登记了证号、任期未满的在任督学，没有可以印制的督学证；请先登记证号或续聘，或改变筛选。',
  },
  'inspector.cardsMany': {
    status: 409,
    kind: 'state',
    sentence: (details: { count: number; most: number }) =>
      `所选 ${details.count} 名督学，一次最多印制 ${details.most} 张督学证；请按单位或类别筛选后分次印制。`,
  },
  'inspector.childPost': {
    status: 400,
    kind: 'input',
    sentence: () =>
      '子女和就读的学生只登记学校和事实，不写姓名、班级和其他情况：请按名录中的全称填写学校，并清空“职务”和“说明”。',
  },
} as const;
