import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { type BrowserProgram, fontsOfPackages, unpackedChromium } from './chromium-package.ts';

/** The Chromium that the browser tests drive. */
export interface Chromium extends BrowserProgram {
  /** `Chromium 147.0.7727.0 from the package registry`. */
  readonly name: string;
}

/** No Chromium runs here: a sentence with the reason and the remedy. */
export interface NoChromium {
  readonly missing: string;
  /** Somebody asked for a Chromium: its absence is a failure, not a reason to skip. */
  readonly wanted: boolean;
}

interface Candidate {
  readonly name: string;
  /** Rejects where the browser is not available. */
  readonly prepare: () => Promise<BrowserProgram>;
}

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/** The arguments of every Chromium of the tests: no network of its own, no first-run pages. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A bare machine names no locale. Chromium then gives a download no name but `download` where its own is Chinese. */
const inUtf8 = { LC_ALL: 'C.UTF-8' };

export function launch({ program, environment }: BrowserProgram): Promise<Browser> {
  return playwright.launch({ executablePath: program, args: chromiumFlags, env: { ...process.env, ...environment } });
}

/**
 * Finds a Chromium that starts here and draws Chinese: an installed one, otherwise the one that `npm ci` brought.
 * `wish` names a program, or is `registry` (an installed one is not looked at) or `none`.
 */
export async function findChromium(wish = process.env.CHROMIUM ?? ''): Promise<Chromium | NoChromium> {
  if (wish === 'none') return { missing: 'CHROMIUM=none asks for no browser.', wanted: false };
  const refusals: string[] = [];
  for (const { name, prepare } of candidates(wish)) {
    try {
      const { program: path, environment } = await prepare();
      const program = { program: path, environment: { ...inUtf8, ...environment } };
      return { name: `Chromium ${await versionDrawing(program)} ${name}`, ...program };
    } catch (error) {
      refusals.push(`${name}: ${reasonOf(error)}`);
    }
  }
  const tried = `No Chromium runs here (${refusals.join('; ')}).`;
  return wish
    ? { missing: `CHROMIUM=${wish}: ${tried}`, wanted: true }
    : { missing: `${tried} Install one (Debian: apt-get install chromium) or name it in CHROMIUM.`, wanted: false };
}

function candidates(wish: string): Candidate[] {
  const installed = (program: string): Candidate => ({
    name: `at ${program}`,
    prepare: async () => ({ program, environment: await fontsOfPackages({ besideSystem: true }) }),
  });
  const brought: Candidate = { name: 'from the package registry', prepare: unpackedChromium };
  if (wish === 'registry') return [brought];
  return wish ? [installed(wish)] : [...installedPrograms().map(installed), brought];
}

function installedPrograms(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...places, onMac].filter((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The version of a browser that starts and draws. Without any font a word has no width, and every page is empty. */
async function versionDrawing(program: BrowserProgram): Promise<string> {
  const browser = await launch(program);
  try {
    const page = await browser.newPage();
    await page.setContent('<span lang="zh">督导</span>');
    const width = await page.locator('span').evaluate((word) => word.getBoundingClientRect().width);
    if (width === 0) throw new Error('it finds no font');
    return browser.version();
  } finally {
    await browser.close();
  }
}

/** Playwright's message contains the whole command line; the program's own message stands somewhere in it. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const own = lines.find((line) => line.includes('[err]'))?.replace(/^.*\[err\]\s*/, '');
  return (own ?? lines[0] ?? '').trim();
}
