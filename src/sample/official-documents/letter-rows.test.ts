import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSampleStage, type SampleStage } from '#test/support/equality/sample-stage.ts';
import { letterSoundness } from '../../server/features/official-documents/soundness/soundness.act.ts';

let stage: SampleStage;
beforeAll(async () => {
  stage = await openSampleStage();
}, 240_000);
afterAll(() => stage?.close());

const one = async <Row>(text: string) => (await stage.owner.query(text)).rows[0] as Row;

it('what is issued is printed by the job of every letter, for its page and for its addressees', async () => {
  const { rows: jobs } = await stage.owner.query(
    `select name, data from jobs where name = 'official-documents.print' and run_at > asked_at order by id`,
  );
  stage.served.jobs.push(...jobs);
  await stage.served.runJobs();
  const printed = await one(`
    select count(*)::int as letters, count(*) filter (where (
             select count(*) from letter_prints p where p.place_id = l.place_id and p.letter_id = l.id) = 2)::int as printed
      from letters l where number is not null`);
  expect(printed).toEqual({ letters: 41, printed: 41 });
  const hung = await one(`
    select count(*)::int as receipts, count(*) filter (where (
             select count(*) from attachments a where a.place_id = c.place_id and a.subject_id = c.id) = 2)::int as hung
      from letter_receipts c`);
  expect(hung).toEqual({ receipts: 163, hung: 163 });
  // Nobody issued them by an act, and that is no finding in a sample.
  expect(await letterSoundness.look(stage.owner)).toMatchObject({ state: 'good' });
}, 120_000);

it('one draft says that a figure of it has changed since it was read', async () => {
  const { id } = await one<{ id: string }>(`select id from letters where model ? 'figures' and source_type is null`);
  const { body } = await stage.ask('section', `GET /api/letters/${id}`);
  const { figures } = JSON.parse(String(body)) as { figures: readonly { changed: { was: string; now: string } }[] };
  expect(figures).toMatchObject([
    { label: '泉州市 2025 学年未销号问题数', value: '31', changed: { was: '31', now: '35' }, parts: [1] },
  ]);
});
