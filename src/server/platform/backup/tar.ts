import { createRequire } from 'node:module';
import type { Readable, Writable } from 'node:stream';

/** The part of the library that is used here; it brings no types of its own. */
interface TarLibrary {
  pack(): Readable & {
    /** Undefined where the archive has ended. */
    entry(
      header: { name: string; size: number; mode: number; mtime: Date },
      done: (error?: Error) => void,
    ): Writable | undefined;
    finalize(): void;
    destroy(error?: Error): void;
  };
  extract(): Writable & {
    on(
      event: 'entry',
      heard: (header: { name: string; size: number }, bytes: Readable, next: () => void) => void,
    ): void;
  };
}

const require = createRequire(import.meta.url);

export const tar = require('tar-stream') as TarLibrary;
