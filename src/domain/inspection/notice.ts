/** The kinds of notices to an inspector who has an account, each with its words. */
export const inspectorNoticeTitles = {
  'inspector.formAsked': '请您填写督学登记表',
  'inspector.returned': '退回了督学登记表',
  'inspector.returnUndone': '收回了督学登记表的退回',
  'inspector.appointed': '聘任了督学',
  'inspector.renewed': '续聘了督学',
  'inspector.ended': '办理了督学离任',
  'inspector.declared': '申报了回避事项',
} as const;
export type InspectorNotice = keyof typeof inspectorNoticeTitles;
