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
  findShownRun,
  insertRun,
  lockRuns,
  type NewRun,
  writeCurrentRun,
} from '../balance.store.ts';
import { findStandard, type StandardRow } from '../standard/standard.store.ts';
import { editionOf, preparedStandard } from '../standard/standards.shape.ts';
import { balanceSchools, type InputRow, inputsHash, inputsOf, type RunInputs, takenFields } from './inputs.shape.ts';
import { runSignature } from './occasion.words.ts';
import { schoolRows } from './school-rows.shape.ts';
import { distributionOf, summaryOf } from './summary.shape.ts';

export interface Occasion {
  readonly countyId: number;
  readonly periodId: number;
  readonly runAt: Date;
  /** The signature of who asked for the run; null where it was made by itself, and then says what had changed. */
  readonly runBy: string | null;
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
  if (!same) await insertRun(db, { ...run, runBy: occasion.runBy ?? (await causeOf(db, run, rows, standard)) });
  const runId = same?.id ?? run.id;
  const changed = same?.current !== true;
  if (changed) await writeCurrentRun(db, run, runId);
  return { runId, stored: !same, verdict: run.result.verdict, changed };
}

/**
 * Who signs a run that was made by itself. Two waiting jobs become one, so a job cannot carry its cause: the cause is
 * what differs from the run that was shown so far.
 */
async function causeOf(
  db: BalanceHandle,
  run: Omit<NewRun, 'runBy'>,
  rows: readonly InputRow[],
  standard: StandardRow,
): Promise<string> {
  const { countyId, periodId, standardKey, standardRevision, result } = run;
  const before = await findShownRun(db, countyId, periodId, standardKey);
  if (!before) return runSignature('first');
  const earlier =
    before.standardRevision === standardRevision
      ? standard
      : await findStandard(db, standardKey, before.standardRevision);
  // Another edition may take other fields of the same filings: they are compared by the fields of the earlier one.
  const taken =
    earlier === standard
      ? run.inputsHash
      : inputsHash(inputsOf(countyId, rows, takenFields(preparedStandard(earlier!.definition))));
  return runSignature({
    standard: earlier === standard ? null : { edition: editionOf(standard), createdBy: standard.createdBy },
    formula: before.formulaVersion !== result.formulaVersion,
    inputs: before.inputsHash !== taken,
  });
}

function newRun(
  occasion: Occasion,
  standard: StandardRow,
  prepared: PreparedStandard,
  inputs: RunInputs,
): Omit<NewRun, 'runBy'> {
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
