import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** The settings of one running program. Everything that an operator can set is here; the rest is data. */
export interface Config {
  /** Port of web and API; 0 asks the system for a free one. */
  port: number;
  /** Address or host name to listen on. */
  host: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  /** Whether the operator named the data folder, so that data may begin there. */
  dataNamed: boolean;
  /** The address of an external PostgreSQL for its owner: used to migrate only. Null: the embedded one is started. */
  databaseUrl: string | null;
  /** The application role of an external PostgreSQL where the owner may not create roles. */
  databaseAppUrl: string | null;
  /** Whether a new database receives the sample city. */
  sample: boolean;
  /** How many schools the sample city has; see `sample`. */
  sampleSize: 'whole' | 'small';
  logLevel: LogLevel;
  /** Proxies that are trusted to report the caller's address; no other host is. */
  trustedProxies: readonly string[];
  /** A clamd that looks at every file before it is opened; null: files are not looked at. */
  clamd: { readonly host: string; readonly port: number } | null;
  /** A folder with the fonts of official letters for which the office has a licence; null: the product's own stand in. */
  fontsDir: string | null;
  /** The mail server through which notices leave; null: they stay in the inbox. */
  mail: MailConfig | null;
  /** The folder in which the operator keeps backups, for `dudao doctor`; null: nobody looks at their age. */
  backupDir: string | null;
  /** What a collector of metrics sends as its bearer token; null: there are no metrics. */
  metricsToken: string | null;
  /** Development: a handler that forgot to authorise, or a reply that does not match its contract, is a fault. */
  strict: boolean;
}

export interface MailConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
  /** The address from which the product writes. */
  readonly from: string;
  /** The address of the product as people type it, without a slash at its end. */
  readonly origin: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One or more settings are wrong; one sentence for each. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65535);
const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/);
const databaseUrl = z.string().refine(isDatabaseUrl);

/** Each variable: its type (zod), its default, and the wording of the allowed values. */
const variables = {
  PORT: { schema: port, otherwise: 3000, allowed: '0 到 65535 之间的整数（0 表示任选空闲端口）' },
  HOST: { schema: host, otherwise: '127.0.0.1', allowed: '一个 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0' },
  DATA_DIR: {
    schema: z.string().refine((value) => !value.includes('\0')),
    otherwise: './data',
    allowed: '一个文件夹的路径',
  },
  DATABASE_URL: {
    schema: databaseUrl,
    otherwise: null,
    allowed: '形如 postgres://用户:口令@主机:端口/数据库 的地址',
  },
  DATABASE_APP_URL: {
    schema: databaseUrl,
    otherwise: null,
    allowed: '形如 postgres://用户:口令@主机:端口/数据库 的地址',
  },
  SAMPLE: { schema: z.enum(['on', 'small', 'off']), otherwise: 'on', allowed: 'on、small 或 off' },
  TRUSTED_PROXIES: {
    schema: z.array(z.string().refine(isAddressOrNet)),
    otherwise: [] as readonly string[],
    allowed: '反向代理的 IP 地址或网段，以逗号分隔，例如 127.0.0.1 或 10.0.0.0/8',
  },
  CLAMD: {
    schema: z.string().refine((value) => hostAndPort(value) !== undefined),
    otherwise: null,
    allowed: '形如 主机:端口 的地址，例如 127.0.0.1:3310',
  },
  SMTP_URL: {
    schema: z.string().refine((value) => mailServer(value) !== undefined),
    otherwise: null,
    allowed: '形如 smtp://用户:口令@主机:端口 或 smtps://… 的地址，用户和口令可以没有',
  },
  MAIL_FROM: {
    schema: z.string().regex(/^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/),
    otherwise: null,
    allowed: '一个邮箱地址，例如 dudao@example.gov.cn',
  },
  ORIGIN: {
    schema: z.string().refine(isOrigin),
    otherwise: null,
    allowed: '人们打开平台的网址，例如 https://dudao.example.gov.cn，不带路径',
  },
  FONTS_DIR: {
    schema: z.string().refine((value) => !value.includes('\0')),
    otherwise: null,
    allowed: '一个文件夹的路径',
  },
  BACKUP_DIR: {
    schema: z.string().refine((value) => !value.includes('\0')),
    otherwise: null,
    allowed: '一个文件夹的路径',
  },
  METRICS_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{16,200}$/),
    otherwise: null,
    allowed: '16 到 200 个不含空格的英文字符',
    secret: true,
  },
  STRICT: { schema: z.enum(['on', 'off']), otherwise: 'off', allowed: 'on 或 off' },
  LOG_LEVEL: { schema: z.enum(logLevels), otherwise: 'info', allowed: logLevels.join('、') },
} as const;

type Name = keyof typeof variables;

type SampleSetting = 'on' | 'small' | 'off';

const sampleOf = (setting: SampleSetting): Pick<Config, 'sample' | 'sampleSize'> => ({
  sample: setting !== 'off',
  sampleSize: setting === 'small' ? 'small' : 'whole',
});

