import { differencesBetween } from '#domain/balance/run/comparison.ts';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import { formulaVersion, runBalance } from '#domain/balance/run/run.ts';
import type { PreparedStandard } from '#domain/balance/standard/prepared-standard.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import { newId } from '#platform/ids/new-id.ts';
import {
  type BalanceHandle,
  findInputRows,
  findSameRun,
  insertRun,
  lockRuns,
  type NewRun,
  writeCurrentRun,
} from '../balance.store.ts';
import type { StandardRow } from '../standard/standard.store.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import { balanceSchools, inputsHash, inputsOf, type RunInputs, takenFields } from './inputs.shape.ts';
import { schoolRows } from './school-rows.shape.ts';
import { distributionOf, summaryOf } from './summary.shape.ts';

export interface Occasion {
  readonly countyId: number;
  readonly periodId: number;
  readonly runAt: Date;
  readonly runBy: string;
}

/**
 * Computes a county's year by one revision of a standard and stores the run, unless an identical run is already stored.
 * In both cases this run becomes the shown one. The function computes inside the transaction, some twenty milliseconds,
 * because the figures must be those of the inputs that it has just read under the lock.
 */
export async function runCounty(
  db: BalanceHandle,
  occasion: Occasion,
  standard: StandardRow,
): Promise<{ runId: string; stored: boolean; verdict: BalanceResult['verdict']; changed: boolean }> {
  await lockRuns(db, occasion.countyId, occasion.periodId);
  const rows = await findInputRows(db, occasion.countyId, occasion.periodId);
  const prepared = preparedStandard(standard.definition);
  const inputs = inputsOf(occasion.countyId, rows, takenFields(prepared));
  const run = newRun(occasion, standard, prepared, inputs);
  const same = await findSameRun(db, run);
  if (!same) await insertRun(db, run);
  const runId = same?.id ?? run.id;
  const changed = same?.current !== true;
  if (changed) await writeCurrentRun(db, run, runId);
  return { runId, stored: !same, verdict: run.result.verdict, changed };
}

function newRun(occasion: Occasion, standard: StandardRow, prepared: PreparedStandard, inputs: RunInputs): NewRun {
  const result = runBalance(prepared, balanceSchools(inputs));
  const levels = compulsoryLevels.map((level) => result.levels[level]);
  const codes = (read: (level: (typeof levels)[number]) => readonly { code: string }[]) =>
    new Set(levels.flatMap((level) => read(level).map(({ code }) => code))).size;
  return {
    id: newId(),
    countyId: occasion.countyId,
    periodId: occasion.periodId,
    standardKey: standard.key,
    standardRevision: standard.revision,
    inputs,
    inputsHash: inputsHash(inputs),
    result,
    summary: summaryOf(prepared.standard, result),
    distribution: distributionOf(result),
    schools: schoolRows(prepared.standard, inputs, result),
    counts: {
      schools: codes((level) => level.included),
      excluded: codes((level) => level.excluded),
      missing: codes((level) => level.missing),
    },
    runAt: occasion.runAt,
    runBy: occasion.runBy,
  };
}

export interface Repetition {
  readonly identical: boolean;
  readonly formulaVersion: string;
  readonly inputsHashMatches: boolean;
  readonly differences: string[];
}

/**
 * Computes again from the stored inputs of a run and compares the results bit for bit: every number, every name, every
 * word.
 */
export function repeatRun(
  definition: unknown,
  kept: { readonly inputs: RunInputs; readonly inputsHash: string; readonly result: BalanceResult },
): Repetition {
  const result = runBalance(preparedStandard(definition), balanceSchools(kept.inputs));
  const differences = differencesBetween(kept.result, result);
  const inputsHashMatches = inputsHash(kept.inputs) === kept.inputsHash;
  return { identical: differences.length === 0 && inputsHashMatches, formulaVersion, inputsHashMatches, differences };
}
