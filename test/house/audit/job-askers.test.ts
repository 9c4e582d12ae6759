import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { codeOf, productFiles } from '#test/support/sources.ts';
import { balanceFeature } from '../../../src/server/features/balance/balance.feature.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

/** What a job records names the program and whoever asked for the job, through every further job that follows. */
describe('in the sources', () => {
  const server = productFiles('src/server/');
  const saying = (files: readonly string[], words: RegExp) => files.filter((file) => words.test(codeOf(file)));

  it('a job records by the services that it is given, which know the asker', () => {
    const jobs = server.filter((file) => file.endsWith('.job.ts'));
    expect(saying(jobs, /\.record\(/).length).toBeGreaterThan(3);
    expect(saying(jobs, /record(Audit|Along|AllAlong)\b|systemSource/)).toEqual([]);
  });

  it('nothing is recorded without a name by an act that comes from no address', () => {
    expect(saying(server, /actor: null,\s*address: null/)).toEqual([]);
  });
});

describe('in the audit', () => {
  let scene: FilingScene;
  beforeAll(async () => {
    scene = await openFilingScene([directoryFeature, balanceFeature, sessionFeature]);
    const { pool, now } = scene.app.services;
    await balanceFeature.prepare!(pool, now);
  });
  afterAll(() => scene?.app.close());

  const rowsOf = async (action: string) => {
    const { rows } = await scene.app.owner.query(
      `select actor_id, actor_name, actor_role, post_id, stand_in_id, stand_in_for_name from audit_events
        where action = $1 order by id`,
      [action],
    );
    return rows;
  };
  const row = (member: Member, more: object = {}) => {
    const { personId, grants } = scene.app.as(member);
    return { actor_id: personId, post_id: grants[0], stand_in_id: null, stand_in_for_name: null, ...more };
  };
  const byCity = () => row('cityOfficer', { actor_name: '系统（由市督导触发）', actor_role: 'city-officer' });
  const post = (member: Member) => ({
    ...{ personId: scene.app.as(member).personId, grantId: scene.app.as(member).grants[0]! },
    standInId: null,
  });

  it('stands the person whose act was followed, from the register over the lists to the balance', async () => {
    const params = { schoolId: schools.neighbour.id };
    const dated = { day: '2025-10-15', document: '泉教〔2025〕1号', note: '撤并' };
    const city = scene.app.as('cityOfficer');
    await city.call(schoolChanges.closeSchool, { params, body: { revision: 1, ...dated } });
    await scene.app.runJobs();
    expect(scene.app.jobs.map(({ name, data }) => [name, data.by])).toEqual([
      ['balance.recompute', post('cityOfficer')],
    ]);
    await scene.app.runJobs();
    await city.call(schoolChanges.reopenSchool, { params, body: { revision: 2, ...dated } });
    await scene.app.runJobs();
    await city.call(schoolChanges.correctSchool, {
      params,
      body: { revision: 3, foundedYear: 1999, note: '核对档案' },
    });
    await scene.app.runJobs();
    for (const action of ['filing.exempted', 'filing.restored', 'period.schoolCorrected']) {
      expect(await rowsOf(action), action).toEqual([byCity()]);
    }
    const runs = await rowsOf('balance.run');
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).toEqual(byCity());
  });

  it('stands the colleague and the holder of the post, where the colleague stood in', async () => {
    const { personId, post } = scene.app.as('standIn');
    const job = balanceFeature.jobs!.find(({ name }) => name === 'balance.recompute')!;
    const { rows } = await scene.app.owner.query('select period_id as id from collections limit 1');
    const countyId = units.fengze.id;
    const data = { places: [countyId], countyId, periodId: rows[0].id, by: { personId, ...post! } };
    await job.run(scene.app.services, data);
    expect((await rowsOf('balance.run')).at(-1)).toEqual({
      ...{ actor_id: personId, actor_name: '系统（由代办员触发）', actor_role: 'county-director' },
      ...{ post_id: post!.grantId, stand_in_id: post!.standInId, stand_in_for_name: '丰泽主任' },
    });
  });

  it('stands the program alone, where the clock asked', async () => {
    await scene.app.owner.query(`update sessions set expires_at = '2025-01-01' where user_id = $1`, [
      scene.app.as('expert').personId,
    ]);
    for (const job of sessionFeature.jobs ?? []) await job.run(scene.app.services, { places: [] });
    expect(await rowsOf('session.expired')).toEqual([
      {
        ...{ actor_id: null, actor_name: '系统', actor_role: null },
        ...{ post_id: null, stand_in_id: null, stand_in_for_name: null },
      },
    ]);
  });
});
