import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmedStates } from '#domain/evaluation/campaign/fulfilment.ts';
import { evaluationFlow } from '#domain/evaluation/flow.ts';
import { stepsJudgedBy } from '#domain/evaluation/kind.ts';
import { type EvaluationAction, evaluationSteps } from '#domain/evaluation/lists.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const judgedBy = { county: stepsJudgedBy('county'), city: stepsJudgedBy('city') };

/** The steps out of which an act leads, or in which it is done, but for those of a county. */
const stepsOf = (action: EvaluationAction) =>
  evaluationSteps.filter(
    (step) =>
      !judgedBy.county.includes(step) &&
      evaluationFlow.transitions.some((one) => one.action === action && one.from === step),
  );

/** What lists of steps in the database may say: each is a list of the domain. */
const known: Readonly<Record<string, readonly string[]>> = {
  'the county judges': judgedBy.county,
  'the city judges': judgedBy.city,
  'the city settles, by a talk too': stepsOf('settle'),
  'the result is confirmed': confirmedStates,
  'nobody judges yet': ['notice', 'selfEvaluation'],
};
const sorted = (steps: readonly string[]) => [...steps].sort().join(' ');
const lists = new Set(Object.values(known).map(sorted));

it('the steps that functions and views of the database name are those of the domain', async () => {
  const { rows } = await app.owner.query<{ name: string; text: string }>(
    `select p.proname as name, p.prosrc as text from pg_proc p where p.pronamespace = 'public'::regnamespace
     union all
     select c.relname, pg_get_viewdef(c.oid) from pg_class c where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace`,
  );
  const steps = new Set<string>(evaluationSteps);
  const found = rows.flatMap(({ name, text }) =>
    [
      ...text.matchAll(
        /\bstep\b\s*(?:=\s*ANY\s*\(ARRAY\[|(?:not\s+)?in\s*\(|=|<>)\s*((?:'\w+'(?:::text)?(?:,\s*)?)+)/gi,
      ),
    ].map(([, said = '']) => ({ name, steps: [...said.matchAll(/'(\w+)'/g)].map(([, step = '']) => step) })),
  );
  const ofEvaluations = found.filter((one) => one.steps.some((step) => steps.has(step)));
  // A list that nothing says would let a wrong one pass.
  const said = new Set(ofEvaluations.map((one) => sorted(one.steps)));
  expect(Object.keys(known).filter((name) => !said.has(sorted(known[name]!)))).toEqual([]);
  const strange = ofEvaluations.filter((one) => !lists.has(sorted(one.steps)));
  expect(strange.map(({ name, steps: own }) => `${name}: ${own.join(', ')}`)).toEqual([]);
});
