import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as files from '#contract/files/attachments.ts';
import { stepsFor } from '#domain/evaluation/kind.ts';
import { unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { addDays, dayInChina } from '#domain/kit/school-year.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import type { Member } from '../support/cast.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { crowdedCounty, type FaultStage, killAtWriteTo, openFaultStage } from '../support/fault-stage.ts';
import type { HttpAnswer } from '../support/http-person.ts';
import { metadataOf } from '../support/product/bring-file.ts';
import { schools, units } from '../support/scenario.ts';
import { answerRules } from '../support/scenes/rule-answers.ts';

/** Kills of each act. The first strikes between two writes of one act; the others strike at random moments. */
const kills = effort.thorough ? effort.kills : 1;
/** Leaves that are scored, and pieces of evidence that are brought, all at once. */
const batch = 6;
const kind = 'school-evaluation';
const prepared = preparedFramework('quality-school-sample');

let database: TestDatabase;
let stage: FaultStage;
/** The campaigns that were opened, one a round. */
const rounds: string[] = [];
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: batch, database });
  // A result is confirmed by another hand: somebody else of the city.
  await stage.owner(
    `with other as (update people set two_factor_enabled = true where username = 'roleless' returning id)
     insert into grants (id, person_id, role_key, unit_id) select gen_random_uuid(), id, 'city-officer', $1 from other`,
    [units.city.id],
  );
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

const city = () => stage.as('cityOfficer');
const clerk = () => stage.as('clerk');

/** Kills the server at this moment of what goes on, waits for its answers, and starts it again. */
async function killDuring(going: Promise<unknown>): Promise<void> {
  await stage.product.kill();
  await going;
  await stage.restart();
}

/** Waits until so many acts were acknowledged; an act that is refused meanwhile says why at once. */
const reached = (going: Promise<unknown>, count: () => number, until: number) =>
  Promise.race([going, expect.poll(count, { interval: 2, timeout: effort.patience }).toBeGreaterThanOrEqual(until)]);

/**
 * After a start every job that waits is taken up by itself; those of the night wait for theirs. Mail is delivered anew each minute
 * and has two tries: kills within seconds may end both, and the next minute delivers.
 */
const expectNoJobs = () =>
  expect
    .poll(
      () =>
        stage.owner(`select name, state, error from jobs
          where (state <> 'waiting' or run_at <= now()) and not (name = 'notices.deliver' and state = 'failed')`),
      { timeout: effort.patience },
    )
    .toEqual([]);

/** A draft for the schools of one county. */
async function draft(): Promise<string> {
  const { form, edition } = await city().call(campaigns.template, { query: { kind } });
  const rules = { ...form.rules, reviewersPerLeaf: 1, blind: false };
  const named = { editionKey: edition!.key, editionRevision: edition!.revision };
  const { id, revision } = await city().call(campaigns.create, {
    body: { ...form, rules, kind, earlierId: null, ...named },
  });
  await city().call(campaigns.chooseSubjects, {
    params: { campaignId: id },
    body: { revision, add: false, countyId: units.fengze.id, schoolType: null, search: '', only: null },
  });
  return id;
}

const read = (campaignId: string) => city().call(campaigns.read, { params: { campaignId } });
const openIt = (campaignId: string, revision: number) =>
  city().ask(campaigns.open, { params: { campaignId }, body: { revision, letter: false } });
const moveOn = (campaignId: string, revision: number) =>
  city().ask(campaigns.moveOn, {
    params: { campaignId },
    body: { revision, step: 'notice', evaluationIds: null, reason: '泉教督〔2025〕1号书面通知' },
  });

/** Each evaluation of a campaign with all that its opening and its first step write. */
const opened = (campaignId: string) =>
  stage.owner<{ id: string; step: string } & Record<string, unknown>>(
    `select e.id, e.step,
       (select count(*)::int from evaluation_steps d where d.evaluation_id = e.id) as days,
       (select count(*)::int from evaluation_leaves l where l.evaluation_id = e.id) as leaves,
       (select count(*)::int from evaluation_points p where p.evaluation_id = e.id and p.layer = 'self') as points,
       (select count(*)::int from evaluation_totals t where t.evaluation_id = e.id and t.layer = 'self') as totals,
       (select count(*)::int from evaluation_steps d where d.evaluation_id = e.id and d.done_on is not null) as done,
       array(select s.action from steps s where s.subject_id = e.id order by s.at, s.id) as steps,
       array(select n.kind from notices n where n.subject_id = e.id order by n.sent_at, n.id) as told,
       array(select a.action from audit_events a where a.object_id = e.id::text order by a.id) as audited
     from evaluations e where e.campaign_id = $1 order by e.id`,
    [campaignId],
  );

