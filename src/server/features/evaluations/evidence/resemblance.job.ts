import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { listPlaces } from '#core/directory/places.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { pictureProbes } from '#domain/file/likeness/picture-keys.ts';
import { readPicturePrint } from '#domain/file/likeness/picture-print.ts';
import {
  comparable,
  leastShared,
  mostCandidates,
  type Resemblance,
  resemblance,
} from '#domain/file/likeness/resemblance.ts';
import type { Slices } from '#domain/kit/slices.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import type { FilePrints } from '#platform/files/prints.ts';
import { inSlices } from '#platform/threads/slices.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import {
  deletePrints,
  findPrintCandidates,
  insertPrints,
  type KeyedPrint,
  listPieceFiles,
  listPrints,
  type PieceFile,
  type PieceRef,
  type PrintCandidate,
} from './print.store.ts';
import * as jobs from './resemblance.jobs.ts';
import {
  findOtherFiles,
  insertResemblances,
  listProven,
  listSameFiles,
  type NotedResemblance,
} from './resemblance.store.ts';

/** How many other pieces are noted beside one file. */
const mostNoted = 20;

/** Looks in all places of the city for what is like the files of a piece: a hint, and no verdict. */
async function compare(services: JobServices, piece: PieceRef): Promise<void> {
  const places = await withReading(services.pool, atPlaces([]), (db) => listPlaces(db));
  const reach = { services, places, piece };
  const printed = await takePrints(reach);
  const leaves = await reading(reach, (db) => listProven(db, piece));
  if (leaves.length === 0) return;
  const noted: NotedResemblance[] = [];
  for (const one of printed) noted.push(...(await sameFiles(reach, one.file)), ...(await likeFiles(reach, one)));
  await writing(reach, (db) => insertResemblances(db, piece.evidenceId, leaves, noted, services.now()));
}

interface Reach {
  readonly services: JobServices;
  readonly places: readonly number[];
  readonly piece: PieceRef;
}

const reading = <Result>({ services, places }: Reach, work: (db: EvaluationHandle) => Promise<Result>) =>
  withReading(services.pool, atPlaces(places), work);

const writing = <Result>({ services, places }: Reach, work: (db: EvaluationHandle) => Promise<Result>) =>
  withWriting(services.pool, atPlaces(places), work);

interface Printed {
  readonly file: PieceFile;
  readonly prints: readonly KeyedPrint[];
}

/** The prints of all files of a piece; what has none of today's way is read, and what hangs there no more is taken away. */
async function takePrints(reach: Reach): Promise<Printed[]> {
  const { services, piece } = reach;
  const [files, stored] = await reading(reach, async (db) => [
    await listPieceFiles(db, piece),
    await listPrints(db, piece),
  ]);
  const printed: Printed[] = [];
  const kept: string[] = [];
  for (const file of files) {
    const known = stored.filter(({ attachmentId }) => attachmentId === file.attachmentId);
    const isCurrent = known.length > 0 && known.every((one) => comparable(one) !== null);
    if (isCurrent) kept.push(file.attachmentId);
    printed.push({ file, prints: isCurrent ? known : keyed(await services.files.prints.read(file)) });
  }
  await writing(reach, async (db) => {
    await deletePrints(db, piece, kept);
    for (const { file, prints } of printed) {
      const isNew = prints.length > 0 && !kept.includes(file.attachmentId);
      if (isNew) await insertPrints(db, { placeId: piece.placeId, attachmentId: file.attachmentId }, prints);
    }
  });
  return printed;
}

/** What cannot be read has no prints: the hint is missing, and nothing else hangs on it. */
function keyed(read: FilePrints | 'unreadable' | 'missing'): KeyedPrint[] {
  if (typeof read === 'string') return [];
  return [
    ...read.pictures.map(({ print, keys }) => ({ kind: 'picture' as const, print, keys })),
    ...(read.text === null ? [] : [{ kind: 'text' as const, ...read.text }]),
  ];
}

async function sameFiles(reach: Reach, { attachmentId, hash }: PieceFile): Promise<NotedResemblance[]> {
  const { places, piece } = reach;
  const asked = { hash, evidenceId: piece.evidenceId };
  const others = await reading(reach, (db) => listSameFiles(db, places, asked, mostNoted));
  return others.map((other) => ({ attachmentId, other, kind: 'same-file', closeness: 1 }));
}

/** Files of other pieces with pictures or a text like those of a file, the nearest of each kind first. */
async function likeFiles(reach: Reach, { file, prints }: Printed): Promise<NotedResemblance[]> {
  const { places, piece } = reach;
  const nearest = new Map<string, Resemblance & { readonly attachmentId: string }>();
  for (const print of prints) {
    const asked = { kind: print.kind, keys: probesOf(print) };
    const bounds = { evidenceId: piece.evidenceId, least: leastShared[print.kind], most: mostCandidates };
    const candidates = await reading(reach, (db) => findPrintCandidates(db, asked, bounds));
    for (const [attachmentId, found] of await inSlices(likenesses(print, candidates))) {
      const key = `${found.kind} ${attachmentId}`;
      if ((nearest.get(key)?.closeness ?? -1) < found.closeness) nearest.set(key, { ...found, attachmentId });
    }
  }
  if (nearest.size === 0) return [];
  const ids = [...new Set([...nearest.values()].map(({ attachmentId }) => attachmentId))];
  const asked = { hash: file.hash, evidenceId: piece.evidenceId };
  const others = await reading(reach, (db) => findOtherFiles(db, places, asked, ids));
  const byId = new Map(others.map((other) => [other.attachmentId, other]));
  return [...nearest.values()]
    .sort((one, other) => other.closeness - one.closeness)
    .flatMap(({ attachmentId, kind, closeness }) => {
      const other = byId.get(attachmentId);
      return other === undefined ? [] : [{ attachmentId: file.attachmentId, other, kind, closeness }];
    })
    .slice(0, mostNoted);
}

/** The keys to look for; a picture is also looked for under doubtful ones. */
function probesOf({ kind, print, keys }: KeyedPrint): readonly number[] {
  const picture = kind === 'picture' ? readPicturePrint(print) : null;
  return picture === null ? keys : pictureProbes(picture);
}

/** Compares a print with others, one at a step. */
function* likenesses(
  own: KeyedPrint,
  candidates: readonly PrintCandidate[],
): Slices<(readonly [attachmentId: string, found: Resemblance])[]> {
  const ready = comparable(own);
  const found: [string, Resemblance][] = [];
  if (ready === null) return found;
  for (const { attachmentId, print } of candidates) {
    const other = comparable({ kind: own.kind, print });
    const like = other === null ? null : resemblance(ready, other);
    if (like !== null) found.push([attachmentId, like]);
    yield;
  }
  return found;
}

export const resemblanceJobs: readonly FeatureJob[] = [doing(jobs.comparePrints, compare)];
