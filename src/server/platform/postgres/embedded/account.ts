import { spawnSync } from 'node:child_process';

/**
 * The account under which the database server runs. PostgreSQL refuses to run as root; an ordinary user runs it under
 * the own account. There are three ways, and trying them is the only reliable test of which one works on a machine.
 */
export interface Account {
  name: 'self' | 'capable' | 'plain';
  /** Owner of the cluster folder; null: the user who runs this program. */
  uid: number | null;
  /** Wraps a command so that it runs under the account. */
  command(file: string, args: readonly string[]): AccountCommand;
}

export interface AccountCommand {
  file: string;
  args: string[];
  options: { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv };
}

/** `nobody` on the systems that we know; no account has to be created. */
export const nobody = 65534;

/**
 * The accounts worth trying, best first. `clusterOwner` is the owner of an existing cluster folder: PostgreSQL insists
 * on running as exactly that user.
 */
export function candidateAccounts(clusterOwner: number | null): Account[] {
  if (process.getuid?.() !== 0) return [ownAccount()];
  const uid = clusterOwner !== null && clusterOwner !== 0 ? clusterOwner : nobody;
  return [capableAccount(uid), plainAccount(uid)];
}

function ownAccount(): Account {
  return { name: 'self', uid: null, command: (file, args) => ({ file, args: [...args], options: surroundings() }) };
}

/**
 * An unprivileged user that may still walk through closed folders (`/root`, our own data folder of mode 0700). The
 * cluster folder belongs to it; all folders above stay root's. It needs `setpriv` and the capability, which default
 * Docker lacks. Without the secure bit, `access()`, by which PostgreSQL looks for its own files, ignores the
 * capability.
 */
function capableAccount(uid: number): Account {
  const prefix = [
    ...['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups', '--securebits=+no_setuid_fixup'],
    ...['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--'],
  ];
  return {
    name: 'capable',
    uid,
    command: (file, args) => ({ file: 'setpriv', args: [...prefix, file, ...args], options: surroundings() }),
  };
}

function plainAccount(uid: number): Account {
  return {
    name: 'plain',
    uid,
    command: (file, args) => ({ file, args: [...args], options: { ...surroundings(), uid, gid: uid } }),
  };
}

/**
 * Whether this account can enter the folder and run the server found there. Asking the server for its version is no
 * sufficient test: it looks for its own files only when it opens a cluster. It is therefore started on a cluster that
 * does not exist.
 */
export function canRun(account: Account, postgres: string, folder: string): boolean {
  const script = 'cd "$1" && exec "$2" -C port -D "$1/no-cluster-here"';
  const { output } = runAs(account, '/bin/sh', ['-c', script, 'sh', folder, postgres]);
  return /could not access directory ".*": No such file or directory/.test(output);
}

/** Runs a command under the account and waits for its end. */
export function runAs(account: Account, file: string, args: readonly string[]): { ok: boolean; output: string } {
  const command = account.command(file, args);
  const result = spawnSync(command.file, command.args, { ...command.options, encoding: 'utf8' });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? result.error.message : ''}`;
  return { ok: result.status === 0, output };
}

function surroundings(): AccountCommand['options'] {
  // Messages are in one language, so that we can read them. No variable of ours (DATABASE_URL!) reaches the server's
  // environment.
  return { cwd: '/', env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' } };
}
