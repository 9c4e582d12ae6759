import type { z } from 'zod';
import type * as orgUnits from '#contract/directory/units.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { tileOf } from '#domain/org/tile-layout.ts';
import type { SchoolRow } from './directory.store.ts';
import type { LowerUnitRow } from './unit/lower-unit.store.ts';
import type { UnitRow } from './unit/unit.store.ts';

/** The audit row of an act on one unit. A province lies in no place of ours; its act lies with the city that does it. */
export function recordOfUnit(
  { id, level }: Pick<UnitRow, 'id' | 'level'>,
  action: string,
  what: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry {
  return { action, objectType: 'unit', objectId: id, ...(level === 'province' ? {} : { placeId: id }), ...what };
}

/** The audit row of an act on a unit below a city or a county; it lies there. */
export function recordOfLowerUnit(
  { id, placeId }: Pick<LowerUnitRow, 'id' | 'placeId'>,
  action: string,
  what: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry {
  return { action, objectType: 'unit', objectId: id, placeId, ...what };
}

/** The name of a 办学类型; the code itself where the statistics do not know it. */
export function typeName(code: string): string {
  return schoolType(code)?.name ?? code;
}

export function presentSchool<Row extends SchoolRow>(row: Row): Row & { schoolTypeName: string } {
  return { ...row, schoolTypeName: typeName(row.schoolType) };
}

export function presentUnit(row: UnitRow): z.output<typeof orgUnits.unit> {
  const { tileColumn, tileRow, contactName, contactPhone, closedOn: _, ...plain } = row;
  return {
    ...plain,
    tile: tileOf({ tileColumn, tileRow }),
    contact: { name: contactName, phone: contactPhone },
  };
}
