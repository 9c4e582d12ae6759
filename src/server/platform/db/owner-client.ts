import pg from 'pg';
import { StartError } from '../config/start-error.ts';

/** The oldest PostgreSQL whose views apply the row policies of the querying role (`security_invoker`). */
const oldestVersion = 150_000;

/** The connection of the owner of the database. */
export type OwnerClient = pg.Client;

/** A connection that the steps of a start share: to open one costs more than all that they ask. */
export interface OwnerSession {
  readonly url: string;
  readonly client: OwnerClient;
}

/** The owner's database, by its address or by a connection that is open. */
export type OwnerDatabase = string | OwnerSession;

/**
 * A connection for the work before serving: roles, migrations, introspection. It is the one of the session, or a
 * separate one that ends with the work.
 * @throws StartError where the database cannot be reached, refuses the sign-in, or is older than 15
 */
export async function withClient<Result>(
  database: OwnerDatabase,
  work: (client: OwnerClient) => Promise<Result>,
): Promise<Result> {
  if (typeof database !== 'string') return work(database.client);
  const url = database;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'dudao-setup',
  });
  // The handler for a connection that breaks between two statements; the next statement fails anyway.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(`无法连接数据库 ${addressOf(url)}：${connectionReason(error)}。`, { cause: error });
  }
  try {
    await assertVersion(client);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Runs several steps on one connection. */
export function withSession<Result>(url: string, work: (session: OwnerSession) => Promise<Result>): Promise<Result> {
  return withClient(url, (client) => work({ url, client }));
}

/** Where the owner's database is. */
export function urlOf(database: OwnerDatabase): string {
  return typeof database === 'string' ? database : database.url;
}

/** Host, port and database of an address, without user and password, for use in a sentence. */
export function addressOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${hostname || searchParams.get('host')}:${port || 5432}${pathname}`;
}

/** The role an address signs in as. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

async function assertVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  );
  const version = rows[0];
  if (version && Number(version.number) >= oldestVersion) return;
  throw new StartError(`数据库的版本是 PostgreSQL ${version?.text}，本系统需要 PostgreSQL 15 或以上；请升级数据库。`);
}

function connectionReason(error: unknown): string {
  // Trying several addresses of one name ends in one error that contains the others.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as { code?: string; message?: string };
  if (code === 'ECONNREFUSED') return '没有程序在该地址监听';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return '找不到该主机';
  if (code === 'ETIMEDOUT' || message?.includes('timeout')) return '连接超时';
  if (code === '28P01' || code === '28000') return '用户名或口令不正确，或不允许该用户从本机登录';
  if (code === '3D000') return '该数据库不存在';
  return message || String(error);
}
