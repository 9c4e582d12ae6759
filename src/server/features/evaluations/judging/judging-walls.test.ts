import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import { permissionsOf } from '#core/access/request/identify.ts';
import { nowhere, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, Refusal, type TestApp, type TestPerson } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, type Reviewer, type SceneLeaf } from '#test/support/scenes/judging-scene.ts';

/** Stands in everything that is not the expert's; no answer and no row of his may hold it. */
const mark = '暗记';

/** Every reading route with these ids and this person, and what each answered; refusals by their code. */
async function answersTo(
  person: TestPerson,
  ids: Readonly<Record<string, string | number>>,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const route of routes as readonly AnyRoute[]) {
    if (route.method !== 'GET' || permissionsOf(route).length === 0) continue;
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    const params = Object.fromEntries(names.map((name) => [name, ids[name] ?? randomIdOf(name)]));
    const answer = await person
      .call(route as never, { params, query: queryFor(route, ids) } as never)
      .catch((error: unknown) => {
        if (error instanceof Refusal) return { refused: error.code, sentence: error.sentence };
        throw error;
      });
    answers.set(route.name, wordsOf(answer));
  }
  return answers;
}

/** A workbook is compressed: it is told by the sheets and texts in it. */
const wordsOf = (answer: unknown) =>
  JSON.stringify(answer, (_, value: unknown) => (value instanceof Uint8Array ? sheetsIn(value) : value));

function sheetsIn(bytes: Uint8Array): string {
  // Every zip begins so; other files are told by their size.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return `${bytes.byteLength} bytes`;
  const sheets = unzipSync(bytes, { filter: ({ name }) => /^xl\/(worksheets\/|sharedStrings)/.test(name) });
  return Object.values(sheets)
    .map((sheet) => strFromU8(sheet))
    .join('\n');
}

const fixed = randomUUID();
const randomIdOf = (name: string) => (/county|school|unit|year/i.test(name) ? units.fengze.id : fixed);

/** What routes of lists are asked beside their path. */
function queryFor(route: AnyRoute, ids: Readonly<Record<string, string | number>>): Record<string, unknown> {
  const shape = (route as { query?: { shape?: Record<string, unknown> } }).query?.shape ?? {};
  const known: Record<string, unknown> = {
    ...{ subjectType: 'evidence', subjectId: ids.evidenceId, campaignId: ids.campaignId, search: '', text: mark },
    ...{ year: 2025, kind: 'county-inspection' },
  };
  return Object.fromEntries(Object.entries(known).filter(([name, value]) => name in shape && value !== undefined));
}

