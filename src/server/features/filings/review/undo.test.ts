import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import type { undoableFilingActions } from '#domain/filing/flow.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import type { SchoolName } from '#test/support/scenario.ts';

type Act = (typeof undoableFilingActions)[number];

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
  await scene.submit(as('clerk'), as('head'), 'first');
});
afterAll(() => scene?.app.close());

const as = (member: Member) => scene.app.as(member);
const at = (school: SchoolName) => ({ params: { filingId: scene.ids[school] } });
const pass = (seconds: number) => {
  scene.app.clock.now = new Date(scene.app.clock.now.getTime() + seconds * 1000);
};
const decided = async <More extends object>(school: SchoolName, more: More = {} as More) => ({
  ...at(school),
  body: { revision: (await scene.read(as('cityOfficer'), school)).revision, ...more },
});
const body = (action: Act, ...schools: SchoolName[]) => ({
  body: { action, filingIds: schools.map((name) => scene.ids[name]) },
});
/** The row of the filing but for what a change always changes. */
const rowOf = async (school: SchoolName) => {
  const { rows } = await scene.app.owner.query(
    `select to_jsonb(f) - 'revision' - 'updated_at' as row from filings f where id = $1`,
    [scene.ids[school]],
  );
  return rows[0].row;
};
const revisionOf = async (school: SchoolName) => (await scene.read(as('cityOfficer'), school)).revision;

describe('an act that is taken back', () => {
  const acts: ReadonlyArray<readonly [Act, Member, () => Promise<unknown>]> = [
    ['withdraw', 'head', async () => as('head').call(filings.withdraw, await decided('first'))],
    ['check', 'countyOfficer', async () => as('countyOfficer').call(filings.check, await decided('first'))],
    [
      'return',
      'countyDirector',
      async () =>
        as('countyDirector').call(
          filings.returnFiling,
          await decided('first', { reason: '请核对', fields: ['图书册数'] }),
        ),
    ],
    ['approve', 'countyDirector', async () => as('countyDirector').call(filings.approve, await decided('first'))],
  ];

  it.each(acts)('leaves the filing as it was, to the last column: %s', async (action, member, act) => {
    const before = await rowOf('first');
    pass(1);
    await act();
    expect(await rowOf('first')).not.toEqual(before);
    pass(9);
    expect(await as(member).call(filings.undo, body(action, 'first'))).toEqual({
      done: 1,
      filingIds: [scene.ids.first],
      refused: [],
    });
    expect(await rowOf('first')).toEqual(before);
    const { steps } = await scene.read(as('cityOfficer'), 'first');
    expect(steps.at(-2)!.action).toBe(action);
    expect(steps.at(-1)).toMatchObject({ action: 'undo', title: '撤销', to: 'submitted' });
    expect((await scene.read(as('head'), 'first')).state).toBe('submitted');
  });

  it('is audited, and the county is computed anew where a filing ceases to count', async () => {
    await as('countyDirector').call(filings.approve, await decided('first'));
    scene.app.jobs.length = 0;
    await as('countyDirector').call(filings.undo, body('approve', 'first'));
    expect(scene.app.jobs).toMatchObject([{ name: 'balance.recompute', data: { countyId: 11 } }]);
    const { rows } = await scene.app.owner.query(
      `select actor_name, fields, before, after from audit_events where action = 'filing.undone' order by id desc limit 1`,
    );
    expect(rows).toEqual([
      {
        actor_name: '鲤城主任',
        fields: ['state'],
        before: { state: 'approved' },
        after: { state: 'submitted', undone: '批准' },
      },
    ]);
  });

  it('signs nothing: the director who took an approval back may still return or approve', async () => {
    await as('countyDirector').call(filings.approve, await decided('first'));
    await as('countyDirector').call(filings.undo, body('approve', 'first'));
    const seen = await scene.read(as('countyDirector'), 'first');
    expect([seen.signingObstacle, seen.can.approve, seen.can.return]).toEqual([null, true, true]);
    await as('countyDirector').call(filings.approve, await decided('first'));
    expect(await as('cityOfficer').call(filings.accept, await decided('first'))).toMatchObject({ state: 'accepted' });
    await as('cityOfficer').call(filings.undo, body('accept', 'first'));
    expect(await scene.read(as('cityOfficer'), 'first')).toMatchObject({ state: 'approved', acceptedAt: null });
    await as('countyDirector').call(filings.reopen, await decided('first', { reason: '学校来函更正' }));
    await as('countyDirector').call(filings.undo, body('reopen', 'first'));
    expect(await scene.read(as('cityOfficer'), 'first')).toMatchObject({ state: 'approved', returnReason: null });
  });

  it('is a first submission too, which then never was', async () => {
    await scene.fill(as('foreignHead'), 'foreign');
    const before = await rowOf('foreign');
    await as('foreignHead').call(filings.submit, await decided('foreign'));
    await as('foreignHead').call(filings.undo, body('submit', 'foreign'));
    expect(await rowOf('foreign')).toEqual(before);
  });
});

