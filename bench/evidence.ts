import { pictureProbes } from '#domain/file/likeness/picture-keys.ts';
import type { PicturePrint } from '#domain/file/likeness/picture-print.ts';
import { PrintLibrary } from '#domain/file/likeness/print-library.ts';
import { leastShared, mostCandidates } from '#domain/file/likeness/resemblance.ts';
import { copyKinds } from '#test/support/files/likeness/evidence-set.ts';
import { libraryItems } from '#test/support/files/likeness/library.ts';
import { measureRecycled } from '#test/support/files/likeness/recycled.ts';
import { against, median, type Result } from './result.ts';

/** The hint of recycled evidence: how much it finds of a seeded set, and how long one search takes among many files. */
export async function measureEvidence({
  share,
  library,
}: {
  readonly share: number;
  readonly library: number;
}): Promise<Result[]> {
  return [await recycled(share), await search(library)];
}

/** Recall is told of the kind of copies that is found worst; the goal also takes at most one false alarm in a hundred files. */
async function recycled(share: number): Promise<Result> {
  const began = performance.now();
  const { files, recall, falseAlarms, compared } = await measureRecycled('evidence', share);
  const seconds = (performance.now() - began) / 1000;
  const least = Math.min(...copyKinds.map((kind) => recall[kind]));
  return {
    name: 'evidence.recycled',
    what: `copies told among ${files} files, of the kind that is found worst; at most 0.01 false alarms`,
    ours: least,
    limit: 1,
    ratio: least,
    goal: 0.95,
    more: true,
    unit: 'of the copies',
    holds: least >= 0.95 && falseAlarms <= 0.01,
    figures: { ...recall, 'false alarms': falseAlarms, 'prints compared a file': compared, seconds },
  };
}

async function search(count: number): Promise<Result> {
  const library = new PrintLibrary<number>();
  const asked: PicturePrint[] = [];
  let at = 0;
  for await (const { keys, print } of libraryItems('bench', count)) {
    library.add(at, keys);
    if (print !== null && at % Math.ceil(count / 200) === 0) asked.push(print);
    at += 1;
  }
  const [times, found]: [number[], number[]] = [[], []];
  for (const print of asked) {
    const probes = pictureProbes(print);
    const began = performance.now();
    const candidates = library.candidates(probes, { least: leastShared.picture, most: mostCandidates });
    times.push(performance.now() - began);
    found.push(candidates.length);
  }
  return {
    ...against(
      { name: 'evidence.search', what: `candidates of a picture among ${count} prints in memory`, unit: 'ms' },
      median(times),
      10,
    ),
    figures: { 'slowest, ms': Math.max(...times), candidates: median(found), 'most candidates': Math.max(...found) },
  };
}