const laid = {
  days: stepsFor(kind, 'county').length,
  leaves: prepared.leaves.length,
  points: prepared.leaves.length,
  totals: 1,
};
/** An evaluation as it is after the opening, and as it is after the step that followed. */
const wholeAt = (id: string, step: string) => {
  const moved = step === 'selfEvaluation';
  return {
    ...{ id, step, ...laid, done: moved ? 1 : 0 },
    steps: ['opened', ...(moved ? ['moveOn'] : [])],
    told: ['evaluation.opened', ...(moved ? ['evaluation.movedOn'] : [])],
    audited: ['evaluation.opened', ...(moved ? ['evaluation.movedOn'] : [])],
  };
};

/** What a campaign says of an act of its own: state, steps, audit. */
const said = async (campaignId: string, action: string, audited: string) => {
  const [row] = await stage.owner<{ state: string; steps: number; audited: number }>(
    `select c.state, (select count(*)::int from steps s where s.subject_id = c.id and s.action = $2) as steps,
       (select count(*)::int from audit_events a where a.object_id = c.id::text and a.action = $3) as audited
     from campaigns c where c.id = $1`,
    [campaignId, action, audited],
  );
  return row!;
};

/**
 * Kills the server in an act of a campaign and in the job that follows it: in the first round while the job is between two writes of
 * one evaluation, later when some evaluations are done. Asks again where the act was lost.
 */
async function killInCampaign(
  round: number,
  moments: ReturnType<typeof momentsOf>,
  act: () => Promise<HttpAnswer>,
  done: () => Promise<number>,
): Promise<{ acknowledged: boolean }> {
  if (round === 0) {
    let answer: HttpAnswer | undefined;
    await killAtWriteTo(stage, 'evaluation_steps', async () => {
      answer = await act();
    });
    expect(answer?.status).toBe(200);
    expect(await done()).toBe(0);
    await stage.restart();
    return { acknowledged: true };
  }
  const acting = act();
  const until = moments.integer(0, 4);
  // Where nothing is done yet the kill may strike the act itself.
  if (until > 0) await expect.poll(done, { interval: 2, timeout: effort.patience }).toBeGreaterThanOrEqual(until);
  await pause(moments.between(0, 60));
  await killDuring(acting);
  return { acknowledged: (await acting).status === 200 };
}

it(
  'a campaign that is opened, and moved on, while the server is killed has each of its evaluations once and whole',
  async () => {
    const moments = momentsOf('evaluations opened');
    for (let round = 0; round < kills; round += 1) {
      const campaignId = await draft();
      const { subjects, revision } = await read(campaignId);
      const stepIs = async (step: string) => (await opened(campaignId)).filter((one) => one.step === step).length;

      const opening = await killInCampaign(
        round,
        moments,
        () => openIt(campaignId, revision),
        () => stepIs('notice'),
      );
      const campaign = await said(campaignId, 'open', 'campaign.opened');
      const isOpen = campaign.state === 'open';
      expect(campaign).toEqual({
        state: isOpen ? 'open' : 'draft',
        steps: isOpen ? 1 : 0,
        audited: isOpen ? 1 : 0,
      });
      if (opening.acknowledged) expect(isOpen).toBe(true);
      if (!isOpen) expect((await openIt(campaignId, revision)).status).toBe(200);
      await expect.poll(() => stepIs('notice'), { timeout: effort.patience }).toBe(subjects);
      await expectNoJobs();
      const all = await opened(campaignId);
      expect(all).toEqual(all.map(({ id }) => wholeAt(id, 'notice')));

      const standing = await read(campaignId);
      const moving = await killInCampaign(
        round,
        moments,
        () => moveOn(campaignId, standing.revision),
        () => stepIs('selfEvaluation'),
      );
      const { steps, audited } = await said(campaignId, 'moveOn', 'campaign.movedOn');
      expect(audited).toBe(steps);
      if (moving.acknowledged) expect(steps).toBe(1);
      if (steps === 0) expect((await moveOn(campaignId, standing.revision)).status).toBe(200);
      await expect.poll(() => stepIs('selfEvaluation'), { timeout: effort.patience }).toBe(subjects);
      await expectNoJobs();
      const moved = await opened(campaignId);
      expect(moved).toEqual(moved.map(({ id }) => wholeAt(id, 'selfEvaluation')));
      rounds.push(campaignId);
    }
  },
  effort.patience,
);

