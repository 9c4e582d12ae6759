import { writingPrefix } from '#web/shared/session/local-copies.ts';

/** A whole text as its author left it, before the server had it. */
export interface Writing<Value> {
  readonly value: Value;
  /** The revision of the thing on which it rests. */
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Names a text: its kind, its author in a post (`ownerOf`), and the thing that it belongs to. */
export interface WritingName {
  readonly kind: string;
  readonly owner: string;
  readonly subjectId: string;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = ({ kind, owner, subjectId }: WritingName) => `${writingPrefix}${kind}.${owner}.${subjectId}`;

/** The text that this person left here and that the server does not have; null where there is none. */
export function readWriting<Value>(shelf: Shelf, name: WritingName): Writing<Value> | null {
  try {
    const { value, revision, at } = JSON.parse(shelf.getItem(keyOf(name)) ?? '{}') as Partial<Writing<Value>>;
    return value === undefined || typeof revision !== 'number' || typeof at !== 'number'
      ? null
      : { value, revision, at };
  } catch {
    return null;
  }
}

/** Keeps a text on this machine, or forgets it (null). False where the browser did not store it: it is full or closed. */
export function keepWriting(shelf: Shelf, name: WritingName, writing: Writing<unknown> | null): boolean {
  try {
    if (writing === null) shelf.removeItem(keyOf(name));
    else shelf.setItem(keyOf(name), JSON.stringify(writing));
    return true;
  } catch {
    return false;
  }
}
