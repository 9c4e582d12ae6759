import type { FileMark } from '#domain/file/marked-file.ts';
import { keysUnder, ownerOf, uploadPrefix } from '../session/local-copies.ts';

/** The mark of files that are brought, with the word for what they show. */
export interface UploadMark extends FileMark {
  readonly sensitive: string;
}

/** Which file an upload is of, as this browser remembers it: a page that was loaded anew cannot open it by itself. */
export interface UploadNote {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly subject: string;
  /** What it was marked as when it was chosen. */
  readonly mark: UploadMark | null;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The notes of one person in one post on this machine. The end of a session wipes them with all local copies. */
export class UploadNotes {
  readonly #shelf: Shelf;
  readonly #prefix: string;

  constructor(shelf: Shelf, personId: string, post: string | null) {
    this.#shelf = shelf;
    this.#prefix = `${uploadPrefix}${ownerOf(personId, post)}.`;
  }

  keep(id: string, note: UploadNote): void {
    try {
      this.#shelf.setItem(this.#prefix + id, JSON.stringify(note));
    } catch {
      // A full storage costs the way back after a reload, and nothing else.
    }
  }

  forget(id: string): void {
    this.#shelf.removeItem(this.#prefix + id);
  }

  /** The notes of a subject, by the id of the upload. */
  of(subject: string): ReadonlyMap<string, UploadNote> {
    const found = new Map<string, UploadNote>();
    for (const key of keysUnder(this.#shelf, this.#prefix)) {
      const note = read(this.#shelf.getItem(key));
      if (note?.subject === subject) found.set(key.slice(this.#prefix.length), note);
    }
    return found;
  }
}

function read(text: string | null): UploadNote | undefined {
  try {
    return (JSON.parse(text ?? 'null') as UploadNote | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether a chosen file is the one that the upload began with. */
export function isSameFile(note: UploadNote, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean {
  return note.name === file.name && note.size === file.size && note.lastModified === file.lastModified;
}
