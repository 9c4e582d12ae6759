import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { pdfType, sheetType, wordType } from '#domain/file/file-kind.ts';
import { generator } from '#domain/kit/generator.ts';
import { Files } from '#platform/files/files.ts';
import { sampleIds } from './ids.ts';
import type { SampleCity, SamplePerson } from './model.ts';
import { Table } from './table.ts';

/** The pool of `reference/sample/files`, drawn and written for the sample: many things hold the same few contents. */
const pool = {
  corridorBefore: ['corridor-before.jpg', 'image/jpeg'],
  corridorAfter: ['corridor-after.jpg', 'image/jpeg'],
  patrolRecord: ['patrol-record.png', 'image/png'],
  /** The same sheet, scanned once more: cut at its edges, smaller, saved as another kind of picture. */
  patrolRecordAgain: ['patrol-record-again.jpg', 'image/jpeg'],
  corridorFilm: ['corridor.mp4', 'video/mp4'],
  interview: ['interview.ogg', 'audio/ogg'],
  equipment: ['equipment.xlsx', sheetType],
  reportInWord: ['report.docx', wordType],
  reportInPdf: ['report.pdf', pdfType],
} as const;

export type SampleFileName = keyof typeof pool;

interface SampleFile {
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export type SampleFiles = Readonly<Record<SampleFileName, SampleFile>>;

export async function readSampleFiles(folder: string): Promise<SampleFiles> {
  const read = await Promise.all(
    Object.entries(pool).map(async ([name, [file, mediaType]]) => {
      const bytes = await readFile(path.join(folder, file));
      return [name, { hash: digestOfBytes(bytes), mediaType, bytes }] as const;
    }),
  );
  return Object.fromEntries(read) as Record<SampleFileName, SampleFile>;
}

/** Lays the bytes of the pool into the data folder, as the program keeps what comes in. */
export async function layFiles(dataDir: string, files: SampleFiles): Promise<void> {
  const store = await Files.open(path.join(dataDir, 'files'));
  for (const { hash, bytes } of Object.values(files)) {
    await store.derive(store.contentPath(hash), (to) => writeFile(to, bytes));
  }
}

/** What lies in the data folder, as the database knows it. */
export function contentTable(files: SampleFiles, now: Date): Table {
  const contents = new Table('file_contents', 'hash size media_type stored_at');
  for (const { hash, bytes, mediaType } of Object.values(files)) contents.add(hash, bytes.length, mediaType, now);
  return contents;
}

interface Subject {
  readonly placeId: number;
  readonly type: 'finding' | 'filing' | 'work-item-note' | 'letter' | 'evidence' | 'inspector';
  readonly id: string;
  readonly schoolId: number | null;
  /** The part of the subject to which a file belongs, where it has parts. */
  readonly part?: string;
}

/** Files on the subjects of one part of the sample. */
export class Hanging {
  readonly table = new Table(
    'attachments',
    'place_id id subject_type subject_id school_id file_hash name size media_type added_by added_by_name added_at position seats part',
    true,
  );
  readonly #files: SampleFiles;
  readonly #ids: ReturnType<typeof sampleIds>;
  readonly #positions = new Map<string, number>();

  constructor(city: SampleCity, files: SampleFiles, part: string) {
    this.#files = files;
    this.#ids = sampleIds(generator(`${city.seed} files of ${part}`), '2023-09-01T08:00:00+08:00');
  }

  /**
   * `called`: the name without its ending. `seats`: those that may read the file beside its place.
   * @returns the id of the attachment
   */
  add(
    subject: Subject,
    file: SampleFileName,
    called: string,
    by: Pick<SamplePerson, 'id' | 'name'>,
    at: Date,
    seats: readonly string[] = [],
  ): string {
    const { hash, mediaType, bytes } = this.#files[file];
    const position = (this.#positions.get(subject.id) ?? 0) + 1;
    this.#positions.set(subject.id, position);
    const id = this.#ids.next();
    this.table.add(
      ...[subject.placeId, id, subject.type, subject.id, subject.schoolId, hash],
      ...[`${called}${path.extname(pool[file][0])}`, bytes.length, mediaType, by.id, by.name, at, position],
      ...[seats, subject.part ?? null],
    );
    return id;
  }
}
