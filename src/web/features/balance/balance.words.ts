import type { z } from 'zod';
import type {
  county,
  indicatorResult,
  levelResult,
  overviewRow,
  schoolResult,
  standard,
} from '#contract/balance/balance.ts';

export type OverviewRow = z.output<typeof overviewRow>;
export type LevelResult = z.output<typeof levelResult>;
export type IndicatorResult = z.output<typeof indicatorResult>;
export type CountyResult = z.output<typeof county.output>;
export type StandardReply = z.output<typeof standard.output>;
export type SchoolResult = z.output<typeof schoolResult>;

/** The standard that is shown when the address does not name one. */
export const firstStandard = 'quality-2017';
