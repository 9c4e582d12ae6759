import type { Answers, Facts } from '../../framework/answer.ts';
import { asksPeers } from '../../framework/conclude/condition-names.ts';
import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { relativePlaces } from '../../framework/score/score-round.ts';
import { exactPointsText } from '../points/score.ts';

/** Whether the conclusions of an edition look at the other subjects of the campaign: by a quota, or by a rule of a group. */
export function asksRound({ edition, conditions }: Prepared): boolean {
  const hasQuota = edition.conclusions.some(({ quota }) => quota?.limit != null);
  return hasQuota || [...conditions.values()].some(({ node }) => asksPeers(node));
}

/** The leaves whose points come of the places of all subjects (排名、按比例). */
export const relativeLeaves = ({ leaves }: Prepared): readonly Code[] =>
  leaves.flatMap(({ indicator: { code, method } }) => (method?.kind === 'relative' ? [code] : []));

/** What one subject of a campaign has at its relative leaves. */
export interface PlacedSubject {
  readonly id: string;
  readonly answers: Answers;
  readonly facts: Facts;
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
