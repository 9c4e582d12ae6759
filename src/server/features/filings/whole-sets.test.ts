import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
const as = (member: Member) => scene.app.as(member);

/** More schools than any page has rows; each is a copy of the first one, approved. */
const copies = 5001;

beforeAll(async () => {
  scene = await openFilingScene();
  const { owner } = scene.app;
  const ofFirst = (table: string, key: string, given: Readonly<Record<string, string>>) =>
    owner.query(
      `insert into ${table} select c.* from ${table} o, generate_series(1, ${copies}) n,
         jsonb_populate_record(o, jsonb_build_object(${Object.entries(given)
           .map(([column, value]) => `'${column}', ${value}`)
           .join(', ')})) c where o.${key} = 101`,
    );
  await ofFirst('period_schools', 'school_id', { school_id: '100000 + n' });
  for (const table of ['collection_subjects', 'filings']) {
    // A generated column takes no value of a copied row.
    await owner.query(`alter table ${table} alter column school_id drop expression`);
  }
  const subject = { subject_id: '100000 + n', school_id: '100000 + n' };
  await ofFirst('collection_subjects', 'subject_id', subject);
  const approved = { id: 'gen_random_uuid()', state: `'approved'`, approved_at: 'now()', submitted_at: 'now()' };
  await ofFirst('filings', 'subject_id', { ...subject, ...approved });
  // The server does so by itself after a while; without it, statements are planned for six schools.
  await owner.query('analyze');
});
afterAll(() => scene.app.close());

describe('a set has no page', () => {
  it('the export of a screen carries every school', async () => {
    const query = { unitId: 11, fields: '图书册数', format: 'csv' as const };
    const csv = await as('countyOfficer').call(filings.exportScreen, { query });
    expect(new TextDecoder().decode(csv.body).trim().split('\r\n')).toHaveLength(1 + 3 + copies);
  });

  it('the city is told how many approved filings of a county it would take, whatever their number', async () => {
    const wrong = { body: { year: 2025, unitId: 11, expected: 1 } };
    const refusal = await as('cityOfficer').refused(filings.acceptSet, wrong);
    expect(refusal).toMatchObject({ code: 'filing.setChanged', details: { expected: 1, found: copies } });
  });
});

it('an act answers with the row as the database holds it', async () => {
  await scene.app.owner.query(`
    create function count_further() returns trigger language plpgsql as
      $$ begin new.revision := new.revision + 10; return new; end $$;
    create trigger count_further before update on filings for each row execute function count_further()`);
  const params = { filingId: scene.ids.neighbour };
  const held = async () =>
    (await scene.app.owner.query('select revision from filings where id = $1', [params.filingId])).rows[0].revision;
  const extension = { until: '2025-11-01', reason: '校舍搬迁' };
  expect((await as('countyDirector').call(filings.extend, { params, body: extension })).revision).toBe(await held());
  await scene.fill(as('neighbourClerk'), 'neighbour');
  const body = { revision: await held() };
  expect((await as('neighbourClerk').call(filings.submit, { params, body })).revision).toBe(await held());
});
