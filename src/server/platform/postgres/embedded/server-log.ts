import { copyFileSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const largest = 16 * 1024 * 1024;

/**
 * The server's own log, beside its cluster: one file and one predecessor, at most 16 MB each. The server keeps the file
 * open in append mode, even when it outlives our program. The file is therefore emptied in place and never renamed.
 */
export interface ServerLog {
  file: string;
  /** A descriptor for the server to write to; `said()` returns the text written from here on. */
  open(): number;
  /** The text that the server has written since the last `open`. */
  said(): string;
  /** Moves the file's content to its predecessor when the file has grown too large. */
  tidy(): void;
}

export function serverLog(base: string): ServerLog {
  const file = join(base, 'postgres.log');
  let begin = 0;
  function tidy(): void {
    if (!existsSync(file) || statSync(file).size < largest) return;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
    begin = 0;
  }
  return {
    file,
    open() {
      tidy();
      const descriptor = openSync(file, 'a', 0o600);
      begin = statSync(file).size;
      return descriptor;
    },
    said: () => readFileSync(file).subarray(begin).toString('utf8'),
    tidy,
  };
}
