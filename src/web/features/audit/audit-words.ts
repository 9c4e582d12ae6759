/** Subjects of acts, for the filter: the word before the dot. */
export const subjects = [
  { value: 'session', label: '登录' },
  { value: 'person', label: '账户' },
  { value: 'role', label: '角色' },
  { value: 'post', label: '岗位' },
  { value: 'token', label: '访问令牌' },
  { value: 'setting', label: '设置' },
  { value: 'filing', label: '数据填报' },
  { value: 'period', label: '填报周期' },
  { value: 'school', label: '学校' },
  { value: 'unit', label: '单位' },
  { value: 'balance', label: '均衡测算' },
  { value: 'standard', label: '标准' },
] as const;

const objects: Record<string, string> = {
  ...Object.fromEntries(subjects.map(({ value, label }) => [value, label])),
  account: '登录凭据',
  verification: '验证过程',
  'second-factor': '动态验证码',
  'balance-run': '均衡测算',
  'balance-standard': '标准',
  import: '导入表格',
  orgUnit: '单位',
};

const actions: Record<string, string> = {
  'session.started': '登录',
  'session.refused': '登录被拒绝',
  'session.ended': '退出或结束登录',
  'session.expired': '清理过期登录',
  'session.postChosen': '选择岗位',
  'post.standInGiven': '交同事代办',
  'post.standInEnded': '结束代办',
  'role.changeProposed': '提出修改角色',
  'role.changed': '角色改动生效',
  'role.changeRejected': '否决角色改动',
  'role.changeOvertaken': '角色改动失效',
  'person.created': '建立账户',
  'person.updated': '修改账户',
  'person.passwordChosen': '本人设定密码',
  'person.passwordReset': '重置密码',
  'person.disabled': '停用账户',
  'person.enabled': '恢复账户',
  'person.unlocked': '解除暂停登录',
  'person.sessionsEnded': '结束全部登录',
  'person.invited': '给出管理员链接',
  'person.secondFactorBegun': '开始绑定动态验证码',
  'person.secondFactorBound': '绑定动态验证码',
  'person.secondFactorRemoved': '解除动态验证码',
  'role.granted': '授予角色',
  'role.revoked': '收回角色',
  'token.created': '建立访问令牌',
  'token.revoked': '撤销访问令牌',
  'setting.updated': '修改设置',
  'filing.opened': '开始填报',
  'filing.submitted': '提交审核',
  'filing.returned': '退回修改',
  'filing.approved': '县级批准',
  'filing.accepted': '市级接收',
  'filing.withdrawn': '撤回提交',
  'filing.reopened': '重新开放',
  'filing.extended': '延长期限',
  'filing.reminded': '催报',
  'filing.commented': '批注',
  'filing.imported': '导入表格',
  'filing.importPreviewed': '检查导入表格',
  'filing.filled': '填写数据',
  'filing.commentResolved': '批注已处理',
  'filing.exempted': '不再应报',
  'filing.restored': '恢复应报',
  'period.opened': '开启填报周期',
  'period.changed': '修改填报周期',
  'period.closed': '结束填报周期',
  'period.schoolCorrected': '更正应报名单',
  'balance.run': '均衡测算',
  'balance.repeated': '重复均衡测算',
  'standard.revised': '修订标准',
  'school.opened': '设立学校',
  'school.renamed': '学校更名',
  'school.moved': '学校迁移',
  'school.merged': '合并学校',
  'school.split': '学校分设',
  'school.closed': '撤销学校',
  'school.reopened': '恢复学校',
  'school.retyped': '变更办学类型',
  'school.corrected': '更正学校资料',
  'school.imported': '导入学校名单',
  'unit.renamed': '单位更名',
  'unit.contactSaved': '修改单位联系人',
};

const rowChanges: Record<string, string> = { inserted: '新增记录', updated: '修改记录', deleted: '删除记录' };

/** Whether a line tells of a row that better-auth wrote, and not of an act of our own. */
export function isRowChange(action: string): boolean {
  return rowChanges[action.split('.')[1] ?? ''] !== undefined;
}

/** What was done, in words; an act without a word of its own shows its name as it is kept. */
export function actionTitle(action: string): string {
  const known = actions[action];
  if (known !== undefined) return known;
  const [subject = '', act = ''] = action.split('.');
  const change = rowChanges[act];
  return change === undefined ? action : `${objectTitle(subject)}（${change}）`;
}

export function objectTitle(objectType: string): string {
  return objects[objectType] ?? objectType;
}

const columns: Record<string, string> = {
  name: '姓名',
  username: '用户名',
  phone: '电话',
  status: '状态',
  role: '角色',
  unitId: '单位编号',
  schoolId: '学校编号',
  place: '单位或学校',
  post: '岗位编号',
  grantId: '岗位编号',
  standInId: '代办编号',
  standIn: '代办编号',
  principal: '代何人',
  person: '代办人',
  until: '截止日期',
  reach: '管辖范围',
  proposedBy: '提出人',
  waited: '满 24 小时生效',
  by: '方式',
  session: '登录编号',
  device: '设备',
  reason: '原因',
  first: '首个密码',
  password: '密码',
  expires_at: '到期',
  ip_address: '地址',
  user_agent: '设备',
  user_id: '人员',
  two_factor_enabled: '动态验证码',
  must_change_password: '须改密码',
  password_changed_at: '密码设定时间',
  secondFactor: '要求动态验证码',
  endOlderSession: '新登录结束旧登录',
  passwordDays: '密码有效天数',
  idleMinutes: '闲置分钟',
  permissions: '权限',
  expiresAt: '到期',
  ended: '结束的登录',
  sessions: '过期登录',
  verifications: '过期验证过程',
  id: '编号',
  created_at: '建立时间',
  created_by: '建立人',
  email: '占位邮箱',
  email_verified: '邮箱已核实',
  image: '头像',
  revision: '版本',
  token: '令牌',
  account_id: '凭据编号',
  provider_id: '登录方式',
  identifier: '标识',
  value: '内容',
  verified: '已确认',
  secret: '密钥',
  backup_codes: '备用码',
  failed_verification_count: '失败次数',
  locked_until: '锁定至',
  last_time_step: '已用验证码时段',
  rule: '规则',
  state: '状态',
  deadline: '期限',
  standard: '标准',
  verdict: '结论',
  year: '学年',
  stored: '是否存档',
};

/** The name of a field for reading; fields of filings are Chinese already. */
export function fieldTitle(field: string): string {
  return columns[field] ?? field;
}

/** A value of the audit in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '空';
  if (value === true) return '是';
  if (value === false) return '否';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
