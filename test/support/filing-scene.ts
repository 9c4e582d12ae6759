import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import type { Feature } from '#core/access/feature.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { filingFeature } from '../../src/server/features/filings/filing.feature.ts';
import { openTestApp, type TestApp, type TestPerson } from './app.ts';
import { type SchoolName, schools } from './scenario.ts';
import { soundValues } from './sound-values.ts';

export interface FilingScene {
  readonly app: TestApp;
  /** The filing of each school in the opened school year 2025. */
  readonly ids: Readonly<Record<SchoolName, string>>;
  /** The filing as this person sees it. */
  read(person: TestPerson, school: SchoolName): ReturnType<typeof readAs>;
  /** Fills the whole filing as this person; `changed` replaces valid values. */
  fill(person: TestPerson, school: SchoolName, changed?: Record<string, CellValue>): Promise<void>;
  /** Fills and submits. */
  submit(filler: TestPerson, submitter: TestPerson, school: SchoolName): Promise<void>;
}

const readAs = (person: TestPerson, filingId: string) => person.call(filings.read, { params: { filingId } });

/**
 * The filing feature, and `others` beside it, with the school year 2025 opened by the city officer; the clock stands five
 * days before the deadline. With `now`, only the day of the work stands there: what the database dates by its own clock
 * then lies among what the server dates.
 */
export async function openFilingScene(others: readonly Feature[] = [], now?: Date): Promise<FilingScene> {
  const app = await openTestApp({ features: [filingFeature(() => []), ...others], ...(now && { now }) });
  if (now) app.clock.today = '2025-10-15';
  await app.as('cityOfficer').call(periods.open, {
    body: { schoolYear: 2025, opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' },
  });
  const { rows } = await app.owner.query<{ id: string; school_id: number }>('select id, school_id from filings');
  const ids = Object.fromEntries(
    Object.entries(schools).map(([name, school]) => [name, rows.find((row) => row.school_id === school.id)!.id]),
  ) as Record<SchoolName, string>;
  const scene: FilingScene = {
    app,
    ids,
    read: (person, school) => readAs(person, ids[school]),
    async fill(person, school, changed = {}) {
      const values = { ...soundValues(schools[school].type), ...changed };
      const { cells } = await readAs(person, ids[school]);
      const changes = Object.entries(values).map(([field, value]) => ({ field, value, version: cells[field]?.n ?? 0 }));
      await person.call(filings.saveCells, { params: { filingId: ids[school] }, body: { changes } });
    },
    async submit(filler, submitter, school) {
      await scene.fill(filler, school);
      const { revision } = await readAs(submitter, ids[school]);
      await submitter.call(filings.submit, { params: { filingId: ids[school] }, body: { revision } });
    },
  };
  return scene;
}
