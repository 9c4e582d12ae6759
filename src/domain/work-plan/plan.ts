/**
 * Kinds of yearly plans: the city's points of work, a county's own plan, a section's plan, and the plan of a year on the
 * way to 优质均衡.
 */
export const workPlanKinds = ['city', 'county', 'section', 'quality-balance'] as const;
export type WorkPlanKind = (typeof workPlanKinds)[number];

export const workPlanKindTitles: Readonly<Record<WorkPlanKind, string>> = {
  city: '市级工作要点',
  county: '县级工作计划',
  section: '科室工作计划',
  'quality-balance': '优质均衡年度推进计划',
};

/** A plan is a draft, in force, at its end (read only from then on), or taken back. */
export const workPlanStates = ['draft', 'issued', 'closed', 'cancelled'] as const;
export type WorkPlanState = (typeof workPlanStates)[number];

export const workPlanStateTitles: Readonly<Record<WorkPlanState, string>> = {
  draft: '草稿',
  issued: '已印发',
  closed: '已结束',
  cancelled: '已撤销',
};

/** An item waits, was found fulfilled by a note with its evidence, or was withdrawn from the plan. */
export const workItemStates = ['open', 'settled', 'withdrawn'] as const;
export type WorkItemState = (typeof workItemStates)[number];

/** What a unit has to do with an item: it leads, it helps, or the item names it as the place of the work. */
export const unitParts = ['responsible', 'partner', 'named'] as const;
export type UnitPart = (typeof unitParts)[number];

/**
 * Which counties an item is about: none in particular, those that it names, those that it names and others that want to
 * (等一些县), or every county.
 */
export const countyReaches = ['none', 'named', 'open', 'all'] as const;
export type CountyReach = (typeof countyReaches)[number];

export const countyReachTitles: Readonly<Record<CountyReach, string>> = {
  none: '不点名',
  named: '点名的县（市、区）',
  open: '点名的及其他县（市、区）',
  all: '所有县（市、区）',
};

/** A unit beside an item: as the plan writes it, and which unit of the register that is; null where it is none. */
export interface ItemUnit {
  readonly part: UnitPart;
  readonly written: string;
  readonly unitId: number | null;
}
