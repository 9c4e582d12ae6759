/** What is wrong at one place of a file. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** True for an object of JSON that is no list. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every key that is not known, refused by its name. */
export function unknownKeys(
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
): InputIssue[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path, message: `没有名为“${key}”的键，可用的有 ${known.join('、')}` }));
}
