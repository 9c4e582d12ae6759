import type { ListedUnit } from '#domain/org/unit-list.shape.ts';
import type { DirectoryHandle } from './directory.store.ts';

/** Names of units without a recorded beginning are valid from this day. */
const recordedFrom = '2000-01-01';

/** Writes the units with their first names, where there is no unit yet. */
export async function insertFirstUnits(
  db: DirectoryHandle,
  units: readonly (ListedUnit & { readonly initials: string })[],
): Promise<void> {
  const any = await db.selectFrom('org_units').select('id').limit(1).executeTakeFirst();
  if (any !== undefined) return;
  await db
    .insertInto('org_units')
    .values(
      units.map((unit) => ({
        ...{ id: unit.id, kind: unit.adminLevel, unit_code: unit.unitCode, gb_code: unit.gbCode },
        ...{ parent_id: unit.parentId, place_id: unit.adminLevel === 'province' ? null : unit.id },
        ...{ name: unit.name, short_name: unit.shortName, initials: unit.initials, sort_order: unit.id },
        ...{ tile_column: unit.tile?.[0] ?? null, tile_row: unit.tile?.[1] ?? null },
      })),
    )
    .execute();
  await db
    .insertInto('org_unit_versions')
    .values(
      units.map(({ id, name, parentId }) => ({ unit_id: id, valid_from: recordedFrom, name, parent_id: parentId })),
    )
    .execute();
}
