import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as imports from '#contract/filings/import.ts';
import { readOrCreateSecret } from '#core/access/session/secret.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { openSession } from '../support/cast.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';
import { type HttpAnswer, type HttpPerson, httpPerson } from '../support/http-person.ts';

const count = effort.thorough ? 300 : 24;
const booksField = '图书册数';
let database: TestDatabase;
let stage: FaultStage;
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: count, database });
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

/** A clerk of each school, signed in. */
async function seatClerks(): Promise<HttpPerson[]> {
  const secret = readOrCreateSecret(stage.dataDir);
  return withClient(database.ownerUrl, async (client) => {
    const clerks: HttpPerson[] = [];
    for (let index = 1; index <= count; index += 1) {
      const id = randomUUID();
      await client.query(
        'insert into people (id, name, username, email, password_changed_at) values ($1, $2, $3, $4, now())',
        [id, `填报员${index}`, `clerk${index}`, `${id}@people.invalid`],
      );
      await client.query(
        `insert into grants (id, person_id, role_key, school_id) values ($1, $1, 'school-clerk', $2)`,
        [id, 10_000 + index],
      );
      const cookie = await openSession(client, id, new Date(), secret);
      clerks.push(httpPerson(() => stage.product.address, cookie));
    }
    return clerks;
  });
}

/** The form of one school with its own number of books. */
async function formWith(template: Uint8Array, books: number): Promise<Uint8Array> {
  const workbook = await loadBook(template);
  for (const sheet of workbook.worksheets) {
    let entered = 0;
    sheet.eachRow((row) => {
      row.eachCell((cell, column) => {
        if (cell.value === '本年值') entered = column;
        if (cell.value === booksField) row.getCell(entered).value = books;
      });
    });
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

it(
  'many schools that import at one moment are all served, or told when to come again, and each has its own numbers',
  async () => {
    const clerks = await seatClerks();
    const files: Uint8Array[] = [];
    for (const [index, clerk] of clerks.entries()) {
      const params = { filingId: stage.filingIds[index]! };
      files.push(await formWith((await clerk.call(imports.schoolTemplate, { params })).body, 20_000 + index));
    }
    const moments = momentsOf('imports');
    const told = new Set<string>();
    /** Comes again whenever it is told to, as a person would. */
    const insist = async (ask: () => Promise<HttpAnswer>): Promise<HttpAnswer> => {
      for (;;) {
        const answer = await ask();
        if (answer.status !== 503 && answer.status !== 429) return answer;
        told.add(answer.message);
        await pause(moments.between(0.5, 1.5) * count * 20);
      }
    };
    const taken = await Promise.all(
      clerks.map(async (clerk, index) => {
        const bytes = files[index]!;
        const file = { name: '填报表.xlsx', size: bytes.length, bytes };
        const fields = { filingId: stage.filingIds[index]! };
        const preview = await insist(() => clerk.ask(imports.previewImport, { file, fields } as never));
        expect([preview.status, preview.message]).toEqual([200, '']);
        const { importId } = preview.body as { importId: string };
        const answer = await insist(() => clerk.ask(imports.confirmImport, { params: { importId } }));
        return answer.status;
      }),
    );
    expect(taken).toEqual(clerks.map(() => 200));
    // Where more came than may wait, whoever had to come again was told so in words.
    for (const sentence of told) expect(sentence).toMatch(/稍后|稍候|请半分钟后再/);
    const kept = await stage.owner<{ books: number; audited: number; open: number }>(
      `select (f.cells -> $2 -> 'v')::int as books,
         (select count(*)::int from audit_events a where a.object_id = f.id::text and a.action = 'filing.imported') as audited,
         (select count(*)::int from imports i where i.taken_at is null) as open
       from filings f where f.id = any($1::uuid[]) order by f.school_id`,
      [stage.filingIds, booksField],
    );
    expect(kept).toEqual(clerks.map((_, index) => ({ books: 20_000 + index, audited: 1, open: 0 })));
  },
  effort.patience,
);
