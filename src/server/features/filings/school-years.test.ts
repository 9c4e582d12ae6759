import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools } from '#test/support/scenario.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

const asked = (schoolId: number) => ({ params: { schoolId } });

it('the years of a school are its approved figures, and no others', async () => {
  const { app, ids } = scene;
  const director = app.as('countyDirector');
  await scene.submit(app.as('clerk'), app.as('head'), 'first');
  expect(await director.call(filings.schoolYears, asked(schools.first.id))).toEqual({ years: [], released: [] });

  const { revision, edition } = await scene.read(director, 'first');
  await director.call(filings.approve, { params: { filingId: ids.first }, body: { revision } });
  const { years } = await app.as('clerk').call(filings.schoolYears, asked(schools.first.id));
  expect(years).toMatchObject([{ filingId: ids.first, name: schools.first.name, edition }]);
  expect(Object.keys(years[0]!.values).length).toBeGreaterThan(20);
  expect(await director.call(filings.schoolYears, asked(schools.neighbour.id))).toEqual({ years: [], released: [] });
});

it('a school out of reach does not exist', async () => {
  const { app } = scene;
  for (const person of [app.as('neighbourClerk'), app.as('otherDirector')]) {
    expect(await person.refused(filings.schoolYears, asked(schools.first.id))).toMatchObject({ status: 404 });
  }
});
