/** Where a finding stands on its way from the day on which it was found to 销号. */
export const findingStates = [
  'found',
  'noticed',
  'planned',
  'done',
  'checked',
  'closed',
  'reopened',
  'cancelled',
] as const;
export type FindingState = (typeof findingStates)[number];

export const findingStateTitles: Readonly<Record<FindingState, string>> = {
  found: '待下发',
  noticed: '待制定措施',
  planned: '整改中',
  done: '待核查',
  checked: '待销号',
  closed: '已销号',
  reopened: '重新整改',
  cancelled: '已取消',
};

/** How grave a finding is. An urgent one (立行立改) is danger that passes every queue. */
export const findingSeverities = ['minor', 'moderate', 'serious', 'urgent'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export const findingSeverityTitles: Readonly<Record<FindingSeverity, string>> = {
  minor: '轻微',
  moderate: '一般',
  serious: '严重',
  urgent: '紧急隐患',
};

/** Who has to put it right: a unit (县级单位、部门、直属单位、乡镇), a 科室, or a school. */
export const dutyTypes = ['unit', 'section', 'school'] as const;
export type DutyType = (typeof dutyTypes)[number];

export const dutyTypeTitles: Readonly<Record<DutyType, string>> = { unit: '单位', section: '科室', school: '学校' };
