import type { z } from 'zod';
import type { knownUnit, planDetail, writtenItem } from '#contract/work-plans/plans.ts';
import type { KnownUnit } from '#domain/work-plan/named-units.ts';
import type { ItemUnit, UnitPart } from '#domain/work-plan/plan.ts';
import { understand } from '#domain/work-plan/recognise.ts';

export type WrittenItem = z.output<typeof writtenItem>;
export type Detail = z.output<typeof planDetail>;
export type PlanItem = Detail['items'][number];
export type Known = z.output<typeof knownUnit>;

export const emptyItem: WrittenItem = {
  ...{ heading: null, number: null, text: '', fromDay: null, toDay: null },
  ...{ countyReach: 'none', cityManaged: false, units: [], ties: [] },
};

/** What a person writes of an item, without what the system adds. */
export function writtenOf({
  heading,
  number,
  text,
  fromDay,
  toDay,
  countyReach,
  cityManaged,
  units,
  ties,
}: PlanItem): WrittenItem {
  return {
    ...{ heading, number, text, fromDay, toDay, countyReach, cityManaged },
    units: units.map(({ part, written, unitId }) => ({ part, written, unitId })),
    ties: ties.map(({ kind, year }) => ({ kind, year })),
  };
}

/** The same item with another text, and what that text says of counties, offices and days. */
export function withText(item: WrittenItem, text: string, year: number, known: readonly KnownUnit[]): WrittenItem {
  return { ...item, text, ...understand(text, year, known), units: [...understand(text, year, known).units] };
}

/** The units of one part, as a line of names. */
export const unitsLine = (units: readonly ItemUnit[], part: UnitPart) =>
  units.flatMap((unit) => (unit.part === part ? [unit.written] : [])).join('、');

/** A line of names as units: one of the register by its name, any other as it is written. */
export function unitsFromLine(line: string, part: UnitPart, known: readonly Known[]): ItemUnit[] {
  const written = line.split(/[、,，;；\s]+/).filter((name) => name !== '');
  return [...new Set(written)].map((name) => ({
    ...{ part, written: name.slice(0, 60) },
    unitId: known.find(({ names }) => names.includes(name))?.id ?? null,
  }));
}

/** The counties of an item in words: 点名鲤城、丰泽; 所有县（市、区）; 市直学校. */
export function countiesText({
  countyReach,
  cityManaged,
  units,
}: Pick<WrittenItem, 'countyReach' | 'cityManaged' | 'units'>): string {
  const named = unitsLine(units, 'named');
  const counties = { none: '', all: '所有县（市、区）', named, open: named === '' ? '部分县（市、区）' : `${named}等` };
  return [counties[countyReach], cityManaged ? '市直学校' : ''].filter(Boolean).join('，');
}

/** From when until when, in words; empty where the item does not say. */
export function spanText(fromDay: string | null, toDay: string | null): string {
  if (toDay === null) return fromDay === null ? '' : `${fromDay} 起`;
  return fromDay === null ? `${toDay} 前` : `${fromDay} 至 ${toDay}`;
}