/** Answers that a server gives to a whole request; anything else counts as not acknowledged. */
const isGiven = (status: number | null) => status === 200 || status === 201 || status === 204;

/** Brings a small file whole; the status of the last answer. */
async function send(id: string, bytes: Buffer): Promise<number | null> {
  const headers = { cookie: clerk().cookie, 'tus-resumable': '1.0.0' };
  try {
    const announced = await fetch(`${stage.product.address}/files/uploads`, {
      method: 'POST',
      headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': metadataOf(id, '证据.txt') },
    });
    if (announced.status !== 201) return announced.status;
    const part = await fetch(`${stage.product.address}/files/uploads/${id}`, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(bytes),
    });
    return part.status;
  } catch {
    return null;
  }
}

interface Piece {
  readonly id: string;
  readonly code: string;
}
type Told = 'added' | 'linked' | 'hung';
const contentOf = ({ id }: Piece) => Buffer.from(`证据 ${id}`);

/** Registers a piece of evidence, puts it at a leaf and hangs its file on it; ends at the first answer that does not come. */
async function bring(evaluationId: string, piece: Piece, tell: (told: Told) => void): Promise<boolean> {
  const { id, code } = piece;
  const added = await clerk().ask(evaluations.addEvidence, {
    body: {
      ...{ id, title: `材料${id.slice(0, 8)}`, aboutDay: null, receivedOn: null, catalogueNumber: null },
      ...{ boxNumber: null, confidentiality: 'open' as const, expiresOn: null, replacesId: null, link: null },
    },
  });
  if (!isGiven(added.status)) return false;
  tell('added');
  const body = { evidenceId: id, linked: true, pageNote: null };
  const linked = await clerk().ask(evaluations.linkEvidence, { params: { evaluationId, code }, body });
  // Whoever asks again after a lost answer is told that it hangs there already.
  if (!isGiven(linked.status) && linked.code !== 'thing.nothingChanges') return false;
  tell('linked');
  const uploadId = randomUUID();
  if (!isGiven(await send(uploadId, contentOf(piece)))) return false;
  // A file is looked at before it may hang anywhere.
  for (;;) {
    const upload = await clerk().ask(files.readUpload, { params: { uploadId } });
    if (!isGiven(upload.status)) return false;
    if ((upload.body as { state: string }).state !== 'checking') break;
  }
  const hung = await clerk().ask(files.attach, { body: { subjectType: 'evidence', subjectId: id, uploadId } as never });
  if (!isGiven(hung.status)) return false;
  tell('hung');
  return true;
}

const pieces = (ids: readonly string[]) =>
  stage.owner<{ id: string; audited: number; links: number; linked: number; hung: number; attached: number }>(
    `select i.id, (select count(*)::int from audit_events a where a.object_id = i.id::text and a.action = 'evidence.added') as audited,
       (select count(*)::int from evidence_links k where k.evidence_id = i.id) as links,
       (select count(*)::int from audit_events a where a.action = 'evaluation.evidenceLinked'
           and a.after ->> 'evidenceTitle' = i.title) as linked,
       (select count(*)::int from attachments a join file_contents c on c.hash = a.file_hash
         where a.subject_type = 'evidence' and a.subject_id = i.id) as hung,
       (select count(*)::int from audit_events a where a.action = 'attachment.attached' and a.object_id in
         (select b.id::text from attachments b where b.subject_id = i.id)) as attached
     from evidence_items i where i.id = any($1::uuid[]) order by i.id`,
    [ids],
  );

/** The bytes of the file on a piece, as the product sends them. */
async function contentAt({ id }: Piece): Promise<string> {
  const { rows } = await clerk().call(files.list, { query: { subjectType: 'evidence', subjectId: id } });
  const params = { attachmentId: rows[0]!.id };
  const { address } = await clerk().call(files.address, { params, body: { mode: 'save' } });
  const sent = await fetch(`${stage.product.address}${address}`, { headers: { cookie: clerk().cookie } });
  return sent.text();
}

