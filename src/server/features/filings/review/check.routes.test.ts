import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
  await scene.submit(as('clerk'), as('head'), 'first');
});
afterAll(() => scene?.app.close());

const as = (member: Member) => scene.app.as(member);
const first = () => ({ params: { filingId: scene.ids.first } });
const read = () => scene.read(as('cityOfficer'), 'first');
const decided = async <More extends object>(more: More = {} as More) => ({
  ...first(),
  body: { revision: (await read()).revision, ...more },
});
const checked = async () => (await read()).checked;

describe('核过', () => {
  it('is for whoever reviews and may not approve; the school and other counties do not reach it', async () => {
    const refused = async (member: Member) => {
      const { status, code } = await as(member).refused(filings.check, await decided());
      return [status, code];
    };
    expect(await refused('countyDirector')).toEqual([403, 'flow.notYours']);
    expect(await refused('cityOfficer')).toEqual([403, 'flow.notYours']);
    expect(await refused('otherOfficer')).toEqual([404, 'thing.notFound']);
    expect((await refused('head'))[0]).toBe(403);
    expect(await checked()).toBeNull();
  });

  it('raises no revision, leaves a step with its note, is recorded, and is read in list and filing', async () => {
    const before = await read();
    const stepped = await as('countyOfficer').call(filings.check, await decided({ note: '已与学籍系统核对' }));
    expect(stepped).toMatchObject({
      state: 'submitted',
      revision: before.revision,
      can: { check: false, uncheck: true },
    });
    const after = await read();
    expect(after.checked).toMatchObject({ by: '鲤城督导', note: '已与学籍系统核对' });
    expect(after.updatedAt).toBe(before.updatedAt);
    expect(after.steps.at(-1)).toMatchObject({
      ...{ action: 'check', title: '核过', from: 'submitted', to: 'submitted' },
      ...{ actorName: '鲤城督导', reason: '已与学籍系统核对' },
    });
    const { rows } = await as('countyDirector').call(filings.list, { query: { mark: 'checked' } });
    expect(rows.map(({ id, checked: row }) => [id, row?.note])).toEqual([[scene.ids.first, '已与学籍系统核对']]);
    const { total } = await as('countyOfficer').call(filings.list, { query: { mark: 'to-check' } });
    expect(total).toBe(0);
    const { rows: recorded } = await scene.app.owner.query(
      `select actor_name, before, after from audit_events where action = 'filing.checked'`,
    );
    expect(recorded).toEqual([
      {
        actor_name: '鲤城督导',
        before: { checkedBy: null },
        after: { checkedBy: '鲤城督导', reason: '已与学籍系统核对' },
      },
    ]);
    expect((await as('countyOfficer').refused(filings.check, await decided())).sentence).toContain('待审核（已核过）');
  });

  it('is taken back, and given again without a note', async () => {
    await as('countyOfficer').call(filings.uncheck, first());
    expect(await checked()).toBeNull();
    expect((await as('countyOfficer').refused(filings.uncheck, first())).code).toBe('flow.notInState');
    await as('countyOfficer').call(filings.check, await decided());
    expect((await checked())?.note).toBeNull();
  });

  it('lets the director approve what stands open, and nobody overtake what was read', async () => {
    const opened = await scene.read(as('countyDirector'), 'first');
    await as('countyOfficer').call(filings.uncheck, first());
    const stale = { ...first(), body: { revision: opened.revision - 1 } };
    expect(await as('countyOfficer').refused(filings.check, stale)).toMatchObject({
      ...{ code: 'filing.changed', sentence: expect.stringMatching(/的填报已由.+于 .*\d\d:\d\d 修改，现在是“待审核/) },
    });
    await as('countyOfficer').call(filings.check, await decided());
    await as('countyDirector').call(filings.approve, { ...first(), body: { revision: opened.revision } });
    expect(await read()).toMatchObject({ state: 'approved', checked: null });
  });

  it('ends with a return, a withdrawal and a new submission', async () => {
    await as('countyDirector').call(filings.reopen, await decided({ reason: '学校申请更正' }));
    await as('head').call(filings.submit, await decided());
    await as('countyOfficer').call(filings.check, await decided());
    await as('head').call(filings.withdraw, await decided());
    expect(await checked()).toBeNull();
    await as('head').call(filings.submit, await decided());
    expect(await checked()).toBeNull();
    await as('countyOfficer').call(filings.check, await decided());
    await as('countyDirector').call(filings.returnFiling, await decided({ reason: '请核对图书册数' }));
    expect(await checked()).toBeNull();
    expect((await read()).steps.filter(({ action }) => action === 'check')).toHaveLength(5);
  });

  it('signs nothing: the officer who checked may approve for the director who is absent', async () => {
    await scene.submit(as('foreignHead'), as('foreignHead'), 'foreign');
    const foreign = { params: { filingId: scene.ids.foreign } };
    const { revision } = await scene.read(as('cityOfficer'), 'foreign');
    await as('otherOfficer').call(filings.check, { ...foreign, body: { revision } });
    await scene.app.owner.query(
      `insert into grants (id, person_id, role_key, unit_id) values (gen_random_uuid(), $1, 'county-director', 12)`,
      [as('otherOfficer').personId],
    );
    const { rows: given } = await scene.app.owner.query<{ id: string }>(
      `select id from grants where person_id = $1 and role_key = 'county-director'`,
      [as('otherOfficer').personId],
    );
    const asDirector = as('otherOfficer').inPost({ grantId: given[0]!.id, standInId: null });
    expect(await asDirector.call(filings.approve, { ...foreign, body: { revision } })).toMatchObject({
      state: 'approved',
    });
  });
});
