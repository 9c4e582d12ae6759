import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as directory from '#contract/directory/directory.ts';
import * as units from '#contract/directory/units.ts';
import * as filings from '#contract/filings/filings.ts';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools } from '#test/support/scenario.ts';

describe('a filing with more than a reply carries', () => {
  let scene: FilingScene;
  beforeAll(async () => {
    scene = await openFilingScene();
  });
  afterAll(() => scene.app.close());

  /** Comments of the n-th minute of a day: the reply must choose by time, and not by the order in the table. */
  const comment = (day: string, from: number, to: number, isResolved: boolean) =>
    scene.app.owner.query(
      `insert into comments (place_id, id, subject_type, subject_id, school_id, part, body, author_id, author_name, at,
                             resolved_at)
       select place_id, gen_random_uuid(), 'filing', id, school_id, '图书册数', $2 || ' ' || n, 'somebody', '某人',
              $2::timestamptz + n * interval '1 minute', case when $3 then now() end
         from filings, generate_series($4::int, $5::int) n where id = $1`,
      [scene.ids.first, day, isResolved, from, to],
    );

  it('comes with all open comments and the newest others, in their order', async () => {
    await comment('2025-10-02', 1, 200, true);
    await comment('2025-10-01', 1, 150, false);
    await comment('2025-10-03', 1, 100, true);
    const { comments } = await scene.read(scene.app.as('countyOfficer'), 'first');
    expect(comments).toHaveLength(300);
    expect(comments.filter(({ resolvedAt }) => resolvedAt === null)).toHaveLength(150);
    expect([comments[0], comments[149], comments[150], comments[199], comments[200], comments[299]]).toMatchObject(
      [...['2025-10-01 1', '2025-10-01 150', '2025-10-02 151', '2025-10-02 200', '2025-10-03 1', '2025-10-03 100']].map(
        (body) => ({ body }),
      ),
    );
  });

  it('comes with the newest steps, and its timeline has a page for the rest', async () => {
    await scene.app.owner.query(
      `insert into steps (place_id, id, subject_type, subject_id, school_id, action, from_state, to_state, actor_name, at,
                          reason)
       select place_id, gen_random_uuid(), 'filing', id, school_id, 'return', 'submitted', 'draft', '某人',
              '2025-10-04'::timestamptz + n * interval '1 minute', '第 ' || n || ' 次'
         from filings, generate_series(1, 230) n where id = $1`,
      [scene.ids.first],
    );
    const officer = scene.app.as('countyOfficer');
    const { steps } = await scene.read(officer, 'first');
    expect(steps.map(({ reason }) => reason)).toEqual(Array.from({ length: 200 }, (_, index) => `第 ${index + 31} 次`));
    const of = { params: { filingId: scene.ids.first } };
    const { rows, total } = await officer.call(filings.timeline, {
      ...of,
      query: { kind: 'step', pageSize: 200, page: 2 },
    });
    expect([total, rows.length, rows.at(-1)!.text]).toEqual([230, 30, '第 1 次']);
    const { total: said } = await officer.call(filings.timeline, { ...of, query: { kind: 'comment' } });
    expect(said).toBe(450);
  });
});

describe('a history with more than a reply carries comes with its newest 200 entries', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());

  it('of a school', async () => {
    const { id } = schools.first;
    await app.owner.query(
      `insert into school_events (county_id, id, school_id, kind, happened_on)
       select county_id, gen_random_uuid(), id, 'corrected', '1970-01-01'::date + n from schools, generate_series(1, 230) n
        where id = $1`,
      [id],
    );
    await app.owner.query(
      `insert into school_versions (county_id, school_id, valid_from, valid_to, name, school_type, sponsor_code, ownership,
                                    urban_class, managing_unit_id)
       select county_id, id, '1970-01-01'::date + n, '1970-01-02'::date + n, name, school_type, sponsor_code, ownership,
              urban_class, managing_unit_id from schools, generate_series(1, 230) n where id = $1`,
      [id],
    );
    const { events, versions } = await app
      .as('countyOfficer')
      .call(directory.schoolHistory, { params: { schoolId: id } });
    expect([events.length, versions.length]).toEqual([200, 200]);
    expect(events.some(({ day }) => day === '1970-08-19')).toBe(true);
    expect(versions.some(({ validFrom }) => validFrom === '1970-08-19')).toBe(true);
  });

  it('of a unit', async () => {
    const { rows } = await app.owner.query<{ id: number }>('select county_id as id from schools where id = $1', [
      schools.first.id,
    ]);
    await app.owner.query(
      `insert into org_unit_versions (unit_id, valid_from, valid_to, name)
       select $1, '1900-01-01'::date + n, '1900-01-02'::date + n, '旧名' || n from generate_series(1, 230) n`,
      [rows[0]!.id],
    );
    const { versions } = await app.as('countyOfficer').call(units.readUnit, { params: { unitId: rows[0]!.id } });
    expect([versions.length, versions[1]!.name]).toEqual([200, '旧名230']);
  });

  it('of the posts of a person, with those that stand', async () => {
    const { personId, grants } = app.as('countyOfficer');
    await app.owner.query(
      `insert into grants (id, person_id, role_key, unit_id, granted_at, revoked_at)
       select gen_random_uuid(), person_id, role_key, unit_id, '2000-01-01'::date + n, '2000-01-01'::date + n
         from grants, generate_series(1, 230) n where id = $1`,
      [grants[0]],
    );
    const { history } = await app.as('systemAdministrator').call(people.read, { params: { personId } });
    expect([history.length, history[0]!.grantId, history[0]!.revokedAt]).toEqual([200, grants[0], null]);
    expect(history[1]!.grantedAt).toContain('2000-08-1');
  });
});
