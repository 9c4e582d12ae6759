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

/** Two people who sign one after the other: what the first drafts or proposes, the second signs or confirms. */
const signingAfter: ReadonlySet<string> = new Set(['city-director']);

/** The sign-ins that a start prints: the first of every role, and whoever has to sign after the first. */
export function printedSignIns(signIns: readonly SampleSignIn[]): SampleSignIn[] {
  const first = new Map<string, string>();
  for (const { role, username } of signIns) if (!first.has(role)) first.set(role, username);
  const after = signIns.filter(({ username }) => signingAfter.has(username));
  return signIns.flatMap((one) => {
    if (first.get(one.role) !== one.username) return [];
    return [one, ...after.filter(({ role, username }) => role === one.role && username !== one.username)];
  });
}
