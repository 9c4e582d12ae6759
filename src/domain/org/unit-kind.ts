/**
 * Kinds of units of administration. The first three make up the tree by which the country is governed; a county-level unit
 * may be a development zone. Below city and county stand 科室 of their education bureau, other 部门 (财政局, 人社局 …),
 * institutions such as 教科所, and 乡镇、街道.
 */
export const unitKinds = ['province', 'city', 'county', 'section', 'department', 'institution', 'township'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** The kinds that stand below a city or a county, in the order of lists. */
export const lowerKinds = ['section', 'department', 'institution', 'township'] as const satisfies readonly UnitKind[];
export type LowerKind = (typeof lowerKinds)[number];

export const lowerKindNames: Readonly<Record<LowerKind, string>> = {
  section: '科室',
  department: '部门',
  institution: '直属单位',
  township: '乡镇（街道）',
};

/** The kinds that may stand directly below a unit of this kind, in the order of lists. */
export function lowerKindsBelow(parent: UnitKind): LowerKind[] {
  return lowerKinds.filter((kind) => mayStandBelow(kind, parent));
}

const above: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  province: [],
  city: ['province'],
  county: ['city'],
  section: ['city', 'county', 'department', 'institution'],
  department: ['city', 'county'],
  institution: ['city', 'county', 'department'],
  township: ['county'],
};

/** Whether a unit of one kind may stand directly below one of another; a province stands below nothing (`null`). */
export function mayStandBelow(kind: UnitKind, parent: UnitKind | null): boolean {
  return parent === null ? kind === 'province' : above[kind].includes(parent);
}

/**
 * The place of a unit's rows. For a city or a county it is the unit itself; for other units it is the place of the unit
 * above; for a province, which lies above every place, it is null.
 * @param parentPlace the place of the unit above
 */
export function placeOfUnit(kind: UnitKind, id: number, parentPlace: number | null): number | null {
  if (kind === 'province') return null;
  return kind === 'city' || kind === 'county' ? id : parentPlace;
}
