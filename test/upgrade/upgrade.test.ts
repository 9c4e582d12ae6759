import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as files from '#contract/files/attachments.ts';
import * as filings from '#contract/filings/filings.ts';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { loadConfig } from '#platform/config/config.ts';
import { type OwnerClient, withClient } from '#platform/db/owner-client.ts';
import { openSession } from '#test/support/cast.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { type HttpPerson, httpPerson } from '#test/support/http-person.ts';
import { schools, units } from '#test/support/scenario.ts';
import { answerRules } from '#test/support/scenes/rule-answers.ts';
import { openDatabase } from '../../src/server/app/open-database.ts';
import { restoreBackup } from '../../src/server/app/operations/backup/restore-backup.ts';
import { runServer } from '../../src/server/app/run.ts';

type AsPerson = (username: string) => Promise<HttpPerson>;

/** Each dump with the last migration of its schema, and what the product reads of it: see README.md beside. */
const dumps: ReadonlyArray<readonly [string, string, (as: AsPerson, owner: OwnerClient) => Promise<void>]> = [
  ['before-0019.tar', '0018_add_undo', readFiling],
  ['before-0036.tar', '0035_add_hand_over', readLedgerAndLetters],
  ['before-0049.tar', '0048_add_framework_mappings', readEvaluations],
];

async function readFiling(as: AsPerson, owner: OwnerClient): Promise<void> {
  const head = await as('head');
  const found = await owner.query('select id from filings where school_id = $1', [schools.first.id]);
  const params = { filingId: found.rows[0].id as string };
  const filing = await head.call(filings.read, { params });
  expect(filing.state).toBe('approved');
  expect(Object.keys(filing.cells).length).toBeGreaterThan(20);
  const { rows } = await head.call(filings.timeline, { params, query: { page: 1, pageSize: 50 } });
  expect(rows.map(({ kind }) => kind)).toContain('step');
}

async function readLedgerAndLetters(as: AsPerson): Promise<void> {
  const [head, director, city] = [await as('head'), await as('countydirector'), await as('cityofficer')];
  const listed = await head.call(rectifications.list, { query: { page: 1, pageSize: 50 } });
  expect(listed.rows.map(({ title, state }) => [title, state]).sort()).toEqual([
    ['消防通道堆放杂物', 'planned'],
    ['门厅漏水', 'closed'],
  ]);
  const params = { findingId: listed.rows.find(({ state }) => state === 'planned')!.id };
  const finding = await head.call(rectifications.read, { params });
  expect(finding.extensions).toMatchObject([{ until: '2025-11-20', decision: null }]);
  // What was marked before had no period: it gets one, and stays open to whoever reads the finding.
  const marked = await director.call(files.list, { query: { subjectType: 'finding', subjectId: params.findingId } });
  expect(marked.rows).toMatchObject([{ name: '走廊.png', purpose: '整改佐证', openers: 'reach', state: 'open' }]);
  expect(marked.rows[0]!.keepUntil! > marked.rows[0]!.addedAt).toBe(true);
  const { rows: draws } = await director.call(rectifications.reproofDraws);
  expect(draws).toMatchObject([{ closedFrom: '2025-10-01', size: 1, cancelled: null }]);
  const { rows: sent } = await city.call(letters.list, { query: { page: 1, pageSize: 50 } });
  expect(sent.map(({ title, state, number }) => [title, state, number]).sort()).toEqual([
    ['关于冬季督导的通知', 'draft', null],
    ['关于开展秋季开学督导的通知', 'issued', '泉督〔2025〕1号'],
  ]);
  const { rows: tracks } = await city.call(tracking.overview, { query: { year: 2025 } });
  expect(tracks.filter(({ track }) => track !== null).length).toBeGreaterThan(1);
}

async function readEvaluations(as: AsPerson): Promise<void> {
  const [city, county] = [await as('cityofficer'), await as('countyofficer')];
  const [section, expert] = [await as('sectionofficer'), await as('roleless')];
  const { rows: inspectorsThere } = await county.call(inspectors.list, { query: {} });
  expect(inspectorsThere.map(({ name, state }) => [name, state]).sort()).toEqual([
    ['无角色', 'serving'],
    ['林督学', 'recommended'],
  ]);
  const { rows: drafts } = await city.call(frameworks.drafts, {});
  expect(drafts).toMatchObject([{ title: '泉州市学校督导指标' }]);
  const { rows } = await city.call(evaluations.list, { query: { pageSize: 100 } });
  expect(rows.map(({ subjectName, kind, state }) => [subjectName, kind, state]).sort()).toEqual(
    [
      [schools.first.name, 'school-evaluation', 'statement'],
      [units.fengze.name, 'county-inspection', 'selfEvaluation'],
      [units.licheng.name, 'county-inspection', 'materialReview'],
    ].sort(),
  );
  await readReview({ city, county, section, expert }, rows.find(({ state }) => state === 'materialReview')!);
  await readResult(city, await as('head'), rows.find(({ state }) => state === 'statement')!.id);
}

