import { v7 } from 'uuid';

/** A new id of a row: UUID version 7, so that later ids sort later and lie together in an index. */
export function newId(): string {
  return v7();
}
