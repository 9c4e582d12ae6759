import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { openSampleStage, type SampleStage } from '#test/support/equality/sample-stage.ts';
import { openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';

/** The leaves of the county sample that read nothing but filings and balance: see `features/frameworks/self-filling.test.ts`. */
const selfFilling = [
  ...['C16', 'C17', 'C18', 'C28', 'C29', 'C30', 'C31', 'C33', 'C34', 'C35', 'C40', 'C41', 'C42', 'C43', 'C44'],
  ...['C46', 'C47', 'C48', 'C49', 'C50'],
];
/** Three years of "not above the year before" need a fourth; the sample has three. */
const ofFourYears = 'C42';

let stage: SampleStage;
let id: string;
beforeAll(async () => {
  stage = await openSampleStage();
  const { rows } = await stage.owner.query<{ id: number; name: string }>(
    `select id, name from org_units where kind = 'county' order by id limit 1`,
  );
  const county = rows[0]!;
  const app = { owner: stage.owner, services: stage.served.services, clock: stage.served.clock };
  const scene = await openEvaluationScene(app, {
    assessmentYear: 2024,
    subjects: [{ placeId: county.id, unitId: county.id, schoolId: null, name: county.name }],
  });
  id = scene.subjects[0]!.id;
}, 240_000);
afterAll(() => stage.close());

it('they are filled when the campaign opens, or do not apply; nobody types them', async () => {
  const reply = await stage.ask('city', `GET /api/evaluations/${id}`);
  expect(reply.status, String(reply.body)).toBe(200);
  const detail = JSON.parse(String(reply.body)) as RouteOutput<typeof evaluations.read>;
  const standing = (code: string) => detail.nodes.find((node) => node.code === code);
  for (const code of selfFilling.filter((one) => one !== ofFourYears)) {
    expect(standing(code), code).toMatchObject({ origin: 'data' });
    expect(['answered', 'not-applicable'], code).toContain(standing(code)!.standing);
  }
  const filled = detail.nodes.filter(({ origin, standing: one }) => origin === 'data' && one === 'answered');
  expect(filled.map(({ code }) => code).every((code) => selfFilling.includes(code))).toBe(true);
  expect(filled.length).toBeGreaterThan(14);
  expect(detail.totals[0]).toMatchObject({ layer: 'self', total: null });
});

it('each says which figures, from where, of which day, and how they were counted', async () => {
  const reply = await stage.ask('city', `GET /api/evaluations/${id}/leaves/C46`);
  const leaf = JSON.parse(String(reply.body)) as RouteOutput<typeof evaluations.leaf>;
  expect(leaf).toMatchObject({ origin: 'data', answer: null, factsOn: '2026-03-02' });
  expect(leaf.trace.length).toBeGreaterThan(0);
  const withFacts = await stage.ask('city', `GET /api/evaluations/${id}/leaves/C41`);
  const balance = JSON.parse(String(withFacts.body)) as RouteOutput<typeof evaluations.leaf>;
  expect(balance.facts.some(({ source, certificate }) => source === 'balance' && certificate !== null)).toBe(true);
});
