import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import * as session from '#contract/session/session.ts';
import { sealAuditEvents } from '#core/audit/seal.ts';
import { readBackup, writeBackup } from '#platform/backup/backup-file.ts';
import { loadConfig } from '#platform/config/config.ts';
import { withLease } from '#platform/db/handle.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { isFolderUnfinished, markFolder } from '#platform/postgres/unfinished-restore.ts';
import { seatCast } from '#test/support/cast.ts';
import { removeDataFolder } from '#test/support/database/data-folder.ts';
import { connectClone } from '#test/support/database/database.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { httpPerson } from '#test/support/http-person.ts';
import { buildProduct } from '#test/support/product/product-process.ts';
import { layScenario, units } from '#test/support/scenario.ts';
import { openDatabase } from '../../open-database.ts';
import { productRoot } from '../../root.ts';
import { runServer } from '../../run.ts';
import type { Manifest } from './manifest.shape.ts';
import { restoreBackup } from './restore-backup.ts';
import { type TakenBackup, takeBackup } from './take-backup.ts';

const quiet = { info() {}, warn() {} };
const secret = 'the-secret-of-the-installation-that-is-backed-up';
const content = randomBytes(300_000);
const contentHash = createHash('sha256').update(content).digest('hex');
const key = Buffer.from('a passphrase of some length');

let source: Awaited<ReturnType<typeof connectClone>>;
let folder: string;
let dataDir: string;
let plain: TakenBackup;
let sealed: TakenBackup;
let cookie: string;
const file = (name: string) => path.join(folder, name);
const takenTo = (name: string, by: Buffer | null) =>
  takeBackup({ ownerUrl: source.database.ownerUrl, dataDir, file: file(name), key: by, log: quiet });

beforeAll(async () => {
  source = await connectClone({ max: 2 });
  folder = mkdtempSync(path.join(quickPlace, 'dudao-backup-'));
  dataDir = path.join(folder, 'source');
  const shelf = path.join(dataDir, 'files', 'contents', contentHash.slice(0, 2));
  mkdirSync(shelf, { recursive: true });
  writeFileSync(path.join(shelf, contentHash), content);
  writeFileSync(path.join(dataDir, 'auth-secret'), `${secret}\n`);
  await layScenario(source.owner);
  cookie = (await seatCast(source.owner, new Date(), secret)).countyDirector.cookie;
  await source.owner.query(
    `insert into file_contents (hash, size, media_type) values ('${contentHash}', ${content.length}, 'application/pdf')`,
  );
  // More rows than one part holds, with every sign that the text format of COPY writes in its own way.
  await source.owner.query(
    `insert into verifications (id, identifier, value, expires_at)
     select gen_random_uuid(), E'a\\tb\\nc\\\\d' || n, repeat('值', 100), now() from generate_series(1, 15000) n`,
  );
  await source.owner.query(
    `select record_audit(3, null, null, 'slow.begun', 'thing', n::text, '{}', null, null, null, null, null, null, null,
       null, null, null, null, null) from generate_series(1, 3) n`,
  );
  // A row is sealed when every older transaction of the cluster has ended, and other files write beside this one.
  await vi.waitUntil(async () => (await withLease(source.pool, sealAuditEvents)) !== null, { timeout: 20_000 });
  plain = await takenTo('plain.tar', null);
  // A counter that somebody moved past the platform: it counts letters that are not there.
  await source.owner.query(
    `with series as (
       insert into letter_series (place_id, id, code, head, signer, printed_by)
       values ($1, gen_random_uuid(), '泉备', '文件', '署名', '印发机关') returning place_id, id)
     insert into letter_counters (place_id, series_id, year, last, last_issued_on)
     select place_id, id, 2025, 2, '2025-10-01' from series`,
    [units.city.id],
  );
  sealed = await takenTo('sealed', key);
  await buildProduct();
}, 120_000);
afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = async (client: pg.ClientBase) =>
  (await client.query('select count(*)::int as n from verifications')).rows[0].n;

