import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as fill from '#contract/filings/fill.ts';
import { readPostmasterFile } from '#platform/postgres/embedded/postmaster.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { distantBase } from '../support/database/data-folder.ts';
import { effort } from '../support/effort.ts';
import { expectBalanceAgrees, type FaultStage, laySubmitted, openFaultStage } from '../support/fault-stage.ts';
import type { HttpAnswer } from '../support/http-person.ts';

/** A file system of its own of 400 MB, which a test may fill; null where this account may not make one. */
function smallDisk(): { readonly folder: string; remove(): void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-small-disk-'));
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=755', 'tmpfs', folder]);
  if (made.status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remove() {
      spawnSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The program's clock, which reads how far it is off from a file. The database keeps its own. */
const shiftedClock = `
const { readFileSync } = require('node:fs');
const Real = Date;
let offset = 0;
setInterval(() => { try { offset = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')) || 0; } catch {} }, 20).unref();
globalThis.Date = class extends Real {
  constructor(...parts) { if (parts.length === 0) super(Real.now() + offset); else super(...parts); }
  static now() { return Real.now() + offset; }
};
`;

const schools = 24;
/** Tried before the tests are named, so that the run says which of them this account may not do. */
const mayMount = (() => {
  const tried = smallDisk();
  tried?.remove();
  return tried !== null;
})();
let disk: ReturnType<typeof smallDisk>;
let clockFolder: string;
let stage: FaultStage;
beforeAll(async () => {
  disk = smallDisk();
  clockFolder = mkdtempSync(join(tmpdir(), 'dudao-clock-'));
  chmodSync(clockFolder, 0o755);
  writeFileSync(join(clockFolder, 'clock.cjs'), shiftedClock);
  stage = await openFaultStage({
    schools,
    ...(disk ? { dataDir: join(disk.folder, 'data') } : {}),
    environment: {
      NODE_OPTIONS: `--require ${join(clockFolder, 'clock.cjs')}`,
      CLOCK_FILE: join(clockFolder, 'offset'),
    },
  });
  await laySubmitted(stage, stage.filingIds);
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  disk?.remove();
  rmSync(clockFolder, { recursive: true, force: true });
});

let taken = 0;
/** Approves filings that nobody has approved yet, all at once. */
async function approveNext(count: number): Promise<{ readonly id: string; readonly answer: HttpAnswer }[]> {
  const director = stage.as('countyDirector');
  const ids = stage.filingIds.slice(taken, taken + count);
  taken += count;
  const rows = await stage.owner<{ id: string; revision: number }>(
    'select id, revision from filings where id = any($1::uuid[])',
    [ids],
  );
  return Promise.all(
    rows.map(async ({ id, revision }) => ({
      id,
      answer: await director.ask(filings.approve, { params: { filingId: id }, body: { revision } }),
    })),
  );
}

/** What was answered with 200 is there with its step and its audit row, and what was not is whole or absent. */
async function expectKept(done: Awaited<ReturnType<typeof approveNext>>): Promise<void> {
  const found = await stage.owner<{ id: string; state: string; steps: number; audited: number }>(
    `select f.id, f.state,
       (select count(*)::int from steps s where s.place_id = f.place_id and s.subject_id = f.id and s.action = 'approve') as steps,
       (select count(*)::int from audit_events a where a.object_id = f.id::text and a.action = 'filing.approved') as audited
     from filings f where f.id = any($1::uuid[])`,
    [done.map(({ id }) => id)],
  );
  for (const { id, answer } of done) {
    const { state, steps, audited } = found.find((one) => one.id === id)!;
    const whole = state === 'approved' ? 1 : 0;
    expect([steps, audited]).toEqual([whole, whole]);
    if (answer.status === 200) expect(state).toBe('approved');
  }
}

const sentence = /数据库|磁盘|空间|稍后/;

/** Stops every process of the database where it stands, as a machine does whose disk does not answer. */
function freeze(signal: 'SIGSTOP' | 'SIGCONT'): void {
  const { pid } = readPostmasterFile(`${distantBase(stage.dataDir) ?? stage.dataDir}/postgres`)!;
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === `${pid}`
      );
    } catch {
      return false;
    }
  });
  for (const one of [pid, ...children.map(Number)]) process.kill(one, signal);
}

