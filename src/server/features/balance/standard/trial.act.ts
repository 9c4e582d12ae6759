import { digestOf } from '#core/evidence/digest.ts';
import { contradictedAssumptions } from '#domain/balance/run/assumptions.ts';
import { runBalance } from '#domain/balance/run/run.ts';
import type { PreparedStandard } from '#domain/balance/standard/prepared-standard.ts';
import { type BalanceHandle, findInputRows, listCounties } from '../balance.store.ts';
import { balanceSchools, inputsOf, takenFields } from '../run/inputs.shape.ts';
import { presentTriedCounty, type RevisionTrial } from './trial.shape.ts';

interface Trial {
  readonly period: { readonly id: number; readonly year: number } | undefined;
  readonly places: readonly number[];
  /** The edition in force and the draft of the next. */
  readonly editions: readonly [before: PreparedStandard, after: PreparedStandard];
}

/**
 * Computes the counties of the places by the edition in force and by a draft, from the figures that are approved now,
 * and stores nothing. Both sides have the same inputs, so what differs is the effect of the draft alone.
 */
export async function tryRevision(db: BalanceHandle, { period, places, editions }: Trial): Promise<RevisionTrial> {
  const [before, after] = editions;
  const fields = [...new Map(editions.flatMap(takenFields).map((field) => [field.name, field])).values()];
  const counties: RevisionTrial['counties'] = [];
  for (const county of period ? await listCounties(db, places) : []) {
    // County by county: each computation takes some twenty milliseconds, and others are served in between.
    const inputs = inputsOf(county.id, await findInputRows(db, county.id, period!.id), fields);
    const schools = balanceSchools(inputs);
    const sides = editions.map((edition) => ({ inputs, result: runBalance(edition, schools) }));
    counties.push(presentTriedCounty(county, [before.standard, after.standard], [sides[0]!, sides[1]!]));
  }
  return {
    year: period?.year ?? null,
    digest: digestOf({ before: before.standard, after: after.standard, year: period?.year ?? null, counties }),
    counties,
    contradicted: [...contradictedAssumptions(after)],
  };
}
