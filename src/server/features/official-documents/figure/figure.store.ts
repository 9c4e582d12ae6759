import { sql } from 'kysely';
import { among } from '#platform/db/listing.ts';
import type { LetterHandle } from '../letter.store.ts';

export interface FigureUnit {
  readonly id: number;
  readonly name: string;
}

/** Units of which this person can ask figures: the city first. */
export async function listFigureUnits(db: LetterHandle, places: readonly number[]): Promise<FigureUnit[]> {
  const { rows } = await sql<FigureUnit>`
    select id, short_name as name from org_units
     where id = ${among(places)} and kind in ('city', 'county') order by kind, sort_order, id`.execute(db);
  return rows;
}

/** The school years, the newest first. */
export async function listFigureYears(db: LetterHandle): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select year from periods where kind = 'school-year' order by year desc limit 20`.execute(db);
  return rows.map(({ year }) => year);
}
