import { readBasicStandardFor } from '#domain/balance-tracking/basic-standard.shape.ts';
import { readTrackingRules } from '#domain/balance-tracking/rules.shape.ts';
import basicSchool from '../../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import tracking from '../../../../reference/balance/tracking.json' with { type: 'json' };
import balance from '../../../../reference/standards/basic-2012.json' with { type: 'json' };

/** The rules that come with the product: days of the year, warning lines, kinds of issues. Each names its source. */
export const trackingRules = readTrackingRules(tracking);

/** The basic standard of the province by which schools are judged; what comes with the product is an example. */
export const basicStandard = readBasicStandardFor(basicSchool, { tracked: trackingRules.standard, balance });
