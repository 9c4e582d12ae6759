import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { compare } from '#domain/kit/decimal.ts';
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

describe('the round of the sample by the edition of the city itself', () => {
  const campaignOf = async () => {
    const [found] = await inSample<{ id: string }>(
      `select id from campaigns where framework_key = 'county-key-points'`,
    );
    return found!.id;
  };
  const evaluationsOf = async (state: string) =>
    inSample<{ id: string; place: number; problems: number }>(
      `select id, place_id as place, jsonb_array_length(generated) as problems from evaluations
        where framework_key = 'county-key-points' and case state when 'open' then step else state end = $1 order by id`,
      [state],
    );

  it('gives every county a leaf for each problem of the round before, with what was found beside it', async () => {
    const all = await evaluationsOf('preliminaryOpinion');
    expect(new Set(all.map(({ problems }) => problems))).toEqual(new Set([1, 2, 3]));
    const { id } = all.find(({ problems }) => problems === 3)!;
    const { nodes, totals } = await ask<{
      nodes: { code: string; max: string; isLeaf: boolean }[];
      totals: { layer: string; total: string | null; from: string | null }[];
    }>('city', `GET /api/evaluations/${id}`);
    // Deductions leave points in every case, and of a layer that has judged nothing none are known.
    expect(totals.find(({ layer }) => layer === 'province')).toMatchObject({ total: null, from: null });
    const generated = nodes.filter(({ code }) => code.startsWith('D1-'));
    expect(generated).toMatchObject([1, 2, 3].map((at) => ({ code: `D1-${at}`, max: '10', isLeaf: true })));
    const leaf = await ask<{ lastFindings: { year: number }[] }>('city', `GET /api/evaluations/${id}/leaves/D1-2`);
    expect(leaf.lastFindings.map(({ year }) => year)).toEqual([2023]);
  });

  it('has two counties equal at the line of its quota, who wait for a ruling that the office can give', async () => {
    const id = await campaignOf();
    interface Ties {
      readonly waits: readonly string[];
      readonly open: readonly { table: string; places: number; tied: { evaluationId: string; name: string }[] }[];
    }
    const ties = () => ask<Ties>('city', `GET /api/evaluation-ties?campaignId=${id}`);
    const { waits, open } = await ties();
    expect([waits, open.length, open[0]!.places]).toEqual([[], 1, 1]);
    expect(open[0]!.tied.map(({ name }) => name).sort()).toEqual(['德化县', '永春县']);
    const tied = open[0]!.tied.map(({ evaluationId }) => evaluationId);
    const body = { campaignId: id, table: open[0]!.table, tied, chosen: tied.slice(0, 1), reason: '整改更早完成' };
    await ask('city', 'POST /api/evaluation-ties', body);
    expect((await ties()).open).toEqual([]);
  });

  it('has whole totals of the subject and of the city, so that the slope from one to the other is seen', async () => {
    const { rows } = await ask<{ rows: { from: string | null; to: string | null; both: { max: string } }[] }>(
      'city',
      `GET /api/evaluations/slope?campaignId=${await campaignOf()}&from=self&to=city`,
    );
    expect(rows).toHaveLength(13);
    expect(rows.filter(({ from, to }) => from === null || to === null)).toEqual([]);
    // Leaves from the last round count in the picture and in what units claimed too much.
    expect(new Set(rows.map(({ both }) => both.max))).toEqual(new Set(['100']));
    const claims = await ask<{ rows: { leaves: number }[] }>(
      'city',
      `GET /api/evaluation-claims?campaignId=${await campaignOf()}`,
    );
    expect(new Set(claims.rows.map(({ leaves }) => leaves))).toEqual(new Set([7, 8, 9]));
    expect(
      new Set(rows.map(({ from, to }) => Math.sign(compare(readExactPoints(to!), readExactPoints(from!))))),
    ).toContain(-1);
    const listed = await ask<{ rows: { selfTotal: string | null; total: string | null; conclusion: string | null }[] }>(
      'city',
      `GET /api/evaluations?campaignId=${await campaignOf()}&state=rectification`,
    );
    expect(listed.rows).toEqual([
      expect.objectContaining({ selfTotal: expect.any(String), total: expect.any(String) }),
    ]);
  });

  it('has a letter that waits for the signature of the partner, who gives it', async () => {
    const [waiting, ...others] = await inSample<{ id: string; revision: number }>(
      `select id, revision from letters
        where state = 'signed' and cosigner_unit_id is not null and cosigned_at is null`,
    );
    expect(others).toEqual([]);
    const { figures, ...letter } = await ask<Stood & { figures: readonly Figure[] }>(
      'section',
      `GET /api/letters/${waiting!.id}`,
    );
    expect(figures.filter(({ changed }) => changed !== null)).toEqual([]);
    expect(letter).toMatchObject({ cosigner: { unitName: '基教科', signedBy: null } });
    await ask('section', `POST /api/letters/${waiting!.id}/cosignature`, { revision: letter.revision });
    const [signed] = await inSample<{ by: string }>(`select cosigned_by_name as by from letters where id = $1`, [
      waiting!.id,
    ]);
    expect(signed!.by).not.toBeNull();
  });

  it('is laid beside a leaf that is given to a section, and what the province gave', async () => {
    const [own] = await inSample<{ id: string }>(
      `select id from evaluations where step = 'selfEvaluation' and kind = 'county-inspection' and state = 'open'`,
    );
    const minesOf = async (who: string) => {
      const { nodes } = await ask<{ nodes: { mine: boolean; isLeaf: boolean }[] }>(
        who,
        `GET /api/evaluations/${own!.id}`,
      );
      return nodes.filter(({ mine, isLeaf }) => mine && isLeaf).length;
    };
    expect(await minesOf('colleague-350502')).toBeGreaterThan(2);
    expect(await minesOf('officer-350502')).toBe(0);
    const given = await inSample<{ id: string }>(
      `select evaluation_id as id from evaluation_province_scores where code is null order by given_on`,
    );
    expect(given.length).toBeGreaterThan(2);
    const { totals } = await ask<{ totals: { layer: string; total: string | null }[] }>(
      'city',
      `GET /api/evaluations/${given[0]!.id}`,
    );
    expect(totals.find(({ layer }) => layer === 'province')!.total).toEqual(expect.stringMatching(/^\d+(\.\d+)?$/));
  });
});