it(
  'a server killed while evidence is brought keeps what it acknowledged, and no piece hangs at a leaf by half',
  async () => {
    const moments = momentsOf('evaluations evidence');
    const { id: evaluationId, codes } = await atFirstSchool();
    for (let round = 0; round < kills; round += 1) {
      const all: Piece[] = codes.map((code) => ({ code, id: randomUUID() }));
      const acknowledged = new Map<string, Told>();
      const bringAll = (some: readonly Piece[]) =>
        Promise.all(some.map((one) => bring(evaluationId, one, (told) => acknowledged.set(one.id, told))));
      if (round === 0) {
        await bringAll(all.slice(0, 2));
        await killAtWriteTo(stage, 'attachments', () => bringAll(all.slice(2)));
        await stage.restart();
        expect([...acknowledged.values()].filter((told) => told === 'hung')).toHaveLength(2);
      } else {
        const bringing = bringAll(all);
        const until = moments.integer(0, batch);
        await reached(bringing, () => acknowledged.size, until);
        await pause(moments.between(0, 120));
        await killDuring(bringing);
      }
      const found = new Map((await pieces(all.map(({ id }) => id))).map((one) => [one.id, one]));
      for (const [id, told] of acknowledged) {
        expect(found.get(id)?.audited).toBe(1);
        if (told !== 'added') expect(found.get(id)?.links).toBe(1);
        if (told === 'hung') expect(found.get(id)?.hung).toBe(1);
      }
      for (const { audited, links, linked, hung, attached } of found.values()) {
        expect({ audited, linked, attached }).toEqual({ audited: 1, linked: links, attached: hung });
      }
      // What was lost is brought again under the same name; then each piece hangs there once, with all its bytes.
      const missing = all.filter(({ id }) => found.get(id)?.hung !== 1);
      expect(await bringAll(missing)).toEqual(missing.map(() => true));
      for (const one of await pieces(all.map(({ id }) => id))) {
        expect(one).toEqual({ id: one.id, audited: 1, links: 1, linked: 1, hung: 1, attached: 1 });
      }
      for (const one of all) expect(await contentAt(one)).toBe(contentOf(one).toString());
    }
  },
  effort.patience,
);

/** The evaluation of the school with a clerk, and leaves of it that people answer. */
async function atFirstSchool(): Promise<{ id: string; codes: string[] }> {
  const [found] = await stage.owner<{ id: string }>(
    'select id from evaluations where campaign_id = $1 and school_id = $2',
    [rounds[0], schools.first.id],
  );
  const codes = prepared.leaves
    .filter(({ indicator }) => typeof indicator.points === 'number' && indicator.points > 0)
    .map(({ indicator }) => indicator.code);
  const leaves = await stage.owner<{ code: string }>(
    `select code from evaluation_leaves where evaluation_id = $1 and origin = 'person' and code = any($2::text[])
      order by position limit $3`,
    [found!.id, codes, batch],
  );
  return { id: found!.id, codes: leaves.map(({ code }) => code) };
}

/** Puts evaluations at a step of the city, with every leaf applying, as if a long autumn had passed. */
async function layAt(ids: readonly string[], step: string): Promise<void> {
  await stage.owner('update evaluations set step = $2 where id = any($1::uuid[])', [ids, step]);
  await stage.owner('update evaluation_leaves set applies = true where evaluation_id = any($1::uuid[])', [ids]);
}

interface Standing {
  readonly code: string;
  readonly version: number;
  readonly leafVersion: number;
  readonly scored: string | null;
  readonly settled: string | null;
  readonly audited: number;
  readonly given: number;
}

/** Each leaf with the score that stands, what it settled, and how often it was scored and audited. */
const standings = (evaluationId: string, codes: readonly string[]) =>
  stage.owner<Standing>(
    `select l.code, coalesce(s.version, 0) as version, l.version as "leafVersion", s.points as scored, p.points as settled,
       (select count(*)::int from audit_events a where a.object_id = $1::text and a.action = 'evaluation.scored'
           and a.after ->> 'leafCode' = l.code) as audited,
       (select count(*)::int from evaluation_scores o where o.evaluation_id = l.evaluation_id and o.code = l.code) as given
     from evaluation_leaves l
     left join evaluation_scores s on s.evaluation_id = l.evaluation_id and s.code = l.code and s.layer = 'city'
      and s.replaced_at is null and s.voided_at is null
     left join evaluation_points p on p.evaluation_id = l.evaluation_id and p.code = l.code and p.layer = 'city'
     where l.evaluation_id = $1::uuid and l.code = any($2::text[]) order by l.position`,
    [evaluationId, codes],
  );

