import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nobody } from '#platform/postgres/embedded/account.ts';
import {
  findBuild,
  findCurrentBuild,
  isWritable,
  makeBuild,
  removeOldBuilds,
  setCurrentBuild,
} from '../../../bin/builds.mjs';

let dist: string;
beforeEach(() => {
  dist = join(mkdtempSync(join(tmpdir(), 'dudao-builds-')), 'dist');
});
afterEach(() => rmSync(join(dist, '..'), { recursive: true, force: true }));

/** A name as long as a fingerprint. */
const named = (digit: number) => String(digit).repeat(64);
const writes = (text: string) => async (folder: string) => writeFileSync(join(folder, 'main.js'), text);
const build = (digit: number, make = writes(String(digit))) => makeBuild(dist, () => named(digit), make);
const names = () => readdirSync(dist).sort();

/** Builds with the given digits; the first is the oldest. */
async function lay(digits: readonly number[]): Promise<void> {
  for (const [index, digit] of digits.entries()) {
    const folder = await build(digit);
    const at = new Date(Date.now() - (digits.length - index) * 60_000);
    utimesSync(join(folder as string, 'build.json'), at, at);
  }
}

describe('builds of a checkout', () => {
  it('a build has its name only when it is whole', async () => {
    let seen: string[] = [];
    const folder = await build(1, async (target) => {
      await writes('1')(target);
      seen = names();
      expect(findBuild(dist, named(1))).toBeNull();
    });
    expect(seen).toEqual([expect.stringMatching(/^building-\d+-/)]);
    expect(folder).toBe(findBuild(dist, named(1)));
    expect(names()).toEqual([named(1)]);
  });

  it('a build that fails leaves nothing behind, and the others as they are', async () => {
    await lay([1]);
    const failing = build(2, async (target) => {
      await writes('half')(target);
      throw new Error('a source has a fault');
    });
    await expect(failing).rejects.toThrow('a source has a fault');
    expect(names()).toEqual([named(1)]);
  });

  it('of two programs that build the same, the build of the first stays', async () => {
    await build(1, async (target) => {
      await writes('slow')(target);
      await build(1, writes('quick'));
    });
    const main = readFileSync(join(dist, named(1), 'main.js'), 'utf8');
    expect(main).toBe('quick');
    expect(names()).toEqual([named(1)]);
  });

  it('a build whose sources change meanwhile never gets the name of what they were', async () => {
    let digit = 1;
    let seen: string[] = [];
    const folder = await makeBuild(
      dist,
      () => named(digit),
      async (target) => {
        seen = names();
        await writes(String(digit))(target);
        if (digit < 3) digit += 1;
      },
    );
    expect(folder).toBe(join(dist, named(3)));
    expect(readFileSync(join(dist, named(3), 'main.js'), 'utf8')).toBe('3');
    expect(seen).toEqual([expect.stringMatching(/^building-/)]);
    expect(names()).toEqual([named(3)]);
  });

  it('the current build is named by a file that is switched as a whole', async () => {
    await lay([1, 2]);
    expect(findCurrentBuild(dist)).toBeNull();
    setCurrentBuild(dist, named(1));
    setCurrentBuild(dist, named(2));
    expect(findCurrentBuild(dist)).toBe(join(dist, named(2)));
    expect(names()).toEqual([named(1), named(2), 'current']);
  });

  it('keeps the current build and the two newest others', async () => {
    await lay([1, 2, 3, 4, 5]);
    setCurrentBuild(dist, named(1));
    removeOldBuilds(dist);
    expect(names()).toEqual([named(1), named(4), named(5), 'current']);
  });

  it('keeps an old build as long as a program runs from it', async () => {
    await lay([1, 2, 3, 4, 5]);
    const builds = join(import.meta.dirname, '../../../bin/builds.mjs');
    const program = `import(${JSON.stringify(builds)}).then(({ holdBuild }) => {
      holdBuild(${JSON.stringify(join(dist, named(1)))});
      process.stdin.on('end', () => process.exit()).resume();
      process.stdout.write('held');
    })`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    removeOldBuilds(dist);
    expect(names()).toEqual([1, 3, 4, 5].map(named));
    child.stdin.end();
    await once(child, 'exit');
    expect(readdirSync(join(dist, named(1), 'running'))).toEqual([]);
    removeOldBuilds(dist);
    expect(names()).toEqual([3, 4, 5].map(named));
  });

  it('is held by a program of any account, which says so where it cannot', async () => {
    await lay([1]);
    const running = join(dist, named(1), 'running');
    expect(statSync(running).mode & 0o7777).toBe(0o1777);
    for (const folder of [join(dist, '..'), dist]) chmodSync(folder, 0o755);
    const builds = readFileSync(join(import.meta.dirname, '../../../bin/builds.mjs'), 'utf8');
    const program = `${builds}\nholdBuild(${JSON.stringify(join(dist, named(1)))});
      process.stdout.write(String(readdirSync(${JSON.stringify(running)}).length));`;
    // Root may write everywhere, so that another account has to try it.
    const account = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    const start = () =>
      spawnSync(process.execPath, ['--input-type=module', '-e', program], { ...account, cwd: '/', encoding: 'utf8' });
    expect(start()).toMatchObject({ stdout: '1', stderr: '' });
    chmodSync(running, 0o555);
    expect(start()).toMatchObject({ stdout: '0', stderr: expect.stringContaining(`目录 ${running} 不可写`) });
  });

  it('removes the build of a time when there was only one', async () => {
    await lay([1]);
    for (const part of ['server', 'web']) mkdirSync(join(dist, part));
    writeFileSync(join(dist, 'build.json'), '{}');
    removeOldBuilds(dist);
    expect(names()).toEqual([named(1)]);
  });

  it('removes what an interrupted build left behind, and not the build that is being made', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const owner of [pid, process.pid]) mkdirSync(join(dist, `building-${owner}-abc`), { recursive: true });
    removeOldBuilds(dist);
    expect(names()).toEqual([`building-${process.pid}-abc`]);
  });

  it('a name that leads out of the folder is no build', async () => {
    await lay([1]);
    expect(findBuild(join(dist, named(1)), `../${basename(join(dist, named(1)))}`)).toBeNull();
  });

  it('a folder that can be made is writable, one below a file is not', () => {
    expect(isWritable(dist)).toBe(true);
    writeFileSync(join(dist, 'file'), '');
    expect(isWritable(join(dist, 'file', 'below'))).toBe(false);
  });
});
