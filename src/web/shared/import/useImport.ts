import { useState } from 'react';
import type { ProblemError } from '../call/problem.ts';

interface Step {
  readonly busy: boolean;
  readonly problem: ProblemError | null;
}

/** How a table is previewed and imported. */
export interface ImportAdapter<Preview, Taken> {
  /** Sends the file to be read; undefined where it was refused, and `looking` then holds the reason. */
  readonly look: (file: File) => Promise<Preview | undefined>;
  readonly looking: Step;
  /** Imports the previewed table as a whole; undefined where it was refused, and `taking` then holds the reason. */
  readonly take: (preview: Preview) => Promise<Taken | undefined>;
  readonly taking: Step & { readonly reset: () => void };
  /** The preview in the address. */
  readonly kept: Preview | undefined;
  /** Writes the open preview into the address; null: none. */
  readonly keep: (preview: Preview | null) => void;
}

/** The state of an import. */
export interface Import<Preview, Taken> {
  readonly file: File | null;
  readonly preview: Preview | null;
  readonly taken: Taken | null;
  readonly looking: Step;
  readonly taking: Step;
  readonly look: (file: File) => Promise<void>;
  readonly take: () => Promise<void>;
  /** The preview no longer holds; the file is still here and can be read again. */
  readonly forget: () => void;
}

/** Reads a file, shows the preview, imports it as a whole. */
export function useImport<Preview, Taken>(adapter: ImportAdapter<Preview, Taken>): Import<Preview, Taken> {
  const { kept, keep, looking, taking } = adapter;
  const [file, setFile] = useState<File | null>(null);
  const [own, setOwn] = useState<Preview | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const preview = taken ? null : (own ?? kept ?? null);
  function forget() {
    setOwn(null);
    setTaken(null);
    keep(null);
    taking.reset();
  }
  async function look(chosen: File) {
    forget();
    setFile(chosen);
    const found = await adapter.look(chosen);
    if (!found) return;
    setOwn(found);
    keep(found);
  }
  async function take() {
    if (!preview) return;
    const done = await adapter.take(preview);
    if (!done) return;
    setTaken(done);
    setOwn(null);
    keep(null);
  }
  return { file, preview, taken, looking, taking, look, take, forget };
}
