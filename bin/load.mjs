import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';

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
  const script = new vm.Script(`(function (${parameters}) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    cachedData: readKept(file),
  });
  if (script.cachedDataRejected !== false) anew.set(file, script);
  return script.runInThisContext();
}

/** Code serves the version of V8 and the flags that it was compiled with; the name tells them. */
const keptName = (file) => `${file}.${v8.cachedDataVersionTag().toString(36)}.code`;

function readKept(file) {
  try {
    return readFileSync(keptName(file));
  } catch {
    return undefined;
  }
}

/**
 * Keeps the code of what was compiled anew, with all functions that ran by now. Where the build belongs to another
 * account nothing is kept: each start compiles for itself.
 */
export function keepCode() {
  for (const [file, script] of anew) {
    const unfinished = `${keptName(file)}.${process.pid}`;
    try {
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, keptName(file));
    } catch {
      rmSync(unfinished, { force: true });
    }
  }
  anew.clear();
}
