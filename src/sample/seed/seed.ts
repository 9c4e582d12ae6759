import { hashPassword } from '#core/access/auth/auth.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { type Day, dayInChina, daysBetween } from '#domain/kit/school-year.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { type OwnerClient, withClient } from '#platform/db/owner-client.ts';
import { type SampleSize, sampleCity, sampleSeed } from '../city.ts';
import { contentTable, layFiles, readSampleFiles } from '../files.ts';
import type { SampleCity } from '../model.ts';
import type { SampleModule } from '../part.ts';
import { type SampleSignIn, writeSignIns } from '../sign-ins.ts';
import { writeJobs, writeRows, writeSampleMark, writeTogether, writeUnrecorded } from './seed.store.ts';

export interface SeedOptions {
  /** The features' parts of the city. */
  readonly parts: readonly SampleModule[];
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** Where the files of the sample lie. */
  readonly filesFolder: string;
  /** The moment of loading. */
  readonly now: Date;
  /**
   * The day around which the deadlines lie; without it, the day of loading. From then on it advances with the calendar.
   */
  readonly day?: Day | undefined;
  /** The whole city unless it is said otherwise. */
  readonly size?: SampleSize | undefined;
  readonly log: StartLog;
  /** Throws if the database already holds data. It is called before the work and again in its transaction. */
  readonly assertEmpty: (client: OwnerClient) => Promise<void>;
  /** How passwords are hashed, if not as in the product: fifty hashes take seconds, and not every account signs in. */
  readonly hash?: (password: string) => Promise<string>;
}

export interface SampleSummary {
  readonly units: number;
  readonly schools: number;
  readonly filings: number;
  readonly signIns: readonly SampleSignIn[];
  readonly signInsFile: string;
}

/**
 * Loads the whole sample city or nothing, and writes its sign-ins beside the data (0600).
 * @throws StartError if the day is in the future, or the database is not empty
 */
export async function seedSample(options: SeedOptions): Promise<SampleSummary> {
  const { ownerUrl, dataDir, filesFolder, now, log, assertEmpty, hash = hashPassword } = options;
  const today = options.day ?? dayInChina(now);
  const offset = daysBetween(dayInChina(now), today);
  if (offset > 0) throw new StartError(`示例的日期 ${today} 晚于今天；请给出今天或更早的日期。`);
  await withClient(ownerUrl, assertEmpty);
  log.info('正在装入示例城市……');
  const parts = options.parts.map((module) => module.part({ hash }));
  const city = sampleCity(parts, sampleSeed, options.size);
  const standing = new Date(now.getTime() + offset * 86_400_000);
  const files = await readSampleFiles(filesFolder);
  const laying = { today, now, standing, files, initials: await initialsByName(namesIn(city)) };
  const own = await Promise.all(parts.flatMap((part) => part.rows?.(city, laying) ?? []));
  const series = own.flatMap((rows) => rows.series ?? []);
  const laid = [...own, ...parts.flatMap((part) => part.issue?.(city, laying, series) ?? [])];
  const signIns = laid.flatMap((rows) => rows.signIns ?? []);

  return withClient(ownerUrl, async (client) => {
    return writeTogether(client, async () => {
      await assertEmpty(client);
      await writeUnrecorded(client);
      await writeRows(client, [...laid, { tables: [contentTable(files, now)] }]);
      await writeJobs(
        client,
        laid.flatMap(({ jobs = [] }) => jobs),
        now,
      );
      await writeSampleMark(client, offset);
      await layFiles(dataDir, files);
      const file = writeSignIns(dataDir, signIns);
      const summary = { units: city.units.length, schools: city.schools.length, filings: city.duties.length };
      log.info(`示例城市已装入：${summary.schools} 所学校，${summary.filings} 份填报。`);
      return { ...summary, signIns, signInsFile: file };
    });
  });
}

function namesIn(city: SampleCity): string[] {
  return [
    ...[...city.units, ...city.lowerUnits].map((unit) => unit.name),
    ...city.schools.flatMap((school) => school.versions.map((version) => version.name)),
    ...city.people.map((person) => person.name),
  ];
}

async function initialsByName(names: readonly string[]): Promise<Map<string, string>> {
  const unique = [...new Set(names)];
  const initials = await initialsOf(unique);
  return new Map(unique.map((name, index) => [name, initials[index]!]));
}
