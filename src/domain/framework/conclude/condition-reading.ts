import { firstNamed } from '../../kit/first-named.ts';
import type { Context, Facts } from '../answer.ts';
import type { Prepared, Scored } from '../result.ts';
import { type FactReader, factReader } from '../score/fact-reader.ts';
import type { RuleKind } from './condition-syntax.ts';
import type { Judgement, Lack } from './range.ts';
import { ScoreView } from './score-view.ts';

/** What a condition is read against. */
export interface ConditionReading {
  readonly prepared: Prepared;
  /** Null inside a leaf: there words about scores are not known. */
  readonly scores: ScoreView | null;
  readonly facts: Facts;
  readonly reader: FactReader;
  readonly context: Context;
  /** Years before the assessed one; there only facts are known, and what earlier evaluations left behind as facts. */
  readonly yearsBack: number;
  /** How each veto, cap and downgrade was judged, once they were. */
  readonly rules: Readonly<Record<RuleKind, readonly Judgement[]>> | null;
  readonly precondition: Judgement;
  readonly inQuota: Judgement;
  /** The conclusions, once they were drawn. */
  readonly concluded: readonly string[] | null;
  /** All subjects of the round, this one included; null outside a round. */
  readonly peers: readonly ConditionReading[] | null;
  /** Whether what nobody has said keeps a conclusion open, where it hangs on it; else it is taken as not holding and named. */
  readonly strict: boolean;
  /** Collects the names of what was taken as not holding because nobody has said it. */
  readonly open: Set<string>;
}

/** What is in the way of a grade with a quota while nobody has drawn its places. */
export const placeInQuota = '名额';

/** A reading of one subject, before its rules are judged. */
export function conditionReading(
  prepared: Prepared,
  scored: Scored | null,
  facts: Facts,
  context: Context,
  strict = false,
): ConditionReading {
  return {
    ...{
      prepared,
      facts,
      context,
      strict,
      yearsBack: 0,
      rules: null,
      precondition: true,
      concluded: null,
      peers: null,
    },
    scores: scored && new ScoreView(prepared, scored),
    reader: factReader(facts, context.evaluations),
    inQuota: context.inQuota ?? openRoundOf(context) ?? { of: 'given', names: [placeInQuota] },
    open: new Set(),
  };
}

/** How many subjects a sentence names. */
const mostNamed = 5;

/** What is in the way while other subjects of the round are not settled; undefined where all are, or nobody has looked. */
export function openRoundOf({ openRound = [] }: Context): Lack | undefined {
  if (openRound.length === 0) return undefined;
  return { of: 'scores', names: [`${roundWords}：${firstNamed(openRound, mostNamed, '个对象')} 尚未评完`] };
}

const roundWords = '同一项目的其他对象';

/** Whether a conclusion waits for the other subjects of the round: what it names as open is theirs. */
export const waitsForOthers = (open: readonly string[]): boolean => open.some((name) => name.startsWith(roundWords));

/** What stands behind the names of equals at the line of a quota. */
export const tiedWords = '并列，由督导机构决定';

/** Whether a conclusion waits for the ruling of the office about equals at the line of a quota. */
export const waitsForRuling = (open: readonly string[]): boolean => open.some((name) => name.endsWith(tiedWords));

/** What stands in the way where no scores are at hand. */
export const noScores: Lack = { of: 'scores', names: ['得分'] };