/** What `dudao restore` says and how it ends, run as people run it. */
function commanded(name: string, environment: Readonly<Record<string, string>>) {
  const { DATABASE_URL: _, BACKUP_PASSPHRASE: __, ...own } = process.env;
  return spawnSync(process.execPath, [path.join(productRoot, 'bin/dudao.mjs'), 'restore', file(name)], {
    ...{ encoding: 'utf8', env: { ...own, DUDAO_BUILT: '', ...environment } },
  });
}

/** Restores into a new database of the cluster of the tests by the command, and drops it. */
async function intoDatabase(name: string, look: (client: pg.Client, dataDir: string) => unknown) {
  const cluster = inject('cluster');
  const database = `restored_${randomBytes(4).toString('hex')}`;
  await source.owner.query(`create database ${database}`);
  const target = file(database);
  const environment = {
    ...{ DATA_DIR: target, DATABASE_URL: databaseUrl(cluster.ownerUrl, database) },
    DATABASE_APP_URL: databaseUrl(cluster.appUrl, database),
  };
  const config = loadConfig(environment);
  try {
    // What a restore leaves that is killed half-way.
    await withClient(config.databaseUrl!, (client) =>
      client.query('create table restore_unfinished (begun_at timestamptz); create table half (n int)'),
    );
    expect(await refusal(openDatabase(config, quiet))).toContain('没有做完的恢复');
    await removeDataFolder(target);
    const told = commanded(name, environment);
    await withClient(config.databaseUrl!, (client) => Promise.resolve(look(client, target)));
    return told;
  } finally {
    await source.owner.query(`drop database ${database} with (force)`);
  }
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

describe('a backup', () => {
  it('names counts, the head of the audit and the digest of the file', () => {
    const verifications = plain.manifest.tables.find(({ name }) => name === 'verifications');
    expect(verifications).toMatchObject({ rows: 15_000, parts: 2 });
    expect(plain.manifest.files).toEqual({ count: 1, bytes: content.length, missing: [] });
    expect(plain.manifest.audit).toMatchObject({ position: 1, intact: true });
    expect(
      createHash('sha256')
        .update(readFileSync(file('plain.tar')))
        .digest('hex'),
    ).toBe(plain.sha256);
  });

  it('is sealed so that nothing of it can be read without the key', () => {
    expect(readFileSync(file('plain.tar')).includes(secret)).toBe(true);
    expect(readFileSync(file('sealed')).includes(secret)).toBe(false);
  });

  it('leaves nothing where it cannot be finished, and overwrites nothing', async () => {
    expect(await refusal(takenTo('plain.tar', null))).toContain('已经存在');
    expect(await refusal(takenTo('nowhere/x', null))).toContain('不能写入备份文件');
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

describe('restored into an empty folder', () => {
  it.each([
    ['a wrong passphrase', 'sealed', '口令或密钥文件不是'],
    ['a file that is not there', 'nowhere', '打不开备份文件'],
  ])('by the command, %s ends in one sentence and leaves no folder', (_, name, words) => {
    const target = file('refused');
    const environment = { DATA_DIR: target, BACKUP_PASSPHRASE: 'quite another passphrase' };
    const { status, stdout, stderr } = commanded(name, environment);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n').at(-1)).toContain(words);
    expect(stderr).not.toMatch(/Error|at .*\(/);
    expect(readdirSync(folder)).not.toContain('refused');
  });

  it('the same people are signed in, the chain goes on, and every row and file is there', async () => {
    const target = file('embedded');
    const config = loadConfig({ DATA_DIR: target });
    try {
      const { status, stdout, stderr } = commanded('sealed', { DATA_DIR: target, BACKUP_PASSPHRASE: key.toString() });
      const { position, hash } = sealed.manifest.audit;
      expect(stdout).toContain(`审计封存链 ${position} 节，链头 ${hash}`);
      // What the doctor looks at is looked at here too; the last sentence and the end say that something is wrong.
      expect(stderr).toMatch(/检查未通过，公文定稿：号数有重漏：泉备 2025/);
      expect([status, stderr.trim().split('\n').at(-1)]).toEqual([
        3,
        expect.stringContaining('但检查没有全部通过：公文定稿。'),
      ]);
      expect(stdout + stderr).not.toMatch(/核对无误|pg_resetwal/);
      expect(readFileSync(path.join(target, 'files/contents', contentHash.slice(0, 2), contentHash))).toEqual(content);
      const database = await openDatabase(config, quiet);
      const server = await runServer({
        config: { ...config, port: 0, logLevel: 'silent' },
        ...{ appUrl: database.appUrl, sample: false, background: false },
      });
      try {
        const answer = await httpPerson(() => server.address, cookie).ask(session.read);
        expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.stringContaining('鲤城主任')]);
        await withClient(database.ownerUrl, async (client) => {
          expect(await count(client)).toBe(15_000);
          const { rows } = await client.query(
            `select pg_current_xact_id()::text::bigint > (select max(to_transaction)::text::bigint from audit_seals) as after`,
          );
          expect(rows[0].after).toBe(true);
          const recorded = await client.query(`select after from audit_events where action = 'setting.restored'`);
          expect(recorded.rows).toMatchObject([{ after: { files: 1, chainHead: sealed.manifest.audit.hash } }]);
        });
      } finally {
        await server.close();
        await database.close();
      }
      expect(await refusal(restoreBackup({ config, file: file('sealed'), key, log: quiet }))).toContain('不是空的');
    } finally {
      await removeDataFolder(target);
    }
    // A server is made and started three times: a bound for what hangs.
  }, 120_000);

  it('begins anew where an earlier one was killed, and the program refuses what that one left', async () => {
    const target = file('killed');
    const config = loadConfig({ DATA_DIR: target });
    mkdirSync(path.join(target, 'files'), { recursive: true });
    writeFileSync(path.join(target, 'dudao-data'), '');
    writeFileSync(path.join(target, 'files', 'half'), 'half a file');
    markFolder(target);
    expect(await refusal(openDatabase(config, quiet))).toContain('没有做完的恢复');
    expect(
      await refusal(restoreBackup({ config, file: file('sealed'), key: Buffer.from('another key'), log: quiet })),
    ).toContain('口令或密钥文件不是');
    expect(isFolderUnfinished(target)).toBe(true);
  });
});

describe('restored into a database that a killed restore left half-done', () => {
  it('every row is there, and triggers, keys and the wall stand again', async () => {
    const wall = `select (select count(*)::int from pg_constraint where contype = 'f') as keys,
      (select count(*)::int from pg_class where relforcerowsecurity) as walled,
      (select count(*)::int from pg_trigger where not tgisinternal and tgenabled <> 'O') as asleep`;
    const { status, stdout, stderr } = await intoDatabase('plain.tar', async (client) => {
      expect(await count(client)).toBe(15_000);
      const expected = (await source.owner.query(wall)).rows;
      expect(expected[0]).toMatchObject({ asleep: 0 });
      expect((await client.query(wall)).rows).toEqual(expected);
      await expect(
        client.query(
          `insert into grants (id, person_id, role_key) values (gen_random_uuid(), gen_random_uuid(), 'city-officer')`,
        ),
      ).rejects.toThrow();
    });
    expect([status, stderr]).toEqual([0, expect.not.stringMatching(/▲|pg_resetwal/)]);
    expect(stdout).toContain('核对无误');
  });

  it('is refused where it holds anything', async () => {
    const config = loadConfig({
      ...{ DATA_DIR: file('other'), DATABASE_URL: source.database.ownerUrl, DATABASE_APP_URL: source.database.appUrl },
    });
    expect(await refusal(restoreBackup({ config, file: file('plain.tar'), key: null, log: quiet }))).toContain(
      '数据库不是空的',
    );
    expect(await count(source.owner)).toBe(15_000);
    expect(readdirSync(file('other')).filter((name) => name !== 'dudao-data')).toEqual([]);
  });
});

describe('a damaged backup is refused before anything is written, and the damage is named', () => {
  const damaged = (name: string, change: (bytes: Buffer) => Buffer) => {
    const bytes = readFileSync(file(name));
    writeFileSync(file('damaged'), change(bytes));
    const config = loadConfig({ DATA_DIR: file('untouched') });
    return refusal(restoreBackup({ config, file: file('damaged'), key: name === 'sealed' ? key : null, log: quiet }));
  };
  const flip = (at: (bytes: Buffer) => number) => (bytes: Buffer) => {
    const place = at(bytes);
    bytes[place] = bytes[place]! ^ 1;
    return bytes;
  };
  /** Behind the header of the part whose name begins so. */
  const inside = (name: string) => flip((bytes) => bytes.lastIndexOf(name) + 512 + 20);

  it.each([
    ['a table', inside('tables/verifications/000002.'), '数据表 verifications 的第 2 段与写入时不同'],
    ['a file', inside('file.'), `文件 ${contentHash} 与写入时不同`],
    ['a secret', inside('secrets/auth-secret'), '密钥文件 auth-secret 与写入时不同'],
    ['the manifest', inside('manifest.json.'), '清单与写入时不同'],
    ['the header of a part', flip((bytes) => bytes.lastIndexOf('file.') + 110), '之后读不下去'],
    ['the filling between parts', flip((bytes) => bytes.lastIndexOf('secrets/') + 512 + 300), '全文的摘要'],
    ['the digest at the end', flip((bytes) => bytes.length - 480), '全文的摘要'],
    ['a cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2_000), '结尾缺失'],
  ])('%s', async (_, change, words) => {
    expect(await damaged('plain.tar', change)).toContain(words);
    expect(readdirSync(folder)).not.toContain('untouched');
  });

  it.each([
    ['a chunk', flip(() => 200_000), '加密的第 4 段'],
    ['the end', (bytes: Buffer) => bytes.subarray(0, -5_000), '文件可能被截断'],
    [
      'two chunks in the other order',
      (bytes: Buffer) => {
        const [head, length] = [54, 65_552];
        const [one, two] = [head, head + length].map((at) => Buffer.from(bytes.subarray(at, at + length)));
        two!.copy(bytes, head);
        one!.copy(bytes, head + length);
        return bytes;
      },
      '加密的第 1 段',
    ],
    ['the head', flip(() => 20), '口令或密钥文件不是'],
  ])('%s of a sealed one', async (_, change, words) => {
    expect(await damaged('sealed', change)).toContain(words);
    expect(readdirSync(folder)).not.toContain('untouched');
  });

  it('a wrong key is told apart, and a file that is no backup', async () => {
    const config = loadConfig({ DATA_DIR: file('untouched') });
    const order = { config, log: quiet };
    expect(await refusal(restoreBackup({ ...order, file: file('sealed'), key: Buffer.from('wrong') }))).toContain(
      '口令',
    );
    writeFileSync(file('text'), 'no backup'.repeat(1_000));
    expect(await refusal(restoreBackup({ ...order, file: file('text'), key: null }))).toContain('不是督导的备份');
  });
});

describe('a backup that agrees with its digests, and that this program did not write', () => {
  type Parts = { name: string; sha256: string; bytes: Buffer }[];

  /** The plain backup with changed parts, digests and trailer made anew. */
  async function crafted(
    change: (parts: Parts) => void,
    changeManifest: (manifest: Manifest) => unknown = (one) => one,
  ) {
    const parts: Parts = [];
    await readBackup(
      file('plain.tar'),
      null,
      async ({ name, sha256, bytes }) => {
        const pieces: Buffer[] = [];
        for await (const piece of bytes) pieces.push(piece);
        parts.push({ name, sha256, bytes: Buffer.concat(pieces) });
      },
      (name) => name,
    );
    const manifest = JSON.parse(parts.pop()!.bytes.toString('utf8')) as Manifest;
    change(parts);
    rmSync(file('crafted'), { force: true });
    await writeBackup(file('crafted'), null, async (writer) => {
      const all = createHash('sha256');
      for (const { name, bytes } of parts) {
        await writer.add(name, bytes);
        all.update(`${name}.${createHash('sha256').update(bytes).digest('hex')}\n`);
      }
      const last = changeManifest({ ...manifest, partsSha256: all.digest('hex') });
      await writer.add('manifest.json', Buffer.from(JSON.stringify(last)));
    });
  }

  const tried = async () => {
    const config = loadConfig({ DATA_DIR: file('crafted-into') });
    const order = { config, file: file('crafted'), key: null, log: quiet, durable: false };
    return { refused: await refusal(restoreBackup(order)), config };
  };
  const same = () => {};
  const rows = (parts: Parts) => parts.find(({ name }) => name.startsWith('tables/verifications/'))!;

  it.each<[string, (parts: Parts) => void, (manifest: Manifest) => unknown, string]>([
    [
      'rows of an unknown table',
      (parts) => parts.push({ ...rows(parts), name: 'tables/nosuch/000001' }),
      (one) => one,
      '清单没有的部分：数据表 nosuch',
    ],
    [
      'a part of no kind',
      (parts) => parts.push({ ...rows(parts), name: 'secrets/../evil' }),
      (one) => one,
      '清单没有的部分',
    ],
    ['a manifest of another shape', same, (one) => ({ ...one, tables: 'x' }), '清单不是本程序所写的格式'],
    [
      'a manifest that claims more parts than names can number',
      same,
      (one) => ({ ...one, tables: one.tables.map((table) => ({ ...table, parts: 1_000_000 })) }),
      '清单不是本程序所写的格式',
    ],
    [
      'rows behind the last part of their table',
      (parts) => parts.push({ ...rows(parts), name: 'tables/verifications/000003' }),
      (one) => one,
      '清单没有的部分：数据表 verifications 的第 3 段',
    ],
    [
      'an intro that is no JSON',
      (parts) => {
        parts[0]!.bytes = Buffer.from('{no');
      },
      (one) => one,
      '格式不为本程序所知',
    ],
  ])('%s is refused in a sentence before anything is written', async (_, change, changeManifest, words) => {
    await crafted(change, changeManifest);
    expect((await tried()).refused).toContain(words);
    expect(readdirSync(folder)).not.toContain('crafted-into');
  });

  it('rows that are no gzip, a false column and a false sequence end in a sentence, and leave an empty folder', async () => {
    const cases: [(parts: Parts) => void, (manifest: Manifest) => unknown, string][] = [
      [
        (parts) => {
          rows(parts).bytes = Buffer.from('no gzip');
        },
        (one) => one,
        '数据表 verifications 的第 1 段不能用于恢复',
      ],
      [
        same,
        (one) => ({
          ...one,
          tables: one.tables.map((table) =>
            table.name === 'verifications' ? { ...table, columns: ['evil"'] } : table,
          ),
        }),
        '数据表 verifications 的第 1 段不能用于恢复',
      ],
      [
        same,
        (one) => ({ ...one, sequences: [{ name: 'nope"; drop table x; --', last: '1' }] }),
        '清单里的编号序列不能用于恢复',
      ],
    ];
    for (const [change, changeManifest, words] of cases) {
      await crafted(change, changeManifest);
      const { refused, config } = await tried();
      expect(refused).toContain(words);
      expect(readdirSync(config.dataDir).filter((name) => !/^(\.|lock)/.test(name))).toEqual([]);
    }
  }, 60_000);
});
