/** Something that was found, and how many keys it shares with what was looked for. */
export interface Candidate<Id> {
  readonly id: Id;
  readonly shared: number;
}

/**
 * Prints by their keys, in memory: whoever looks for what resembles a print sees those that share a key and no others, so
 * the time hangs on how many these are and not on how many there are at all.
 */
export class PrintLibrary<Id> {
  readonly #ids = new Map<number, Id[]>();

  /** Puts an item under its keys; they are distinct. */
  add(id: Id, keys: readonly number[]): void {
    for (const key of keys) {
      const ids = this.#ids.get(key);
      if (ids === undefined) this.#ids.set(key, [id]);
      else ids.push(id);
    }
  }

  /**
   * What shares keys with the given ones, most shared keys first and in the order of their coming among equals.
   * @param bounds.least how many keys are shared at least
   * @param bounds.most how many are wanted
   */
  candidates(
    keys: readonly number[],
    { least, most }: { readonly least: number; readonly most: number },
  ): Candidate<Id>[] {
    const shared = new Map<Id, number>();
    for (const key of new Set(keys)) {
      for (const id of this.#ids.get(key) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    return Array.from(shared, ([id, count]) => ({ id, shared: count }))
      .filter((candidate) => candidate.shared >= least)
      .sort((one, other) => other.shared - one.shared)
      .slice(0, most);
  }
}
