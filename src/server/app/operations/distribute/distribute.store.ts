import { StartError } from '#platform/config/start-error.ts';
import { besideSchools, copying, spreading } from '#platform/db/migrate/migrate-spread.ts';
import type { OwnerClient } from '#platform/db/owner-client.ts';
import { type Distribution, findDistribution } from './distribution.store.ts';

/**
 * The statements that spread a database over the workers of Citus, in their order. What is converted already is left out, so that
 * a second run does the rest after an upgrade has added tables.
 */
export function distributionStatements({
  database,
  applicationRoles,
  growing,
  reference,
  foreignKeys,
  grants,
  converted,
}: Distribution): string[] {
  const isNew = (name: string) => converted?.has(name) !== true;
  const distributed = [...growing]
    .sort((one, other) => Number(other.name === besideSchools) - Number(one.name === besideSchools))
    .filter(({ name }) => isNew(name));
  const moved = foreignKeys.filter(({ table }) => isNew(table));
  return [
    // A reference table and a distributed one that refers to it are written in one transaction.
    `set citus.multi_shard_modify_mode = 'sequential'`,
    `alter role current_user in database ${database} set citus.multi_shard_modify_mode = 'sequential'`,
    // Without it the settings of the second wall do not reach the workers, and every list is empty.
    ...applicationRoles.map(
      (role) => `alter role ${role} in database ${database} set citus.propagate_set_commands = 'local'`,
    ),
    ...moved.map(({ table, name }) => `alter table ${table} drop constraint ${name}`),
    ...reference.filter(isNew).map(copying),
    ...distributed.map(({ name, place }) => spreading(name, place)),
    ...moved.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    // Converting takes the grants of views away, and what was granted on columns does not reach the shards.
    ...grants.map(({ name, role, rights }) => `grant ${rights} on ${name} to ${role}`),
  ];
}

/**
 * Spreads the database, or nothing of it: all statements are one transaction.
 * @throws StartError where the server has no Citus
 */
export async function writeDistribution(client: OwnerClient): Promise<readonly string[]> {
  const found = await findDistribution(client);
  if (found.converted === null) throw new StartError(withoutCitus);
  if (found.connected > 0) throw new StartError(stillServing);
  const statements = distributionStatements(found);
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new StartError(`分布没有完成，数据库保持原样：${(error as Error).message}。`, { cause: error });
  }
  return statements;
}

export const stillServing =
  '还有服务器连着这个数据库，分布会让它的请求出错；请先停下全部服务器，再执行 db distribute。';

export const withoutCitus =
  '这台数据库服务器没有 Citus 扩展，不能分布；请用 DATABASE_URL 指向 Citus 的协调节点，并先执行 CREATE EXTENSION citus。只看语句请加 --dry-run。';
