import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alike, differencesOf } from './differences.ts';
import { replaced } from './normal-form.ts';

/** The record as it is committed: chapters of items, one line each. */
interface Written {
  readonly replaced: readonly string[];
  readonly chapters: Record<string, Record<string, string>>;
}

/** One chapter of the record while it is being recorded. */
export interface Chapter {
  /**
   * Records an answer under its own name.
   * @param status of the wire, or the exit code of a command
   * @param answer in its normal form; a text stands for JSON that is in order already
   */
  keep(name: string, status: number, answer: object | string): void;
  /** Compares with the committed chapter, or replaces it; throws with every item that differs. */
  settle(): void;
}

const file = path.resolve(import.meta.dirname, '../../house/equality/equality.json');
/** The folder of whole answers by their hash, from earlier runs that agreed; a difference is computed from them. */
const answers = process.env.EQUALITY_ANSWERS ?? path.resolve('node_modules/.cache/equality');
const isWriting = process.env.EQUALITY === 'write';
const differing = path.join(answers, 'differing');
/** The most groups of differences that are reported; further ones are only counted. */
const toldGroups = 12;

/** Opens a chapter; the other chapters of the record stay unchanged. */
export function openChapter(title: string): Chapter {
  const taken = new Map<string, { line: string; text: string }>();
  return {
    keep(name, status, answer) {
      if (taken.has(name)) throw new Error(`the record has two items “${name}”`);
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
      const hash = createHash('sha256').update(text).digest('hex');
      taken.set(name, { line: `${status} ${hash} ${Buffer.byteLength(text)}`, text });
    },
    settle() {
      const written = read();
      const before = written.chapters[title] ?? {};
      const now = Object.fromEntries([...taken].map(([name, { line }]) => [name, line]));
      if (isWriting) {
        write({ replaced, chapters: { ...written.chapters, [title]: now } });
        for (const { line, text } of taken.values()) remember(line, text);
        return;
      }
      const told: Told[] = [];
      for (const [name, { line, text }] of taken) {
        if (before[name] === line) remember(line, text);
        else told.push({ name, lines: tell(title, name, before[name], line, text) });
      }
      for (const name of Object.keys(before)) {
        if (!taken.has(name)) told.push({ name, lines: ['is in the record and was not asked'] });
      }
      if (told.length > 0) throw new Error(sentence(title, told, taken.size));
    },
  };
}

interface Told {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Items that differ in the same way are reported as one. */
function sentence(title: string, told: readonly Told[], asked: number): string {
  const groups = new Map<string, Told[]>();
  for (const one of told) {
    const key = [...new Set(one.lines.map(alike))].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const shown = [...groups.values()].slice(0, toldGroups).map(([first, ...others]) => {
    const names = others.slice(0, 3).map(({ name }) => name);
    const rest = others.length > names.length ? ` and ${others.length - names.length} more` : '';
    const same = others.length > 0 ? [`    the same in ${names.join(', ')}${rest}`] : [];
    return ['', `  ${first!.name}`, ...first!.lines.map((line) => `    ${line}`), ...same].join('\n');
  });
  const left = groups.size - shown.length;
  return [
    `${told.length} of ${asked} items of “${title}” differ from ${path.relative('.', file)}.`,
    ...shown,
    ...(left > 0 ? [`\n  … and ${left} more kinds of difference`] : []),
    `\nThe whole answers now: ${path.relative('.', differing)}/`,
    `Where a difference is meant: EQUALITY=write npx vitest run --project server ${path.relative('.', file).replace('.json', '.test.ts')}, and say in the commit why.`,
  ].join('\n');
}

function tell(title: string, name: string, before: string | undefined, line: string, text: string): string[] {
  // A file name holds 255 bytes, which are 85 Chinese characters.
  const fileName = `${title} ${name}`.replaceAll(/[^\p{L}\p{N}.,=-]+/gu, '_').slice(0, 70);
  save(path.join(differing, `${fileName} ${line.split(' ')[1]!.slice(0, 8)}.json`), text);
  if (before === undefined) return ['is not in the record'];
  const [status, hash] = before.split(' ');
  const [statusNow] = line.split(' ');
  const head = status === statusNow ? [] : [`status: ${status} → ${statusNow}`];
  const known = path.join(answers, `${hash}.json`);
  const lines = existsSync(known)
    ? differencesOf(JSON.parse(readFileSync(known, 'utf8')), JSON.parse(text))
    : [
        `the recorded answer is not in ${path.relative('.', answers)}: run this test once on the commit that recorded it`,
      ];
  return [...head, ...lines];
}

function remember(line: string, text: string): void {
  const kept = path.join(answers, `${line.split(' ')[1]}.json`);
  if (!existsSync(kept)) save(kept, text);
}

function save(to: string, text: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, text);
}

function read(): Written {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Written) : { replaced, chapters: {} };
}

function write(written: Written): void {
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`);
}

/** Every item of the committed record, with its status. */
export function recordedItems(): { name: string; status: number }[] {
  return Object.values(read().chapters).flatMap((items) =>
    Object.entries(items).map(([name, line]) => ({ name, status: Number(line.split(' ')[0]) })),
  );
}
