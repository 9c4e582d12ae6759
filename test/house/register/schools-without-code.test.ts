import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import * as county from '#contract/filings/county.ts';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import * as periods from '#contract/filings/periods.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { primaryFigures } from '#test/support/balance/year.ts';
import { schools, units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { balanceFeature } from '../../../src/server/features/balance/balance.feature.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';

/** Two schools of one county have no 学校标识码 when the year is opened: they stay distinct everywhere. */
const uncoded = [schools.first.id, schools.neighbour.id];
const licheng = units.licheng.id;
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [filingFeature(() => []), balanceFeature] });
  await app.owner.query('update schools set code = null where id = any($1)', [uncoded]);
  await app.owner.query('update school_versions set code = null where school_id = any($1)', [uncoded]);
  await app.as('cityOfficer').call(periods.open, {
    body: { schoolYear: 2025, opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' },
  });
});
afterAll(() => app.close());

const asText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('schools without a code', () => {
  it('have none in the register of the year, on its list and in their filings', async () => {
    const { rows } = await app.owner.query(
      `select p.code as frozen, s.code as listed, f.code as filed from period_schools p
         join collection_subjects s on s.school_id = p.school_id join filings f on f.school_id = p.school_id
        where p.school_id = any($1)`,
      [uncoded],
    );
    const none = { frozen: null, listed: null, filed: null };
    expect(rows).toEqual([none, none]);
  });

  it('come in lists with null, and in exports with an empty cell', async () => {
    const { rows } = await app.as('countyOfficer').call(filings.list, { query: { unitId: licheng } });
    const listed = rows.filter(({ school }) => uncoded.includes(school.id));
    expect(listed.map(({ school }) => school.code)).toEqual([null, null]);
    const csv = await app.as('countyOfficer').call(county.exportScreen, { query: { unitId: licheng, format: 'csv' } });
    expect(asText(csv.body)).toMatch(/,,示例第一小学/);
    expect(asText(csv.body)).not.toContain('#');
  });

  it('are filled by name in the workbook of the county, each its own figures', async () => {
    const officer = app.as('countyOfficer');
    const { body } = await officer.call(imports.countyTemplate, { query: { unitId: licheng } });
    const book = await loadBook(body);
    const wanted = new Map([
      [schools.first.name, 11111],
      [schools.neighbour.name, 22222],
    ]);
    let written = 0;
    book.eachSheet((sheet) => {
      let column = 0;
      sheet.eachRow((row) => {
        row.eachCell((cell, at) => {
          if (cell.value === '图书册数') column = at;
        });
        const books = wanted.get(String(row.getCell(2).value));
        if (column === 0 || books === undefined) return;
        expect(row.getCell(1).value).toBe(schoolCodeText(null));
        row.getCell(column).value = books;
        written += 1;
      });
    });
    expect(written).toBe(2);
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const preview = await officer.call(imports.previewImport, {
      file: { name: '填报表.xlsx', size: bytes.length, bytes } as never,
      fields: { unitId: String(licheng) },
    });
    expect(preview.groups.filter(({ weight }) => weight === 'hard')).toEqual([]);
    const changes = new Map(preview.changes.sample.map(({ schoolName, after }) => [schoolName, after]));
    expect(changes).toEqual(wanted);
    const marked = await officer.call(imports.markedWorkbook, { params: { importId: preview.importId } });
    const again = await loadBook(marked.body);
    const kept = again.worksheets.flatMap((sheet) =>
      (sheet.getSheetValues() as unknown[][]).flatMap((row) =>
        [11111, 22222].filter((value) => row?.includes(value)).map((value) => [row[2], value]),
      ),
    );
    expect(new Map(kept as [string, number][])).toEqual(wanted);
  });

  it('are two schools in a balance run, which prints no identifier for them', async () => {
    const [first, neighbour] = [primaryFigures(400), primaryFigures(900, 1.4)];
    for (const [id, values] of [
      [schools.first.id, first],
      [schools.neighbour.id, neighbour],
    ] as const) {
      const approved = JSON.stringify(values);
      await app.owner.query(`update filings set approved = $1, state = 'approved' where school_id = $2`, [
        approved,
        id,
      ]);
    }
    await prepareBalance(app.services.pool, app.services.now);
    const director = app.as('countyDirector');
    await director.call(balance.run, { params: { countyId: licheng }, body: { year: 2025, standard: 'quality-2017' } });
    const result = await director.call(balance.county, {
      params: { countyId: licheng },
      query: { year: 2025, standard: 'quality-2017' },
    });
    const primary = result.levels.find(({ level }) => level === 'primary')!;
    const own = primary.rows.filter(({ schoolId }) => uncoded.includes(schoolId));
    expect(own.map(({ code, pupils }) => [code, pupils])).toEqual([
      [null, 400],
      [null, 900],
    ]);
    const shares = primary.indicators[0]!.contributions.map(({ schoolId }) => schoolId);
    expect(shares).toEqual(expect.arrayContaining(uncoded));
    expect(JSON.stringify(result)).not.toMatch(/"#\d/);
    const { rows } = await app.owner.query(
      'select code, content from balance_run_schools where school_id = any($1) and level = $2 and run_id = $3',
      [uncoded, 'primary', result.run!.id],
    );
    expect(rows.map(({ code }) => code)).toEqual([null, null]);
    expect(new Set(rows.map(({ content }) => content.pupils))).toEqual(new Set([400, 900]));
  });
});
