import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecretFile } from '#platform/postgres/data-folder.ts';

/** One line of `sample-sign-ins.json`; `role` is the key of the role. */
export interface SampleSignIn {
  /** The key of the role. */
  readonly role: string;
  /** Its name. */
  readonly title: string;
  readonly unit: string;
  readonly username: string;
  readonly password: string;
}

export const signInsFile = 'sample-sign-ins.json';

/** The file is written whole or not at all, and only its owner can read it. */
export function writeSignIns(dataDir: string, signIns: readonly SampleSignIn[]): string {
  const file = join(dataDir, signInsFile);
  writeSecretFile(file, `${JSON.stringify(signIns, null, 2)}\n`);
  return file;
}

/** The sign-ins of this data folder; none if the sample was loaded from elsewhere or the file was removed. */
export function readSignIns(dataDir: string): SampleSignIn[] {
  const file = join(dataDir, signInsFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SampleSignIn[]) : [];
}
