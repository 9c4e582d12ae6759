import type { SchoolYear } from '#domain/kit/school-year.ts';
import { findDetails, type StoredRun } from '../balance.read.store.ts';
import type { BalanceHandle } from '../balance.store.ts';
import type { StandardRow } from '../standard/standard.store.ts';
import { editionOf, preparedStandard } from '../standard/standards.shape.ts';
import type { FormSource } from './forms.workbook.ts';

/** A run with what names its county, its year and the revision by which it was computed. */
export interface NamedRun {
  readonly county: { readonly id: number; readonly name: string };
  readonly run: StoredRun;
  readonly standard: StandardRow;
  readonly year: SchoolYear;
}

/** A run as tables and reports print it; undefined where its details may not be read. */
export async function findFormSource(
  db: BalanceHandle,
  { county, run, standard, year }: NamedRun,
): Promise<FormSource | undefined> {
  const details = await findDetails(db, county.id, run.id);
  if (details === undefined) return undefined;
  return {
    county: county.name,
    year,
    standard: preparedStandard(standard.definition).standard,
    edition: editionOf(standard),
    formulaVersion: run.formulaVersion,
    inputsHash: run.inputsHash,
    runAt: run.runAt.toISOString(),
    ...details,
  };
}
