import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolderHolder, type FolderHolder, holdDataFolder } from './lock.ts';
import { processStart, processWorld } from './running-process.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dudao-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const holderProgram = fileURLToPath(new URL('../../../../test/support/database/database-program.ts', import.meta.url));

/** Another process that takes the folder, reports this, and holds the folder until it is killed. */
async function otherHolder(): Promise<ChildProcess> {
  const child = fork(holderProgram, ['hold', dataDir], { execArgv: ['--import', 'tsx'], stdio: 'ignore' });
  await once(child, 'message');
  return child;
}

function writeLock(change: Partial<FolderHolder>): void {
  const lock: FolderHolder = {
    pid: process.pid,
    start: processStart(process.pid) ?? '',
    world: processWorld(),
    since: '2025-09-01T00:00:00.000Z',
    address: null,
    token: 'old',
    ...change,
  };
  writeFileSync(join(dataDir, 'dudao-data'), '');
  writeFileSync(join(dataDir, 'lock'), JSON.stringify(lock));
}

describe('holding a data folder', () => {
  it('closes the folder to others and gives it back', async () => {
    const hold = await holdDataFolder(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    hold.release();
    hold.release();
    expect(await dataFolderHolder(dataDir)).toBeNull();
    (await holdDataFolder(dataDir)).release();
  });

  it('names the process, the time and the address of the holder', async () => {
    const hold = await holdDataFolder(dataDir);
    hold.announce('http://127.0.0.1:3000');
    const holder = await dataFolderHolder(dataDir);
    expect(holder).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:3000' });
    await expect(holdDataFolder(dataDir)).rejects.toThrow(
      new RegExp(`正被另一个督导进程使用（进程号 ${process.pid}，自 .+ 起，地址 http://127\\.0\\.0\\.1:3000）`),
    );
    hold.release();
  });

  it('refuses while another process lives, and takes over after that process was killed', async () => {
    const other = await otherHolder();
    await expect(holdDataFolder(dataDir)).rejects.toThrow(`进程号 ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    (await holdDataFolder(dataDir)).release();
  });

  it('does not mistake another process with the same pid for the holder', async () => {
    const stranger = spawn('sleep', ['30'], { stdio: 'ignore' });
    writeLock({ pid: stranger.pid ?? 0, start: '1' });
    (await holdDataFolder(dataDir)).release();
    stranger.kill();
  });

  it('ignores a lock from before the last boot, and a half-written file', async () => {
    writeLock({ world: { ...processWorld(), boot: 'another boot' } });
    (await holdDataFolder(dataDir)).release();
    writeFileSync(join(dataDir, 'lock'), '');
    (await holdDataFolder(dataDir)).release();
  });

  it('goes to exactly one of many processes that find a dead lock, and leaves no other files', async () => {
    for (let round = 0; round < 20; round += 1) {
      writeLock({ pid: 2 ** 22 + 1, start: '1', token: `dead-${round}` });
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdDataFolder(dataDir)));
      const won = tries.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      expect(readdirSync(dataDir).filter((name) => name.startsWith('lock.'))).toEqual([]);
      for (const result of won) result.value.release();
    }
  });

  it('continues a take-over that was killed half-way', async () => {
    writeLock({ pid: 2 ** 22 + 1, start: '1', token: 'dead' });
    const successor = { ...JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')), token: 'dead-too' };
    writeFileSync(join(dataDir, 'lock.dead'), JSON.stringify(successor));
    const hold = await holdDataFolder(dataDir);
    await expect(holdDataFolder(dataDir)).rejects.toThrow('正被');
    expect(existsSync(join(dataDir, 'lock.dead'))).toBe(false);
    hold.release();
  });

  it('does not take over a folder of somebody else', async () => {
    mkdirSync(join(dataDir, 'photos'));
    await expect(holdDataFolder(dataDir)).rejects.toThrow('里已有别的内容（例如 photos）');
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });
});
