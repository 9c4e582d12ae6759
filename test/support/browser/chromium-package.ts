import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { makeOnce } from '../product/make-once.ts';

/** A browser, and the variables that it needs beside the environment of the tests. */
export interface BrowserProgram {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = join(root, 'node_modules');
/** The next `npm ci` removes it, like the packages that it was made from. */
const cache = join(packages, '.cache/browser');

/**
 * The Chromium of `@sparticuz/chromium`. The package is made for AWS Lambda. It unpacks into the temporary folder of
 * its process, takes any file that lies there already for complete, and brings its libraries only where it believes
 * that it runs there. So a separate process unpacks it: its environment names Lambda, and its temporary folder becomes
 * the cache.
 */
export async function unpackedChromium(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is built for Linux on x64 only');
  const described = readFileSync(join(packages, '@sparticuz/chromium/package.json'), 'utf8');
  const folder = placeOf(`chromium-${(JSON.parse(described) as { version: string }).version}`);
  await makeOnce(folder, async (staging) => {
    const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
    const [code, said] = await Promise.all([ended, text(child.stderr)]);
    if (code !== 0) throw new Error(`it could not be unpacked: ${said.trim()}`);
    // Another account that runs the same checkout may use it too.
    for (const path of [staging, join(staging, 'chromium')]) chmodSync(path, 0o755);
  });
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    program: join(folder, 'chromium'),
    // Without the fonts of the system, pages look the same on every machine.
    environment: { LD_LIBRARY_PATH: libraries, ...(await fontsOfPackages({ besideSystem: false })) },
  };
}

/**
 * Names the fonts of the packages to fontconfig, which a browser on Linux asks for its fonts: Noto Sans for Chinese,
 * and DejaVu for the symbols that Noto Sans lacks (✕, ▸, a bar above a letter).
 */
export async function fontsOfPackages({ besideSystem }: { besideSystem: boolean }): Promise<Record<string, string>> {
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...(besideSystem ? ['<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'] : []),
    `<dir>${join(packages, '@embedpdf/fonts-sc/fonts')}</dir>`,
    `<dir>${join(packages, 'dejavu-fonts-ttf/ttf')}</dir>`,
    ...(besideSystem
      ? []
      : [preferred('sans-serif', 'Noto Sans S Chinese'), preferred('monospace', 'DejaVu Sans Mono')]),
    `<cachedir>${placeOf('font-index')}</cachedir>`,
    '</fontconfig>',
  ].join('\n');
  // The file is named after its content, because a checkout that was moved has other paths.
  const folder = placeOf(`fonts-${createHash('sha256').update(lines).digest('hex').slice(0, 12)}`);
  await makeOnce(folder, (staging) => {
    writeFileSync(join(staging, 'fonts.conf'), lines);
    chmodSync(staging, 0o755);
  });
  return { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
}

/** The font for a generic family of a style sheet. On a system, its own settings choose it. */
function preferred(generic: string, family: string): string {
  return `<alias><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
}

/**
 * The folder for something made from the packages: beside them, or in a folder of the run where that is not writable.
 */
function placeOf(name: string): string {
  const place = join(cache, name);
  if (existsSync(place)) return place;
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return place;
  } catch {
    return join(folderOfRun(), name);
  }
}

let ofRun: string | undefined;
function folderOfRun(): string {
  if (ofRun === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'dudao-browser-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    ofRun = made;
  }
  return ofRun;
}
