/** One table of many. A word that two features give in two ways is a fault: their order would say which is read. */
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
