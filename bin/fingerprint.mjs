import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Milliseconds. A file that changed so shortly before it was read may change again without a new time. */
const tooYoung = 2_000;

/** Paths are joined as text: `path.join` for a thousand files takes longer than reading their folders. */
function collect(folder, found) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) collect(file, found);
    else if (!/\.test\.tsx?$/.test(entry.name)) found.push(file);
  }
  return found;
}

/** The files of a path: the path itself, or all files below it in order; tests are not part of a build. */
export function files(target) {
  if (!existsSync(target)) return [];
  return lstatSync(target).isDirectory() ? collect(target, []) : [target];
}

/**
 * A fingerprint of files by content. Reading a thousand files takes a tenth of a start, so what was read is kept in
 * `ledger` and read again only where the file is another one (inode), or its size, its time or the time of its last
 * change differ. The last of these is the file system's own: no checkout and no copy sets it back.
 */
export function fingerprintOf(root, ingredients, ledger, young = tooYoung) {
  const known = readLedger(ledger);
  const seen = {};
  const now = Date.now();
  let whole = process.version.split('.')[0];
  let changed = false;
  for (const ingredient of ingredients) {
    for (const file of files(`${root}/${ingredient}`)) {
      const name = file.slice(root.length + 1);
      const { ino, size, mtimeMs, ctimeMs } = lstatSync(file);
      const state = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
      const content =
        known[name]?.state === state
          ? known[name].content
          : createHash('sha256').update(readFileSync(file)).digest('base64');
      whole += `${name}\0${content}\0`;
      if (ctimeMs < now - young) seen[name] = { state, content };
      if (known[name]?.state !== seen[name]?.state) changed = true;
    }
  }
  if (changed || Object.keys(known).length !== Object.keys(seen).length) writeLedger(ledger, seen);
  return createHash('sha256').update(whole).digest('hex');
}

function readLedger(ledger) {
  try {
    return JSON.parse(readFileSync(ledger, 'utf8'));
  } catch {
    return {};
  }
}

/** Without a ledger the files are read at every start; a folder that is only for reading has none. */
function writeLedger(ledger, seen) {
  const written = `${ledger}-${process.pid}`;
  try {
    writeFileSync(written, JSON.stringify(seen));
    renameSync(written, ledger);
  } catch {
    // Nothing is lost.
  }
}
