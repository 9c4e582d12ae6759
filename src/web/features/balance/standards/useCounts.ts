import { useEffect, useState } from 'react';
import { countConditions } from '#contract/balance/balance.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useRested } from '#web/shared/page/useRested.ts';
import { type DraftExclusion, sentExclusions } from './draft-exclusions.ts';

type Counted = RouteOutput<typeof countConditions>['conditions'][number];

/** How many schools the conditions mean, as far as that is known. */
export interface Counts {
  /** What was counted for a condition as it stands; undefined while that is not known. */
  of: (exclusion: Pick<DraftExclusion, 'when' | 'levels'>) => Counted | undefined;
  /** Why nothing can be counted. */
  fault: string | null;
}

/** How long typing rests before the schools are counted, in milliseconds. */
const rest = 400;

/** How many schools each condition means; asked again when the typing rests. */
export function useCounts(key: string, exclusions: readonly DraftExclusion[]): Counts {
  const text = JSON.stringify(sentExclusions(exclusions).filter(isAskable).map(conditionOf));
  const rested = useRested(text, rest);
  const conditions = JSON.parse(rested) as Condition[];
  const read = useRead(countConditions, { params: { key }, body: { conditions } }, { enabled: conditions.length > 0 });
  const counted = read.data?.conditions;
  // The last answer is kept by the condition it belongs to: a change of one condition leaves the counts of the others.
  const [known, setKnown] = useState<ReadonlyMap<string, Counted>>(new Map());
  useEffect(() => {
    if (counted) setKnown(new Map((JSON.parse(rested) as Condition[]).map((one, at) => [keyOf(one), counted[at]!])));
  }, [counted, rested]);
  const isWithoutYear = read.data?.year === null;
  return {
    of: (exclusion) => (isWithoutYear ? undefined : known.get(keyOf(exclusion))),
    fault: isWithoutYear ? '没有开启的学年，还不能计数' : (read.error?.message ?? null),
  };
}

type Condition = Pick<DraftExclusion, 'when' | 'levels'>;

const conditionOf = ({ when, levels }: Condition) => ({ when, levels: [...levels] });

function keyOf(condition: Condition): string {
  return JSON.stringify(conditionOf(condition));
}

function isAskable({ when, levels }: Condition): boolean {
  return when.trim() !== '' && levels.length > 0;
}
