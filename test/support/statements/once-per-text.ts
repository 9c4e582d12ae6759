/** The results by the names they were made with, and then by text. */
type Known<T> = Map<string, Map<string, T>>;

const none: ReadonlySet<string> = new Set();
/** The names of a set as one key; each set is put in order once. */
const keys = new WeakMap<ReadonlySet<string>, string>();

/**
 * The same function, which works once for each text and each set of names. It must depend on nothing else, and nobody
 * may change what it returns or a set after it was given.
 */
export function oncePerText<T>(
  make: (text: string, names: ReadonlySet<string>) => T,
): (text: string, names?: ReadonlySet<string>) => T {
  const known: Known<T> = new Map();
  return (text, names = none) => {
    const key = keys.get(names) ?? [...names].sort().join(' ');
    keys.set(names, key);
    const byText = known.get(key) ?? new Map<string, T>();
    known.set(key, byText);
    const found = byText.get(text) ?? make(text, names);
    byText.set(text, found);
    return found;
  };
}