/**
 * Reads the settings from the environment. An empty variable counts as absent. All mistakes are collected, each as one
 * sentence that names the variable, the given value and the allowed values. Passwords are not repeated.
 * @throws ConfigError
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = [];

  function read<Value>(name: Name, schema: z.ZodType<Value>, otherwise: Value, split = false): Value {
    const given = env[name]?.trim();
    if (!given) return otherwise;
    const parsed = schema.safeParse(split ? given.split(',').map((part) => part.trim()) : given);
    if (parsed.success) return parsed.data;
    const shown = 'secret' in variables[name] ? '******' : withoutPassword(given);
    mistakes.push(`环境变量 ${name} 的值“${shown}”无效，允许的是：${variables[name].allowed}。`);
    return otherwise;
  }

  const config: Config = {
    port: read<number>('PORT', variables.PORT.schema, variables.PORT.otherwise),
    host: read<string>('HOST', variables.HOST.schema, variables.HOST.otherwise),
    dataDir: resolve(read<string>('DATA_DIR', variables.DATA_DIR.schema, variables.DATA_DIR.otherwise)),
    dataNamed: Boolean(env.DATA_DIR?.trim()),
    databaseUrl: read<string | null>('DATABASE_URL', variables.DATABASE_URL.schema, null),
    databaseAppUrl: read<string | null>('DATABASE_APP_URL', variables.DATABASE_APP_URL.schema, null),
    ...sampleOf(read<SampleSetting>('SAMPLE', variables.SAMPLE.schema, variables.SAMPLE.otherwise)),
    logLevel: read<LogLevel>('LOG_LEVEL', variables.LOG_LEVEL.schema, variables.LOG_LEVEL.otherwise),
    trustedProxies: read<readonly string[]>(
      'TRUSTED_PROXIES',
      variables.TRUSTED_PROXIES.schema,
      variables.TRUSTED_PROXIES.otherwise,
      true,
    ),
    clamd: hostAndPort(read<string | null>('CLAMD', variables.CLAMD.schema, null)) ?? null,
    fontsDir: resolved(read<string | null>('FONTS_DIR', variables.FONTS_DIR.schema, null)),
    mail: null,
    backupDir: resolved(read<string | null>('BACKUP_DIR', variables.BACKUP_DIR.schema, null)),
    metricsToken: read<string | null>('METRICS_TOKEN', variables.METRICS_TOKEN.schema, null),
    strict: read<'on' | 'off'>('STRICT', variables.STRICT.schema, variables.STRICT.otherwise) === 'on',
  };

  const smtp = mailServer(read<string | null>('SMTP_URL', variables.SMTP_URL.schema, null));
  const from = read<string | null>('MAIL_FROM', variables.MAIL_FROM.schema, null);
  const origin = read<string | null>('ORIGIN', variables.ORIGIN.schema, null);
  if (smtp !== undefined && from !== null && origin !== null) {
    config.mail = { ...smtp, from, origin: new URL(origin).origin };
  } else if (env.SMTP_URL?.trim()) {
    for (const name of ['MAIL_FROM', 'ORIGIN'] as const) {
      if (!env[name]?.trim()) {
        mistakes.push(`给出了环境变量 SMTP_URL，却没有给出 ${name}；请给出${variables[name].allowed}。`);
      }
    }
  }
  if (config.databaseAppUrl && !env.DATABASE_URL?.trim()) {
    mistakes.push(
      '给出了环境变量 DATABASE_APP_URL，却没有给出 DATABASE_URL；应同时给出 DATABASE_URL（数据库所有者的地址，仅用于升级表结构），或两者都不给。',
    );
  }
  if (config.databaseUrl && config.databaseAppUrl && userOf(config.databaseUrl) === userOf(config.databaseAppUrl)) {
    mistakes.push(
      `环境变量 DATABASE_APP_URL 与 DATABASE_URL 使用了同一个用户“${userOf(config.databaseUrl)}”；应用程序应使用另一个不拥有任何表的用户。`,
    );
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

const resolved = (folder: string | null) => (folder === null ? null : resolve(folder));

function hostAndPort(value: string | null): { host: string; port: number } | undefined {
  const [, host, given] = /^([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(value ?? '') ?? [];
  const number = Number(given);
  if (host === undefined || number < 1 || number > 65535) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

function mailServer(
  value: string | null,
): Pick<MailConfig, 'host' | 'port' | 'secure' | 'user' | 'password'> | undefined {
  if (value === null || !URL.canParse(value)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(value);
  const secure = protocol === 'smtps:';
  if (!(secure || protocol === 'smtp:') || hostname === '' || !['', '/'].includes(pathname) || search || hash) {
    return undefined;
  }
  return {
    host: hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    user: username === '' ? null : decodeURIComponent(username),
    password: username === '' ? null : decodeURIComponent(password),
  };
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username } = new URL(value);
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '' && username === '';
}

function isAddressOrNet(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}

function isDatabaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const database = url.pathname.slice(1);
  const host = url.hostname || url.searchParams.get('host');
  return /^postgres(ql)?:$/.test(url.protocol) && url.username !== '' && database !== '' && Boolean(host);
}

function userOf(databaseAddress: string): string {
  return decodeURIComponent(new URL(databaseAddress).username);
}

function withoutPassword(given: string): string {
  return given.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:******@');
}
