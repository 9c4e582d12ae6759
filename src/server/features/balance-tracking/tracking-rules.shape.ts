import { type BasicStandardEdition, readBasicStandardFor } from '#domain/balance-tracking/basic-standard.shape.ts';
import { readTrackingRules } from '#domain/balance-tracking/rules.shape.ts';
import basicSchool from '../../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import tracking from '../../../../reference/balance/tracking.json' with { type: 'json' };
import balance from '../../../../reference/standards/basic-2012.json' with { type: 'json' };

/** The rules that come with the product: days of the year, warning lines, kinds of issues. Each names its source. */
export const trackingRules = readTrackingRules(tracking);

/**
 * Reads a basic standard for the tracks of these rules.
 * @throws Problem `definition.invalid` with every fault
 */
export const readOwnBasicStandard = (json: unknown): BasicStandardEdition =>
  readBasicStandardFor(json, { tracked: trackingRules.standard, balance });

let known: BasicStandardEdition | undefined;

/**
 * The basic standard that comes with the product, an example. It is read when somebody first asks: to read a definition takes
 * longer than a start has to spare.
 */
export function shippedBasicStandard(): BasicStandardEdition {
  known ??= readOwnBasicStandard(basicSchool);
  return known;
}
