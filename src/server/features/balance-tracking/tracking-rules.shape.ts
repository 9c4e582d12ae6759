import { readTrackingRules } from '#domain/balance-tracking/rules.shape.ts';
import tracking from '../../../../reference/balance/tracking.json' with { type: 'json' };

/** The rules that come with the product: days of the year, warning lines, kinds of issues. Each names its source. */
export const trackingRules = readTrackingRules(tracking);