it(
  'a server killed under many scores loses none that it acknowledged, and none stands without what it settles',
  async () => {
    const { id: evaluationId, codes } = await atFirstSchool();
    await layAt([evaluationId], 'materialReview');
    await stage.owner(
      `insert into evaluation_reviewers (place_id, evaluation_id, seat_id, subject_place_id, person_id, name, outside, part, scores,
         nodes)
       select $1, $2, $3, $4, p.id, p.name, false, 'member', true, '{*}' from people p where p.username = 'cityofficer'`,
      [units.city.id, evaluationId, randomUUID(), crowdedCounty],
    );
    const moments = momentsOf('evaluations scored');
    const turns = 5;
    for (let round = 0; round < kills; round += 1) {
      const before = await standings(evaluationId, codes);
      const acknowledged = new Map(before.map(({ code, version }) => [code, version]));
      let killed = false;
      let given = 0;
      let lost = 0;
      const score = async (some: readonly Standing[], times: number) => {
        const scoring = some.map(async ({ code, leafVersion }) => {
          for (let turn = 0; turn < times; turn += 1) {
            const version = acknowledged.get(code)!;
            const points = version % 2 === 0 ? 0.5 : 0.3;
            const { status } = await city().ask(evaluations.score, {
              params: { evaluationId, code },
              body: { version, leafVersion, reason: `第${version + 1}次核定`, answer: { points } },
            });
            if (status !== 200) {
              lost += 1;
              expect(killed).toBe(true);
              return;
            }
            given += 1;
            acknowledged.set(code, version + 1);
          }
        });
        await Promise.all(scoring);
      };
      if (round === 0) {
        await score(before, 1);
        killed = true;
        // The score is written and what it settles is not.
        await killAtWriteTo(stage, 'evaluation_points', () => score(before, 1), { cut: true });
        await stage.restart();
        expect({ lost, given }).toEqual({ lost: batch, given: batch });
      } else {
        const scoring = score(before, turns);
        const until = moments.integer(0, batch * turns - 4);
        await reached(scoring, () => given, until);
        await pause(moments.between(0, 15));
        killed = true;
        await killDuring(scoring);
      }
      const after = await standings(evaluationId, codes);
      for (const { code, version, scored, settled, audited, given: rows } of after) {
        const told = acknowledged.get(code)!;
        // A score whose answer was cut off may have been written, but not the one that the first round has held.
        expect(round === 0 ? [told] : [told, told + 1]).toContain(version);
        expect({ settled, audited, rows }).toEqual({ settled: scored, audited: version, rows: version });
      }
      await expectTotal(evaluationId, after);
    }
  },
  effort.patience,
);

/** The total that the page shows is that of the settled leaves, each of which it shows as it was settled. */
async function expectTotal(evaluationId: string, standing: readonly Standing[]): Promise<void> {
  const settled = new Map(standing.flatMap((one) => (one.settled === null ? [] : [[one.code, one.settled] as const])));
  const { totals, nodes } = await city().call(evaluations.read, { params: { evaluationId } });
  const shown = new Map(nodes.map(({ code, city: points }) => [code, points]));
  for (const { code } of standing) expect(shown.get(code)).toBe(settled.get(code) ?? null);
  const { total, from, to } = unitTotal(prepared, (code) => {
    const points = settled.get(code);
    return { applies: true, settled: points === undefined ? undefined : { points, answer: null } };
  });
  expect(totals.find(({ layer }) => layer === 'city')).toMatchObject({ total, from, to });
}

const { release, waiveStatement, issueOpinion, submitResult, confirmResult } = evaluations;
/** How the office ends an evaluation: who does what, the step that it leaves, and where it stands then. */
const way = [
  {
    act: release,
    by: 'cityOfficer',
    from: 'preliminaryOpinion',
    state: 'statement',
    step: 'release',
    audit: 'released',
  },
  {
    act: waiveStatement,
    by: 'countyDirector',
    from: null,
    state: 'statement',
    step: 'waiveStatement',
    audit: 'waived',
  },
  {
    act: issueOpinion,
    by: 'cityOfficer',
    from: 'statement',
    state: 'opinionLetter',
    step: 'issueOpinion',
    audit: 'opinionWanted',
  },
  {
    act: submitResult,
    by: 'cityOfficer',
    from: 'opinionLetter',
    state: 'confirmation',
    step: 'submitResult',
    audit: 'resultSubmitted',
  },
  {
    act: confirmResult,
    by: 'roleless',
    from: 'confirmation',
    state: 'rectification',
    step: 'confirmResult',
    audit: 'resultConfirmed',
  },
] as const satisfies readonly { by: Member; [key: string]: unknown }[];

/** Their county says for them that there is no statement. */
async function ofSchoolsWithoutAccounts(campaignId: string): Promise<string[]> {
  const found = await stage.owner<{ id: string }>(
    'select id from evaluations where campaign_id = $1 and school_id > 10000 order by school_id',
    [campaignId],
  );
  return found.map(({ id }) => id);
}

