import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { crc32 } from 'node:zlib';

const parameters = 'exports, require, module, __filename, __dirname';
const loaded = new Map();
/** What was compiled without kept code. */
const anew = new Map();

/**
 * Loads a file of a build, and what it requires, with the compiled code that an earlier start has kept. To compile four
 * megabytes takes a third of a start, and Node before 22 keeps nothing of it.
 */
export function load(file) {
  const known = loaded.get(file);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const folder = path.dirname(file);
  const installed = createRequire(file);
  const require = (id) => (id.startsWith('.') ? load(path.join(folder, id)) : installed(id));
  compile(file)(module.exports, Object.assign(require, installed), module, file, folder);
  return module.exports;
}

function compile(file) {
  const source = readFileSync(file);
  const kept = keptName(file, source);
  const script = new vm.Script(`(function (${parameters}) {${source}\n})`, {
    filename: file,
    cachedData: readKept(kept),
  });
  if (script.cachedDataRejected !== false) anew.set(kept, script);
  return script.runInThisContext();
}

const sumOf = (bytes) => crc32(bytes).toString(36).padStart(7, '0');

/**
 * Code serves the text, the version of Node and the flags that it was compiled with. V8 itself compares the length of the
 * text only; its tag stands for its own version and the flags, and two Nodes of one V8 differ all the same: the code that 20.19.6
 * kept ended 20.20.2.
 */
const keptName = (file, source) =>
  `${file}.${sumOf(source)}-${process.version}-${process.arch}-${v8.cachedDataVersionTag().toString(36)}.code`;

/** The kept code without its sum; V8 does not look whether it is whole, and a damaged one ends the process. */
function readKept(name) {
  try {
    const bytes = readFileSync(name);
    const code = bytes.subarray(7);
    return bytes.toString('latin1', 0, 7) === sumOf(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the code of what was compiled anew, with all functions that ran by now. Where the build belongs to another
 * account nothing is kept: each start compiles for itself.
 */
export function keepCode() {
  for (const [kept, script] of anew) {
    const unfinished = `${kept}.${process.pid}`;
    try {
      const code = script.createCachedData();
      const file = openSync(unfinished, 'w', 0o644);
      writeFileSync(file, sumOf(code));
      writeFileSync(file, code);
      fsyncSync(file);
      closeSync(file);
      renameSync(unfinished, kept);
    } catch {
      rmSync(unfinished, { force: true });
    }
  }
  anew.clear();
}
