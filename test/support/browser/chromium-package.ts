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

/** A browser, and what it needs in its environment beside that of the tests. */
export interface BrowserProgram {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = join(root, 'node_modules');
/** Goes with the next `npm ci`, like the packages that it was made from. */
const cache = join(packages, '.cache/browser');

/**
 * The Chromium of `@sparticuz/chromium`. The package is made for AWS Lambda: it unpacks into the temporary folder of its
 * process, takes whatever lies there already for whole, and brings its libraries only where it believes to run there.
 * A process of its own is told so, with a temporary folder that becomes the cache.
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
    // Without the fonts of the system its pages look the same on every machine.
    environment: { LD_LIBRARY_PATH: libraries, ...(await fontsOfPackages({ besideSystem: false })) },
  };
}

/**
 * Names the fonts of the packages to fontconfig, which a browser on Linux asks for its fonts: Noto Sans for Chinese, and
 * DejaVu for the symbols that it lacks (✕, ▸, a bar above a letter).
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
  // Under the name of its content: a checkout that was moved has other paths.
  const folder = placeOf(`fonts-${createHash('sha256').update(lines).digest('hex').slice(0, 12)}`);
  await makeOnce(folder, (staging) => {
    writeFileSync(join(staging, 'fonts.conf'), lines);
    chmodSync(staging, 0o755);
  });
  return { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
}

/** For a generic family of a style sheet; on a system its own settings choose. */
function preferred(generic: string, family: string): string {
  return `<alias><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
}

/** Where something made from the packages lies: beside them, or for whoever may not write there in a folder of the run. */
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