/** All of a round: its grades are drawn over every subject. */
async function ofRound(campaignId: string): Promise<string[]> {
  const found = await stage.owner<{ id: string }>('select id from evaluations where campaign_id = $1', [campaignId]);
  return found.map(({ id }) => id);
}

/** Evaluations with points at every leaf, no two with the same, an opinion and a finding, that wait for their release. */
async function layOpinions(ids: readonly string[], day: string): Promise<void> {
  await layAt(ids, 'preliminaryOpinion');
  const leaves = prepared.leaves.map(({ indicator: { code, points } }) => ({
    ...{ code, points: typeof points === 'number' ? String(points) : null },
  }));
  await stage.owner(
    `insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, points, settled, leaf_version,
       written_by_name, written_at)
     select $1, e.id, w.code, 'city', e.place_id, trim_scale(w.points::numeric * (1 - e.n * 0.01))::text, 'one', 1, '市督导', now()
       from (select id, place_id, row_number() over (order by id) as n from evaluations where id = any($2::uuid[])) e,
            jsonb_to_recordset($3) as w(code text, points text)
     on conflict (place_id, evaluation_id, code, layer) do nothing`,
    [units.city.id, ids, JSON.stringify(leaves)],
  );
  const comments = ['strength', 'weakness', 'advice'].map((one) => ({ kind: one, code: null, text: '图书按标准补足' }));
  await stage.owner(
    `insert into evaluation_opinions (place_id, evaluation_id, subject_place_id, comments, drafted_by, drafted_by_name, updated_at)
     select $1, e.id, e.place_id, $3, 'x', '市督导', now() from evaluations e where e.id = any($2::uuid[])`,
    [units.city.id, ids, JSON.stringify(comments)],
  );
  await stage.owner(
    `insert into evaluation_findings (place_id, id, evaluation_id, subject_place_id, kind, title, duty_type, duty_id, due_on,
       entered_by_name, entered_at)
     select $1, gen_random_uuid(), e.id, e.place_id, 'facilities', '图书不足', 'school', e.school_id, $3, '市督导', now()
       from evaluations e where e.id = any($2::uuid[])`,
    [units.city.id, ids, day],
  );
}

/** The letter is checked, signed and issued, as `official-documents` does it by several hands. */
const issueLetters = (ids: readonly string[]) =>
  stage.owner(
    `with made as (
       insert into letter_series (place_id, id, code, head, signer, printed_by)
       select $1, gen_random_uuid(), '泉督', '泉州市人民政府教育督导室文件', '泉州市人民政府教育督导室', '泉州市人民政府教育督导室'
        where not exists (select 1 from letter_series) returning id),
     series as (select id from made union all select id from letter_series limit 1),
     numbered as (
       select l.id, (select count(*) from letters o where o.number is not null) + row_number() over (order by l.id) as number
         from letters l where l.state = 'draft' and l.source_id in (select o || ':opinion' from unnest($2::text[]) o))
     update letters l set state = 'issued', series_id = series.id, year = 2025, number = n.number,
            number_text = '泉督〔2025〕' || n.number || '号', signed_on = '2025-10-31', issued_on = '2025-10-31',
            model_hash = repeat('a', 64)
       from numbered n, series where l.id = n.id`,
    [units.city.id, ids],
  );

interface Ended {
  readonly id: string;
  readonly step: string;
  readonly steps: readonly string[];
  readonly audited: readonly string[];
  readonly [written: string]: unknown;
}

/** Each evaluation with all that its way to the end writes. */
const endings = (ids: readonly string[]) =>
  stage.owner<Ended>(
    `select e.id, e.step,
       array(select s.action from steps s where s.subject_id = e.id and s.action <> all ('{opened,moveOn}') order by s.at, s.id) as steps,
       array(select a.action from audit_events a where a.object_id = e.id::text and a.action = any($2::text[]) order by a.id) as audited,
       array(select d.step from evaluation_steps d where d.evaluation_id = e.id and d.done_on is not null and d.step <> 'notice'
             order by d.position) as done,
       (select count(*)::int from evaluation_releases r where r.evaluation_id = e.id) as released,
       (select count(*)::int from evaluation_statements s where s.evaluation_id = e.id and s.waived) as waived,
       e.released_at is not null and e.total is not null and e.statement_due is not null and e.opinion is not null as told,
       e.opinion_letter_id is not null as wanted, e.decided_on is not null and e.result_letter_id is not null as decided,
       o.state as opinion, o.total is not null and o.certificate is not null as computed,
       o.confirmed_by is not null as confirmed,
       (select count(*)::int from evaluation_findings f where f.evaluation_id = e.id and f.raised_at is not null) as raised,
       (select count(*)::int from notices n where n.subject_id = e.id and n.audience = 'school'
           and n.kind in ('evaluation.released', 'evaluation.confirmed')) as notices
     from evaluations e join evaluation_opinions o on o.evaluation_id = e.id where e.id = any($1::uuid[])`,
    [ids, way.map(({ audit }) => `evaluation.${audit}`)],
  );

