import type pg from 'pg';
import { nowhere } from '#domain/access/actor.ts';
import { announcedYear } from '#domain/calendar/announced-year.shape.ts';
import { daysOf } from '#domain/calendar/announced-year.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { type WholeHandle, withWriting } from '#platform/db/handle.ts';
import year2023 from '../../../../reference/calendar/2023.json' with { type: 'json' };
import year2024 from '../../../../reference/calendar/2024.json' with { type: 'json' };
import year2025 from '../../../../reference/calendar/2025.json' with { type: 'json' };
import year2026 from '../../../../reference/calendar/2026.json' with { type: 'json' };
import { recordAudit, systemSource } from '../audit/audit.store.ts';
import { findCity, listAnnouncements, writeAnnouncedYear } from './working-days.store.ts';

/** A year's announcement as it is given: whatever has no such shape is refused before it is written. */
type GivenYear = Readonly<Record<string, unknown>> & { readonly year: number };

/** Every year whose holidays the product knows. A new notice of the State Council is a file and one line here. */
const shippedYears: readonly GivenYear[] = [year2023, year2024, year2025, year2026];

/** The calendar's data before the first request: the announced years that the product knows. */
export function prepareCalendar(pool: pg.Pool, shipped?: readonly GivenYear[]): Promise<void> {
  return withWriting(pool, nowhere, (db) => bringAnnouncedYears(db, shipped));
}

/**
 * Writes the announced years that are missing. A year that a person has announced here by its document stays as it is.
 * Before the city is chosen there is no place for the record, and nobody counts days: the choice brings the years.
 */
export async function bringAnnouncedYears(
  db: WholeHandle,
  shipped: readonly GivenYear[] = shippedYears,
): Promise<void> {
  const placeId = await findCity(db);
  if (placeId === undefined) return;
  const known = await listAnnouncements(db);
  for (const given of shipped) {
    // The list is read only for a year that is missing: every other start would check it for nothing.
    if ((known.get(given.year) ?? null) !== null) continue;
    const announced = readDefinition(announcedYear, given, '节假日安排');
    const { year, document } = announced;
    await writeAnnouncedYear(db, { year, document, days: daysOf(announced), known: known.has(year) });
    await recordAudit(db, systemSource, {
      action: 'calendar.announced',
      objectType: 'calendar-year',
      objectId: year,
      placeId,
      after: { document },
    });
  }
}
