import { type PreparedStandard, prepareStandard } from '#domain/balance/prepared-standard.ts';
import { readStandard } from '#domain/balance/read-standard.ts';
import { balanceFields } from '#domain/balance/school.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';

/**
 * Standards whose formulas have been read, by content: a revision never changes, so what was read once stays true for
 * the life of the process. Editions are few; the table needs no end.
 */
const known = new Map<string, PreparedStandard>();

/**
 * The standard of a stored or given definition, checked and ready to run.
 * @throws Problem `standard.invalid` with every fault, each a Chinese sentence with its place
 */
export function preparedStandard(definition: unknown): PreparedStandard {
  const text = canonicalJson(definition);
  const found = known.get(text);
  if (found) return found;
  const prepared = prepareStandard(readStandard(definition), balanceFields);
  known.set(text, prepared);
  return prepared;
}