/** An evaluation on which this many acts of its way were done. */
function endedAfter(id: string, count: number): Ended {
  const gone = way.slice(0, count);
  const isDone = (act: (typeof way)[number]['act']) => gone.some((one) => one.act === act);
  return {
    ...{ id, step: gone.at(-1)?.state ?? 'preliminaryOpinion', steps: gone.map(({ step }) => step) },
    audited: gone.map(({ audit }) => `evaluation.${audit}`),
    done: gone.flatMap(({ from }) => from ?? []),
    ...{ released: isDone(release) ? prepared.leaves.length : 0, waived: isDone(waiveStatement) ? 1 : 0 },
    ...{ told: isDone(release), computed: isDone(release), wanted: isDone(issueOpinion) },
    opinion: isDone(confirmResult) ? 'confirmed' : isDone(submitResult) ? 'submitted' : 'draft',
    ...{ decided: isDone(confirmResult), confirmed: isDone(confirmResult), raised: isDone(confirmResult) ? 1 : 0 },
    notices: (isDone(release) ? 1 : 0) + (isDone(confirmResult) ? 1 : 0),
  };
}

/** What other features wrote of evaluations by jobs: letters that were drafted, and findings in the ledger. */
const followed = (ids: readonly string[]) =>
  stage.owner<{ id: string; letters: number; findings: number }>(
    `select e.id, (select count(*)::int from letters l where l.source_type = 'evaluations'
           and l.source_id in (e.id || ':opinion', e.id || ':result')) as letters,
       (select count(*)::int from findings f where f.source_type = 'evaluations' and f.source_id = e.id::text) as findings
     from evaluations e where e.id = any($1::uuid[])`,
    [ids],
  );

it(
  'a server killed while steps end has told each of them whole, and letters and findings that follow come once',
  async () => {
    const moments = momentsOf('evaluations ended');
    const dueOn = addDays(dayInChina(new Date()), 30);
    for (let round = 0; round < kills; round += 1) {
      const ids = await ofSchoolsWithoutAccounts(rounds[round]!);
      const all = await ofRound(rounds[round]!);
      await layOpinions(all, dueOn);
      for (const evaluationId of all) await answerRules(city(), { evaluationId });
      const done = new Map(ids.map((id) => [id, 0]));
      const revisions = new Map<string, number>();
      for (const id of ids) {
        const { revision } = await city().call(evaluations.read, { params: { evaluationId: id } });
        revisions.set(id, revision);
      }
      let killed = false;
      let lost = 0;
      /** Each evaluation goes on to an act of its way, until an answer is lost. */
      const goTo = (last: number) =>
        Promise.all(
          ids.map(async (id) => {
            for (let at = done.get(id)!; at < last; at += 1) {
              const { act, by } = way[at]!;
              const more = act === release ? { statementDue: dueOn } : {};
              const body = { revision: revisions.get(id)!, ...more } as never;
              const answer = await stage.as(by).ask(act as never, { params: { evaluationId: id }, body } as never);
              if (answer.status !== 200) {
                lost += 1;
                const { code, message } = answer;
                expect(killed ? null : { step: way[at]!.step, code, message }).toBe(null);
                return;
              }
              revisions.set(id, (answer.body as { revision: number }).revision);
              done.set(id, at + 1);
            }
          }),
        );
      /** After a start each evaluation stands whole before or behind the act whose answer was lost. */
      const check = async (held: boolean) => {
        for (const found of await endings(ids)) {
          const told = done.get(found.id)!;
          const count = found.steps.length;
          expect(held ? [told] : [told, told + 1]).toContain(count);
          expect(found).toEqual(endedAfter(found.id, count));
          done.set(found.id, count);
          const { revision } = await city().call(evaluations.read, { params: { evaluationId: found.id } });
          revisions.set(found.id, revision);
        }
      };
      const sum = () => [...done.values()].reduce((all, one) => all + one, 0);
      // The letter of the opinion parts the way: the office issues it before it asks for the result.
      for (const [first, last, table] of [
        [0, 3, 'evaluation_releases'],
        [3, 5, 'evaluation_findings'],
      ] as const) {
        killed = false;
        if (round === 0) {
          await goTo(last === 3 ? 0 : 4);
          killed = true;
          // Total and opinion are written, and what the subject or the ledger reads is not.
          await killAtWriteTo(stage, table, () => goTo(last), { cut: true });
          await stage.restart();
          await check(true);
        } else {
          const going = goTo(last);
          const until = sum() + moments.integer(0, ids.length * (last - first) - 2);
          await reached(going, sum, until);
          await pause(moments.between(0, 15));
          killed = true;
          await killDuring(going);
          await check(false);
        }
        killed = false;
        await goTo(last);
        await check(true);
        await expectNoJobs();
        await issueLetters(ids);
      }
      expect(lost).toBeGreaterThan(0);
      for (const one of await followed(ids)) expect(one).toEqual({ id: one.id, letters: 2, findings: 1 });
    }
  },
  effort.patience,
);

