import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleStage, type SampleStage } from '#test/support/equality/sample-stage.ts';
import { printedSignIns } from '../sign-ins.ts';

let stage: SampleStage;
beforeAll(async () => {
  stage = await openSampleStage();
}, 240_000);
afterAll(() => stage?.close());

const inSample = async <Row>(text: string, values: readonly unknown[] = []) =>
  (await stage.owner.query(text, [...values])).rows as Row[];

async function ask<Reply>(who: string, request: string, body?: unknown): Promise<Reply> {
  const { status, body: reply } = await stage.ask(who, request, body === undefined ? {} : { body });
  const said = JSON.parse(String(reply));
  expect([request, status, status < 300 ? '' : said.message]).toEqual([request, 200, '']);
  return said;
}

/** Jobs ask for further jobs. */
async function work(): Promise<void> {
  while (stage.served.jobs.length > 0) await stage.served.runJobs();
}

interface Stood {
  readonly state: string;
  readonly revision: number;
}

interface Figure {
  readonly key: number;
  readonly changed: { readonly now: string | null } | null;
}

describe('with the sign-ins that a start prints', () => {
  it('two officers of the city are among them: one drafts and proposes, the other signs and confirms', async () => {
    const people = await inSample<{ username: string; role: string }>(
      `select p.username, g.role_key as role from people p join grants g on g.person_id = p.id order by p.id`,
    );
    const listed = people.map(({ username, role }) => ({ username, role, title: role, unit: '', password: '' }));
    const printed = printedSignIns(listed).map(({ username }) => username);
    expect(printed).toEqual(expect.arrayContaining(['city', 'city-director', 'section']));
    expect(printed.indexOf('city-director')).toBe(printed.indexOf('city') + 1);
  });

  it('an opinion is drafted, reviewed, signed and numbered, and a result proposed and confirmed', async () => {
    const [county] = await inSample<{ id: string }>(
      `select id from evaluations where kind = 'county-inspection' and state = 'open' and step = 'statement'`,
    );
    const at = `/api/evaluations/${county!.id}`;
    const stood = () => ask<Stood>('city', `GET ${at}`);
    const act = async (who: string, path: string, more: object = {}) => {
      const { revision } = await stood();
      return ask<Stood>(who, `POST ${at}${path}`, { revision, ...more });
    };
    const { statements } = await ask<{ statements: { id: string; answer: string | null }[] }>(
      'city',
      `GET ${at}/opinion`,
    );
    for (const { id, answer } of statements) {
      if (answer === null)
        await act('city', `/statements/${id}/answer`, { accepted: true, answer: '已复核，予以采纳。' });
    }
    await act('director-350581', '/waiver');
    await act('city', '/opinion-letter');
    await work();
    const [letter] = await inSample<{ id: string }>(`select id from letters where source_id = $1`, [
      `${county!.id}:opinion`,
    ]);
    const sent = async (who: string, path: string) => {
      const { revision, figures } = await ask<Stood & { figures: readonly Figure[] }>(
        'city',
        `GET /api/letters/${letter!.id}`,
      );
      // Somebody who has seen that a figure changed keeps what the letter says.
      const keepFigures = figures.flatMap(({ key, changed }) => (changed === null ? [] : [{ key, now: changed.now }]));
      const kept = path === 'check' || keepFigures.length === 0 ? {} : { keepFigures };
      return ask<Stood>(who, `POST /api/letters/${letter!.id}/${path}`, { revision, ...kept });
    };
    await sent('city', 'submission');
    expect(await sent('section', 'check')).toMatchObject({ state: 'checked' });
    expect(await sent('city-director', 'signature')).toMatchObject({ state: 'signed' });
    expect(await sent('city', 'issue')).toMatchObject({ state: 'issued' });
    await work();
    await act('city', '/result');
    expect(await act('city-director', '/result/confirmation')).toMatchObject({ state: 'rectification' });
  }, 120_000);
});

describe('the rounds of the sample', () => {
  it('has nothing open in a campaign that is closed', async () => {
    const open = await inSample(
      `select e.id from evaluations e join campaigns c on c.id = e.campaign_id
        where c.state = 'closed' and e.state = 'open'`,
    );
    expect(open).toEqual([]);
    const reasons = await inSample<{ goes: boolean; told: boolean }>(
      `select distinct exists (select from findings f where f.source_id = e.id::text and f.state <> 'closed') as goes,
              s.reason is not null as told
         from evaluations e join campaigns c on c.id = e.campaign_id and c.state = 'closed'
         join steps s on s.subject_id = e.id and s.action = 'finish' order by 1`,
    );
    expect(reasons).toEqual([
      { goes: false, told: false },
      { goes: true, told: true },
    ]);
  });

  it('has the letters of every round: notice, opinion and result, and no figure of them has changed since', async () => {
    const missing = await inSample(
      `select e.id from evaluations e
        where e.notice_letter_id is null or (e.decided_on is not null) <> (e.result_letter_id is not null)
           or (e.result_letter_id is not null and e.opinion_letter_id is null)`,
    );
    expect(missing).toEqual([]);
    const issued = await inSample<{ id: string; named: boolean }>(
      `select distinct on (l.kind) l.id, exists (
          select from evaluations e where l.id in (e.notice_letter_id, e.opinion_letter_id, e.result_letter_id)) as named
         from letters l where l.source_type in ('campaigns', 'evaluations') and l.state = 'issued' order by l.kind, l.id`,
    );
    expect(issued.map(({ named }) => named)).toEqual([true, true, true]);
    for (const { id } of issued) {
      const { figures } = await ask<{ figures: readonly Figure[] }>('city', `GET /api/letters/${id}`);
      expect(figures.length).toBeGreaterThan(0);
      expect(figures.filter(({ changed }) => changed !== null)).toEqual([]);
    }
  });

  it('a branch has its share in the heat map although a leaf of it does not apply', async () => {
    const rounds = await inSample<{ id: string }>(`select id from campaigns`);
    for (const { id } of rounds) {
      const { rows } = await ask<{ rows: { evaluationId: string; cells: { points: string | null; max: string }[] }[] }>(
        'city',
        `GET /api/campaigns/${id}/heat`,
      );
      const judged = await inSample<{ id: string }>(
        `select id from evaluations where campaign_id = $1 and released_at is not null`,
        [id],
      );
      expect(judged.length).toBeGreaterThan(0);
      for (const one of judged) {
        const { cells } = rows.find(({ evaluationId }) => evaluationId === one.id)!;
        expect(cells.filter(({ points, max }) => points === null && max !== '0')).toEqual([]);
      }
    }
  });
});
