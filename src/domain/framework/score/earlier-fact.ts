import type { Code } from '../edition.ts';

/** What of an earlier or another evaluation is a fact: its grade, its share of the points, its total. */
export const earlierMeasures = ['grade', 'rate', 'total'] as const;
export type EarlierMeasure = (typeof earlierMeasures)[number];

/** In how many years the latest round of an evaluation is looked for, the assessed one among them. */
export const roundsBack = 6;

/** Before every name of a result of an evaluation. */
const prefix = 'evaluation.';

/**
 * The name of a result of an evaluation among the facts. The published view `evaluation_facts` writes it.
 * @param key of the framework: `county-inspection-sample`
 */
export function earlierFact(key: string, measure: EarlierMeasure): string {
  return `${prefix}${key}.${measure}`;
}

/** The name of the share of the points that an indicator had: `evaluation.county-inspection-sample.rate.C64`. */
export function earlierRateFact(key: string, code: Code): string {
  return `${prefix}${key}.rate.${code}`;
}

/** The name of whether an indicator had all its points: `evaluation.county-inspection-sample.leaf.C20.full`. */
export function earlierFullFact(key: string, code: Code): string {
  return `${prefix}${key}.leaf.${code}.full`;
}

/**
 * The name of what the office has found about a rule that no figure decides: a truth, entered with its document like every other
 * fact of the year that was assessed.
 * @param code of a veto, cap or downgrade: `L3`
 */
export function rulingFact(key: string, code: string): string {
  return `${rulingPrefix}${key}.${code}`;
}

const rulingPrefix = '认定:';

/** Whether a name is that of a ruling. */
export function isRuling(name: string): boolean {
  return name.startsWith(rulingPrefix);
}

/** What the name of a result says: of which framework, and what of it. */
export type EarlierName =
  | { readonly key: string; readonly of: EarlierMeasure }
  | { readonly key: string; readonly of: 'rateOf' | 'fullOf'; readonly code: Code };

const ofIndicator = /^evaluation\.([a-z0-9-]+)\.(?:rate\.(.+)|leaf\.(.+)\.full)$/;
const ofWhole = /^evaluation\.([a-z0-9-]+)\.(grade|rate|total)$/;

/** Reads the name of a result; undefined where it is the name of something else. */
export function readEarlierName(name: string): EarlierName | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const [, key, measure] = ofWhole.exec(name) ?? [];
  if (key !== undefined) return { key, of: measure as EarlierMeasure };
  const [, framework, rateOf, fullOf] = ofIndicator.exec(name) ?? [];
  if (framework === undefined) return undefined;
  return rateOf === undefined
    ? { key: framework, of: 'fullOf', code: fullOf! }
    : { key: framework, of: 'rateOf', code: rateOf };
}
