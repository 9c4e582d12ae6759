import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { type SchoolName, schools } from '#test/support/scenario.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene([homeFeature([filingFeature(() => [])])]);
});
afterAll(() => scene?.app.close());

const as = (member: Member) => scene.app.as(member);

describe('a comment reaches the other side', () => {
  const lines = async (member: Member) =>
    (await as(member).call(home.overview)).work.filter(({ kind }) => kind === 'filings.comments');
  const say = (member: Member, name: SchoolName, field: string) =>
    as(member).call(filings.comment, { params: { filingId: scene.ids[name] }, body: { field, body: '请看这一项' } });
  const rowOf = async (member: Member) =>
    (await as(member).call(filings.list, { query: { search: schools.first.code } })).rows[0]?.openComments;

  it('as a line, in the row, and until it is dealt with; nobody else reads it', async () => {
    await scene.submit(as('clerk'), as('head'), 'first');
    const said = await say('clerk', 'first', '图书册数');
    expect(said.authorLevel).toBe('school');
    for (const member of ['countyOfficer', 'countyDirector'] as const) {
      expect(await lines(member), member).toEqual([
        { kind: 'filings.comments', count: 1, oldestDays: 0, subject: null, parts: [] },
      ]);
      expect(await rowOf(member)).toEqual({ count: 1, forMe: 1 });
      const { rows } = await as(member).call(filings.list, { query: { mark: 'comments' } });
      expect(rows.map(({ id, can }) => [id, can.comment])).toEqual([[scene.ids.first, true]]);
      expect((await scene.read(as(member), 'first')).openComments).toEqual({ count: 1, forMe: 1 });
    }
    for (const member of ['clerk', 'head', 'otherOfficer', 'otherDirector', 'cityOfficer'] as const) {
      expect(await lines(member), member).toEqual([]);
    }
    expect(await rowOf('clerk')).toEqual({ count: 1, forMe: 0 });
    expect(await rowOf('cityOfficer')).toEqual({ count: 1, forMe: 0 });
    const { total } = await as('cityOfficer').call(filings.list, { query: { mark: 'comments' } });
    expect(total).toBe(0);

    const answer = await say('countyOfficer', 'first', '图书册数');
    expect(await lines('clerk')).toEqual([
      { kind: 'filings.comments', count: 1, oldestDays: 0, subject: scene.ids.first, parts: [] },
    ]);
    const deal = (member: Member, commentId: string) =>
      as(member).call(filings.resolveComment, { params: { filingId: scene.ids.first, commentId } });
    await deal('countyOfficer', said.id);
    await deal('head', answer.id);
    for (const member of ['clerk', 'head', 'countyOfficer', 'countyDirector'] as const) {
      expect(await lines(member), member).toEqual([]);
    }
    expect(await rowOf('countyOfficer')).toEqual({ count: 0, forMe: 0 });
  });

  it('of a 市直 school goes to the city', async () => {
    const { id } = await say('cityManagedHead', 'cityManaged', '图书册数');
    expect(await lines('cityOfficer')).toMatchObject([{ count: 1 }]);
    expect(await lines('otherOfficer')).toEqual([]);
    const { rows } = await as('cityOfficer').call(filings.list, { query: { mark: 'comments' } });
    expect(rows.map((row) => row.id)).toEqual([scene.ids.cityManaged]);
    await as('cityOfficer').call(filings.resolveComment, {
      params: { filingId: scene.ids.cityManaged, commentId: id },
    });
    expect(await lines('cityOfficer')).toEqual([]);
  });
});
