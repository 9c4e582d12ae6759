/** These fields, each once, in the order of the form: several returns and comments name them as they came. */
export function inFormOrder(keys: readonly string[], fields: ReadonlyArray<{ readonly key: string }>): string[] {
  const named = new Set(keys);
  const known = fields.map(({ key }) => key).filter((key) => named.delete(key));
  return [...known, ...named];
}
