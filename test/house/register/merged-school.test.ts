import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import * as session from '#contract/session/session.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools } from '#test/support/scenario.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

/** A school that has submitted is merged into one of another county. */
let scene: FilingScene;
const as = (member: Parameters<FilingScene['app']['as']>[0]) => scene.app.as(member);
const reason = '学校已于 2025-10-15 并入示例九年一贯制学校';
let params: { filingId: string };

beforeAll(async () => {
  scene = await openFilingScene([directoryFeature, homeFeature([filingFeature]), sessionFeature]);
  params = { filingId: scene.ids.neighbour };
  await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
  await as('cityOfficer').call(schoolChanges.mergeSchools, {
    params: { schoolId: schools.foreign.id },
    body: { revision: 1, day: '2025-10-15', guests: [{ id: schools.neighbour.id, revision: 1 }] },
  });
  await scene.app.runJobs();
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
