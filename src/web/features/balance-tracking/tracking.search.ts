import { z } from 'zod';
import { trackStandings } from '#domain/balance-tracking/state.ts';
import { searchChoice, searchFlag, searchNumber } from '#web/shared/address/search-state.ts';

/** The overview: its filters, and the county whose planned year is entered. */
export const overviewSearch = z.object({
  standing: searchChoice(trackStandings),
  late: searchFlag,
  planning: searchNumber,
});

/** The published figures: the county whose figures are entered. */
export const figuresSearch = z.object({ county: searchNumber });
