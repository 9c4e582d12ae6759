/** Whether an inspector belongs to the office, is invited, looks after schools, or is an expert who is asked from time to time. */
export const inspectorKinds = ['full-time', 'specially-invited', 'responsible', 'expert'] as const;
export type InspectorKind = (typeof inspectorKinds)[number];

/** The kinds by the names of 督学管理暂行办法 (教督〔2016〕2号); experts are beside it. */
export const inspectorKindTitles: Readonly<Record<InspectorKind, string>> = {
  'full-time': '专职督学',
  'specially-invited': '特约督学',
  responsible: '责任督学',
  expert: '评估专家',
};

/** From the form to the end: 推荐, 审核, a second review, 公示, 公布 (教督〔2016〕2号). */
export const inspectorStates = [
  'draft',
  'recommended',
  'reviewed',
  'confirmed',
  'publicised',
  'serving',
  'ended',
  'withdrawn',
] as const;
export type InspectorState = (typeof inspectorStates)[number];

export const inspectorStateTitles: Readonly<Record<InspectorState, string>> = {
  draft: '待推荐',
  recommended: '待审核',
  reviewed: '待复审',
  confirmed: '待公示',
  publicised: '公示中',
  serving: '在任',
  ended: '已离任',
  withdrawn: '已撤销',
};

export const sexes = ['male', 'female'] as const;
export const sexTitles: Readonly<Record<(typeof sexes)[number], string>> = { male: '男', female: '女' };

/** Years of birth that a form takes. */
export const birthYears = { earliest: 1900, latest: 2100 } as const;

/** Degrees from the lowest to the highest. */
export const degrees = ['college', 'bachelor', 'master', 'doctor'] as const;
export type Degree = (typeof degrees)[number];
export const degreeTitles: Readonly<Record<Degree, string>> = {
  college: '大专及以下',
  bachelor: '大学本科',
  master: '硕士研究生',
  doctor: '博士研究生',
};

export const inspectorStages = ['preschool', 'primary', 'junior', 'senior', 'special'] as const;
export type InspectorStage = (typeof inspectorStages)[number];
export const inspectorStageTitles: Readonly<Record<InspectorStage, string>> = {
  preschool: '学前',
  primary: '小学',
  junior: '初中',
  senior: '高中',
  special: '特殊教育',
};

/** Whom a declared relation is about. A child has no name here, nor has anybody else. */
export const relatives = ['self', 'spouse', 'parent', 'child', 'other'] as const;
export type Relative = (typeof relatives)[number];
export const relativeTitles: Readonly<Record<Relative, string>> = {
  self: '本人',
  spouse: '配偶',
  parent: '父母',
  child: '子女',
  other: '其他近亲属',
};

/** What ties the relative, or the inspector, to a unit or a school. */
export const tieKinds = ['heads', 'works', 'studies', 'conflict'] as const;
export type TieKind = (typeof tieKinds)[number];
export const tieTitles: Readonly<Record<TieKind, string>> = {
  heads: '任主要负责人',
  works: '在此工作',
  studies: '在此就读',
  conflict: '有利益关系',
};

export const paperKinds = ['plan', 'summary'] as const;
export type PaperKind = (typeof paperKinds)[number];
export const paperTitles: Readonly<Record<PaperKind, string>> = { plan: '学期计划', summary: '学期总结' };

export const halves = ['autumn', 'spring'] as const;
export type Half = (typeof halves)[number];
export const halfTitles: Readonly<Record<Half, string>> = { autumn: '第一学期', spring: '第二学期' };

/** Whether the register has the number of a certificate, and whether it is entered at another unit too. */
export const certificateStandings = ['with', 'without', 'shared'] as const;
export type CertificateStanding = (typeof certificateStandings)[number];

/** How the term of somebody in office stands: it ends soon, it has ended, or neither. */
export const termStandings = ['expiring', 'expired', 'running'] as const;
export type TermStanding = (typeof termStandings)[number];
export const termStandingTitles: Readonly<Record<TermStanding, string>> = {
  expiring: '任期将满',
  expired: '任期已满',
  running: '任期内',
};

/** The lines of work about inspectors. */
export const inspectorTurns = [
  ...(['recommend', 'review', 'confirm', 'publicise', 'appoint'] as const),
  ...(['expiring', 'requirements', 'papers'] as const),
] as const;
export type InspectorTurn = (typeof inspectorTurns)[number];
