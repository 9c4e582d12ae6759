import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';
import { withClient } from '../db/owner-client.ts';
import { stateExists } from './embedded/state.ts';

type Where = Pick<Config, 'dataDir' | 'databaseUrl' | 'dataNamed'>;

/**
 * A command that works on data never makes any: an empty database would answer every question of an operator who stands in
 * the wrong folder.
 * @throws StartError where no data of the product are, and before anything is written
 */
export async function assertDataHere({ dataDir, databaseUrl }: Where): Promise<void> {
  if (databaseUrl !== null) {
    if (await holdsTables(databaseUrl)) return;
    throw new StartError('DATABASE_URL 指向的数据库里没有督导的数据；请核对地址，或先启动服务建立。');
  }
  if (holdsCluster(dataDir)) return;
  throw new StartError(
    `数据目录 ${dataDir} 里没有督导的数据；请在服务所在的目录运行，或用 DATA_DIR（数据目录）、DATABASE_URL（数据库）指明。`,
  );
}

/**
 * A command that may begin new data makes them only where the operator has named the place.
 * @throws StartError where the place is the usual one and holds nothing
 */
export function assertPlaceNamed({ dataDir, databaseUrl, dataNamed }: Where): void {
  if (dataNamed || databaseUrl !== null || holdsCluster(dataDir)) return;
  throw new StartError(
    `数据目录 ${dataDir} 里没有督导的数据；要在这里新建，请用 DATA_DIR=${dataDir} 指明，已有数据的请换到服务所在的目录运行。`,
  );
}

const holdsCluster = (dataDir: string) => stateExists(dataDir) || existsSync(join(dataDir, 'postgres', 'PG_VERSION'));

function holdsTables(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ held: boolean }>(
      `select to_regclass('public.schema_migrations') is not null as held`,
    );
    return rows[0]!.held;
  });
}