/** A county under review: material, evidence with its file, blind scores and the talk that they opened; and the judging goes on. */
async function readReview(
  { city, county, section, expert }: Readonly<Record<'city' | 'county' | 'section' | 'expert', HttpPerson>>,
  { id, campaignId }: { readonly id: string; readonly campaignId: string },
): Promise<void> {
  const at = (code: string) => ({ params: { evaluationId: id, code } });
  const { rows: seated } = await city.call(campaigns.seats, { params: { campaignId } });
  expect(seated.map(({ part, isOutside }) => [part, isOutside]).sort()).toEqual([
    ['expert', true],
    ['member', false],
  ]);
  const { nodes, totals, confirmedBy } = await county.call(evaluations.read, { params: { evaluationId: id } });
  expect(confirmedBy).toBe('鲤城主任');
  // What the notes of C14 and the sample of C65 say was not asked when it was handed in; no answer is made up for it.
  const open = nodes.filter(({ isLeaf, standing }) => isLeaf && standing === 'open');
  expect(open.map(({ code, self }) => [code, self])).toEqual([
    ['C14', '1.5'],
    ['C65', null],
  ]);
  expect(totals.map(({ layer }) => layer)).toContain('self');
  const talked = await section.call(evaluations.leaf, at('C2'));
  expect(talked.evidence).toMatchObject([{ title: '教育专章批复', fileName: '批复.txt', catalogueNumber: 'A-1' }]);
  expect(talked.scores.map(({ points }) => points).sort()).toEqual(['0.5', '2']);
  expect(talked.talk).toMatchObject({ spread: '1.5', settledAt: null });
  // What one has scored and the other owes stays blind, until the other scores it.
  const owed = await expert.call(evaluations.leaf, at('C5'));
  expect(owed.scores).toEqual([]);
  expect(owed.layers.filter(({ layer, hidden }) => layer !== 'self' && hidden).length).toBeGreaterThan(0);
  const given = await expert.call(evaluations.score, {
    ...at('C5'),
    body: { version: 0, leafVersion: owed.version, reason: '按材料核定', answer: { points: Number(owed.max) } },
  });
  expect(given).toMatchObject({ code: 'C5', version: 1, points: owed.max });
  const settled = await section.call(evaluations.leaf, at('C5'));
  expect(settled.layers.find(({ layer }) => layer === 'city')).toMatchObject({ points: owed.max, settled: 'mean' });
}

/** A school with its released opinion: the statement is answered, and the letter is drafted. */
async function readResult(city: HttpPerson, head: HttpPerson, id: string): Promise<void> {
  const params = { evaluationId: id };
  const told = await head.call(evaluations.opinion, { params });
  expect(told.total).not.toBeNull();
  expect(told.comments.map(({ kind }) => kind).sort()).toEqual(['advice', 'strength', 'weakness']);
  expect(told.findings).toMatchObject([{ title: '图书不足', dutySchoolId: schools.first.id, raisedAt: null }]);
  expect(told.statements).toMatchObject([{ text: '图书已在十月更新', answer: null }]);
  const revision = async (person: HttpPerson) => (await person.call(evaluations.read, { params })).revision;
  await city.call(evaluations.answerStatement, {
    params: { ...params, statementId: told.statements[0]!.id },
    body: { revision: await revision(city), accepted: false, answer: '更新在评估期以后' },
  });
  await head.call(evaluations.waiveStatement, { params, body: { revision: await revision(head) } });
  // Its conclusion rests on more now than was asked when it was released: the letter waits until the office has said that too.
  await expect(
    city.call(evaluations.issueOpinion, { params, body: { revision: await revision(city) } }),
  ).rejects.toThrow('evaluation.opinionLacks');
  // Most lessons are good, and the health of the pupils is level over the years.
  await answerRules(city, params, (name) =>
    name.endsWith('比例') ? 95 : name.endsWith('测试学生数') ? 100 : name.endsWith('优良学生数') ? 60 : 0,
  );
  const moved = await city.call(evaluations.issueOpinion, { params, body: { revision: await revision(city) } });
  expect(moved.state).toBe('opinionLetter');
}

const log = { info() {}, warn() {} };
let folder: string;
const databases: string[] = [];
const cluster = () => inject('cluster');
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dudao-upgrade-'));
});
afterAll(async () => {
  for (const name of databases) {
    await withClient(cluster().ownerUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
  rmSync(folder, { recursive: true, force: true });
});

it.each(dumps)(
  '%s, at %s, is brought to the present schema, and the product reads what it holds',
  async (dump, last, look) => {
    const name = `upgraded_${randomBytes(4).toString('hex')}`;
    databases.push(name);
    await withClient(cluster().ownerUrl, (client) => client.query(`create database ${name}`));
    const dataDir = path.join(folder, name);
    const config = loadConfig({
      ...{ DATA_DIR: dataDir, DATABASE_URL: databaseUrl(cluster().ownerUrl, name), PORT: '0' },
      ...{ DATABASE_APP_URL: databaseUrl(cluster().appUrl, name), SAMPLE: 'off', LOG_LEVEL: 'silent' },
    });
    const file = new URL(dump, import.meta.url).pathname;
    const { manifest, unsound } = await restoreBackup({ config, file, key: null, log });
    expect(unsound).toEqual([]);
    expect(manifest.migrations.at(-1)?.name).toBe(last);
    expect(manifest.audit.position).toBeGreaterThan(0);
    // Opening looks at roles, schema and chain; a second time nothing is left to migrate.
    const database = await openDatabase(config, log);
    const secret = readFileSync(path.join(dataDir, 'auth-secret'), 'utf8').trim();
    const server = await runServer({ config, appUrl: database.appUrl, sample: false, background: false });
    try {
      await withClient(database.ownerUrl, async (client) => {
        // A password does not last as long as a dump.
        await client.query('update people set password_changed_at = now()');
        const as: AsPerson = async (username) => {
          const found = await client.query('select id from people where username = $1', [username]);
          const cookie = await openSession(client, found.rows[0].id, new Date(), secret);
          return httpPerson(() => server.address, cookie);
        };
        await look(as, client);
      });
    } finally {
      await server.close();
      await database.close();
    }
  },
);
