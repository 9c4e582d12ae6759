/** Findings of one kind that took, or have taken so far, the same number of days. */
export interface Duration {
  /** Calendar days from the day on which it was found to 销号, or to today while it is open. */
  readonly days: number;
  /** Closed after these days. */
  readonly closed: number;
  /** Still open after these days: they lasted at least so long, and are not left out. */
  readonly open: number;
}

/** How long the findings of a kind last. */
export interface HalfLife {
  readonly findings: number;
  readonly closed: number;
  /** Days after which half of them are closed; null while less than half is, or too few were found. */
  readonly days: number | null;
}

/** Fewer findings say nothing about their kind. */
export const fewestForHalfLife = 5;

/**
 * The median time from finding to 销号 by the estimate of Kaplan and Meier (Journal of the American Statistical Association
 * 53, 1958, 457–481). Open findings are censored at the days that they have lasted: leaving them out would call a kind
 * quick of which only the easy half is done. The median is the first day on which at most half are estimated open.
 */
export function halfLife(durations: readonly Duration[]): HalfLife {
  const byDays = [...durations].sort((one, other) => one.days - other.days);
  const closed = byDays.reduce((sum, one) => sum + one.closed, 0);
  const findings = byDays.reduce((sum, one) => sum + one.closed + one.open, 0);
  if (findings < fewestForHalfLife) return { findings, closed, days: null };
  let atRisk = findings;
  // The estimate as a fraction of whole numbers would grow without bound; a half is compared with room for rounding.
  let surviving = 1;
  let at = 0;
  while (at < byDays.length) {
    const { days } = byDays[at]!;
    let ended = 0;
    let left = 0;
    for (; at < byDays.length && byDays[at]!.days === days; at += 1) {
      ended += byDays[at]!.closed;
      left += byDays[at]!.open;
    }
    surviving *= 1 - ended / atRisk;
    if (surviving <= 0.5 + 1e-9) return { findings, closed, days };
    atRisk -= ended + left;
  }
  return { findings, closed, days: null };
}
