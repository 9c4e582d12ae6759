import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { Refusal } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import type { SchoolName } from '#test/support/scenario.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

const as = (member: Member) => scene.app.as(member);
const at = (school: SchoolName) => ({ params: { filingId: scene.ids[school] } });
const revisionOf = async (school: SchoolName) => (await scene.read(as('cityOfficer'), school)).revision;
const decided = async (school: SchoolName) => ({ ...at(school), body: { revision: await revisionOf(school) } });

describe('submitting', () => {
  it('is refused with what is missing, and for whom it is not', async () => {
    expect((await as('clerk').refused(filings.submit, await decided('first'))).sentence).toContain('本校校长');
    const refusal = await as('head').refused(filings.submit, await decided('first'));
    expect(refusal).toMatchObject({ status: 422, code: 'filing.hardFindings' });
    await scene.fill(as('clerk'), 'first', { 图书册数: 150000 });
    expect((await as('head').refused(filings.submit, await decided('first'))).code).toBe('filing.unexplained');
    const detail = await scene.read(as('head'), 'first');
    expect(detail.obstacles).toEqual(['还有 1 处疑点没有说明，写明情况后才能提交。']);
    const explain = async (explanation: string) => {
      const version = (await scene.read(as('clerk'), 'first')).cells.图书册数!.n;
      const changes = [{ field: '图书册数', explanation, version }];
      return as('clerk').call(filings.saveCells, { ...at('first'), body: { changes } });
    };
    await explain('\u200b……\u200b');
    expect((await as('head').refused(filings.submit, await decided('first'))).code).toBe('filing.unexplained');
    await explain('接收并校图书');
  });

  it('an explanation is about its value and the doubts that stood there', async () => {
    const saved = async (field: string, more: object) => {
      const version = (await scene.read(as('clerk'), 'first')).cells[field]!.n;
      const changes = [{ field, version, ...more }];
      return as('clerk').call(filings.saveCells, { ...at('first'), body: { changes } });
    };
    const unexplained = (reply: Awaited<ReturnType<typeof saved>>) =>
      reply.findings.filter((finding) => finding.explanation === null).map((finding) => finding.fields[0]);
    expect(unexplained(await saved('图书册数', { value: 140000 }))).toEqual(['图书册数']);
    const { owner } = scene.app;
    const reference = (values: object) =>
      owner.query('update filings set reference = $1 where id = $2', [JSON.stringify(values), scene.ids.first]);
    expect(unexplained(await saved('图书册数', { explanation: '接收并校图书' }))).toEqual([]);
    await reference({ 图书册数: 10000 });
    const asked = (await scene.read(as('clerk'), 'first')).findings.filter((finding) => finding.explanation === null);
    expect(asked.map((finding) => finding.code)).toEqual(['change']);
    expect(unexplained(await saved('图书册数', { explanation: '接收并校图书' }))).toEqual([]);
    await reference({});
    await saved('图书册数', { value: 150000, explanation: '接收并校图书' });
  });

  it('sent twice is submitted once', async () => {
    const input = await decided('first');
    const results = await Promise.allSettled([
      as('head').call(filings.submit, input),
      as('head').call(filings.submit, input),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect((refused.reason as Refusal).code).toBe('filing.changed');
    const detail = await scene.read(as('head'), 'first');
    expect(detail.state).toBe('submitted');
    expect(detail.steps.map((step) => step.title)).toEqual(['提交']);
    expect(detail.contentHash).toMatch(/^[0-9a-f]{64}$/);
    const printed = await as('countyOfficer').call(filings.printFiling, at('first'));
    expect(printed.contentHash).toBe(detail.contentHash);
    expect(detail.findings.map((finding) => finding.explanation)).toEqual(['接收并校图书']);
  });

  it('keeps the hash of that day: the page to sign shows it however hashes are made since', async () => {
    const { owner } = scene.app;
    const store = (hash: string) =>
      owner.query('update filings set content_hash = $1 where id = $2', [hash, scene.ids.first]);
    const { contentHash } = await scene.read(as('head'), 'first');
    await store('0'.repeat(64));
    const printed = await as('head').call(filings.printFiling, at('first'));
    expect(printed.contentHash).toBe('0'.repeat(64));
    await store(contentHash!);
  });

  it('closes the cells to everybody', async () => {
    const change = { ...at('first'), body: { changes: [{ field: '图书册数', value: 1, version: 6 }] } };
    for (const member of ['clerk', 'head', 'countyOfficer'] as const) {
      expect((await as(member).refused(filings.saveCells, change)).code).toBe('flow.notInState');
    }
  });

  it('can be withdrawn until somebody has decided', async () => {
    expect((await as('head').call(filings.withdraw, await decided('first'))).state).toBe('draft');
    expect((await as('head').call(filings.submit, await decided('first'))).state).toBe('submitted');
  });

  it('is the clerk’s where no head has an account', async () => {
    await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
    expect((await scene.read(as('countyOfficer'), 'neighbour')).state).toBe('submitted');
  });

  it('is the county’s where the school has no account at all', async () => {
    await scene.submit(as('countyOfficer'), as('countyOfficer'), 'junior');
    expect((await scene.read(as('countyOfficer'), 'junior')).steps[0]?.actorName).toBe('鲤城督导');
  });
});

describe('returning chosen fields', () => {
  it('asks for a reason and known fields', async () => {
    const revision = await revisionOf('first');
    const input = (body: object) => ({ ...at('first'), body: { revision, ...body } }) as never;
    expect((await as('countyOfficer').refused(filings.returnFiling, input({ reason: '' }))).code).toBe(
      'request.invalid',
    );
    expect((await as('countyOfficer').refused(filings.returnFiling, input({ reason: '\u200b。\u200b' }))).code).toBe(
      'request.invalid',
    );
    expect(
      (await as('countyOfficer').refused(filings.returnFiling, input({ reason: '核对', fields: ['没有这项'] }))).code,
    ).toBe('filing.unknownField');
    expect((await as('clerk').refused(filings.returnFiling, input({ reason: '核对' }))).code).toBe('access.denied');
  });

  it('opens these and what a hard rule joins to them, and nothing else', async () => {
    const stepped = await as('countyOfficer').call(filings.returnFiling, {
      ...at('first'),
      body: { revision: await revisionOf('first'), reason: '骨干教师数与名册不符', fields: ['小学县级以上骨干教师数'] },
    });
    expect(stepped).toMatchObject({ state: 'draft', openFields: ['小学专任教师数', '小学县级以上骨干教师数'] });
    const detail = await scene.read(as('clerk'), 'first');
    expect(detail).toMatchObject({
      returned: true,
      returnReason: '骨干教师数与名册不符',
      openFields: stepped.openFields,
    });
    const change = (field: string, value: number) => ({
      ...at('first'),
      body: { changes: [{ field, value, version: detail.cells[field]!.n }] },
    });
    const refusal = await as('clerk').refused(filings.saveCells, change('图书册数', 1));
    expect(refusal).toMatchObject({ code: 'filing.locked' });
    expect(refusal.sentence).toContain('图书册数');
    await as('clerk').call(filings.saveCells, change('小学县级以上骨干教师数', 7));
  });

  it('a stale decision is refused', async () => {
    const revision = await revisionOf('first');
    const stale = { ...at('first'), body: { revision: revision - 1 } };
    expect((await as('head').refused(filings.submit, stale)).code).toBe('filing.changed');
    await as('head').call(filings.submit, { ...at('first'), body: { revision } });
  });
});

describe('a correction that is taken back', () => {
  it('is still the correction that was asked for: nothing else opens', async () => {
    expect((await scene.read(as('head'), 'first')).state).toBe('submitted');
    await as('head').call(filings.withdraw, await decided('first'));
    const detail = await scene.read(as('clerk'), 'first');
    expect(detail).toMatchObject({
      state: 'draft',
      returned: true,
      returnReason: '骨干教师数与名册不符',
      openFields: ['小学专任教师数', '小学县级以上骨干教师数'],
    });
    const change = { field: '图书册数', value: 1, version: detail.cells.图书册数!.n };
    const refusal = await as('clerk').refused(filings.saveCells, { ...at('first'), body: { changes: [change] } });
    expect(refusal.code).toBe('filing.locked');
    await as('head').call(filings.submit, await decided('first'));
  });
});

describe('approving', () => {
  it('is the director’s, in her own county', async () => {
    expect((await as('countyOfficer').refused(filings.approve, await decided('first'))).code).toBe('access.denied');
    expect((await as('otherDirector').refused(filings.approve, await decided('first'))).code).toBe('thing.notFound');
    expect((await as('cityOfficer').refused(filings.approve, await decided('first'))).code).toBe('flow.notYours');
  });

  it('if two officers approve and return at once, one wins and the other is refused', async () => {
    const input = await decided('first');
    const results = await Promise.allSettled([
      as('countyDirector').call(filings.approve, input),
      as('countyOfficer').call(filings.returnFiling, { ...input, body: { ...input.body, reason: '再核对一次' } }),
    ]);
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const lost = results.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toBeInstanceOf(Refusal);
    expect((lost.reason as Refusal).code).toBe('filing.changed');
    expect((lost.reason as Refusal).sentence).toMatch(/现在是“(已批准|填报中)”/);
    expect((await scene.read(as('head'), 'first')).steps).toHaveLength(8);
    if ((await scene.read(as('head'), 'first')).state === 'draft') {
      await as('head').call(filings.submit, await decided('first'));
      await as('countyDirector').call(filings.approve, await decided('first'));
    }
  });

  it('freezes the values, derived ones too, and asks for a new balance of the county', async () => {
    const { rows } = await scene.app.owner.query(
      `select values, name from approved_filing_values where filing_id = $1`,
      [scene.ids.first],
    );
    expect(rows[0].values).toMatchObject({ 小学县级以上骨干教师数: 7, 小学高于规定学历教师数: 29 });
    const { rows: period } = await scene.app.owner.query('select id from periods');
    expect(scene.app.jobs).toContainEqual({
      name: 'balance.recompute',
      data: {
        ...{ places: [11], countyId: 11, periodId: period[0].id },
        // Who asked for it, in which post.
        by: { personId: as('countyDirector').personId, grantId: as('countyDirector').grants[0], standInId: null },
      },
    });
  });

  it('“批准其余” approves those that can be approved and names the others', async () => {
    const revisions = async (...names: SchoolName[]) =>
      Promise.all(names.map(async (name) => ({ filingId: scene.ids[name], revision: await revisionOf(name) })));
    const result = await as('countyDirector').call(filings.approveRest, {
      body: { filings: await revisions('first', 'neighbour', 'junior', 'foreign') },
    });
    expect(result.done).toBe(2);
    expect(result.refused.map((one) => one.filingId).sort()).toEqual([scene.ids.first, scene.ids.foreign].sort());
  });
});

describe('accepting and reopening', () => {
  it('the approver reopens until the city has accepted; the fields and the reason are kept', async () => {
    const body = { revision: await revisionOf('first'), reason: '运动场地漏报', fields: ['运动场地面积'] };
    expect((await as('cityOfficer').refused(filings.reopen, { ...at('first'), body })).code).toBe('flow.notYours');
    const before = scene.app.jobs.length;
    expect((await as('countyDirector').call(filings.reopen, { ...at('first'), body })).openFields).toEqual([
      '运动场地面积',
    ]);
    expect(scene.app.jobs.length).toBe(before + 1);
    const detail = await scene.read(as('clerk'), 'first');
    await as('clerk').call(filings.saveCells, {
      ...at('first'),
      body: { changes: [{ field: '运动场地面积', value: 6600, version: detail.cells.运动场地面积!.n }] },
    });
    const changed = await scene.read(as('countyOfficer'), 'first');
    expect(changed.changes).toEqual([{ field: '运动场地面积', before: 6500, after: 6600 }]);
    const { rows } = await as('countyOfficer').call(filings.list, { query: { mark: 'changed' } });
    expect(rows.map((row) => [row.school.name, row.changedSinceApproval])).toEqual([['示例第一小学', 1]]);
    await as('head').call(filings.submit, await decided('first'));
    await as('countyDirector').call(filings.approve, await decided('first'));
    expect((await scene.read(as('head'), 'first')).changes).toEqual([]);
  });

  it('the city takes the set that it saw, in one act', async () => {
    const wrong = await as('cityOfficer').refused(filings.acceptSet, { body: { year: 2025, unitId: 11, expected: 2 } });
    expect(wrong.code).toBe('filing.setChanged');
    expect(
      (await as('countyDirector').refused(filings.acceptSet, { body: { year: 2025, unitId: 11, expected: 3 } })).code,
    ).toBe('access.denied');
    const before = scene.app.statements.length;
    const result = await as('cityOfficer').call(filings.acceptSet, { body: { year: 2025, unitId: 11, expected: 3 } });
    const taken = await scene.app.owner.query("select id from filings where state = 'accepted' and place_id = 11");
    const filingIds = taken.rows.map(({ id }) => id);
    expect(filingIds).toHaveLength(3);
    expect({ ...result, filingIds: [...result.filingIds].sort() }).toEqual({
      ...{ done: 3, filingIds: filingIds.sort(), refused: [], remaining: 0 },
    });
    // One statement writes the audit rows of all, however many they are.
    expect(scene.app.statements.slice(before).filter((text) => text.includes('record_audit'))).toHaveLength(1);
    const { rows } = await scene.app.owner.query("select after from audit_events where action = 'filing.accepted'");
    expect(rows).toHaveLength(3);
  });

  it('then reopening is the city’s alone', async () => {
    const body = { revision: await revisionOf('neighbour'), reason: '市级抽查发现差错' };
    expect((await as('countyDirector').refused(filings.reopen, { ...at('neighbour'), body })).code).toBe(
      'flow.notYours',
    );
    expect((await as('cityOfficer').call(filings.reopen, { ...at('neighbour'), body })).state).toBe('draft');
  });

  it('the city returns a single approved filing', async () => {
    await as('neighbourClerk').call(filings.submit, await decided('neighbour'));
    await as('countyDirector').call(filings.approve, await decided('neighbour'));
    const body = { revision: await revisionOf('neighbour'), reason: '请补充说明' };
    expect((await as('cityOfficer').call(filings.returnFiling, { ...at('neighbour'), body })).state).toBe('draft');
  });
});

describe('a 市直 school', () => {
  it('files straight to the city, whose approval is the acceptance', async () => {
    await scene.submit(as('cityManagedHead'), as('cityManagedHead'), 'cityManaged');
    expect((await as('otherDirector').refused(filings.approve, await decided('cityManaged'))).code).toBe(
      'flow.notYours',
    );
    const stepped = await as('cityOfficer').call(filings.approve, await decided('cityManaged'));
    expect(stepped).toMatchObject({ state: 'accepted' });
    expect(stepped.can.reopen).toBe(true);
    const { rows } = await scene.app.owner.query('select county_id from approved_filing_values where filing_id = $1', [
      scene.ids.cityManaged,
    ]);
    expect(rows).toEqual([{ county_id: 12 }]);
  });
});

describe('deadlines', () => {
  /** The day that a sample calls today; sessions go by the clock. */
  const today = async (day: string) => {
    scene.app.clock.today = day;
  };

  it('what is taken back was never submitted: it saves neither the day nor the late mark', async () => {
    await today('2025-10-20');
    await scene.submit(as('otherOfficer'), as('otherOfficer'), 'private');
    expect(await scene.read(as('otherOfficer'), 'private')).toMatchObject({ state: 'submitted', late: false });
    await as('otherOfficer').call(filings.withdraw, await decided('private'));
    await today('2025-10-21');
    expect(await scene.read(as('otherOfficer'), 'private')).toMatchObject({ submittedAt: null, overdue: true });
    await as('otherOfficer').call(filings.submit, await decided('private'));
    expect(await scene.read(as('otherOfficer'), 'private')).toMatchObject({ late: true });
    await as('otherOfficer').call(filings.withdraw, await decided('private'));
  });

  it('a first submission within the grace is taken and marked late', async () => {
    await today('2025-10-22');
    await as('otherOfficer').call(filings.submit, await decided('private'));
    expect(await scene.read(as('otherOfficer'), 'private')).toMatchObject({ state: 'submitted', late: true });
    expect(await as('otherOfficer').call(filings.withdraw, await decided('private'))).toMatchObject({ late: false });
    await today('2025-10-26');
    const refusal = await as('otherOfficer').refused(filings.submit, await decided('private'));
    expect(refusal.code).toBe('filing.pastDeadline');
  });

  it('a first submission after the grace needs an extension, which is given once', async () => {
    await scene.fill(as('foreignHead'), 'foreign');
    await today('2025-10-26');
    const refusal = await as('foreignHead').refused(filings.submit, await decided('foreign'));
    expect(refusal.code).toBe('filing.pastDeadline');
    const extension = (until: string) => ({ ...at('foreign'), body: { until, reason: '校舍搬迁' } });
    expect((await as('otherOfficer').refused(filings.extend, extension('2025-10-25'))).code).toBe(
      'filing.extensionTooShort',
    );
    await as('otherOfficer').call(filings.extend, extension('2025-10-27'));
    expect((await as('otherOfficer').refused(filings.extend, extension('2025-10-30'))).code).toBe(
      'filing.alreadyExtended',
    );
    const stepped = await as('foreignHead').call(filings.submit, await decided('foreign'));
    expect(stepped).toMatchObject({ state: 'submitted', late: false });
    await today('2025-10-28');
    const tooLate = await as('foreignHead').refused(filings.withdraw, await decided('foreign'));
    expect(tooLate.code).toBe('filing.withdrawTooLate');
  });

  it('a filing sent back may come again after every deadline and is not made late by it', async () => {
    await today('2025-11-20');
    await as('otherOfficer').call(filings.returnFiling, {
      ...at('foreign'),
      body: { revision: await revisionOf('foreign'), reason: '请核对班额' },
    });
    const back = await scene.read(as('otherOfficer'), 'foreign');
    expect(back).toMatchObject({ overdue: false, deadline: { phrase: '修改后重新提交，不计逾期' } });
    expect(await as('foreignHead').call(filings.submit, await decided('foreign'))).toMatchObject({ late: false });
    await as('foreignHead').call(filings.withdraw, await decided('foreign'));
    expect(await as('foreignHead').call(filings.submit, await decided('foreign'))).toMatchObject({ late: false });
    const left = await scene.read(as('otherOfficer'), 'private');
    expect(left).toMatchObject({ overdue: true, deadline: { phrase: '逾期 31 天，须申请延期' } });
  });
});
