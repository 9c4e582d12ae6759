import { wholeCode } from '#contract/frameworks/frameworks.ts';
import { pointIssues } from '#domain/framework/edition/points-check.ts';
import { Tree } from '#domain/framework/edition/tree.ts';
import type { Edition, Indicator } from '#domain/framework/edition.ts';
import type { Typed } from './changed-cells.ts';
import type { Draft } from './draft-notes.ts';

/**
 * What a publication would refuse as the draft stands with everything that is typed: points that do not add up are checked
 * here with each keystroke, all else as the server found it when something was saved last.
 */
export function liveIssues({ definition, issues }: Draft, typedOf: (code: string) => Typed): Draft['issues'] {
  const saved = new Set(sumsOf(definition).map(keyOf));
  const typed = withTyped(definition, typedOf);
  const others = issues.filter((issue) => !saved.has(keyOf(issue)));
  return typed === definition ? issues : [...sumsOf(typed), ...others];
}

const keyOf = ({ path, message }: { readonly path: string; readonly message: string }) => `${path} ${message}`;

const sumsOf = (edition: Edition) => pointIssues(edition, new Tree(edition));

/** The edition with the points, weights, methods and roll-ups that are typed and not saved. */
function withTyped(edition: Edition, typedOf: (code: string) => Typed): Edition {
  const whole = typedOf(wholeCode);
  let isTyped = 'points' in whole;
  const indicators = edition.indicators.map((indicator): Indicator => {
    const { points, weight, method, rollUp } = typedOf(indicator.code);
    const now = {
      ...(points === undefined ? {} : { points }),
      ...(weight === undefined ? {} : { weight }),
      ...(method === undefined ? {} : { method }),
      ...(rollUp ? { rollUp } : {}),
    };
    if (Object.keys(now).length === 0) return indicator;
    isTyped = true;
    return { ...indicator, ...now } as Indicator;
  });
  if (!isTyped) return edition;
  return { ...edition, indicators, ...('points' in whole ? { max: whole.points as number | null } : {}) };
}
