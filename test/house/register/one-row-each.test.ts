import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as periods from '#contract/filings/periods.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layOneRowEach, placeColumns, schoolColumns } from '#test/support/database/one-row.ts';
import { schools, units } from '#test/support/scenario.ts';

/**
 * Three schools that hold one row of every table: one moves to another county, one is merged into a school there, and one is
 * closed. The tables come from the catalogue, so a new one is asked by itself.
 */
const oldPlace = units.licheng.id;
const newPlace = units.fengze.id;
const day = '2025-10-15';

/** The register itself: what says where a school lies goes with it. */
const goesAlong: Readonly<Record<string, string>> = {
  schools: 'the row of a school that moves is taken out and put in again at its new county',
  school_places: 'the county of each school, and the counties before',
};

/** Tables of which a school that has moved, or took another in, reads nothing by itself, each with the reason. */
const notReadBySchools: Readonly<Record<string, string>> = {
  imports: 'whoever brought a table reads it',
};

let app: TestApp;
let tables: string[];
let before: Map<string, string[]>;

beforeAll(async () => {
  app = await openTestApp();
  await app.as('cityOfficer').call(periods.open, {
    body: { schoolYear: 2025, opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' },
  });
  await app.runJobs();
  const personId = app.as('countyOfficer').personId;
  for (const { id: schoolId } of [schools.first, schools.neighbour, schools.junior]) {
    tables = await layOneRowEach(app.owner, { schoolId, placeId: oldPlace, personId });
  }
  before = await rowsAtHome();
  await app.as('cityOfficer').call(schoolChanges.moveSchool, {
    params: { schoolId: schools.first.id },
    body: {
      ...{ revision: 1, day, countyId: newPlace, managingUnitId: newPlace, sponsorCode: 7, ownership: 'public' },
    },
  });
  await app.as('cityOfficer').call(schoolChanges.mergeSchools, {
    params: { schoolId: schools.foreign.id },
    body: { revision: 1, day, guests: [{ id: schools.neighbour.id, revision: 1 }] },
  });
  await app.as('cityOfficer').call(schoolChanges.closeSchool, {
    params: { schoolId: schools.junior.id },
    body: { revision: 1, day },
  });
  await app.runJobs();
});
afterAll(() => app?.close());

async function columnsOf(table: string): Promise<{ places: string[]; schools: string[]; key: string[] }> {
  const { rows } = await app.owner.query<{ names: string[]; key: string[] }>(
    `select array_agg(attname::text) as names,
       array_agg(attname::text order by attnum) filter (where attnum = any (i.indkey)) as key
     from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  const { names, key } = rows[0]!;
  const among = (known: readonly string[]) => known.filter((name) => names.includes(name));
  return { places: among(placeColumns), schools: among(schoolColumns), key: key ?? names };
}

/** The keys of all rows that lie at the old county, and whose they are, by table. */
async function rowsAtHome(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of tables) {
    const { places, schools: whose, key } = await columnsOf(table);
    if (places.length === 0) continue;
    const shown = [...new Set([...key, ...places, ...whose])].join(', ');
    const { rows } = await app.owner.query<{ row: string }>(
      `select row(${shown})::text as row from ${table} where ${places[0]} = ${oldPlace} order by 1`,
    );
    found.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

describe('a school that held one row of every table', () => {
  it('held one of each: the list is that of the catalogue', async () => {
    expect(tables.length).toBeGreaterThan(30);
    expect(tables).toEqual(expect.arrayContaining(['filings', 'findings', 'work_plans', 'notices', 'attachments']));
    const empty = [...before].filter(([, rows]) => rows.length === 0).map(([table]) => table);
    expect(empty).toEqual([]);
  });

  it('leaves its work with the place that opened it', async () => {
    const after = await rowsAtHome();
    const gone = [...before].flatMap(([table, rows]) =>
      rows.some((row) => !after.get(table)!.includes(row)) ? [table] : [],
    );
    expect(gone.sort()).toEqual(Object.keys(goesAlong).sort());
  });

  it('leaves no row that belongs to no school, or lies where its school never was', async () => {
    const orphaned: string[] = [];
    for (const table of tables) {
      const { places, schools: whose } = await columnsOf(table);
      for (const column of whose) {
        const place = places[0] === undefined ? 'null::integer' : `t.${places[0]}`;
        const { rows } = await app.owner.query<{ n: number }>(
          `select count(*)::int as n from ${table} t left join school_places p on p.school_id = t.${column}
             left join school_places h on h.school_id = p.into_school_id
            where t.${column} is not null and (p.school_id is null
              or not coalesce(${place} in (${units.city.id}, 0, p.county_id, h.county_id) or ${place} = any (p.former_counties), true))`,
        );
        if (rows[0]!.n > 0) orphaned.push(`${table}.${column}: ${rows[0]!.n}`);
      }
    }
    expect(orphaned).toEqual([]);
  });

  it.each([
    ['moved', 'head', schools.first],
    ['was merged', 'foreignHead', schools.neighbour],
  ] as const)('that %s: whoever goes on with it sees its rows at the old place', async (_, member, school) => {
    const cookieToken = decodeURIComponent(app.as(member).cookie.split('=')[1] ?? '');
    const unseen = await withLease(app.services.pool, async (held) => {
      const signed = await app.services.lookUp(held, { cookieToken }, app.clock.now);
      const { rows: walled } = await app.owner.query<{ table: string }>(
        `select distinct tablename::text as table from pg_policies
          where schemaname = 'public' and policyname = 'reading' and qual like '%school_id%'`,
      );
      const names = walled.map(({ table }) => table).filter((table) => tables.includes(table));
      expect(names.length).toBeGreaterThan(10);
      const missing: string[] = [];
      for (const table of names) {
        const ask = (place: string) =>
          `select count(*)::int as n from ${table} where school_id = ${school.id} ${place}`;
        const places = (await columnsOf(table)).places[0];
        const there = places === undefined ? '' : `and ${places} = ${oldPlace}`;
        const { n: all } = (await app.owner.query<{ n: number }>(ask(there))).rows[0]!;
        const [seen] = await held.reading(signed!.scope, () => held.query<{ n: number }>(ask(there)));
        if (all > 0 && seen!.n === 0) missing.push(table);
      }
      return missing;
    });
    expect(unseen).toEqual(Object.keys(notReadBySchools));
  });
});
