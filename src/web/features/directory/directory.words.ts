import type { readSchool, schoolHistory, schools } from '#contract/directory/directory.ts';
import type { lowerUnits, readLowerUnit } from '#contract/directory/lower-units.ts';
import type { unitRegister } from '#contract/directory/unit-changes.ts';
import type { readUnit, units } from '#contract/directory/units.ts';
import type { RouteOutput } from '#contract/route.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { schoolStatusNames } from '#domain/org/school-change.ts';
import { kindergartenType, schoolTypes } from '#domain/org/school-type.ts';
import { sponsors } from '#domain/org/sponsor.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import type { StateName } from '#web/shared/kit/words/StateMark.tsx';
import { choices } from '#web/shared/words/choices.ts';

export type SchoolRow = RouteOutput<typeof schools>['rows'][number];
export type SchoolDetail = RouteOutput<typeof readSchool>;
export type History = RouteOutput<typeof schoolHistory>;
export type Unit = RouteOutput<typeof units>['units'][number];
export type RegisteredUnit = RouteOutput<typeof unitRegister>['rows'][number];
export type LowerUnit = RouteOutput<typeof lowerUnits>['rows'][number];
export type LowerUnitDetail = RouteOutput<typeof readLowerUnit>;
export type UnitDetail = RouteOutput<typeof readUnit>;

export const ownershipChoices = choices(ownershipNames);
export const urbanClassChoices = choices(urbanClassNames);
export const statusChoices = [...choices(schoolStatusNames), { value: 'all' as const, label: '全部' }];
export const managerChoices = [
  { value: 'county', label: '县级管理' },
  { value: 'city', label: '市直' },
] as const;

/** Kinds of school in the register; classes attached to a school are not registered. */
const registered = [...schoolTypes.values()].filter(
  (type) => type.category !== 'attached-classes' && type.category !== 'kindergarten',
);

/** The same by name, for whoever looks for schools. */
export const typeNameChoices = registered.map(({ code, name }) => ({ value: code, label: name }));

/** The same with the official code, for whoever enters a school into the register. */
export const typeChoices = registered.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));

/** The same with kindergartens, for the opening of a school. */
export const openedTypeChoices = [
  ...typeChoices,
  { value: kindergartenType, label: `${kindergartenType} ${schoolTypes.get(kindergartenType)!.name}` },
];

/** The list shows schools where nothing is chosen. */
export const kindChoices = [{ value: 'kindergarten', label: '幼儿园' }] as const;

export const sponsorChoices = sponsors.map((sponsor) => ({
  value: sponsor.code,
  label: `${sponsor.code} ${sponsor.name}`,
}));

/** The mark of a school's state; an open school needs none. */
export const statusMarks: Readonly<Record<SchoolRow['status'], { state: StateName; text: string }>> = {
  open: { state: 'valid', text: schoolStatusNames.open },
  merged: { state: 'closed', text: schoolStatusNames.merged },
  closed: { state: 'closed', text: schoolStatusNames.closed },
};

export const eventWords: Readonly<Record<History['events'][number]['kind'], string>> = {
  opened: '设立',
  renamed: '更名',
  moved: '变更隶属或所在地',
  merged: '合并',
  split: '分设',
  closed: '撤销',
  reopened: '恢复办学',
  retyped: '变更办学类型',
  corrected: '更正登记',
};

export const partWords: Readonly<Record<History['events'][number]['others'][number]['part'], string>> = {
  absorbed: '并入本校',
  into: '并入',
  branch: '分出',
  origin: '分自',
};
