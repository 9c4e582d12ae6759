import type { ResemblanceKind } from '#domain/file/likeness/resemblance.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { Hanging, type SampleFileName, type SampleFiles } from '../files.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SamplePerson } from '../model.ts';
import type { EvaluationTables } from './evaluation-tables.ts';
import { sampleWords } from './evaluations.shape.ts';

interface Proven {
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly lockedAt: Date | null;
  readonly round: number;
  /** Whether few pieces prove it. */
  readonly isSmall: boolean;
}

/** A file that hangs somewhere, so that the same one is found elsewhere. */
interface Hung {
  readonly file: SampleFileName;
  readonly evaluationId: string;
  readonly placeId: number;
  readonly code: string;
  readonly evidenceId: string;
  readonly attachmentId: string;
}

/** How many resemblances the city finds waiting. */
const mostResemblances = 12;
/** A school proves with a few pieces, a county with one of each kind where much is asked of it. */
const ofSchool = 2;

/** The library of evidence: catalogued pieces with their files, at the leaves that they prove. */
export class EvidenceRows {
  readonly hanging: Hanging;
  readonly #tables: EvaluationTables;
  readonly #ids: ReturnType<typeof sampleIds>;
  readonly #cityId: number;
  readonly #hung: Hung[] = [];

  constructor(city: SampleCity, files: SampleFiles, tables: EvaluationTables, cityId: number) {
    this.hanging = new Hanging(city, files, 'evidence');
    this.#tables = tables;
    this.#ids = sampleIds(generator(`${city.seed} evidence`), '2025-09-01T08:00:00+08:00');
    this.#cityId = cityId;
  }

  /** Lays the pieces of one evaluation at some of its leaves, each with a file. */
  add(
    { id, placeId, schoolId, lockedAt, round, isSmall }: Proven,
    leaves: readonly { readonly code: string; readonly seats: readonly string[] }[],
    by: Pick<SamplePerson, 'id' | 'name'>,
    { received, at }: { readonly received: Day; readonly at: Date },
  ): void {
    const pieces =
      schoolId === null && !isSmall
        ? sampleWords.evidence
        : sampleWords.evidence.slice(round % 5, (round % 5) + ofSchool);
    const { again } = sampleWords;
    for (const [index, { file: usual, title }] of pieces.entries()) {
      // Every other county brings the sheet of a neighbour, scanned once more.
      const file = usual === again.of && schoolId === null && round % 2 === 1 ? again.file : usual;
      const first = leaves[index % Math.max(1, leaves.length)];
      if (first === undefined) return;
      const proven = [first, leaves[(index + 3) % leaves.length]!].filter((one, turn) => turn === 0 || one !== first);
      // What is sealed is read by no seat.
      const isSealed = index === 3 && schoolId === null;
      const seats = isSealed ? [] : [...new Set(proven.flatMap((leaf) => leaf.seats))].sort();
      const evidenceId = this.#ids.next();
      const [box, number] = [String(1 + Math.floor(index / 3)).padStart(2, '0'), String(index + 1).padStart(3, '0')];
      this.#tables.items.add(
        ...[placeId, evidenceId, placeId, schoolId, seats, title, addDays(received, -30), received],
        ...[
          `${first.code}-${number}`,
          `第 ${box} 盒`,
          isSealed ? 'sealed' : index === 2 ? 'internal' : 'open',
          lockedAt,
        ],
        ...[by.id, by.name, at, at],
      );
      const subject = { type: 'evidence' as const, placeId, id: evidenceId, schoolId };
      const attachmentId = this.hanging.add(subject, file, title, by, at, seats);
      for (const leaf of proven) {
        this.#tables.links.add(
          ...[placeId, id, leaf.code, placeId, evidenceId, schoolId, isSealed ? [] : leaf.seats],
          ...[index === 0 ? '第 2—5 页' : '', by.name, at],
        );
      }
      this.#hung.push({ file, evaluationId: id, placeId, code: first.code, evidenceId, attachmentId });
    }
  }

  /** The same file at two subjects, and a picture that was only saved anew: hints for the city, as the job that compares finds them. */
  addResemblances(nextId: () => string, at: Date): void {
    const pairs = this.#hung.flatMap((one, index) => {
      const other = this.#hung
        .slice(0, index)
        .find(({ file, placeId }) => file === one.file && placeId !== one.placeId);
      return other === undefined ? [] : [{ one, other }];
    });
    const { again } = sampleWords;
    const add = (one: Hung, other: Hung, kind: ResemblanceKind, closeness: number) =>
      this.#tables.resemblances.add(
        ...[this.#cityId, nextId(), one.evaluationId, one.placeId, one.code, one.evidenceId, one.attachmentId],
        ...[other.placeId, other.evidenceId, other.attachmentId, kind, closeness, at],
      );
    for (const { one, other } of pairs.slice(0, mostResemblances)) add(one, other, 'same-file', 1);
    for (const one of this.#hung.filter(({ file }) => file === again.file)) {
      const other = this.#hung.find(({ file, placeId }) => file === again.of && placeId !== one.placeId);
      if (other !== undefined) add(one, other, 'picture', again.closeness);
    }
  }
}
