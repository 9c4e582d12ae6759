import { readFileSync } from 'node:fs';
import path from 'node:path';
import { balanceFields } from '#domain/balance/school/school.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { readStandard } from '#domain/balance/standard/read-standard.ts';

const root = path.join(import.meta.dirname, '..', '..', 'reference');

/** The rows of an example table, by heading. */
export function readExample(name: string): Array<Record<string, string>> {
  const [headings, ...rows] = readFileSync(path.join(root, 'examples', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(headings!.map((heading, column) => [heading, row[column] ?? ''])));
}

/** A shipped standard, read and prepared as in the product. */
export function shippedStandard(key: string) {
  return prepareStandard(readStandard(readStandardJson(key)), balanceFields);
}

export function readStandardJson(key: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(root, 'standards', `${key}.json`), 'utf8')) as Record<string, unknown>;
}
