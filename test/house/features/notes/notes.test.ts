import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { bookOfRows, rowsXml } from '#test/support/workbook/workbook-file.ts';
import * as notes from './notes.contract.ts';
import { notesFeature } from './notes.feature.ts';
import { listNotes, type NoteHandle } from './notes.store.ts';

let app: TestApp;
beforeAll(async () => {
  const tables = readFileSync(new URL('./notes.sql', import.meta.url), 'utf8');
  app = await openTestApp({
    features: [notesFeature],
    tables,
    routes: [...Object.values(notes).filter((one) => 'access' in one), ...Object.values(notes.noteImport)],
  });
});
afterAll(() => app.close());

it('a note is written, reminded of, submitted, returned and approved, each act with its step and its audit row', async () => {
  const [head, director] = [app.as('head'), app.as('countyDirector')];
  const { id } = await head.call(notes.write, { body: { body: '本校说明' } });
  const at = (revision: number, reason?: string) => ({ params: { noteId: id }, body: { revision, reason } });

  expect(await director.call(notes.remind, { params: { noteId: id } })).toEqual({ sent: 1 });
  expect(await director.call(notes.remind, { params: { noteId: id } })).toEqual({ sent: 0 });
  expect((await director.refused(notes.approve, at(1))).code).toBe('flow.notInState');
  expect((await director.refused(notes.submit, at(1))).code).toBe('flow.notYours');
  await head.call(notes.submit, at(1));
  await director.call(notes.sendBack, at(2, '请写明日期'));
  expect((await head.refused(notes.submit, at(2))).code).toBe('thing.changed');
  await head.call(notes.submit, at(3));
  expect(await director.call(notes.approve, at(4))).toMatchObject({ state: 'approved', revision: 5 });

  expect(await app.as('otherDirector').call(notes.list)).toEqual([]);
  expect(await app.as('neighbourClerk').call(notes.list)).toEqual([]);
  expect((await app.as('otherDirector').refused(notes.approve, at(5))).code).toBe('thing.notFound');
  const { rows: steps } = await app.owner.query(
    `select action, reason from steps where subject_id = '${id}' order by at`,
  );
  expect(steps.map((step) => step.action)).toEqual(['submit', 'return', 'submit', 'approve']);
  expect(steps[1].reason).toBe('请写明日期');
  const { rows: audit } = await app.owner.query(
    `select action from audit_events where object_id = '${id}' order by id`,
  );
  expect(audit.map((row) => row.action.replace('note.', ''))).toEqual([
    'written',
    'reminded',
    'submit',
    'return',
    'submit',
    'approve',
  ]);
});

it('a school reads its own notes, by the condition of the store and by the policy of the database alone', async () => {
  for (const member of ['head', 'neighbourClerk'] as const) {
    await app.as(member).call(notes.write, { body: { body: member } });
  }
  const ofCounty = atPlaces([units.licheng.id]);
  const ofSchool = { ...ofCounty, schools: [schools.first.id] };
  const seen = (known: Scope, asked: Scope) =>
    withLease(app.services.pool, (held) =>
      held.reading(known, async (db: WholeHandle) => {
        const rows = await listNotes(db as unknown as NoteHandle, asked);
        return [...new Set(rows.map(({ schoolId }) => schoolId))].sort();
      }),
    );
  expect(await seen(ofCounty, ofCounty)).toEqual([schools.first.id, schools.neighbour.id].sort());
  expect(await seen(ofCounty, ofSchool)).toEqual([schools.first.id]);
  expect(await seen(ofSchool, ofCounty)).toEqual([schools.first.id]);
});

it('notes of a table are previewed, imported once and whole, and faults are marked', async () => {
  const head = app.as('head');
  const look = (rows: readonly string[]) =>
    head.call(notes.noteImport.previewImport, {
      file: { name: '说明.csv', size: 0, bytes: new TextEncoder().encode(['说明', ...rows].join('\n')) } as never,
    });
  const { importId, changes, writable } = await look(['第一条', '第二条']);
  expect({ changes, writable }).toEqual({ changes: ['第一条', '第二条'], writable: true });
  const params = { importId };
  expect(await head.call(notes.noteImport.confirmImport, { params })).toEqual({ notes: 2 });
  expect((await head.refused(notes.noteImport.confirmImport, { params })).code).toBe('import.expired');
  expect((await app.as('clerk').refused(notes.noteImport.readImport, { params })).code).toBe('thing.notFound');
  const bad = await look(['长'.repeat(2001)]);
  expect(bad).toMatchObject({ hard: 1, writable: false });
  expect((await head.call(notes.noteImport.markedWorkbook, { params: bad })).fileName).toBe('说明_标注.xlsx');
});

it('a cell that cannot be read is a finding at its place, marked in the workbook; a note may say 全县', async () => {
  const cells = ['<c t="e"><v>#N/A</v></c>', '<c><f>B2</f></c>', '<c s="1"><v>45901</v></c>', '<c t="b"><v>1</v></c>'];
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  const bytes = bookOfRows(rowsXml([['说明'], ...cells.map((cell) => [cell]), ['全县'], ['合计']]), { styles });
  const head = app.as('head');
  const file = { name: '说明.xlsx', size: bytes.length, bytes } as never;
  const { importId, ...preview } = await head.call(notes.noteImport.previewImport, { file });
  expect(preview).toMatchObject({ hard: 4, writable: false, changes: ['', '', '', '', '全县'] });
  expect(preview.notes).toEqual(['第 7 行（合计）是合计或平均，没有读取。']);
  expect(preview.groups[0]?.findings.map(({ place, value }) => [place, value])).toEqual([
    ['A2', '#N/A'],
    ['A3', '=B2'],
    ['A4', '2025-09-01'],
    ['A5', 'TRUE'],
  ]);
  const { body } = await head.call(notes.noteImport.markedWorkbook, { params: { importId } });
  const marked = await loadBook(body);
  expect(JSON.stringify(marked.worksheets[0]!.getCell('A3').note)).toContain('没有保存它的结果');
});

it('notes that were previewed in one post are not taken, read or marked in another post of the same person', async () => {
  const { personId, grants, inPost } = app.as('threePosts');
  const county = randomUUID();
  await app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'county-officer', $3)`, [
    county,
    personId,
    units.licheng.id,
  ]);
  const [asHead, asOfficer] = [grants[0]!, county].map((grantId) => inPost({ grantId, standInId: null }));
  const bytes = new TextEncoder().encode('说明\n第三条');
  const file = { name: '说明.csv', size: 0, bytes } as never;
  const { importId } = await asHead!.call(notes.noteImport.previewImport, { file });
  const params = { importId };
  for (const route of ['readImport', 'confirmImport', 'markedWorkbook'] as const) {
    expect((await asOfficer!.refused(notes.noteImport[route], { params })).code, route).toBe('thing.notFound');
  }
  expect(await asHead!.call(notes.noteImport.confirmImport, { params })).toEqual({ notes: 1 });
});

it('the next feature costs as much as this one', () => {
  const own = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));
  const lines = own.map(
    (name) =>
      readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
        .trimEnd()
        .split('\n').length,
  );
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(200);
});
