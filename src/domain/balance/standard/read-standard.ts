import type { FormulaField } from '../../formula/vocabulary.ts';
import { issuesOf } from '../../kit/definition.shape.ts';
import { problem } from '../../kit/problem.ts';
import { balanceFields } from '../school/school.ts';
import { prepareStandard } from './prepared-standard.ts';
import { type BalanceStandard, newStandard, soundStandard } from './standard.shape.ts';

/**
 * Reads a standard from parsed JSON and checks all of it: shape, dates, limits, every formula against the fields and
 * every factor against the units (万元 to 元 is 10000, per hundred is 100).
 * @throws Problem `standard.invalid` with all issues, each with its path and a Chinese sentence
 */
export function readStandard(json: unknown, fields: readonly FormulaField[] = balanceFields): BalanceStandard {
  return read(soundStandard, json, fields);
}

/**
 * Reads a standard that is about to be added. It is checked more strictly than a stored one: a later rule must not make
 * a revision unreadable that has judged counties.
 * @throws Problem `standard.invalid` as `readStandard`, also where a verdict claims a recognition
 */
export function readNewStandard(json: unknown, fields: readonly FormulaField[] = balanceFields): BalanceStandard {
  return read(newStandard, json, fields);
}

function read(shape: typeof soundStandard, json: unknown, fields: readonly FormulaField[]): BalanceStandard {
  const found = shape.safeParse(json);
  if (!found.success) throw problem('standard.invalid', { key: keyOf(json), issues: issuesOf(found.error) });
  // Formulas are read only if the shape is right. Otherwise a wrong name would be reported again for each formula.
  prepareStandard(found.data, fields);
  return found.data;
}

/** The name of the unreadable standard, for the sentence. */
function keyOf(json: unknown): string {
  const key = typeof json === 'object' && json !== null && 'key' in json ? json.key : undefined;
  return typeof key === 'string' && key.trim() !== '' ? key : '未命名';
}