const tablesUnderPolicies = async (app: TestApp) =>
  (
    await app.owner.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relrowsecurity and c.relnamespace = 'public'::regnamespace and has_table_privilege('dudao_app', c.oid, 'select')
        order by 1`,
    )
  ).rows.map(({ name }) => name);

/** What the database itself shows to these settings, table by table, whatever a statement asks. */
async function rowsUnder(app: TestApp, scope: Scope): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await tablesUnderPolicies(app);
  return await withLease(app.services.pool, (held) =>
    held.reading(scope, async () => {
      const seen = new Map<string, readonly string[]>();
      for (const name of tables) {
        const rows = await held.query<{ row: string }>(`select to_jsonb(x)::text as row from ${name} x`);
        if (rows.length > 0)
          seen.set(
            name,
            rows.map(({ row }) => row),
          );
      }
      return seen;
    }),
  );
}

const score = (
  { person }: Pick<Reviewer, 'person'>,
  scene: JudgingScene,
  code: string,
  points: number,
  reason = '材料不足',
) =>
  person.call(evaluations.score, {
    params: { ...scene.params, code },
    body: { version: 0, leafVersion: 1, reason, answer: { points } },
  });

describe('an expert of one branch in one county', () => {
  let app: TestApp;
  let own: JudgingScene;
  let foreign: JudgingScene;
  let expert: Reviewer;
  let mine: SceneLeaf;
  let notMine: SceneLeaf;
  let scope: Scope;
  const ids = () => ({ evaluationId: own.evaluationId, code: mine.code, campaignId: own.campaignId });

  beforeAll(async () => {
    app = await openTestApp();
    own = await layJudging(app);
    foreign = await layJudging(app, { countyId: units.fengze.id });
    mine = own.leaves[0]!;
    const codes = own.leaves.map(({ code }) => code);
    notMine = own.leaves.at(-1)!;
    expect(codes.length).toBeGreaterThan(3);
    expert = await own.expert('外聘专家', [mine.code]);
    scope = { ...nowhere, campaigns: [expert.seatId], person: expert.personId };
    await markTheRest();
  });
  afterAll(() => app.close());

  /** The mark stands in every row of evaluations that is not of the own leaf, and in work of every other kind. */
  async function markTheRest(): Promise<void> {
    const { owner } = app;
    const rest = `(evaluation_id <> '${own.evaluationId}' or code <> '${mine.code}')`;
    await owner.query(`update evaluations set subject_name = $1, title = $1 where id = $2`, [
      `${mark}丰泽`,
      foreign.evaluationId,
    ]);
    await owner.query(`update evaluation_leaves set note = $1 where ${rest}`, [`${mark}说明`]);
    await owner.query(`update evaluation_points set reason = $1 where ${rest}`, [`${mark}理由`]);
    const other = await own.officer('督导员', ['*']);
    const leader = await own.officer('组长', ['*'], { part: 'leader' });
    await score(other, own, notMine.code, 1, `${mark}评语`);
    await score(leader, own, notMine.code, 1, `${mark}评语`);
    await score(other, own, mine.code, 1, `${mark}未公开`);
    const items = [
      [units.licheng.id, null, `${mark}县级材料`],
      [units.licheng.id, schools.first.id, `${mark}学校材料`],
    ] as const;
    for (const [place, school, title] of items) {
      await owner.query(
        `insert into evidence_items (place_id, id, unit_id, school_id, title, received_on, entered_by, entered_by_name, entered_at, updated_at)
         values ($1, gen_random_uuid(), $1, $2, $3, '2025-10-01', 'x', '县', now(), now())`,
        [place, school, title],
      );
    }
    await owner.query(
      `insert into steps (place_id, id, subject_type, subject_id, campaign_id, action, from_state, to_state, actor_name, reason)
       values ($1, gen_random_uuid(), 'evaluation', $2, $3, 'moveOn', 'notice', 'selfEvaluation', $4, $4)`,
      [units.licheng.id, own.evaluationId, own.campaignId, `${mark}经办`],
    );
    await owner.query(
      `insert into comments (place_id, id, subject_type, subject_id, campaign_id, body, author_id, author_name)
       values ($1, gen_random_uuid(), 'evaluation', $2, $3, $4, 'x', $4)`,
      [units.licheng.id, own.evaluationId, own.campaignId, `${mark}讨论`],
    );
    await owner.query(
      `insert into attachments (place_id, id, subject_type, subject_id, campaign_id, file_hash, name, size, media_type, added_by, added_by_name)
       values ($1, gen_random_uuid(), 'evidence', gen_random_uuid(), $2, repeat('a', 64), $3, 1, 'application/pdf', 'x', 'x')`,
      [units.licheng.id, own.campaignId, `${mark}.pdf`],
    );
    await owner.query(
      `insert into evaluation_totals (place_id, evaluation_id, layer, subject_place_id, total, certificate, written_at)
       values ($1, $2, 'self', $1, '98.76', '{}', now()) on conflict do nothing`,
      [units.licheng.id, own.evaluationId],
    );
    await owner.query(
      `insert into evaluation_opinions (place_id, evaluation_id, subject_place_id, comments, drafted_by, drafted_by_name, updated_at)
       values ($1, $2, $3, $4, 'x', $5, now())`,
      [
        ...[units.city.id, own.evaluationId, units.licheng.id],
        ...[JSON.stringify([{ kind: 'weakness', code: null, text: `${mark}结论` }]), `${mark}起草人`],
      ],
    );
    await owner.query(
      `insert into findings (place_id, id, kind, title, body, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
         school_year, source_type, source_id, source_key, source_label, found_on, entered_by_name, entered_at, updated_at)
       values ($1, gen_random_uuid(), 'other', $2, $2, 'minor', 'unit', $1, $3, 'city', 'county', 2025, 'manual', 'x', '', '手工', '2025-10-01',
               '市', now(), now())`,
      [units.licheng.id, `${mark}问题`, units.city.id],
    );
  }

  it('reads by every route nothing that is not of the own leaf', async () => {
    const answers = await answersTo(expert.person, ids());
    expect([...answers].filter(([, words]) => words.includes(mark))).toEqual([]);
    expect([...answers].filter(([, words]) => words.includes('98.76'))).toEqual([]);
    expect([...answers].filter(([, words]) => !words.includes('"refused"')).length).toBeGreaterThan(4);
    const read = JSON.parse(answers.get('evaluations.read')!);
    expect(
      read.nodes.filter((node: { isLeaf: boolean }) => node.isLeaf).map(({ code }: { code: string }) => code),
    ).toEqual([mine.code]);
    const listed = JSON.parse(answers.get('evaluations.list')!);
    expect(listed.rows.map(({ id }: { id: string }) => id)).toEqual([own.evaluationId]);
    expect(listed.total).toBe(1);
  });

  it('finds nothing behind the ids of another county, another branch, or the whole', async () => {
    const other = await answersTo(expert.person, { evaluationId: foreign.evaluationId, code: mine.code });
    for (const name of [
      'evaluations.read',
      'evaluations.leaf',
      'evaluations.questions',
      'evaluations.missingEvidence',
    ]) {
      expect(JSON.parse(other.get(name)!), name).toMatchObject({ refused: 'thing.notFound' });
    }
    const branch = await expert.person.refused(evaluations.leaf, { params: { ...own.params, code: notMine.code } });
    expect(branch).toMatchObject({ status: 404, code: 'thing.notFound' });
    expect((await expert.person.refused(evaluations.opinion, { params: own.params })).code).toBe('access.denied');
  });

  it('writes nothing elsewhere', async () => {
    const body = { version: 0, leafVersion: 1, reason: '越界', answer: { points: 1 } };
    for (const [scene, code] of [
      [foreign, mine.code],
      [own, notMine.code],
    ] as const) {
      const params = { ...scene.params, code };
      const refusals = [
        await expert.person.refused(evaluations.score, { params, body }),
        await expert.person.refused(evaluations.settleTalk, {
          params,
          body: { version: 0, minutes: '越界', reason: '对照标准核实认定', answer: { points: 1 } },
        }),
        await expert.person.refused(evaluations.openScores, { params, body: { reason: '越界' } }),
        await expert.person.refused(evaluations.adoptSelf, { params, body: { codes: [code], reason: '越界' } }),
      ];
      for (const { code: refused } of refusals) expect(['thing.notFound', 'flow.notYours']).toContain(refused);
    }
    expect((await expert.person.refused(evaluations.readEdition, { params: foreign.params })).code).toBe(
      'thing.notFound',
    );
  });

  it('the database shows him rows of his seat and of nothing else, whatever is asked', async () => {
    const seen = await rowsUnder(app, scope);
    for (const [table, rows] of seen) {
      expect(
        rows.filter((row) => row.includes(mark)),
        table,
      ).toEqual([]);
      expect(
        rows.filter((row) => row.includes('98.76')),
        table,
      ).toEqual([]);
    }
    const withoutSeat = await rowsUnder(app, { ...nowhere, person: expert.personId });
    const bySeat = [...seen]
      .filter(([table, rows]) => rows.length > (withoutSeat.get(table)?.length ?? 0))
      .map(([table]) => table);
    const known = [
      'campaign_seats',
      'evaluation_leaves',
      'evaluation_points',
      'evaluation_reviewers',
      'evaluation_scores',
    ];
    expect(
      bySeat.filter(
        (table) =>
          ![...known, 'evaluations', 'evaluation_steps', 'evidence_items', 'evidence_links', 'attachments'].includes(
            table,
          ),
      ),
    ).toEqual([]);
    expect(seen.get('evaluations')).toHaveLength(1);
    expect(seen.get('evaluation_leaves')).toHaveLength(1);
    expect(seen.get('evaluation_reviewers')).toHaveLength(1);
    // What the subject and the others said of the own leaf waits for the own score.
    expect(seen.get('evaluation_points')).toBeUndefined();
    expect(seen.get('evaluation_scores')).toBeUndefined();
  });

  it('changes no row by a statement of his own', async () => {
    const tables = await tablesUnderPolicies(app);
    const writable = await app.owner.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relname = any($1) and has_table_privilege('dudao_app', c.oid, 'update')
          and c.relname like any (array['evaluation%', 'evidence%', 'campaign%'])`,
      [tables],
    );
    for (const { name } of writable.rows) {
      const changed = await withLease(app.services.pool, (held) =>
        held.writing(scope, () => held.query(`update ${name} set place_id = place_id returning 1 as one`)),
      );
      expect(changed, name).toEqual([]);
    }
  });

  it('after the own score the others at that leaf open, and only they', async () => {
    await score(expert, own, mine.code, mine.max);
    const { layers, scores } = await expert.person.call(evaluations.leaf, {
      params: { ...own.params, code: mine.code },
    });
    expect(scores.map(({ reason }) => reason)).toContain(`${mark}未公开`);
    expect(layers.find(({ layer }) => layer === 'self')).toMatchObject({ points: String(mine.max), hidden: false });
    const answers = await answersTo(expert.person, ids());
    const told = [...answers].filter(([, words]) => words.replaceAll(`${mark}未公开`, '').includes(mark));
    expect(told).toEqual([]);
  });

  it('a beginning counts from its day, an end with the next request, and so does the end of the last day', async () => {
    const early = await own.expert('未到任专家', [mine.code], { from: '2025-10-16' });
    expect((await early.person.refused(evaluations.read, { params: own.params })).status).toBeGreaterThanOrEqual(400);
    const short = await own.expert('短期专家', [mine.code], { until: '2025-10-15' });
    expect((await short.person.call(evaluations.read, { params: own.params })).id).toBe(own.evaluationId);
    const before = app.clock.now;
    app.clock.now = new Date('2025-10-15T16:00:01Z');
    expect((await short.person.refused(evaluations.read, { params: own.params })).status).toBeGreaterThanOrEqual(400);
    app.clock.now = before;

    await app.owner.query('update assignments set ended_at = now() where campaign_id = $1', [expert.seatId]);
    const answers = await answersTo(expert.person, ids());
    for (const [name, words] of answers) {
      expect(words.includes(mark) || words.includes(own.evaluationId), `${name}: ${words.slice(0, 200)}`).toBe(false);
    }
    const body = { version: 1, leafVersion: 1, reason: '已结束', answer: { points: 1 } };
    const late = await expert.person.refused(evaluations.score, { params: { ...own.params, code: mine.code }, body });
    expect(['thing.notFound', 'access.denied']).toContain(late.code);
  });
});

