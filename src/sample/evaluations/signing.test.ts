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

/** The people of the sample as the list of sign-ins names them. */
async function listed() {
  const people = await inSample<{ username: string; role: string; unit: string | null }>(
    `select p.username, g.role_key as role, u.name as unit from people p join grants g on g.person_id = p.id
       left join org_units u on u.id = g.unit_id order by p.id`,
  );
  return people.map(({ unit, ...one }) => ({ ...one, title: one.role, unit: unit ?? '', password: '' }));
}

describe('with the sign-ins that a start prints', () => {
  it('two officers of the city are among them: one drafts and proposes, the other signs and confirms', async () => {
    const printed = printedSignIns(await listed()).map(({ username }) => username);
    expect(printed).toEqual(expect.arrayContaining(['city', 'city-director', 'section']));
    expect(printed.indexOf('city-director')).toBe(printed.indexOf('city') + 1);
  });

  it('two officers of one county are among them: one stands in for a school without accounts, the other judges it', async () => {
    const printed = printedSignIns(await listed()).map(({ username }) => username);
    const officers = printed.filter((username) => /^(officer|colleague)-/.test(username));
    expect(officers).toEqual([`officer-${officers[0]!.slice(-6)}`, `colleague-${officers[0]!.slice(-6)}`]);
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

/** Who first leads an evaluation on from where it stands, and by which acts, as its page names them. */
const leadsOn: Readonly<Record<string, readonly [first: RegExp, acts: readonly string[]]>> = {
  notice: [/^city$/, ['moveOn']],
  selfEvaluation: [/^(head|officer)-/, ['submit', 'confirmSelf', 'receive']],
  countyReview: [/^(officer|colleague)-/, ['score']],
  materialReview: [/^section$/, ['score']],
  siteVisit: [/^(section|city)$/, ['score', 'talk', 'moveOn']],
  preliminaryOpinion: [/^city$/, ['release']],
  statement: [/^city$/, ['state', 'answerStatement', 'opinion']],
  opinionLetter: [/^city$/, ['submitResult']],
  confirmation: [/^city-director$/, ['confirmResult']],
  rectification: [/^city$/, ['finish']],
};

describe('the rounds of the sample', () => {
  it('let somebody go on with every open evaluation', async () => {
    const open = await inSample<{ id: string; step: string; name: string; people: string[] }>(
      `select e.id, e.step, e.subject_name as name, (
          select array_agg(distinct p.username order by p.username) from grants g join people p on p.id = g.person_id
           where g.school_id = e.school_id or g.unit_id in (e.place_id, e.campaign_place_id)
              or exists (select from evaluation_reviewers r where r.evaluation_id = e.id and r.person_id = p.id)) as people
         from evaluations e where e.state = 'open' order by e.step, e.id`,
    );
    const stuck: string[] = [];
    for (const { id, step, name, people } of open) {
      const [first, acts] = leadsOn[step]!;
      let isStuck = true;
      for (const who of [...people].sort((one, other) => Number(first.test(other)) - Number(first.test(one)))) {
        const { status, body } = await stage.ask(who, `GET /api/evaluations/${id}`);
        if (status !== 200) continue;
        const { can, toScore } = JSON.parse(String(body)) as { can: Record<string, boolean>; toScore: number };
        isStuck = !acts.some((act) => can[act] && (act !== 'score' || toScore > 0));
        if (!isStuck) break;
      }
      if (isStuck) stuck.push(`${name} ${step}`);
    }
    expect(open.length).toBeGreaterThan(50);
    expect(stuck).toEqual([]);
  }, 240_000);

  it('have no score of a county by a hand that filled, submitted or confirmed the self-evaluation', async () => {
    const scores = await inSample<{ own: boolean }>(
      `select exists (
          select from steps h where h.subject_id = e.id and h.action in ('submit', 'confirmSelf')
             and h.actor_id = s.person_id::text)
        or exists (
          select from evaluation_leaves l where l.evaluation_id = e.id and l.code = s.code
             and l.answered_by_name = s.reviewer_name) as own
         from evaluation_scores s join evaluations e on e.id = s.evaluation_id where s.layer = 'county'`,
    );
    expect(scores.length).toBeGreaterThan(500);
    expect(scores.filter(({ own }) => own)).toHaveLength(0);
  });

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
