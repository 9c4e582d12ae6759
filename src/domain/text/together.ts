/**
 * Joins many tables into one. Two features must not define a word differently: their order would decide which one
 * counts.
 */
export function together<Value>(
  tables: ReadonlyArray<Readonly<Record<string, Value>> | undefined>,
): Record<string, Value> {
  const all: Record<string, Value> = {};
  for (const table of tables) {
    for (const [key, value] of Object.entries(table ?? {})) {
      if (key in all && all[key] !== value) throw new Error(`Two features word ${key} in two ways.`);
      all[key] = value;
    }
  }
  return all;
}
