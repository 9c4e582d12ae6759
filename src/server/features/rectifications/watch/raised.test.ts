import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, ofSchool, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';
import { enterRaised } from '../rectification.jobs.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await openLedgerScene();
});
afterAll(() => scene.app.close());

const places = [units.licheng.id];
const found = (sourceKey: string, more: object = {}) => ({
  ...{ id: randomUUID(), placeId: units.licheng.id, kind: 'safety', title: `来源问题 ${sourceKey}`, body: '' },
  ...{ duty: ofSchool(schools.first.id), schoolYear: 2025, foundOn: '2025-10-10', sourceKey, ...more },
});
async function raise(...findings: ReturnType<typeof found>[]) {
  const source = { sourceType: 'trial', sourceId: '1', sourceLabel: '试验来源' };
  const opener = { openedByUnitId: units.licheng.id, openedLevel: 'county' };
  scene.app.jobs.push({ name: enterRaised.name, data: { ...source, ...opener, findings, places } as never });
  await scene.app.runJobs();
}
const entered = async () =>
  (
    await scene.app.owner.query(
      `select f.source_key as key, count(s.id)::int as steps from findings f
         left join steps s on s.place_id = f.place_id and s.subject_id = f.id
        where f.source_type = 'trial' group by f.id, f.source_key order by f.source_key`,
    )
  ).rows;

it('enters each finding of a source once by its key, whatever id the source gives it later', async () => {
  const [one, other] = [found('a'), found('b')];
  await raise(one, other);
  await raise(one, other);
  await raise(found('a'), found('b'), found('c'));
  expect(await entered()).toEqual(['a', 'b', 'c'].map((key) => ({ key, steps: 1 })));
});

it('fails the job by name where the kind is not known or the duty body lies elsewhere, and enters none of it', async () => {
  const before = await entered();
  const wrong = found('d', { kind: 'weather' });
  await expect(raise(found('e'), wrong)).rejects.toThrow(`finding ${wrong.id}: there is no kind weather`);
  const elsewhere = found('f', { duty: ofSchool(schools.foreign.id) });
  await expect(raise(elsewhere)).rejects.toThrow('does not lie at');
  expect(await entered()).toEqual(before);
});

it('keeps the day that the source demanded, and a notice without a day leaves it unless it has passed', async () => {
  const [ahead, passed, none] = [found('g', { dueOn: '2026-06-30' }), found('h', { dueOn: '2025-10-01' }), found('i')];
  await raise(ahead, passed, none);
  const read = (id: string) => scene.read('cityOfficer', id);
  expect((await read(ahead.id)).dueOn).toBe('2026-06-30');
  expect((await read(none.id)).dueOn).toBeNull();
  const noticed = async (id: string, body = {}) =>
    (await scene.as('countyOfficer').call(rectifications.notice, await scene.at(id, body))).dueOn;
  expect(await noticed(ahead.id)).toBe('2026-06-30');
  expect((await read(ahead.id)).dueRule).toBeNull();
  // Ten working days of the kind from the 15th of October.
  expect(await noticed(passed.id)).toBe('2025-10-29');
  expect(await noticed(none.id)).toBe('2025-10-29');
  const changed = found('j', { dueOn: '2026-06-30' });
  await raise(changed);
  expect(await noticed(changed.id, { dueOn: '2026-05-20' })).toBe('2026-05-20');
});