describe.runIf(process.platform === 'linux')('the machine below the program', () => {
  it(
    'freezes its database: whoever waits too long is told so, and nothing acknowledged is lost',
    async () => {
      const reading = () => stage.as('cityOfficer').ask(filings.list, { query: { pageSize: 25 } });
      expect((await reading()).status).toBe(200);
      const asking = approveNext(4);
      await pause(5);
      freeze('SIGSTOP');
      const lists = Array.from({ length: 16 }, reading);
      // Whoever waits for a connection is refused after five seconds; whoever has one is answered when the database goes on.
      await pause(effort.thorough ? 8_000 : 1_500);
      freeze('SIGCONT');
      const heard = [...(await Promise.all(lists)), ...(await asking).map(({ answer }) => answer)];
      for (const { status, message } of heard) {
        if (status !== 200) expect([status, message]).toEqual([503, expect.stringMatching(sentence)]);
      }
      await expect.poll(async () => (await reading()).status, { timeout: 30_000 }).toBe(200);
      await expectKept(await asking);
    },
    effort.patience,
  );

  it(
    'steps its clock back by a day and an hour: acts, jobs and the seals of the audit go on',
    async () => {
      await expectKept(await approveNext(2));
      writeFileSync(join(clockFolder, 'offset'), String(-25 * 3_600_000));
      await pause(100);
      const before = await approveNext(4);
      expect(before.map(({ answer }) => answer.status)).toEqual([200, 200, 200, 200]);
      await expectKept(before);
      const clerk = stage.as('clerk');
      const [own] = (await clerk.call(filings.list)).rows;
      const saved = await clerk.call(fill.saveCells, {
        params: { filingId: own!.id },
        body: { changes: [{ field: '图书册数', value: 4_321, version: 0 }] },
      });
      expect(saved.cells.图书册数).toMatchObject({ v: 4_321, n: 1 });
      await expectBalanceAgrees(stage, 6);
      const [last] = await stage.owner<{ id: number }>('select max(id)::int as id from audit_events');
      await expect
        .poll(
          async () =>
            (await stage.owner<{ id: number }>('select coalesce(max(last_id), 0)::int as id from audit_seals'))[0]!.id,
          { timeout: 20_000 },
        )
        .toBeGreaterThanOrEqual(last!.id);
      writeFileSync(join(clockFolder, 'offset'), '0');
      await pause(100);
      await expectKept(await approveNext(2));
    },
    effort.patience,
  );

  it.runIf(mayMount)(
    'has no room left: writes are refused with a sentence, reading goes on, and room is enough to go on',
    async () => {
      const ballast = join(disk!.folder, 'ballast');
      // The disk is filled to its last block; the database grows its log in pieces and needs one sooner or later.
      const filled = spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k', 'status=none']);
      expect(filled.status).not.toBe(0);
      const grow = () =>
        stage.owner('create table ballast as select generate_series(1, 400000) as one').then(
          () => null,
          (error: { code?: string }) => error.code ?? 'gone',
        );
      expect(await grow()).not.toBeNull();
      const refused = await approveNext(6);
      for (const { answer } of refused) {
        if (answer.status !== 200)
          expect([answer.status, answer.message]).toEqual([503, expect.stringMatching(sentence)]);
      }
      rmSync(ballast);
      await expect
        .poll(async () => (await stage.as('cityOfficer').ask(filings.list)).status, { timeout: 60_000 })
        .toBe(200);
      await expectKept(refused);
      const after = await approveNext(4);
      expect(after.map(({ answer }) => answer.status)).toEqual([200, 200, 200, 200]);
      await expectKept(after);
      await expectBalanceAgrees(stage, 10);
    },
    effort.patience,
  );
});
