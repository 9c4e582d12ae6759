import type { Answers, Context, Facts } from '../../framework/answer.ts';
import { concludeRound } from '../../framework/conclude/conclude.ts';
import { asksLayers, asksPeers } from '../../framework/conclude/condition-names.ts';
import { hasLine, type Tie, type TieRuling } from '../../framework/conclude/quota/quota.ts';
import type { Code } from '../../framework/edition.ts';
import type { Concluded, Prepared, Scored } from '../../framework/result.ts';
import { relativePlaces } from '../../framework/score/score-round.ts';
import type { Exact } from '../../kit/decimal.ts';
import { comparedWith, exactPointsText, type LayerScoring } from '../points/score.ts';

/** Whether an edition has a grade that only some of the subjects can get: a share of them, or so many. */
export const hasQuota = ({ edition }: Pick<Prepared, 'edition'>): boolean => edition.conclusions.some(hasLine);

/** Whether the conclusions of an edition look at the other subjects of the campaign: by a quota, or by a rule of a group. */
export const asksRound = (prepared: Prepared): boolean =>
  hasQuota(prepared) || [...prepared.conditions.values()].some(({ node }) => asksPeers(node));

/** Whether conclusions or rules of an edition compare what several layers came to. */
export const comparesLayers = ({ conditions }: Prepared): boolean =>
  [...conditions.values()].some(({ node }) => asksLayers(node));

/** The leaves whose points come of the places of all subjects (排名、按比例). */
export const relativeLeaves = ({ leaves }: Prepared): readonly Code[] =>
  leaves.flatMap(({ indicator: { code, method } }) => (method?.kind === 'relative' ? [code] : []));

/** What one subject of a campaign has at its relative leaves. */
export interface PlacedSubject {
  readonly id: string;
  readonly answers: Answers;
  readonly facts: Facts;
  /** What data have measured at these leaves. What nobody has said or measured in this layer is not there. */
  readonly values: ReadonlyMap<Code, Exact>;
}

/** The points of one subject at one leaf by its place, as they are stored. */
export interface PlacePoints {
  readonly id: string;
  readonly code: Code;
  readonly points: string;
}

/**
 * The points that the places of a campaign give at its relative leaves. A leaf gives none while the value of one subject is missing;
 * whoever it does not apply to, or who was given points by hand, has no place.
 */
export function placePoints(prepared: Prepared, subjects: readonly PlacedSubject[]): readonly PlacePoints[] {
  const places = relativePlaces(prepared, subjects);
  return subjects.flatMap(({ id }, at) =>
    [...places[at]!].map(([code, { points }]) => ({ id, code, points: exactPointsText(points) })),
  );
}

/** One subject of a campaign with its settled scores. */
export interface ConcludedSubject {
  readonly id: string;
  /** Two subjects may have one name. */
  readonly name: string;
  /** The edition as this subject has it: its last round may have given it leaves of its own. */
  readonly prepared: Prepared;
  readonly scored: Scored;
  readonly facts: Facts;
  readonly context: Context;
  /** The layers that conclusions compare. */
  readonly others: LayerScoring;
  /** What its result was confirmed as; undefined before. */
  readonly confirmed: Concluded['conclusions'] | undefined;
}

/** What the office ruled about equals at the line of a quota: its names are those of evaluations. */
export interface RuledTie extends TieRuling {
  readonly id: string;
}

/** Equals at the line of a quota, by their evaluations; `ruledBy` is the ruling that counts, null while there is none. */
export interface CampaignTie extends Omit<Tie, 'ruling'> {
  readonly ruledBy: string | null;
}

/** What all subjects of a campaign come to among each other. */
export interface ConcludedCampaign {
  readonly concluded: ReadonlyMap<string, Concluded>;
  readonly ties: readonly CampaignTie[];
  /** The subjects among which a quota of the table counts for this one; empty where the table has none. */
  readonly groupOf: (table: string, id: string) => readonly string[];
}

/**
 * Concludes all subjects of a campaign whose leaves are settled: by quotas, and by the rules of a group. What an office has ruled
 * about equals counts while exactly these stand equal at the line.
 * @param rulings the newest first
 */
export function concludeCampaign(
  prepared: Prepared,
  subjects: readonly ConcludedSubject[],
  rulings: readonly RuledTie[] = [],
): ConcludedCampaign {
  const [nameOf, idOf] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, name } of subjects) {
    const own = idOf.has(name) ? `${name}（${id.slice(-8)}）` : name;
    nameOf.set(id, own);
    idOf.set(own, id);
  }
  // Whoever was cancelled since has no name in the round: the ruling is about others.
  const known = (ids: readonly string[]) => ids.map((id) => nameOf.get(id) ?? id);
  const named = rulings.map(({ table, tied, chosen, words, id }) => ({
    ...{ table, tied: known(tied), chosen: known(chosen), words, id },
  }));
  const round = concludeRound(
    prepared,
    subjects.map(({ id, prepared: own, scored, facts, context, others, confirmed }) => ({
      ...{ subject: nameOf.get(id)!, prepared: own, scored, facts, context: comparedWith(context, others), confirmed },
    })),
    true,
    named,
  );
  const ids = (names: readonly string[]) => names.map((name) => idOf.get(name)!);
  return {
    concluded: new Map(subjects.map(({ id }) => [id, round.concluded.get(nameOf.get(id)!)!])),
    ties: round.ties.map(({ ruling, ...tie }) => ({
      ...{ ...tie, tied: ids(tie.tied) },
      ruledBy: named.find((one) => one === ruling)?.id ?? null,
    })),
    groupOf: (table, id) => {
      const name = nameOf.get(id)!;
      return ids((round.groups.get(table) ?? []).find((group) => group.includes(name)) ?? []);
    },
  };
}
