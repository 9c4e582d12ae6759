import { useState } from 'react';
import type { ProblemError } from '../call/problem.ts';

interface Step {
  readonly busy: boolean;
  readonly problem: ProblemError | null;
}

/** How a table is looked at and taken. */
export interface ImportAdapter<Preview, Taken> {
  /** Sends the file to be understood; undefined where it was refused, and `looking` then says why. */
  readonly look: (file: File) => Promise<Preview | undefined>;
  readonly looking: Step;
  /** Takes what was seen, whole; undefined where it was refused, and `taking` then says why. */
  readonly take: (preview: Preview) => Promise<Taken | undefined>;
  readonly taking: Step & { readonly reset: () => void };
  /** The preview that the address names. */
  readonly kept: Preview | undefined;
  /** Writes into the address which preview is open; null: none. */
  readonly keep: (preview: Preview | null) => void;
}

/** Where an import stands. */
export interface Import<Preview, Taken> {
  readonly file: File | null;
  readonly preview: Preview | null;
  readonly taken: Taken | null;
  readonly looking: Step;
  readonly taking: Step;
  readonly look: (file: File) => Promise<void>;
  readonly take: () => Promise<void>;
  /** What was understood does not hold any more; the file is still here and can be looked at again. */
  readonly forget: () => void;
}

/** Looks at a file, shows what was understood, takes it whole. */
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
