import { randomUUID } from 'node:crypto';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationKind, EvaluationStep } from '#domain/evaluation/lists.ts';
import type { JobData } from '#platform/jobs/port.ts';
import { features } from '../../../src/server/app/features.ts';
import { prepareFrameworks } from '../../../src/server/features/frameworks/shipped-editions.act.ts';
import type { TestApp } from '../app.ts';
import { units } from '../scenario.ts';

export interface OpenedSubject {
  readonly id: string;
  readonly placeId: number;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly name: string;
}

export interface EvaluationScene {
  readonly campaignId: string;
  readonly subjects: readonly OpenedSubject[];
  /** What the job of the opening is asked to do. */
  readonly opening: JobData;
  /** Runs a job of evaluations by its name, as the queue does. */
  run(job: string, data: Record<string, unknown>): Promise<void>;
  /** The office moves all on that stand at a step. */
  moveOn(step: EvaluationStep): Promise<void>;
  /** Answers every leaf of a person with all its points, and lets data leaves not apply: nothing is lacking any more. */
  fill(evaluationId: string): Promise<void>;
}

/** A school as a subject of a campaign. */
export const schoolSubject = ({ id, county, name }: { id: number; county: number; name: string }) => ({
  ...{ placeId: county, unitId: county, schoolId: id, name },
});

/** Lays an edition of counties with some leaves, as its publishing does; the edition as a campaign names it. */
export async function layEdition(
  owner: TestApp['owner'],
  definition: { readonly key: string; readonly title: string; readonly edition: string },
  leaves: number,
) {
  const { hash } = preparedEdition(definition);
  await owner.query(
    `insert into framework_editions (key, revision, title, edition, authority, subject, documents, leaves, open_codes, definition, hash,
       shipped, note, created_by) values ($1, 1, $2, $3, 'sample', 'county', '', $6, '[]', $4, $5, false, '', 'x')`,
    [definition.key, definition.title, definition.edition, JSON.stringify(definition), hash, leaves],
  );
  return { key: definition.key, revision: 1, hash };
}

/** Seats the officer of the city at the whole tree, as a member. */
export async function seatOfficer(app: TestApp, campaignId: string): Promise<void> {
  await app.owner.query(
    `insert into campaign_seats (place_id, campaign_id, id, person_id, name, part, nodes, from_day, to_day, given_by_name, given_at)
     values ($1, $2, $3, $4, 'x', 'member', '{*}', '2025-10-01', '2026-12-31', 'x', $5)`,
    [units.city.id, campaignId, randomUUID(), app.as('cityOfficer').personId, app.clock.now],
  );
}

/** A campaign that was opened for some subjects by the job of its opening. */
export async function openEvaluationScene(
  app: Pick<TestApp, 'owner' | 'services' | 'clock'>,
  {
    kind = 'county-inspection',
    blind = false,
    assessmentYear = 2025,
    subjects = [
      { placeId: units.licheng.id, unitId: units.licheng.id, schoolId: null, name: units.licheng.name },
      { placeId: units.fengze.id, unitId: units.fengze.id, schoolId: null, name: units.fengze.name },
    ],
  }: {
    readonly kind?: EvaluationKind;
    readonly blind?: boolean;
    readonly assessmentYear?: number;
    readonly subjects?: readonly Omit<OpenedSubject, 'id'>[];
  } = {},
): Promise<EvaluationScene> {
  const { owner, services } = app;
  await prepareFrameworks(services.pool, services.now);
  const { framework, steps } = kindOf(kind);
  const found = await owner.query<{ revision: number; hash: string }>(
    'select revision, hash from framework_editions where key = $1 order by revision desc limit 1',
    [framework],
  );
  const edition = { key: framework, ...found.rows[0]! };
  const { rows: places } = await owner.query<{ id: number; kind: string }>(
    `select id, kind from org_units where kind in ('city', 'county') order by id`,
  );
  const reach = places.map((one) => one.id);
  const city = places.find((one) => one.kind === 'city')!.id;
  const campaign = { placeId: city, id: randomUUID() };
  const rules = { reviewersPerLeaf: blind ? 2 : 1, blind, tolerance: '0.2', combine: 'mean' };
  await owner.query(
    `insert into campaigns (place_id, id, kind, title, assessment_year, decision_year, framework_key, framework_revision,
       framework_hash, lead_unit_id, rules, state, opened_at, organised_by, organised_by_name, created_at, updated_at)
     values ($1, $2, $3, '2025年督导评估', $9, 2025, $4, $5, $6, $1, $7, 'open', $8, 'x', '市督导', $8, $8)`,
    [
      campaign.placeId,
      campaign.id,
      kind,
      framework,
      edition.revision,
      edition.hash,
      JSON.stringify(rules),
      app.clock.now,
      assessmentYear,
    ],
  );
  for (const [at, { step }] of steps.entries()) {
    await owner.query(
      `insert into campaign_steps (place_id, campaign_id, step, position, from_day, to_day)
       values ($1, $2, $3, $4, '2025-10-01', '2025-12-31')`,
      [campaign.placeId, campaign.id, step, at + 1],
    );
  }
  const opened = subjects.map((one) => ({ ...one, id: randomUUID() }));
  const run = async (job: string, data: Record<string, unknown>) => {
    const doing = features.flatMap((feature) => feature.jobs ?? []).find(({ name }) => name === job);
    if (!doing) throw new Error(`no feature runs ${job}`);
    await doing.run(services, { places: reach, ...data });
  };
  const opening = {
    places: reach,
    campaign: {
      ...{ ...campaign, kind, title: '2025年督导评估', assessmentYear, decisionYear: 2025, framework: edition },
      ...{ leadUnitId: city, partnerUnitId: null, rules, noticeLetterId: null },
    },
    subjects: opened,
  };
  await run('evaluations.open', opening);
  return {
    ...{ campaignId: campaign.id, subjects: opened, opening, run },
    moveOn: (step) =>
      run('evaluations.move', {
        campaign,
        step,
        evaluationIds: null,
        inspectors: [],
        reason: '泉教督〔2025〕1号书面通知',
      }),
    async fill(evaluationId) {
      await owner.query(`update evaluation_leaves set applies = false where evaluation_id = $1 and origin = 'data'`, [
        evaluationId,
      ]);
      await owner.query(
        `update evaluation_leaves set answered_by_name = '鲤城督导', answered_at = now(), note = '说明', filled = true where evaluation_id = $1`,
        [evaluationId],
      );
      await owner.query(
        `update evaluation_points p set points = '1', answer = '{"given": {"notApplicable": true}}'
           from evaluation_leaves l
          where l.place_id = p.place_id and l.evaluation_id = p.evaluation_id and l.code = p.code and l.origin = 'person'
            and p.layer = 'self' and p.evaluation_id = $1`,
        [evaluationId],
      );
    },
  };
}
