import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import * as session from '#contract/session/session.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { soundValues } from '#test/support/sound-values.ts';
import { recomputeBalance } from '../../../src/server/features/balance/balance.jobs.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { catalogueOf, currentEdition } from '../../../src/server/features/filings/filing-catalogues.shape.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

/** A school that has submitted is merged into one of another county. */
let scene: FilingScene;
const as = (member: Parameters<FilingScene['app']['as']>[0]) => scene.app.as(member);
/** The lists follow the register. What they ask of balance has its own tests. */
async function followed() {
  const { jobs } = scene.app;
  jobs.splice(0, jobs.length, ...jobs.filter(({ name }) => name !== recomputeBalance.name));
  await scene.app.runJobs();
}
const reason = '学校已于 2025-10-15 并入示例九年一贯制学校';
let params: { filingId: string };

beforeAll(async () => {
  scene = await openFilingScene([directoryFeature, homeFeature([filingFeature(() => [])]), sessionFeature]);
  params = { filingId: scene.ids.neighbour };
  await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
  await as('cityOfficer').call(schoolChanges.mergeSchools, {
    params: { schoolId: schools.foreign.id },
    body: { revision: 1, day: '2025-10-15', guests: [{ id: schools.neighbour.id, revision: 1 }] },
  });
  await followed();
});
afterAll(() => scene?.app.close());

describe('the filing of a school that was merged into another', () => {
  it('is read with its timeline and its print by the county, the city, its own clerk and the school that took it in', async () => {
    for (const member of ['countyOfficer', 'cityOfficer', 'neighbourClerk', 'foreignHead'] as const) {
      const read = await scene.read(as(member), 'neighbour');
      expect(read, member).toMatchObject({ state: 'submitted', released: reason, daysWaiting: null });
      expect(Object.keys(read.cells).length, member).toBeGreaterThan(10);
      expect(Object.values(read.can).filter(Boolean), member).toEqual([]);
      expect([read.fillObstacle, read.obstacles, read.signingObstacle], member).toEqual([null, [], null]);
      const { rows } = await as(member).call(filings.timeline, { params, query: { page: 1, pageSize: 50 } });
      expect(
        rows.map(({ title }) => title),
        member,
      ).toContain('不再应报');
      const print = await as(member).call(filings.printFiling, { params });
      expect(print.stateTitle, member).toBe(`待审核，不计入（${reason}）`);
      const { released } = await as(member).call(filings.schoolYears, { params: { schoolId: schools.neighbour.id } });
      expect(released, member).toEqual([{ schoolYear: 2025, filingId: params.filingId, reason }]);
    }
  });

  it('is not read by a third school', async () => {
    expect((await as('head').refused(filings.read, { params })).status).toBe(404);
  });

  it('is left out by the lists, which show it with its mark where it is asked for', async () => {
    const listed = async (mark: 'released' | undefined) => {
      const { rows, total } = await as('countyOfficer').call(filings.list, { query: mark ? { mark } : {} });
      expect(rows).toHaveLength(total);
      return rows;
    };
    expect((await listed(undefined)).map(({ id }) => id)).not.toContain(params.filingId);
    expect(await listed('released')).toMatchObject([{ id: params.filingId, released: reason }]);
    const csv = async (mark: 'released' | undefined) => {
      const query = { format: 'csv', fields: '小学班级数', ...(mark && { mark }) } as const;
      return new TextDecoder().decode((await as('countyOfficer').call(filings.exportScreen, { query })).body);
    };
    expect(await csv(undefined)).not.toContain(schools.neighbour.name);
    expect(await csv('released')).toContain(`${schools.neighbour.name},211,`);
    expect(await csv('released')).toContain(`待审核，不计入（${reason}）`);
  });

  it('is acted on by nobody, and every refusal says why', async () => {
    const { revision, cells } = await scene.read(as('countyOfficer'), 'neighbour');
    const sentence = `409 filing.owesNothing: “示例第二小学”已不在应报学校之列（${reason}），这份填报不再办理。`;
    const back = { params, body: { revision, reason: '核对班额' } };
    expect((await as('countyOfficer').refused(filings.returnFiling, back)).message).toBe(sentence);
    expect((await as('countyDirector').refused(filings.approve, { params, body: { revision } })).message).toBe(
      sentence,
    );
    const said = { params, body: { field: '小学班级数', body: '请核对' } };
    expect((await as('countyOfficer').refused(filings.comment, said)).message).toBe(sentence);
    const changes = [{ field: '小学班级数', value: 7, version: cells.小学班级数?.n ?? 0 }];
    for (const member of ['neighbourClerk', 'foreignHead'] as const) {
      expect((await as(member).refused(filings.saveCells, { params, body: { changes } })).message).toBe(sentence);
    }
    expect((await scene.read(as('countyOfficer'), 'neighbour')).cells).toEqual(cells);
  });
});

describe('the people of the two schools', () => {
  it('of the merged one read where it went, and their list leads to what they filed', async () => {
    const { school } = await as('neighbourClerk').call(session.read);
    const into = { id: schools.foreign.id, name: schools.foreign.name };
    expect(school).toMatchObject({ name: schools.neighbour.name, ended: { day: '2025-10-15', into } });
    const { rows } = await as('neighbourClerk').call(filings.list, { query: {} });
    expect(rows).toMatchObject([{ id: params.filingId, released: reason }]);
    expect((await as('neighbourClerk').call(home.overview, { query: {} })).work).toEqual([]);
  });

  it('of the one that took it in keep their own list, their own work and their own figures', async () => {
    expect((await as('foreignHead').call(session.read)).school?.ended).toBeNull();
    const { rows } = await as('foreignHead').call(filings.list, { query: {} });
    expect(rows.map(({ id }) => id)).toEqual([scene.ids.foreign]);
    const { figures } = await as('foreignHead').call(home.overview, { query: {} });
    expect(figures).toContainEqual({ key: 'filings.owed', count: 1 });
    expect((await as('foreignHead').refused(filings.read, { params: { filingId: scene.ids.first } })).status).toBe(404);
  });
});

