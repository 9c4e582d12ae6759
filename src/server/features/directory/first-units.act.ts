import type pg from 'pg';
import { initialsOf } from '#core/directory/initials.ts';
import { nowhere } from '#domain/access/actor.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { unitList } from '#domain/org/unit-list.shape.ts';
import { withLease } from '#platform/db/handle.ts';
import units from '../../../../reference/units/quanzhou.json' with { type: 'json' };
import { insertFirstUnits } from './first-units.store.ts';

/** Writes the units of the city if there are none: a real installation starts with them. */
export async function prepareUnits(pool: pg.Pool): Promise<void> {
  const first = readDefinition(unitList, units, '单位名录').units;
  const initials = await initialsOf(first.map(({ name }) => name));
  const named = first.map((unit, at) => ({ ...unit, initials: initials[at]! }));
  await withLease(pool, (held) => held.writing(nowhere, (db) => insertFirstUnits(db, named)));
}
