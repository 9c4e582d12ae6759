import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StartError } from '../config/start-error.ts';
import type { SealingKey } from './sealed-stream.ts';

/** Shorter passphrases are guessed from a stolen file. */
const shortest = 12;

export interface KeySource {
  readonly keyFile?: string | undefined;
  /** The environment variable BACKUP_PASSPHRASE. */
  readonly passphrase?: string | undefined;
}

/**
 * The key from a file or the environment, or null where neither is given.
 * @throws StartError where it is too short, or the file cannot be read
 */
export function givenKey({ keyFile, passphrase }: KeySource): SealingKey | null {
  if (keyFile !== undefined) return checked(readKeyFile(keyFile), `密钥文件 ${keyFile}`);
  if (passphrase === undefined || passphrase === '') return null;
  return checked(Buffer.from(passphrase), '环境变量 BACKUP_PASSPHRASE 中的口令');
}

/** Asks for a passphrase at the terminal, without showing it; `twice` where nothing could tell a slip of the finger later. */
export async function askForKey(twice: boolean): Promise<SealingKey> {
  if (!process.stdin.isTTY) {
    throw new StartError('需要口令，而这里不是终端；请用 --key-file 给出密钥文件，或设置环境变量 BACKUP_PASSPHRASE。');
  }
  const first = await askHidden('备份口令：');
  if (twice && (await askHidden('再输入一次：')) !== first) throw new StartError('两次输入的口令不一致，请重新运行。');
  return checked(Buffer.from(first), '口令');
}

function checked(key: Buffer, what: string): SealingKey {
  if (key.length >= shortest) return key;
  throw new StartError(`${what}太短，至少 ${shortest} 个字节；丢失的备份文件会被逐个猜解短口令。`);
}

function readKeyFile(file: string): Buffer {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim());
  } catch (error) {
    throw new StartError(`打不开密钥文件 ${file}；请核对文件名和权限。`, { cause: error });
  }
}

async function askHidden(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(prompt);
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise<string>((resolve) => reader.question('', resolve));
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
