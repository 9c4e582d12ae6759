import { writingPrefix } from '#web/shared/session/local-copies.ts';

/** A whole text as its author left it, before the server had it. */
export interface Writing<Value> {
  readonly value: Value;
  /** The revision of the thing on which it rests. */
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** An older text of the same person, about which nothing was decided when this one began. */
  readonly earlier?: Writing<Value> | undefined;
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
    const { value, revision, at, earlier } = JSON.parse(shelf.getItem(keyOf(name)) ?? '{}') as Partial<Writing<Value>>;
    return value === undefined || typeof revision !== 'number' || typeof at !== 'number'
      ? null
      : { value, revision, at, ...(earlier ? { earlier } : {}) };
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

/** Whether a text of earlier has the parts of the present one: an upgrade may have changed what the texts of a kind hold. */
export function hasPartsOf(found: unknown, present: unknown): boolean {
  if (Array.isArray(present)) return Array.isArray(found);
  if (typeof present !== 'object' || present === null)
    return present === null || found === null || typeof found === typeof present;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return false;
  return Object.entries(present).every(
    ([key, part]) => part === undefined || (key in found && hasPartsOf((found as Record<string, unknown>)[key], part)),
  );
}
