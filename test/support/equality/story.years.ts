import type { Chapter } from './record.ts';
import { storedRuns } from './stored-runs.ts';
import type { Story, Told } from './story.ts';

/** Balance is run, repeated and compared, and its standard is revised. Then a year ends and another begins. */
export async function tellYears(story: Story, chapter: Chapter): Promise<void> {
  await balance(story);
  const added = (await storedRuns(story.stage)).filter(([name]) => / 350503 2025 .* [2-9]$/.test(name));
  for (const [name, run] of added) chapter.keep(`as it is stored · ${name}`, 0, run);
  await periods(story);
}

const county = '/api/balance/counties/4';

async function balance({ step, look, stage }: Story): Promise<void> {
  const run = (title: string, who: string, year: number, standard = 'quality-2017') =>
    step(title, who, `POST ${county}/runs`, { body: { year, standard } });
  await run('nothing has changed', 'officer-350503', 2025);
  await run('not in another county', 'officer-350504', 2025);
  await run('not for a school', 'head-3435990100', 2025);
  await run('a year without figures', 'city', 2030);
  await run('a standard that there is not', 'city', 2025, 'nothing');
  const repetition = `${county}/runs/{run 350503 2025 quality-2017}/repetition`;
  await step('the run is repeated', 'city', `POST ${repetition}`);
  await step('a run of another county', 'city', `POST ${county}/runs/{run 350504 2025 quality-2017}/repetition`);

  const { definition, revision } = await look('city', 'GET /api/balance/standards/quality-2017');
  const stricter = structuredClone(definition) as Told;
  stricter.indicators[0].limits = { primary: 0.4, junior: 0.35 };
  const revise = (title: string, body: object, who = 'city') =>
    step(title, who, 'POST /api/balance/standards/quality-2017/revisions', { body: { trial: 'none', ...body } });
  await revise('an older revision', { basis: revision - 1, definition: stricter, note: '试行更严的限值' });
  await revise('a definition that does not hold', {
    basis: revision,
    definition: { ...stricter, indicators: [] },
    note: '试错',
  });
  await revise('not the county’s', { basis: revision, definition: stricter, note: '试行' }, 'director-350504');
  await revise('not tried', { basis: revision, definition: stricter, note: '试行' });
  await step('the schools that conditions mean', 'city', 'POST /api/balance/standards/quality-2017/conditions', {
    body: {
      conditions: [
        { levels: ['primary'], when: '办学类型 = "218" 且 在校生数 < 50' },
        { levels: ['primary', 'junior'], when: '举办者 = ' },
      ],
    },
  });
  const tried = await step('the revision is tried', 'city', 'POST /api/balance/standards/quality-2017/trials', {
    body: { basis: revision, definition: stricter },
  });
  await revise('the standard is revised', {
    ...{ basis: revision, definition: stricter, note: '试行更严的限值', trial: tried.digest },
  });
  // Thirteen counties would be computed; one is enough to see what is stored.
  stage.served.jobs.length = 0;
  const first = await run('by the new revision', 'officer-350503', 2025);
  stage.learn('run by the new revision', first.run.id);
  await run('the same again', 'director-350503', 2025);
  await step(
    'both compared',
    'city',
    `GET ${county}/comparison?first={run 350503 2025 quality-2017}&second={run by the new revision}`,
  );
  await step('all standards afterwards', 'city', 'GET /api/balance/standards');
  await step('the county afterwards', 'city', `GET ${county}`);
  await step('the old run afterwards', 'head-3435990100', `GET ${county}?run={run 350503 2025 quality-2017}`);
  await step('the overview afterwards', 'city', 'GET /api/balance/overview');
  await step('its runs afterwards', 'city', 'GET /api/balance/runs?unitId=4');
}

async function periods({ step, look, stage }: Story): Promise<void> {
  const { periods: known } = await look('city', 'GET /api/periods');
  const current = known[0].id as number;
  const dates = { deadline: '2026-03-10', graceDays: 3, cityDeadline: '2026-03-31' };
  const change = (title: string, who: string, body: object) =>
    step(title, who, `PATCH /api/periods/${current}`, { body: { ...dates, ...body } });
  await change('dates out of order', 'city', { cityDeadline: '2026-03-01' });
  await change('not the county’s', 'director-350504', {});
  await change('the deadline is put off', 'city', {});
  await step('the page of a school', 'head-3135991299', 'GET /api/home/overview');
  const next = { schoolYear: 2026, opensOn: '2026-03-02', ...dates };
  await step('the same year twice', 'city', 'POST /api/periods', { body: { ...next, schoolYear: 2025 } });
  await step('the year ends', 'city', `POST /api/periods/${current}/closing`);
  await step('it ended already', 'city', `POST /api/periods/${current}/closing`);
  const fill = (title: string, code: string) =>
    step(title, `clerk-${code}`, `POST /api/filings/{filing 2025 ${code}}/last-year-values`);
  await fill('nobody fills any more', '2135990111');
  await fill('but for an extension', '3135991299');
  await step('what opening would do', 'city', 'GET /api/periods/preview?year=2026&opensOn=2026-03-02');
  await step('the next year opens', 'city', 'POST /api/periods', { body: next });
  for (const who of ['city', 'officer-350504', 'head-2135990000', 'clerk-3135991299']) {
    await step('the frame of the new year', who, 'GET /api/home/frame');
    await step('the desk of the new year', who, 'GET /api/home/overview');
    await step('the filings of the new year', who, 'GET /api/filings?pageSize=3&sort=code');
  }
  const { rows } = await look('head-2135990000', 'GET /api/filings');
  stage.learn('new filing', rows[0].id);
  await step('a filing of the new year', 'head-2135990000', 'GET /api/filings/{new filing}');
  const resume = (title: string) =>
    step(title, 'city', `POST /api/periods/${current}/reopening`, { body: { reason: '误结束' } });
  await resume('the ended year is not resumed while the new one has its figures');
  const { periods: both } = await look('city', 'GET /api/periods');
  await step('the new year is taken back', 'city', `DELETE /api/periods/${both[0].id}`);
  await resume('the ended year is resumed');
  await step('it has not ended', 'director-350504', `POST /api/periods/${current}/reopening`, {
    body: { reason: '误结束' },
  });
  await step('a year with filings is not taken back', 'city', `DELETE /api/periods/${current}`);
  await step('the frame as before', 'clerk-3135991299', 'GET /api/home/frame');
  await step('no filing of the year that was taken back', 'head-2135990000', 'GET /api/filings/{new filing}');
}
