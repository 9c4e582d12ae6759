import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparable, resemblance } from '#domain/file/likeness/resemblance.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { features } from '../../server/app/features.ts';
import { loadSampleOf } from '../../server/app/load-sample.ts';
import { prepareFeatures } from '../../server/app/prepare-content.ts';
import { productRoot } from '../../server/app/root.ts';
import type { PrintsOrder } from '../../server/platform/files/prints-order.ts';
import { takePrints } from '../../server/platform/files/prints-take.ts';
import { sampleWords } from './evaluations.shape.ts';

const now = new Date('2026-03-12T02:30:00Z');
const log = { info: () => {}, warn: () => {} };

describe('the evaluations of the sample', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let dataDir: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'dudao-sample-'));
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const hash = async (password: string) => password;
    await loadSampleOf(features, { ownerUrl: database.ownerUrl, dataDir, now, size: 'small', hash, log });
  }, 120_000);
  afterAll(async () => {
    await owner?.end();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const rows = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await owner.query<Row>(text, [...values])).rows;

  it('stand at every step, the four counties of the round each at another', async () => {
    const states = await rows<{ kind: string; step: string }>(
      `select distinct kind, case state when 'open' then step else state end as step from evaluations
        where campaign_id in (select id from campaigns where state = 'open' and framework_key <> 'county-key-points')
        order by 1, 2`,
    );
    expect(states.filter(({ kind }) => kind === 'county-inspection').map(({ step }) => step)).toEqual([
      ...['materialReview', 'selfEvaluation', 'siteVisit', 'statement'],
    ]);
    expect(new Set(states.map(({ step }) => step)).size).toBeGreaterThanOrEqual(9);
  });

  it('carry the lists of readers and of those who owe that the product sets', async () => {
    const lists = `
      select 'leaf' as what, evaluation_id, code, '' as who, seats::text, '' as hidden from evaluation_leaves
      union all select 'points ' || layer, evaluation_id, code, '', seats::text,
        (select array_agg(one order by one) from unnest(hidden_from) one)::text from evaluation_points
      union all select 'score ' || layer, evaluation_id, code, person_id::text, seats::text,
        (select array_agg(one order by one) from unnest(hidden_from) one)::text from evaluation_scores
      union all select 'talk', evaluation_id, code, '', seats::text,
        (select array_agg(one order by one) from unnest(hidden_from) one)::text from evaluation_talks
      union all select 'total ' || layer, evaluation_id, '', '', '',
        (select array_agg(one order by one) from unnest(hidden_from) one)::text from evaluation_totals
      union all select 'step', evaluation_id, step, '', seats::text, '' from evaluation_steps
      union all select 'evaluation', id, '', '', seats::text, '' from evaluations
      union all select 'item', id, '', '', seats::text, '' from evidence_items
      union all select 'link', evidence_id, code, '', seats::text, '' from evidence_links
      union all select 'file', subject_id, '', '', seats::text, '' from attachments where subject_type = 'evidence'
      order by 1, 2, 3, 4`;
    const laid = await rows(lists);
    await owner.query('begin');
    await owner.query(`select set_config('app.places', (select array_agg(id)::text from org_units), true)`);
    await owner.query(`set local app.schools = '*'`);
    await owner.query('select owe_scores(place_id, id) from evaluations');
    await owner.query('select show_evidence(place_id, id) from evidence_items');
    const set = await rows(lists);
    await owner.query('rollback');
    expect(laid.length).toBeGreaterThan(5000);
    expect(set.filter((row, at) => JSON.stringify(row) !== JSON.stringify(laid[at])).slice(0, 5)).toEqual([]);
  });

  it('have a total and a conclusion where they are released, and no leaf without points behind the visit', async () => {
    const [released] = await rows<{ all: number; without: number }>(
      `select count(*)::int as all, count(*) filter (where total is null or conclusion is null)::int as without
         from evaluations where released_at is not null`,
    );
    expect(released).toEqual({ all: expect.any(Number), without: 0 });
    expect(released!.all).toBeGreaterThan(14);
    const open = await rows(
      `select e.subject_name, l.code from evaluations e
         join evaluation_leaves l on l.place_id = e.place_id and l.evaluation_id = e.id and l.applies is distinct from false
        where e.step not in ('notice', 'selfEvaluation', 'countyReview', 'materialReview', 'siteVisit') and not exists (
          select from evaluation_points p where p.evaluation_id = e.id and p.code = l.code and p.layer = 'city') limit 5`,
    );
    expect(open).toEqual([]);
    const [talks] = await rows<{ open: number; ended: number }>(
      `select count(*) filter (where t.settled_at is null)::int as open, count(t.settled_at)::int as ended
         from evaluation_talks t join evaluations e on e.id = t.evaluation_id where e.step = 'siteVisit'`,
    );
    expect(talks!.open).toBe(1);
    expect(talks!.ended).toBeGreaterThan(0);
  });

  it('have no reason of a score that the points contradict', async () => {
    const { same, less, more, own } = sampleWords.reasons;
    const told = await rows<{ reason: string; beside: number | null }>(
      `select distinct s.reason, sign(points_number(s.points) - points_number(p.points))::int as beside
         from evaluation_scores s left join evaluation_points p on p.place_id = s.subject_place_id
          and p.evaluation_id = s.evaluation_id and p.code = s.code and p.layer = 'self'
        where s.reason <> ''`,
    );
    const fitting = (beside: number | null) => (beside === null ? own : beside === 0 ? same : beside < 0 ? less : more);
    expect(told.filter(({ reason, beside }) => !fitting(beside).includes(reason))).toEqual([]);
    expect(new Set(told.map(({ beside }) => beside))).toEqual(new Set([null, -1, 0, 1]));
  });

  it('rest on the editions that a start lays, which adds no second revision of them', async () => {
    await prepareFeatures(database.appUrl, () => now);
    const editions = await rows<{ key: string; revisions: number }>(
      `select key, count(*)::int as revisions from framework_editions
        where key in ('county-inspection-sample', 'quality-school-sample') group by key`,
    );
    expect(editions.map(({ revisions }) => revisions)).toEqual([1, 1]);
  });

  it('have findings of the closed round in the ledger, closed and open, and one that came again', async () => {
    const found = await rows<{ state: string; again: boolean }>(
      `select f.state, exists (select from findings n where n.place_id = f.place_id and n.kind = f.kind
          and n.duty_unit_id = f.duty_unit_id and n.found_on > f.found_on) as again
         from findings f join evaluation_findings e on e.id = f.id and e.raised_at is not null
        where f.source_type = 'evaluations'`,
    );
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['planned', 'closed']));
    expect(found.some(({ again }) => again)).toBe(true);
  });

  it('have a sheet that was scanned once more, as alike as the product measures the two', async () => {
    const { file, of, closeness } = sampleWords.again;
    const folder = join(productRoot, 'reference/sample/files');
    const print = async (name: string, mediaType: string) => {
      const reply = await takePrints({ mediaType, from: join(folder, name) } as PrintsOrder, sharp);
      if (typeof reply === 'string') throw new Error(reply);
      return comparable({ kind: 'picture', print: reply.pictures[0]!.print })!;
    };
    const [again, first] = [
      await print('patrol-record-again.jpg', 'image/jpeg'),
      await print('patrol-record.png', 'image/png'),
    ];
    expect([file, of]).toEqual(['patrolRecordAgain', 'patrolRecord']);
    expect(resemblance(again, first)!.closeness).toBeCloseTo(closeness, 1);
    const hints = await rows<{ kind: string; closeness: number; differ: boolean }>(
      `select r.kind, r.closeness::float as closeness, a.file_hash <> b.file_hash as differ
         from evidence_resemblances r join attachments a on a.id = r.attachment_id
         join attachments b on b.id = r.other_attachment_id where r.kind = 'picture'`,
    );
    expect(hints.length).toBeGreaterThan(0);
    expect(new Set(hints.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(hints[0]).toEqual({ kind: 'picture', closeness, differ: true });
  });

  it('have evidence of every kind that the product shows, catalogued in boxes, and hints of the same file', async () => {
    const [shown] = await rows<{ kinds: number; boxed: boolean; alike: number }>(
      `select (select count(distinct media_type)::int from attachments where subject_type = 'evidence') as kinds,
              (select bool_and(box_number is not null and catalogue_number is not null) from evidence_items) as boxed,
              (select count(*)::int from evidence_resemblances r join attachments a on a.id = r.attachment_id
                 join attachments b on b.id = r.other_attachment_id and b.file_hash = a.file_hash) as alike`,
    );
    expect(shown).toEqual({ kinds: 7, boxed: true, alike: 12 });
  });
});