/** Confirmed results of a campaign of their own, without findings: what is left is to end them. */
async function layConfirmed(like: string): Promise<{ campaignId: string; ids: string[] }> {
  const campaignId = randomUUID();
  const rows = await stage.owner<{ id: string }>(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
       framework_key, framework_revision, framework_hash, unit_id, school_id, subject_name, lead_unit_id, rules, step, released_at,
       decided_on, opened_at, updated_at)
     select e.place_id, gen_random_uuid(), e.campaign_place_id, $2, e.kind, e.title, 2025, 2025, e.framework_key,
            e.framework_revision, e.framework_hash, e.unit_id, e.school_id, '对象' || n, e.lead_unit_id, e.rules, 'rectification',
            now(), '2025-10-01', now(), now()
       from evaluations e, generate_series(1, 60) n
      where e.id = (select id from evaluations where campaign_id = $1 limit 1) returning id`,
    [like, campaignId],
  );
  await stage.owner(
    `insert into evaluation_steps (place_id, school_id, evaluation_id, campaign_place_id, step, position, from_day, to_day)
     select e.place_id, e.school_id, e.id, e.campaign_place_id, 'rectification', 10, '2025-10-01', '2025-12-31'
       from evaluations e where e.campaign_id = $1`,
    [campaignId],
  );
  return { campaignId, ids: rows.map(({ id }) => id) };
}

it(
  'a server killed while one act is done on many leaves each before it or behind it, and goes on with the rest once',
  async () => {
    const moments = momentsOf('evaluations many');
    for (let round = 0; round < kills; round += 1) {
      const { campaignId, ids } = await layConfirmed(rounds[round]!);
      const each = () =>
        stage.owner<{ state: string } & Record<string, unknown>>(
          `select e.state, (select count(*)::int from steps s where s.subject_id = e.id) as steps,
             (select count(*)::int from audit_events a where a.object_id = e.id::text) as audited,
             (select count(*)::int from notices n where n.subject_id = e.id) as told,
             (select count(*)::int from evaluation_asked_acts a where a.evaluation_id = e.id and a.settled_at is not null
                 and a.refusal is null) as settled
           from evaluations e where e.campaign_id = $1`,
          [campaignId],
        );
      const whole = ({ state }: { readonly state: string }) => {
        const one = state === 'closed' ? 1 : 0;
        return { state, steps: one, audited: one, told: one, settled: one };
      };
      const done = async () => (await each()).filter(({ state }) => state === 'closed').length;
      const ask = () =>
        city().ask(evaluations.actOnMany, {
          body: { campaignId, act: 'finish', evaluations: ids.map((id) => ({ id, revision: 1 })) },
        });
      if (round === 0) {
        // The first of them is written, and its step is not.
        await killAtWriteTo(stage, 'evaluation_steps', async () => void (await ask()));
        await stage.restart();
      } else {
        expect((await ask()).status).toBe(200);
        const until = moments.integer(1, ids.length - 10);
        await expect.poll(done, { interval: 2, timeout: effort.patience }).toBeGreaterThanOrEqual(until);
        await stage.product.kill();
        const left = await each();
        expect(left).toEqual(left.map(whole));
        await stage.restart();
      }
      await expect.poll(done, { timeout: effort.patience }).toBe(ids.length);
      await expectNoJobs();
      const all = await each();
      expect(all).toEqual(all.map(whole));
      const { asking } = await city().call(evaluations.newestActOnMany, { query: { campaignId } });
      expect(asking).toMatchObject({ asked: ids.length, done: ids.length, refused: [] });
    }
  },
  effort.patience,
);
