import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '#platform/config/config.ts';
import { StartError } from '#platform/config/start-error.ts';
import { schemaDrift, writeSchemaTypes } from '#platform/db/introspect/introspect.ts';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { assertDataHere } from '#platform/postgres/existing-data.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { deleteEverything, getContent } from '../content.store.ts';
import { openDatabase } from '../open-database.ts';
import { distributionStatements, writeDistribution } from '../operations/distribute/distribute.store.ts';
import { findDistribution } from '../operations/distribute/distribution.store.ts';
import { loadSample, prepareFeatures } from '../prepare-content.ts';
import { migrationsFolder, productRoot } from '../root.ts';
import { consoleLog } from '../terminal.ts';

/** `dudao db …`: commands on the database as a whole. */
export function register(program: Command): void {
  const db = program.command('db').description('数据库：重置，分布，生成表类型').helpCommand(false);
  db.command('reset')
    .description('清空数据库，重新建表并装入示例城市；原有数据全部丢失')
    .option('--yes', '确认清空')
    .option('--own-data', '数据库里是本单位的数据而不是示例时，还须给出此项')
    .option('--empty', '清空后不装入示例，只建立空表')
    .action((options: ResetOptions) => reset(loadConfig(process.env), options));
  db.command('distribute')
    .description('在 Citus 协调节点上，把各表按区县分布到各节点')
    .option('--dry-run', '只列出要执行的语句')
    .option('--yes', '确认执行；请先停下服务并备份')
    .action((options: DistributeOptions) => spread(loadConfig(process.env), options));
  db.command('types')
    .description('按 migrations/ 生成 src/server/platform/db/schema.ts（开发用）')
    .option('--check', '只比较，不写入；不一致时退出码为 1')
    .action((options: { check?: boolean }) => types(options.check === true));
}

interface DistributeOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

async function spread(config: Config, options: DistributeOptions): Promise<void> {
  const url = config.databaseUrl;
  if (!url) throw new StartError('内置的数据库不能分布；请用 DATABASE_URL 指向 Citus 的协调节点。');
  await withClient(url, async (client) => {
    if (options.dryRun) {
      const statements = distributionStatements(await findDistribution(client));
      process.stdout.write(`begin;\n${statements.map((text) => `${text};\n`).join('')}commit;\n`);
      return;
    }
    if (!options.yes) {
      throw new StartError(
        'db distribute 会改变各表的存放方式；请先停下服务并备份，确认请加 --yes，只看语句请加 --dry-run。',
      );
    }
    const done = await writeDistribution(client);
    process.stdout.write(`已执行 ${done.length} 条语句，各表已按区县分布。\n`);
  });
}

interface ResetOptions {
  readonly yes?: boolean;
  readonly ownData?: boolean;
  readonly empty?: boolean;
}

async function reset(config: Config, options: ResetOptions): Promise<void> {
  if (!options.yes) throw new StartError('db reset 会清空数据库里的全部数据；确认请加 --yes。');
  await assertDataHere(config);
  await emptied(config, options.ownData === true);
  const database = await openDatabase(config, consoleLog);
  try {
    const { signInsFile } = await import('#sample/sign-ins.ts');
    rmSync(path.join(config.dataDir, signInsFile), { force: true });
    if (options.empty || !config.sample) await prepareFeatures(database.appUrl, () => new Date());
    else await loadSample(database, config, consoleLog);
  } finally {
    await database.close();
  }
  process.stdout.write('数据库已重置。\n');
}

/** No server may use the folder meanwhile. Data that does not look like a sample is kept unless the person insists. */
async function emptied(config: Config, ownData: boolean): Promise<void> {
  const hold = await holdDataFolder(config.dataDir);
  try {
    const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, log: consoleLog });
    try {
      await wipe(config.databaseUrl ?? embedded!.ownerUrl, ownData);
    } finally {
      await embedded?.stop();
    }
  } finally {
    hold.release();
  }
}

async function wipe(ownerUrl: string, ownData: boolean): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    if (!ownData && (await getContent(client)) === 'own') {
      throw new StartError('数据库里是本单位的数据，不是示例；确实要全部删除，请再加 --own-data。');
    }
    await deleteEverything(client);
  });
}

/** Types come from a fresh database that has run every migration, never from one that somebody has worked in. */
async function types(check: boolean): Promise<void> {
  const file = path.join(productRoot, 'src', 'server', 'platform', 'db', 'schema.ts');
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dudao-types-'));
  const hold = await holdDataFolder(dataDir);
  try {
    const server = await startEmbedded({ dataDir, log: consoleLog, durable: false });
    try {
      await migrate(server.ownerUrl, { directory: migrationsFolder });
      if (!check) await writeSchemaTypes(server.ownerUrl, file);
      else if (await schemaDrift(server.ownerUrl, file)) {
        throw new StartError('schema.ts 与 migrations/ 不一致；请运行 npm run dudao -- db types。');
      }
    } finally {
      await server.stop();
    }
  } finally {
    hold.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
  process.stdout.write(check ? 'schema.ts 与 migrations/ 一致。\n' : `已写入 ${file}\n`);
}