describe('an act is not taken back', () => {
  it('by somebody else, nor after a minute, nor twice', async () => {
    await as('countyDirector').call(filings.reopen, await decided('first', { reason: '学校来函更正' }));
    const other = await as('cityOfficer').refused(filings.undo, body('reopen', 'first'));
    expect(other).toMatchObject({ status: 403, code: 'undo.notYours' });
    expect(other.message).toContain('只有刚才办理重新开放的本人');
    pass(61);
    const late = await as('countyDirector').refused(filings.undo, body('reopen', 'first'));
    expect(late).toMatchObject({ status: 409, code: 'undo.tooLate' });
    expect(late.message).toContain('重新开放已过一分钟，不能再撤销');
    await as('head').call(filings.submit, await decided('first'));
    await as('head').call(filings.undo, body('submit', 'first'));
    expect(await as('head').refused(filings.undo, body('submit', 'first'))).toMatchObject({ code: 'undo.overtaken' });
  });

  it('once the school has typed, or another act has followed', async () => {
    await as('head').call(filings.submit, await decided('first'));
    await as('countyOfficer').call(filings.returnFiling, await decided('first', { reason: '请核对图书册数' }));
    await scene.fill(as('clerk'), 'first', { 图书册数: 2100 });
    const revision = await revisionOf('first');
    const typed = await as('countyOfficer').refused(filings.undo, body('return', 'first'));
    expect(typed).toMatchObject({ status: 409, code: 'undo.overtaken' });
    expect(typed.message).toContain('退回之后又有变动，没有撤销');
    expect(await revisionOf('first')).toBe(revision);
    expect((await scene.read(as('clerk'), 'first')).cells.图书册数!.v).toBe(2100);
    await as('head').call(filings.submit, await decided('first'));
    expect(await as('countyOfficer').refused(filings.undo, body('return', 'first'))).toMatchObject({
      code: 'undo.overtaken',
    });
  });

  it('at a school that the person cannot reach', async () => {
    const refusal = await as('otherOfficer').refused(filings.undo, body('return', 'first'));
    expect(refusal).toMatchObject({ status: 404, code: 'thing.notFound' });
  });
});

it('a batch is taken back as far as nothing has followed, and what stays is named', async () => {
  await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
  const approvals = await Promise.all(
    (['first', 'neighbour'] as const).map(async (school) => ({
      filingId: scene.ids[school],
      revision: await revisionOf(school),
    })),
  );
  const approved = await as('countyDirector').call(filings.approveRest, { body: { filings: approvals } });
  expect(approved.filingIds.sort()).toEqual(approvals.map(({ filingId }) => filingId).sort());
  await as('cityOfficer').call(filings.accept, await decided('neighbour'));
  const undone = await as('countyDirector').call(filings.undo, body('approve', 'first', 'neighbour'));
  expect(undone).toMatchObject({ done: 1, filingIds: [scene.ids.first] });
  expect(undone.refused).toEqual([
    {
      filingId: scene.ids.neighbour,
      schoolName: '示例第二小学',
      message: expect.stringContaining('批准之后又有变动，没有撤销'),
    },
  ]);
  expect((await scene.read(as('head'), 'first')).state).toBe('submitted');
});
