import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * The builds of a checkout: `dist/<fingerprint>/` with `server`, `web` and `build.json`. A build is made in a folder of
 * its own and gets its name only when it is whole. A program that starts from another build notices nothing.
 * `dist/current` contains the name of the build that was started last.
 */
const nameOfBuild = /^[0-9a-f]{64}$/;
const unfinished = /^building-(\d+)-/;
/** A checkout goes back and forth between a few states (two branches, two versions of Node). */
const keptBuilds = 3;

/** The folder of a whole build, or null. */
export function findBuild(dist, name) {
  const folder = path.join(dist, name);
  return nameOfBuild.test(name) && existsSync(path.join(folder, 'build.json')) ? folder : null;
}

/** The folder of the build that was started last, or null. */
export function findCurrentBuild(dist) {
  try {
    return findBuild(dist, readFileSync(path.join(dist, 'current'), 'utf8').trim());
  } catch {
    return null;
  }
}

/** Whether a build can be made here; the folder may be missing as long as it can be made. */
export function isWritable(dist) {
  try {
    mkdirSync(dist, { recursive: true });
    accessSync(dist, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a build with `make(folder)` and names it by the fingerprint of its sources. Where another program has made the
 * same build meanwhile, that one stays: it may be running already.
 */
export async function makeBuild(dist, fingerprint, make) {
  mkdirSync(dist, { recursive: true });
  for (;;) {
    const name = fingerprint();
    const folder = mkdtempSync(path.join(dist, `building-${process.pid}-`));
    try {
      await make(folder);
      // Sources that changed while they were read must not stand under the fingerprint of what they were.
      if (fingerprint() !== name) continue;
      finishBuild(folder);
      try {
        renameSync(folder, path.join(dist, name));
      } catch (error) {
        if (findBuild(dist, name) === null) throw error;
      }
      return findBuild(dist, name);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Opens a finished build to other accounts: any of them may start it and mark it as used. */
function finishBuild(folder) {
  const running = path.join(folder, 'running');
  mkdirSync(running);
  // In a folder like /tmp everybody makes marks and removes only their own. A mode given to mkdir would be narrowed.
  chmodSync(running, 0o1777);
  writeFileSync(path.join(folder, 'build.json'), `${JSON.stringify({ node: process.version })}\n`);
  chmodSync(folder, 0o777 & ~process.umask());
}

/** A name that is written and then renamed is never read half. A folder that is only for reading keeps what it says. */
export function setCurrentBuild(dist, name) {
  if (findCurrentBuild(dist) === path.join(dist, name)) return;
  const written = path.join(dist, `current-${process.pid}`);
  try {
    writeFileSync(written, `${name}\n`);
    renameSync(written, path.join(dist, 'current'));
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** Marks a build as used by this process until it ends: a program loads parts of its build long after its start. */
export function holdBuild(folder) {
  const mark = path.join(folder, 'running', String(process.pid));
  try {
    mkdirSync(path.dirname(mark), { recursive: true });
    writeFileSync(mark, '');
    process.on('exit', () => rmSync(mark, { force: true }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Where nobody can write, nobody removes the build either.
    if (error.code === 'EROFS') return;
    process.stderr.write(
      `目录 ${path.dirname(mark)} 不可写，无法登记本程序正在使用这次构建；请勿在运行期间重新构建。\n`,
    );
  }
}

/** What a build consisted of when `dist` held only one. */
const partsOfOnlyBuild = ['server', 'web', 'build.json'];

/** Removes builds that are neither new nor in use, and what an interrupted build left behind. */
export function removeOldBuilds(dist) {
  const names = readdirSync(dist);
  for (const part of partsOfOnlyBuild) rmSync(path.join(dist, part), { recursive: true, force: true });
  for (const name of names) {
    const pid = unfinished.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(dist, name), { recursive: true, force: true });
  }
  const builds = names.map((name) => findBuild(dist, name)).filter((folder) => folder !== null);
  const current = findCurrentBuild(dist);
  const age = (folder) => (folder === current ? 0 : Date.now() - statSync(path.join(folder, 'build.json')).mtimeMs);
  for (const folder of builds.sort((a, b) => age(a) - age(b)).slice(keptBuilds)) {
    if (isInUse(folder)) continue;
    // Half of a build must not stand under its name when the removal is interrupted.
    const going = path.join(dist, `building-${process.pid}-${path.basename(folder)}`);
    renameSync(folder, going);
    rmSync(going, { recursive: true, force: true });
  }
}

function isInUse(folder) {
  try {
    return readdirSync(path.join(folder, 'running')).some((pid) => isAlive(Number(pid)));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another account may not be asked, but it is there.
    return error.code === 'EPERM';
  }
}

const isRefusal = (error) => ['EACCES', 'EPERM', 'EROFS'].includes(error.code);
