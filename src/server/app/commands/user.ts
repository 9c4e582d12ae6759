import type { Command } from 'commander';
import { createAccount } from '#core/access/account/accounts.ts';
import { findPlaceNamed, findRole, insertGrant } from '#core/access/grant/grants.store.ts';
import { type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import { commandLineSource, recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { type RoleKey, roleTitles } from '#domain/access/permissions.ts';
import { grantRefusal } from '#domain/access/separation.ts';
import { problem } from '#domain/kit/problem.ts';
import { loadConfig } from '#platform/config/config.ts';
import { type WholeHandle, withWriting } from '#platform/db/handle.ts';
import { openPool } from '#platform/db/pool.ts';
import { newId } from '#platform/ids/new-id.ts';
import { reachDatabase } from '../reach-database.ts';
import { consoleLog } from '../terminal.ts';

interface CreateOptions {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly unit?: string;
  readonly school?: string;
  readonly phone?: string;
  readonly password?: boolean;
}

/** `dudao user …`: the operator edits accounts, for a first administrator or one who is locked out. */
export function register(program: Command): void {
  const user = program.command('user').description('人员账户').helpCommand(false);
  const roles = Object.entries(roleTitles).map(([key, title]) => `  ${key}  ${title}`);
  user
    .command('create')
    .description('建立账户并授予角色，输出一次性链接（24 小时有效）')
    .requiredOption('--username <用户名>', '3 至 30 个字符，以字母开头')
    .requiredOption('--name <姓名>', '姓名')
    .requiredOption('--role <角色>', '角色的代码，见下')
    .option('--unit <单位>', '单位名称或代码；三员和学校角色不用')
    .option('--school <标识码>', '学校角色：10 位学校标识码')
    .option('--phone <电话>', '联系电话')
    .option('--password', '输出随机的临时密码（首次登录必须修改），代替链接')
    .addHelpText('after', `\n角色：\n${roles.join('\n')}\n\n服务运行时也可以使用。每次使用都记入审计。`)
    .action((options: CreateOptions) => create(options));
}

async function create(options: CreateOptions): Promise<void> {
  const database = await reachDatabase(loadConfig(process.env), consoleLog);
  const pool = openPool({ url: database.appUrl, max: 1, applicationName: 'dudao-user' });
  try {
    const first = await readyFirst(options.password ? 'password' : 'link');
    const made = await withWriting(pool, nowhere, (db) => createWithRole(db, options, first));
    process.stdout.write(`已建立账户 ${made.username}（${made.roleName}${made.place ? `，${made.place}` : ''}）。\n`);
    if (made.password !== null) process.stdout.write(`临时密码 ${made.password}（只显示这一次）\n`);
    if (made.link !== null) process.stdout.write(`一次性链接 系统地址${made.link}（只显示这一次，24 小时内有效）\n`);
  } finally {
    await pool.end();
    await database.close();
  }
}

async function createWithRole(db: WholeHandle, options: CreateOptions, first: ReadyPassword) {
  const now = new Date();
  const role = await findRole(db, options.role);
  if (role === undefined) {
    const known = Object.keys(roleTitles) as RoleKey[];
    throw problem('request.invalid', {
      issues: [{ path: '--role', message: `没有角色“${options.role}”，可用的是 ${known.join('、')}` }],
    });
  }
  const wanted = options.school ?? options.unit;
  const place = wanted === undefined ? null : await findPlaceNamed(db, wanted, options.school !== undefined);
  if (wanted !== undefined && place === null) throw problem('thing.notFound', { what: `个单位或学校“${wanted}”` });
  const reason = grantRefusal(
    role,
    { unitLevel: place?.unitLevel ?? null, schoolId: place?.schoolId ?? null },
    [],
    false,
  );
  if (reason !== null) throw problem('access.grantRefused', { reason });
  const account = await createAccount(db, {
    name: options.name,
    username: options.username,
    phone: options.phone ?? null,
    createdBy: null,
    now,
    first,
  });
  await insertGrant(db, {
    id: newId(),
    personId: account.personId,
    role: role.key,
    unitId: place?.unitId ?? null,
    schoolId: place?.schoolId ?? null,
    grantedBy: null,
    now,
  });
  await recordAudit(db, commandLineSource, {
    action: 'person.created',
    objectType: 'person',
    objectId: account.personId,
    after: { username: account.username, name: options.name, role: role.key, place: place?.name ?? null },
  });
  return { ...account, roleName: role.name, place: place?.name ?? null };
}
