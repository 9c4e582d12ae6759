import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.ts';
import { readJsonFile, writeSecretFile } from '../data-folder.ts';

/** The data that the launcher keeps between starts, in the data folder, readable by its owner only. */
export interface EmbeddedState {
  /** Password of the owner role; made before the cluster and never changed. */
  password: string;
  /** The port used last, which is tried first. */
  port: number | null;
  /** The base of the cluster where it could not lie in the data folder itself. */
  distant: string | null;
  /**
   * True once a complete cluster exists: if it is missing later, this is a loss to report, not a reason to make
   * another.
   */
  made: boolean;
}

const fileName = 'embedded.json';

/** Whether a launcher has ever worked in this folder. */
export function stateExists(dataDir: string): boolean {
  return existsSync(join(dataDir, fileName));
}

/** @throws StartError if a cluster exists whose password is lost, or if the file is damaged. */
export function readState(dataDir: string): EmbeddedState {
  const file = join(dataDir, fileName);
  if (existsSync(file)) {
    return readJsonFile(file, '其中有数据库的口令，请从备份恢复这个文件（数据库本身没有损坏）。') as EmbeddedState;
  }
  if (existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new StartError(`数据目录 ${dataDir} 里有数据库，却缺少保存其口令的文件 ${fileName}；请从备份恢复这个文件。`);
  }
  const state: EmbeddedState = {
    password: randomBytes(24).toString('base64url'),
    port: null,
    distant: null,
    made: false,
  };
  writeState(dataDir, state);
  return state;
}

export function writeState(dataDir: string, state: EmbeddedState): void {
  writeSecretFile(join(dataDir, fileName), `${JSON.stringify(state)}\n`);
}