describe('whoever owes a blind score', () => {
  let app: TestApp;
  let scene: JudgingScene;
  let first: Reviewer;
  let leaf: SceneLeaf;
  beforeAll(async () => {
    app = await openTestApp();
    scene = await layJudging(app);
    first = await scene.officer('先评者', ['*']);
    leaf = scene.leaves[0]!;
  });
  afterAll(() => app.close());
  const ids = () => ({ evaluationId: scene.evaluationId, code: leaf.code, campaignId: scene.campaignId });

  /** Who judges at the same leaf: from outside, and with a post of the city. */
  const seconds = [
    ['an expert from outside', () => scene.expert('后评专家', ['*'])],
    ['an officer of the city', () => scene.officer('后评干部', ['*'])],
  ] as const;

  it.each(seconds)('%s can tell by no route and no row that another has scored', async (_who, seat) => {
    const second = await seat();
    const at = scene.leaves.find(({ code }) => !scored.has(code))!;
    scored.add(at.code);
    const asked = { ...ids(), code: at.code };
    const scope = await scopeOf(second);
    const [answers, rows] = [await answersTo(second.person, asked), await rowsUnder(app, scope)];
    await score(first, scene, at.code, at.max, `${mark}评语`);
    const after = await answersTo(second.person, asked);
    for (const [name, words] of after) {
      if (toldByAudit.includes(name)) continue;
      expect(words, name).toBe(answers.get(name));
    }
    const rowsAfter = await rowsUnder(app, scope);
    for (const [table, now] of rowsAfter) {
      // The audit says that somebody scored, and keeps a digest of what.
      if (table === 'audit_events') {
        expect(now.filter((row) => row.includes(mark))).toEqual([]);
        continue;
      }
      expect(now, table).toEqual(rows.get(table) ?? []);
    }
    await score(second, scene, at.code, at.max);
    const { scores } = await second.person.call(evaluations.leaf, { params: { ...scene.params, code: at.code } });
    expect(scores.map(({ reviewer }) => reviewer).sort()).toContain('先评者');
  });

  const scored = new Set<string>();
  /** Routes that count audit rows or newest acts, which tell that somebody acted and never what. */
  const toldByAudit: readonly string[] = [];

  async function scopeOf({ personId, seatId }: Reviewer): Promise<Scope> {
    const { rows } = await app.owner.query<{ unit: number | null }>(
      'select unit_id as unit from grants where person_id = $1 and revoked_at is null',
      [personId],
    );
    const isOfCity = rows[0]!.unit !== null;
    return {
      ...nowhere,
      person: personId,
      ...(isOfCity ? { places: [units.city.id, units.licheng.id, units.fengze.id] } : { campaigns: [seatId] }),
    };
  }
});
