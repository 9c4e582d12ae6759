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

/** The second officer of a county is called so, before the code of the county. */
export const colleagueOf = 'colleague-';

/** Whoever acts after another of the same role and place: what the first drafts, proposes or fills, the second signs or judges. */
const actsAfter = ({ username }: SampleSignIn) => username === 'city-director' || username.startsWith(colleagueOf);

/** The sign-ins that a start prints: the first of every role, and whoever has to act after the first. */
export function printedSignIns(signIns: readonly SampleSignIn[]): SampleSignIn[] {
  const first = new Map<string, string>();
  for (const { role, username } of signIns) if (!first.has(role)) first.set(role, username);
  const after = signIns.filter(actsAfter);
  return signIns.flatMap((one) => {
    if (first.get(one.role) !== one.username) return [];
    return [
      one,
      ...after.filter(
        ({ role, unit, username }) => role === one.role && unit === one.unit && username !== one.username,
      ),
    ];
  });
}
