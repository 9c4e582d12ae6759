import { addDays, daysBetween } from '#domain/kit/school-year.ts';
import type { CampaignForm } from '../campaign-reply.ts';

type Steps = CampaignForm['steps'];

/** How long each step is, in calendar days. */
export const lengthsOf = (steps: Steps): number[] => steps.map(({ from, to }) => daysBetween(from, to) + 1);

/** The steps one after the other from a day on, without gaps, each as long as it is said to be. */
export function laidOut(steps: Steps, start: string, lengths: readonly number[]): Steps {
  let from = start;
  return steps.map(({ step }, at) => {
    const to = addDays(from, Math.max(1, lengths[at] ?? 1) - 1);
    const own = { step, from, to };
    from = addDays(to, 1);
    return own;
  });
}
