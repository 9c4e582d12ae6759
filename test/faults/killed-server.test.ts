import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import { readPostmasterFile } from '#platform/postgres/embedded/postmaster.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { distantBase } from '../support/database/data-folder.ts';
import { effort, momentsOf } from '../support/effort.ts';
import {
  crowdedCounty,
  expectBalanceAgrees,
  type FaultStage,
  killAtWriteTo,
  laySubmitted,
  openFaultStage,
} from '../support/fault-stage.ts';
import type { HttpAnswer } from '../support/http-person.ts';

/** Filings of one round of approvals: each round has its own, so that nothing is set up behind the product's back. */
const batch = 16;
let stage: FaultStage;

beforeAll(async () => {
  stage = await openFaultStage({ schools: batch * (effort.kills + 1) });
}, effort.patience);
afterAll(() => stage?.close());

/** Kills the server; in every other round it kills the database too, as a power cut does. */
async function killInRound(round: number): Promise<void> {
  const postmaster = readPostmasterFile(`${distantBase(stage.dataDir) ?? stage.dataDir}/postgres`);
  if (round % 2 === 0 && postmaster) process.kill(postmaster.pid, 'SIGKILL');
  await stage.product.kill();
}

const booksField = '图书册数';

/** The county's workbook with this number of books for every school. */
async function workbookWith(template: Uint8Array, books: number): Promise<Uint8Array> {
  const workbook = await loadBook(template);
  for (const sheet of workbook.worksheets) {
    if (sheet.name === 'dudao') continue;
    const headings = sheet.getRow(3);
    for (let column = 3; column <= sheet.columnCount; column += 1) {
      if (headings.getCell(column).value !== booksField) continue;
      for (let row = 5; row <= sheet.rowCount; row += 1) sheet.getCell(row, column).value = books;
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** How many rows of an import are in the database. */
async function written(importId: string, books: number) {
  const [row] = await stage.owner<{ filings: number; audited: number; confirmed: boolean }>(
    `select (select count(*)::int from filings where place_id = $1 and cells -> $2 -> 'v' = to_jsonb($3::int)) as filings,
       (select count(*)::int from audit_events where action = 'filing.imported' and after ->> 'import' = $4::text) as audited,
       (select taken_at is not null from imports where id = $4::uuid) as confirmed`,
    [crowdedCounty, booksField, books, importId],
  );
  return row!;
}

it(
  'a server killed while it confirms the import of a county has written all of it or nothing',
  async () => {
    const moments = momentsOf('import');
    const officer = () => stage.as('countyOfficer');
    const template = (await officer().call(imports.countyTemplate, { query: { unitId: crowdedCounty } })).body;
    const preview = async (books: number) => {
      const bytes = await workbookWith(template, books);
      const file = { name: '填报表.xlsx', size: bytes.length, bytes };
      return (await officer().call(imports.previewImport, { file })).importId;
    };
    const confirm = (importId: string) => officer().ask(imports.confirmImport, { params: { importId } });

    const whole = await preview(10_000);
    const begun = performance.now();
    expect((await confirm(whole)).status).toBe(200);
    const duration = performance.now() - begun;
    const all = await written(whole, 10_000);
    expect(all.confirmed).toBe(true);
    expect(all.audited).toBe(all.filings);
    expect(all.filings).toBeGreaterThanOrEqual(stage.filingIds.length);
    const nothing = { filings: 0, audited: 0, confirmed: false };

    for (let round = 0; round <= effort.kills; round += 1) {
      const books = 10_001 + round;
      const importId = await preview(books);
      let answer: HttpAnswer | undefined;
      if (round === 0) {
        await killAtWriteTo(stage, 'filings', async () => {
          answer = await confirm(importId);
        });
      } else {
        const confirming = confirm(importId);
        await pause(moments.between(0, 1.2 * duration));
        await killInRound(round);
        answer = await confirming;
      }
      await stage.restart();
      const found = await written(importId, books);
      if (answer?.status === 200) expect(found).toEqual(all);
      else expect([all, nothing]).toContainEqual(found);
      if (round === 0) expect(found).toEqual(nothing);
      // An import that was not written can be confirmed now; one that was written cannot be confirmed again.
      expect((await confirm(importId)).status).toBe(found.confirmed ? 409 : 200);
      expect(await written(importId, books)).toEqual(all);
    }
  },
  effort.patience,
);

interface Standing {
  id: string;
  state: string;
  steps: number;
  audited: number;
}

function standings(ids: readonly string[]): Promise<Standing[]> {
  return stage.owner<Standing>(
    `select f.id, f.state,
       (select count(*)::int from steps s where s.place_id = f.place_id and s.subject_id = f.id
          and s.action = 'approve') as steps,
       (select count(*)::int from audit_events a where a.object_id = f.id::text and a.action = 'filing.approved') as audited
     from filings f where f.place_id = $1 and f.id = any($2::uuid[])`,
    [crowdedCounty, ids],
  );
}

it(
  'a server killed under many approvals loses none that it acknowledged, and none is half-done',
  async () => {
    const moments = momentsOf('approvals');
    await laySubmitted(stage, stage.filingIds);
    let interrupted = 0;
    let approved = 0;
    for (let round = 0; round <= effort.kills; round += 1) {
      const ids = stage.filingIds.slice(round * batch, (round + 1) * batch);
      const director = stage.as('countyDirector');
      const { revision } = await director.call(filings.read, { params: { filingId: ids[0]! } });
      const acknowledged = new Set<string>();
      const killAfter = moments.integer(0, batch - 1);
      let killing: Promise<void> | undefined;
      const approveAll = () =>
        Promise.all(
          ids.map(async (filingId) => {
            const { status } = await director.ask(filings.approve, { params: { filingId }, body: { revision } });
            if (status === 200) acknowledged.add(filingId);
            else interrupted += 1;
            if (round > 0 && acknowledged.size >= killAfter) {
              killing ??= pause(moments.between(0, 20)).then(() => killInRound(round));
            }
          }),
        );
      if (round === 0) await killAtWriteTo(stage, 'jobs', approveAll);
      else {
        // One kill a round: a database that is dead already cannot be killed again.
        if (killAfter === 0) killing = pause(moments.between(0, 60)).then(() => killInRound(round));
        await approveAll();
      }
      await killing;
      await stage.restart();

      const found = await standings(ids);
      expect(found).toHaveLength(batch);
      for (const { id, state, steps, audited } of found) {
        const isApproved = state === 'approved';
        expect({ id, state, steps, audited }).toEqual({
          id,
          state: isApproved ? 'approved' : 'submitted',
          steps: isApproved ? 1 : 0,
          audited: isApproved ? 1 : 0,
        });
        if (acknowledged.has(id)) expect(state).toBe('approved');
      }
      const done = found.filter((one) => one.state === 'approved').length;
      if (round === 0) expect(done).toBe(0);
      approved += done;
      await expectBalanceAgrees(stage, approved);
    }
    expect(interrupted).toBeGreaterThan(0);
  },
  effort.patience,
);
