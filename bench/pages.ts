import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { against, type Result } from './result.ts';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const kilobyte = 1024;
const pageBound = 450;
const signInBound = 220;

/** Words of all features that a page needs before it is drawn; they are loaded beside it. */
const wordsOf: Readonly<Record<string, RegExp>> = {
  'Home.tsx': /^_desk-words-/,
  'School.tsx': /^_desk-words-/,
  'Roles.tsx': /^_desk-words-/,
  'AuditList.tsx': /\/audit\.words\.ts$/,
};

/** Everything that these files, or what they import, load later. */
function loadedLater(manifest: Record<string, Chunk>, keys: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const later = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const name of manifest[key]?.dynamicImports ?? []) later.add(name);
    for (const next of manifest[key]?.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return later;
}

/** The bytes that a page costs on the wire: the entry and the page with all that they import, JS and CSS, gzip. */
export function measurePages(webRoot: string): Result[] {
  const manifest = JSON.parse(readFileSync(path.join(webRoot, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const gzip = new Map<string, number>();
  const sizeOf = (file: string) => {
    const known = gzip.get(file);
    if (known !== undefined) return known;
    const size = statSync(path.join(webRoot, `${file}.gz`)).size;
    gzip.set(file, size);
    return size;
  };
  const filesOf = (keys: readonly string[]): Set<string> => {
    const files = new Set<string>();
    const seen = new Set<string>();
    const visit = (key: string) => {
      if (seen.has(key)) return;
      seen.add(key);
      const chunk = manifest[key];
      if (!chunk) return;
      files.add(chunk.file);
      for (const css of chunk.css ?? []) files.add(css);
      for (const next of chunk.imports ?? []) visit(next);
    };
    for (const key of keys) visit(key);
    return files;
  };
  const weigh = (keys: readonly string[]) =>
    [...filesOf(keys)].reduce((total, file) => total + sizeOf(file), 0) / kilobyte;

  const entry = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  // Everybody who is signed in has loaded the frame and the doors of all features; each page comes on top of them.
  const frame = ['frame/Shell.tsx', 'pages.ts'];
  const behind = frame.map((key) => manifest[key]);
  if (behind.includes(undefined)) throw new Error('the frame of the desk is not in the manifest of the build');
  // The entry names the pages before the sign-in, the doors those behind it. A part that is loaded even later (a list, a
  // dialog) is named by the page that opens it.
  const doors = [...loadedLater(manifest, ['index.html', 'pages.ts'])];
  const pages = doors.filter((key) => manifest[key]?.isDynamicEntry && !frame.includes(key));
  const signIn = pages.find((key) => /\/SignIn\.tsx$/.test(key));
  if (!signIn) throw new Error('the sign-in page is not in the manifest of the build');
  const wordsBeside = (key: string) => {
    const name = wordsOf[path.basename(key)];
    if (name === undefined) return [];
    const words = Object.keys(manifest).filter((one) => name.test(one));
    if (words.length === 0) throw new Error(`the words of ${key} are not in the manifest of the build`);
    return words;
  };
  const weights = pages.map((key) => ({
    page: path.basename(key, '.tsx'),
    size: weigh([...entry, ...frame, key, ...wordsBeside(key)]),
  }));
  const heaviest = weights.reduce((a, b) => (a.size > b.size ? a : b));
  return [
    against(
      { name: 'sign-in page', what: 'JS and CSS of the sign-in page, gzip', unit: 'KB' },
      weigh([...entry, signIn]),
      signInBound,
    ),
    {
      ...against(
        { name: 'heaviest page', what: 'JS and CSS of the heaviest page, gzip', unit: 'KB' },
        heaviest.size,
        pageBound,
      ),
      figures: Object.fromEntries(weights.map(({ page, size }) => [page, Number(size.toFixed(1))])),
    },
  ];
}
