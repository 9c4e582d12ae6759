import { parseWorkbook } from '#platform/documents/workbook/parse.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { bookOfCells } from './workbook-file.ts';

/** A table as offices send them: 1,000 rows of ten cells. */
const ordinary = () =>
  bookOfCells(Array.from({ length: 1_000 }, (_, row) => Array.from({ length: 10 }, (_, column) => row * 10 + column)));

let moment: Promise<number> | undefined;

/**
 * Runs the work and says how often an ordinary table would have been read in the processor time that it took. A machine
 * that is slow, or has other work, is slow in both.
 */
export async function inMoments<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly moments: number }> {
  moment ??= leastTime();
  const least = await moment;
  const { result, milliseconds } = await processed(work);
  return { result, moments: milliseconds / least };
}

async function leastTime(): Promise<number> {
  const bytes = ordinary();
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    times.push((await processed(() => parseWorkbook(bytes, readLimits))).milliseconds);
  }
  return Math.min(...times);
}

async function processed<T>(work: () => T | Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const begun = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(begun);
  return { result, milliseconds: (user + system) / 1_000 };
}
