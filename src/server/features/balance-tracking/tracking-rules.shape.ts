import { readBasicStandardFor } from '#domain/balance-tracking/basic-standard.shape.ts';
import type { BasicStandard } from '#domain/balance-tracking/basic-standard.ts';
import { readTrackingRules } from '#domain/balance-tracking/rules.shape.ts';
import basicSchool from '../../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import tracking from '../../../../reference/balance/tracking.json' with { type: 'json' };
import balance from '../../../../reference/standards/basic-2012.json' with { type: 'json' };

/** The rules that come with the product: days of the year, warning lines, kinds of issues. Each names its source. */
export const trackingRules = readTrackingRules(tracking);

let known: BasicStandard | undefined;

/**
 * The basic standard of the province by which schools are judged; what comes with the product is an example. It is read when
 * somebody first asks: to read a definition takes longer than a start has to spare.
 */
export function basicStandard(): BasicStandard {
  known ??= readBasicStandardFor(basicSchool, { tracked: trackingRules.standard, balance });
  return known;
}
