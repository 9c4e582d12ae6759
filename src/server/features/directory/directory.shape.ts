import type { z } from 'zod';
import type * as orgUnits from '#contract/directory/units.ts';
import { schoolType } from '#domain/org/school-type.ts';
import type { SchoolRow } from './directory.store.ts';
import type { UnitRow } from './unit.store.ts';

/** The name of a 办学类型; the code itself where the statistics do not know it. */
export function typeName(code: string): string {
  return schoolType(code)?.name ?? code;
}

export function presentSchool<Row extends SchoolRow>(row: Row): Row & { schoolTypeName: string } {
  return { ...row, schoolTypeName: typeName(row.schoolType) };
}

export function presentUnit(row: UnitRow): z.output<typeof orgUnits.unit> {
  const { tileColumn, tileRow, contactName, contactPhone, ...plain } = row;
  return {
    ...plain,
    tile: tileColumn === null || tileRow === null ? null : { column: tileColumn, row: tileRow },
    contact: { name: contactName, phone: contactPhone },
  };
}