describe('what a merger would change', () => {
  const hostId = schools.junior.id;
  const asked = (ending: number[]) =>
    as('cityOfficer').call(schoolChanges.schoolConsequences, { params: { schoolId: hostId }, query: { ending } });

  it('is told before: filings and pupils that leave the count, those that stay, and accounts without a school', async () => {
    await scene.submit(as('clerk'), as('head'), 'first');
    const before = await asked([schools.first.id]);
    expect(before.schools.map(({ id }) => id)).toEqual([schools.first.id, hostId]);
    const pupils = soundValues(schools.first.type).小学在校生数;
    expect(before.schools[0]).toMatchObject({
      ...{ name: schools.first.name, code: schools.first.code, ownership: 'public' },
      filings: [
        {
          ...{ countyId: units.licheng.id, countyName: units.licheng.name, schoolYear: 2025, state: 'submitted' },
          ...{ kept: false, pupils },
        },
      ],
    });
    expect(before.schools[0]!.accounts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['一小校长', '一小填报员']),
    );
    expect(before.schools[1]!.filings).toMatchObject([{ state: 'draft', kept: false, pupils: null }]);
    // It was only asked.
    expect((await scene.read(as('countyDirector'), 'first')).released).toBeNull();
  });

  it('counts as pupils what the catalogue counts', async () => {
    const { rows } = await scene.app.owner.query<{ text: string }>(`select pg_get_viewdef('open_filings') as text`);
    const named = [...rows[0]!.text.matchAll(/'(\S+在校生数)'/gu)].map(([, key]) => key);
    const { fields } = catalogueOf(currentEdition);
    expect(named.sort()).toEqual(fields.flatMap(({ key, pupils }) => (pupils ? [key] : [])).sort());
  });

  it('names no school out of reach', async () => {
    const params = { schoolId: 99_999 };
    expect((await as('cityOfficer').refused(schoolChanges.schoolConsequences, { params, query: {} })).status).toBe(404);
  });
});

describe('a merger that was a mistake', () => {
  const schoolId = schools.first.id;
  /** A version lasts at least a day, so each merger has its day. */
  const merge = async (day: string, code?: string) => {
    scene.app.clock.today = day;
    const host = { schoolId: schools.junior.id };
    const { revision } = await as('cityOfficer').call(directory.readSchool, { params: { schoolId } });
    const seen = await as('cityOfficer').call(directory.readSchool, { params: host });
    const guests = [{ id: schoolId, revision }];
    const body = { revision: seen.revision, day, guests, ...(code && { code }) };
    await as('cityOfficer').call(schoolChanges.mergeSchools, { params: host, body });
    await followed();
    return revision + 1;
  };
  const back = (revision: number, day: string) => ({ params: { schoolId }, body: { revision, day } });

  it('is taken back: register, code, accounts, list and filing are as before', async () => {
    const read = async () => {
      const school = await as('cityOfficer').call(directory.readSchool, { params: { schoolId } });
      const filing = await scene.read(as('head'), 'first');
      const { rows } = await as('countyDirector').call(filings.progress, { query: {} });
      const { rows: codes } = await scene.app.owner.query('select * from school_codes where school_id = $1', [
        schoolId,
      ]);
      const { revision: _, ...facts } = school;
      return { facts, filing, rows, codes, own: (await as('head').call(session.read)).school };
    };
    const before = await read();
    const revision = await merge('2025-10-15');
    const merged = await read();
    expect(merged.filing.released).toBe('学校已于 2025-10-15 并入示例初级中学');
    expect(merged.facts).toMatchObject({ status: 'merged', can: { reopen: true, rename: false } });
    expect(merged.own?.ended?.into?.id).toBe(schools.junior.id);

    await as('cityOfficer').call(schoolChanges.reopenSchool, back(revision, '2025-10-15'));
    await followed();
    expect(await read()).toEqual(before);
    const { versions } = await as('cityOfficer').call(directory.schoolHistory, { params: { schoolId } });
    expect(versions.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2025-10-15', null],
      ['2000-09-01', '2025-10-15'],
    ]);
  });

  it('is refused where the other school goes on with its code, and says so', async () => {
    await scene.app.owner.query(`update schools set school_type = '211' where id = $1`, [schools.junior.id]);
    const revision = await merge('2025-10-16', schools.first.code);
    const refusal = await as('cityOfficer').refused(schoolChanges.reopenSchool, back(revision, '2025-10-16'));
    const sentence =
      '“示例第一小学”的标识码 2135999001 已由“示例初级中学”沿用，合并不能撤回。确需恢复的，请办理“设立”并启用新标识码。';
    expect(refusal.message).toBe(`409 school.codeWentOn: ${sentence}`);
    const read = await as('cityOfficer').call(directory.readSchool, { params: { schoolId } });
    expect(read).toMatchObject({ returnObstacle: sentence, can: { reopen: false } });
    const byOthers = await as('countyDirector').call(directory.readSchool, { params: { schoolId } });
    expect(byOthers.returnObstacle).toBeNull();
  });
});
