import type { Shelf } from '#web/shared/drafts/draft-keep.ts';
import type { DraftPost } from '#web/shared/drafts/draft-post.ts';
import type { LeftCell } from '#web/shared/drafts/take-back.ts';

/** The storage of a browser, with room for so many entries. */
export class MemoryShelf implements Shelf {
  readonly #items = new Map<string, string>();
  room = Number.POSITIVE_INFINITY;
  get length() {
    return this.#items.size;
  }
  key(index: number) {
    return [...this.#items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.#items.size >= this.room && !this.#items.has(key)) throw new Error('full');
    this.#items.set(key, value);
  }
  removeItem(key: string) {
    this.#items.delete(key);
  }
}

interface StoredCell {
  readonly v: number | null;
  readonly n: number;
  readonly by: string;
  /** Written by the person whose drafts are looked at. */
  readonly own: boolean;
}

/** Cells with versions, as the server of the product keeps them. */
export class CellServer implements DraftPost<number | null> {
  readonly #cells = new Map<string, StoredCell>();
  away = false;
  readonly told: LeftCell<number | null>[] = [];
  of(part: string): StoredCell {
    return this.#cells.get(part) ?? { v: null, n: 0, by: '', own: false };
  }
  write(part: string, v: number | null, by: string, own = false): void {
    this.#cells.set(part, { v, n: this.of(part).n + 1, by, own });
  }
  send: DraftPost<number | null>['send'] = async (_subject, changes) => {
    if (this.away) throw { message: '连接不上服务器。', temporary: true, kind: 'fault' };
    const conflicts = changes.flatMap(({ part, value = null, version }) => {
      const { v, n, by, own } = this.of(part);
      if (v === value) return [];
      if (n !== version) return [{ part, theirs: v, version: n, by, own, at: null, sentence: '' }];
      this.write(part, value, '填报员');
      return [];
    });
    const versions = Object.fromEntries(changes.map(({ part }) => [part, this.of(part).n]));
    return { versions, conflicts, show: async () => {} };
  };
  refusalOf = (error: unknown) => error as { message: string; temporary: boolean; kind: string };
  leftAlone(cells: readonly LeftCell<number | null>[]): void {
    this.told.push(...cells);
  }
}
