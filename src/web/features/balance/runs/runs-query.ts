import type { z } from 'zod';
import type { DeskContext } from '#web/shared/address/context.tsx';
import type { runsSearch } from '../balance.search.ts';

type Place = Pick<DeskContext, 'year' | 'unit'>;

/** The list of runs that the address asks for: year and unit are those of the desk, unless all years are asked for. */
export function runsQuery(search: z.output<typeof runsSearch>, { year, unit }: Place) {
  const { first: _, allYears, current, ...query } = search;
  return {
    ...query,
    current: current ? ('true' as const) : undefined,
    year: allYears ? undefined : (year ?? undefined),
    unitId: unit?.level === 'county' ? unit.id : undefined,
  };
}
