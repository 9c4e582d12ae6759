import { randomUUID } from 'node:crypto';
import { nodesOfLeaves } from '#domain/evaluation/campaign/panel.ts';
import { kindOf, stepsFor } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { openSession } from '#test/support/cast.ts';
import { prepareFrameworks } from '../../../src/server/features/frameworks/shipped-editions.act.ts';
import type { TestApp, TestPerson } from '../app.ts';
import { schools, units } from '../scenario.ts';
import { answerRules } from './rule-answers.ts';

/** A leaf of the scene: its code, its points, and the branch below the root in which it lies. */
export interface SceneLeaf {
  readonly code: string;
  readonly max: number;
  readonly branch: string;
}

export interface Reviewer {
  readonly person: TestPerson;
  readonly personId: string;
  readonly seatId: string;
  readonly name: string;
}

export interface JudgingScene {
  readonly evaluationId: string;
  readonly campaignId: string;
  readonly params: { readonly evaluationId: string };
  /** Leaves with points, in the order of the edition. */
  readonly leaves: readonly SceneLeaf[];
  /** Every code of the edition's leaves. */
  readonly codes: readonly string[];
  /** Somebody from outside with an account and a seat for some branches. */
  expert(name: string, nodes: readonly string[], more?: Partial<Seating>): Promise<Reviewer>;
  /** Somebody of the city with a seat. */
  officer(name: string, nodes: readonly string[], more?: Partial<Seating>): Promise<Reviewer>;
  /** Deals the lists anew, as the job does after the seats changed and with each step into a review. */
  deal(): Promise<void>;
  moveTo(step: EvaluationStep): Promise<void>;
  /** Raises the version of a leaf as a change of the subject does, and voids what was judged before. */
  change(code: string): Promise<void>;
  /** The city has settled every leaf, at a share of what the subject gave itself; a second call settles anew. */
  settle(share?: number): Promise<void>;
}

interface Seating {
  readonly part: 'leader' | 'member' | 'expert' | 'section';
  readonly scores: boolean;
  /** The first and the last day of the assignment. */
  readonly from: string;
  readonly until: string;
}

export interface JudgingOptions {
  readonly step?: EvaluationStep;
  readonly blind?: boolean;
  readonly reviewersPerLeaf?: number;
  readonly combine?: 'mean' | 'trimmed';
  readonly kind?: 'county-inspection' | 'school-evaluation';
  readonly schoolId?: number;
  readonly countyId?: number;
  /** The framework, where it is not that of the kind. */
  readonly framework?: string;
  /** Of a second subject in the same campaign. */
  readonly campaignId?: string;
}

/** All points of a leaf, or the best that its method can say without points. */
function bestAnswer({ points, method }: Indicator): Answer | null {
  if (typeof points === 'number') return { points };
  if (points !== 'none') return null;
  return method?.kind === 'choice' ? { option: method.options[0]!.key } : { met: true };
}

/**
 * An evaluation under review, laid as its opening lays it: a county (鲤城) or a school of it, every leaf answered with all its
 * points, so that a judge takes something away.
 */
