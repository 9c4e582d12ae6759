import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Waits for so many milliseconds without blocking other work. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * The start time of a process, as the system reports it; null when there is no such process (a zombie has ended, too).
 * Pid and start time together identify a process for good; a pid alone may be given to another process later.
 */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return psField(pid, 'lstart');
  try {
    // The second field is the command in brackets and may itself hold brackets and spaces: count from the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The arguments with which a process was started; empty when it is gone or hides them. */
export function processArguments(pid: number): string[] {
  if (process.platform !== 'linux') return psField(pid, 'command')?.split(' ') ?? [];
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The scope of a pid: the machine, its boot, and (in containers) the pid namespace. */
export interface ProcessWorld {
  host: string;
  boot: string;
  namespace: string;
}

/** The scope of this process; two processes can judge each other's pid only where boot and namespace agree. */
export function processWorld(): ProcessWorld {
  return { host: hostname(), boot: bootIdentity(), namespace: pidNamespace() };
}

function bootIdentity(): string {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' }).replace(/.*sec = (\d+).*/s, '$1');
  } catch {
    return '';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function psField(pid: number, field: string): string | null {
  try {
    const line = execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
    return line.trim() || null;
  } catch {
    return null;
  }
}
