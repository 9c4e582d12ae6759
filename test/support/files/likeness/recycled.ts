import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pictureProbes } from '#domain/file/likeness/picture-keys.ts';
import { readPicturePrint } from '#domain/file/likeness/picture-print.ts';
import { PrintLibrary } from '#domain/file/likeness/print-library.ts';
import {
  type Comparable,
  comparable,
  leastShared,
  mostCandidates,
  type Resemblance,
  resemblance,
} from '#domain/file/likeness/resemblance.ts';
import { openPrintReader } from '#platform/files/prints.ts';
import { type CopyKind, copyKinds, type EvidenceFile, evidenceSet } from './evidence-set.ts';

/** A pair of files of which a hint was given. */
export interface Hint extends Resemblance {
  readonly one: string;
  readonly other: string;
}

export interface Measured {
  readonly files: number;
  /** Of the copies of each kind, the share of which a hint leads to the original. */
  readonly recall: Readonly<Record<CopyKind, number>>;
  /** The share of all files of which a hint leads to something that is no copy of the same. */
  readonly falseAlarms: number;
  /** Copies of which no hint came, and hints that lead astray. */
  readonly missed: readonly string[];
  readonly astray: readonly Hint[];
  /** How many prints were compared for each file, on average. */
  readonly compared: number;
}

type Kept = Omit<EvidenceFile, 'bytes'>;
type Print = Comparable & { readonly of: Kept };

/**
 * Takes the prints of every file of the seeded set as the product does, and looks for each file among those that came before:
 * first by keys, then print by print.
 */
export async function measureRecycled(seed: string, share = 1): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dudao-evidence-'));
  const reader = openPrintReader({ contentPath: (hash) => path.join(folder, hash) });
  const library = new PrintLibrary<Print>();
  const files: Kept[] = [];
  const hints = new Map<Kept, { other: Kept; hint: Resemblance }[]>();
  let compared = 0;
  try {
    for await (const { bytes, ...file } of evidenceSet(seed, share)) {
      files.push(file);
      const hash = createHash('sha256').update(bytes).digest('hex');
      await writeFile(path.join(folder, hash), bytes);
      const prints = await reader.read({ hash, mediaType: file.mediaType });
      await rm(path.join(folder, hash));
      if (typeof prints === 'string') throw new Error(`${file.name} is ${prints}`);
      const found = [
        ...prints.pictures.map(({ print, keys }) => ({ kind: 'picture' as const, print, keys })),
        ...(prints.text === null ? [] : [{ kind: 'text' as const, ...prints.text }]),
      ];
      if (found.length === 0) throw new Error(`${file.name} has no print`);
      const own: { other: Kept; hint: Resemblance }[] = [];
      const ready = found.map((one) => comparable(one)!);
      for (const [at, { kind, print, keys }] of found.entries()) {
        const probes = kind === 'picture' ? pictureProbes(readPicturePrint(print)!) : keys;
        for (const { id: other } of library.candidates(probes, { least: leastShared[kind], most: mostCandidates })) {
          compared += 1;
          const hint = resemblance(ready[at]!, other);
          if (hint !== null) own.push({ other: other.of, hint });
        }
      }
      hints.set(file, own);
      for (const [at, { keys }] of found.entries()) library.add({ ...ready[at]!, of: file }, keys);
    }
  } finally {
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
  const copies = files.filter(({ copy }) => copy !== null);
  const isFound = (file: Kept) => hints.get(file)!.some(({ other }) => other.origin === file.origin);
  const astray = files.flatMap((file) =>
    hints
      .get(file)!
      .filter(({ other }) => other.origin !== file.origin)
      .map(({ other, hint }) => ({ ...hint, one: file.name, other: other.name })),
  );
  const recallOf = (kind: CopyKind) => {
    const all = copies.filter(({ copy }) => copy === kind);
    return all.filter(isFound).length / all.length;
  };
  return {
    files: files.length,
    recall: Object.fromEntries(copyKinds.map((kind) => [kind, recallOf(kind)])) as Record<CopyKind, number>,
    falseAlarms: new Set(astray.map(({ one }) => one)).size / files.length,
    missed: copies.filter((file) => !isFound(file)).map(({ name }) => name),
    astray,
    compared: compared / files.length,
  };
}