export async function layJudging(
  app: TestApp,
  {
    step = 'materialReview',
    blind = true,
    reviewersPerLeaf = 2,
    combine = 'mean',
    kind = 'county-inspection',
    schoolId,
    countyId = units.licheng.id,
    framework = kindOf(kind).framework,
    campaignId = randomUUID(),
  }: JudgingOptions = {},
): Promise<JudgingScene> {
  const { owner } = app;
  await prepareFrameworks(app.services.pool, app.services.now);
  const key = framework;
  const prepared = preparedFramework(key);
  const { rows: editions } = await owner.query<{ revision: number; hash: string }>(
    'select revision, hash from framework_editions where key = $1 order by revision desc limit 1',
    [key],
  );
  const edition = editions[0]!;
  const evaluationId = randomUUID();
  const rules = { reviewersPerLeaf, blind, tolerance: '0.2', combine };
  const now = app.clock.now;
  const subject = schoolId === undefined ? '鲤城区' : '示例学校';
  await owner.query(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
       framework_key, framework_revision, framework_hash, unit_id, school_id, subject_name, lead_unit_id, rules, step, due_on,
       opened_at, updated_at)
     values ($1, $2, $3, $4, $5, '2025年督导评估', 2025, 2025, $6, $7, $8, $1, $9, $10, $3, $11, $12, '2025-12-31', $13, $13)`,
    [
      ...[countyId, evaluationId, units.city.id, campaignId, kind, key, edition.revision, edition.hash],
      ...[schoolId ?? null, subject, JSON.stringify(rules), step, now],
    ],
  );
  for (const [at, one] of stepsFor(kind, 'county').entries()) {
    await owner.query(
      `insert into evaluation_steps (place_id, school_id, evaluation_id, campaign_place_id, step, position, from_day, to_day)
       values ($1, $2, $3, $4, $5, $6, '2025-10-01', '2025-12-31')`,
      [countyId, schoolId ?? null, evaluationId, units.city.id, one.step, at + 1],
    );
  }
  const nodes = nodesOfLeaves(prepared);
  const rows = prepared.leaves.map(({ indicator }, at) => ({
    ...{ code: indicator.code, position: at + 1, nodes: nodes.get(indicator.code)! },
    points: typeof indicator.points === 'number' ? String(indicator.points) : null,
    given: bestAnswer(indicator),
  }));
  await owner.query(
    `insert into evaluation_leaves (place_id, evaluation_id, code, school_id, position, nodes, origin, applies, note,
       answered_by_name, answered_at)
     select $1, $2, w.code, $3, w.position, array(select jsonb_array_elements_text(w.nodes)), 'person', true, '自评说明',
            '鲤城督导', $5
       from jsonb_to_recordset($4) as w(code text, position integer, nodes jsonb)`,
    [countyId, evaluationId, schoolId ?? null, JSON.stringify(rows), now],
  );
  await owner.query(
    `insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, school_id, answer, points, settled,
       leaf_version, written_by_name, written_at)
     select $1, $2, w.code, 'self', $1, $3, case when w.given is not null
              then jsonb_build_object('given', w.given) end, w.points, 'self', 1, '鲤城督导', $5
       from jsonb_to_recordset($4) as w(code text, points text, given jsonb)`,
    [countyId, evaluationId, schoolId ?? null, JSON.stringify(rows), now],
  );
  await owner.query(
    `insert into evaluation_handins (place_id, evaluation_id, round, school_id, submitted_by, submitted_by_name, submitted_at,
       confirmed_by, confirmed_by_name, confirmed_at)
     values ($1, $2, 1, $3, 'a', '鲤城督导', $4, 'b', '鲤城主任', $4)`,
    [countyId, evaluationId, schoolId ?? null, now],
  );

  const asCity = async (statement: string, values: readonly unknown[]) => {
    await owner.query('begin');
    await owner.query(`set local app.places = '{${units.city.id},${units.licheng.id},${units.fengze.id}}'`);
    await owner.query(`set local app.schools = '*'`);
    await owner.query(statement, [...values]);
    await owner.query('commit');
  };
  const deal = () => asCity('select owe_scores($1, $2)', [countyId, evaluationId]);
  const review = async (
    { personId, name, seatId, outside }: { personId: string; name: string; seatId: string; outside: boolean },
    seated: readonly string[],
    { part = outside ? 'expert' : 'member', scores = true }: Partial<Seating>,
  ) => {
    await owner.query(
      `insert into evaluation_reviewers (place_id, evaluation_id, seat_id, subject_place_id, person_id, name, outside, part,
         scores, nodes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [units.city.id, evaluationId, seatId, countyId, personId, name, outside, part, scores, [...seated]],
    );
    await deal();
  };
  const newPerson = async (name: string, role: string, unitId: number | null) => {
    const [personId, grantId] = [randomUUID(), randomUUID()];
    await owner.query(
      `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
       values ($1, $2, $3, $4, $5, coalesce((select second_factor from roles where key = $6), false))`,
      [personId, name, `p${personId.slice(0, 8)}`, `${personId}@dudao.invalid`, now, role],
    );
    await owner.query('insert into grants (id, person_id, role_key, unit_id) values ($1, $2, $3, $4)', [
      ...[grantId, personId, role, unitId],
    ]);
    return { personId, grantId, cookie: await openSession(owner, personId, now) };
  };

  return {
    ...{ evaluationId, campaignId, params: { evaluationId }, deal },
    codes: rows.map(({ code }) => code),
    leaves: rows.flatMap(({ code, points, nodes: own }) =>
      points === null || Number(points) === 0
        ? []
        : [{ code, max: Number(points), branch: own.at(-1) === code ? code : own.at(-1)! }],
    ),
    async expert(name, seated, more = {}) {
      const seatId = randomUUID();
      const { personId, grantId, cookie } = await newPerson(name, 'expert', null);
      await owner.query(
        `insert into assignments (id, grant_id, campaign_id, valid_from, valid_to) values ($1, $2, $3, $4, $5)`,
        [randomUUID(), grantId, seatId, more.from ?? '2025-01-01', more.until ?? null],
      );
      await review({ personId, name, seatId, outside: true }, seated, more);
      return { person: app.withCookie(cookie), personId, seatId, name };
    },
    async officer(name, seated, more = {}) {
      const seatId = randomUUID();
      const { personId, cookie } = await newPerson(name, 'city-officer', units.city.id);
      await review({ personId, name, seatId, outside: false }, seated, more);
      return { person: app.withCookie(cookie), personId, seatId, name };
    },
    async moveTo(to) {
      await owner.query('update evaluations set step = $3 where place_id = $1 and id = $2', [
        countyId,
        evaluationId,
        to,
      ]);
      await deal();
    },
    async change(code) {
      await owner.query(
        `update evaluation_leaves set version = version + 1, note = note || '。' where place_id = $1 and evaluation_id = $2 and code = $3`,
        [countyId, evaluationId, code],
      );
      await asCity(`select void_scores($1, $2, $3, '自评材料有改动', $4)`, [countyId, evaluationId, code, now]);
    },
    async settle(share = 1) {
      await owner.query(
        `insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, points, settled, leaf_version,
           written_by_name, written_at)
         select $1, evaluation_id, code, 'city', place_id, (coalesce(points, '0')::numeric * $3)::text, 'one', 1, 'x', now()
           from evaluation_points where evaluation_id = $2 and layer = 'self'
         on conflict (place_id, evaluation_id, code, layer) do update set points = excluded.points`,
        [units.city.id, evaluationId, share],
      );
    },
  };
}

/**
 * Seven schools of one campaign, of which one gets the grade.
 * @param shares what the city settles them at, `null` for one that it has not settled; 0.92 for those that are not named
 */
export async function layRound(app: TestApp, shares: readonly (number | null)[]): Promise<JudgingScene[]> {
  const open = {
    kind: 'school-evaluation',
    ...{ schoolId: schools.first.id, blind: false, reviewersPerLeaf: 1 },
    step: 'preliminaryOpinion',
  } as const;
  const one = await layJudging(app, open);
  const all = [one];
  while (all.length < 7) all.push(await layJudging(app, { ...open, campaignId: one.campaignId }));
  await answerRules(app.as('cityOfficer'), one.params);
  for (const [at, scene] of all.entries()) {
    const share = shares[at] === undefined ? 0.92 : shares[at];
    if (share !== null) await scene.settle(share);
    await app.owner.query('update evaluations set subject_name = $2 where id = $1', [scene.evaluationId, `学校${at}`]);
  }
  return all;
}
