import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

const save = (member: 'clerk' | 'head' | 'countyOfficer' | 'foreignHead', changes: object[]) =>
  scene.app.as(member).call(filings.saveCells, {
    params: { filingId: scene.ids.first },
    body: { changes: changes as never },
  });

describe('who sees a filing', () => {
  it('a stranger, a neighbour and another county see nothing', async () => {
    const at = { params: { filingId: scene.ids.first } };
    expect((await scene.app.stranger.refused(filings.read, at)).status).toBe(401);
    for (const member of [
      'neighbourClerk',
      'otherDirector',
      'otherOfficer',
      'foreignHead',
      'cityManagedHead',
    ] as const) {
      expect((await scene.app.as(member).refused(filings.read, at)).code).toBe('thing.notFound');
    }
    expect((await scene.app.as('systemAdministrator').refused(filings.read, at)).code).toBe('access.denied');
    expect((await scene.read(scene.app.as('sectionOfficer'), 'first')).can.fill).toBe(false);
  });

  it('a list holds the place of the person and nothing else', async () => {
    const seen = async (member: Parameters<typeof scene.app.as>[0]) =>
      (await scene.app.as(member).call(filings.list)).rows.map((row) => row.school.name).sort();
    expect(await seen('clerk')).toEqual(['示例第一小学']);
    expect(await seen('countyOfficer')).toEqual(['示例初级中学', '示例第一小学', '示例第二小学']);
    expect(await seen('otherOfficer')).toHaveLength(3);
    expect(await seen('cityOfficer')).toHaveLength(6);
  });

  it('shows the fields of the school and whom to call', async () => {
    const filing = await scene.read(scene.app.as('clerk'), 'first');
    expect(filing.fields.some((field) => field.section === 'junior')).toBe(false);
    expect(filing.contact).toEqual({ unitName: '鲤城区', name: '联系人', phone: '0595-22000000' });
    const { owner } = scene.app;
    const named = (name: string | null, phone: string | null) =>
      owner.query("update org_units set contact_name = $1, contact_phone = $2 where name = '鲤城区'", [name, phone]);
    await named(null, null);
    // The county names nobody: whoever reviews there answers.
    const officer = scene.app.as('countyOfficer').personId;
    const { rows } = await owner.query('select name, phone from people where id = $1', [officer]);
    expect((await scene.read(scene.app.as('clerk'), 'first')).contact).toEqual({ unitName: '鲤城区', ...rows[0] });
    await owner.query("update people set status = 'disabled' where id = $1", [officer]);
    expect((await scene.read(scene.app.as('clerk'), 'first')).contact.name).not.toBe(rows[0].name);
    await owner.query("update people set status = 'active' where id = $1", [officer]);
    await named('联系人', '0595-22000000');
    expect(filing.deadline).toMatchObject({ day: '2025-10-20', daysLeft: 5, phrase: '还有 5 天' });
    expect(filing.untouched).toBe(true);
    expect((await scene.read(scene.app.as('cityManagedHead'), 'cityManaged')).contact.unitName).toBe('泉州市');
  });
});

describe('saving cells', () => {
  it('keeps every typed value, right or wrong, and reports the findings', async () => {
    const reply = await save('clerk', [
      { field: '小学在校生数', value: '４００', version: 0 },
      { field: '小学班级数', value: '约十个', version: 0 },
      { field: '小学体育教师数', value: 2, version: 0 },
    ]);
    expect(reply.cells.小学在校生数).toEqual({ v: 400, n: 1 });
    expect(reply.cells.小学班级数).toEqual({ v: '约十个', n: 1 });
    expect(reply.findings.find((finding) => finding.code === 'type')?.sentence).toContain('约十个');
    expect(reply.conflicts).toEqual([]);
    const stored = await scene.read(scene.app.as('head'), 'first');
    expect(stored.cells.小学班级数?.v).toBe('约十个');
    expect(stored.filled).toBe(3);
    expect(stored.untouched).toBe(false);
  });

  it('one audit row a batch, with the values before and after', async () => {
    const { rows } = await scene.app.owner.query(
      `select action, fields, before, after, actor_name from audit_events where action = 'filing.filled'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].actor_name).toBe('一小填报员');
    expect(rows[0].after.小学在校生数).toEqual({ v: 400 });
    expect(rows[0].before.小学在校生数).toEqual({ v: null });
  });

  it('of two people at one cell the later gets both values, and the rest of the batch is saved', async () => {
    const reply = await save('countyOfficer', [
      { field: '小学在校生数', value: 410, version: 0 },
      { field: '图书册数', value: 15000, version: 0 },
    ]);
    expect(reply.conflicts).toHaveLength(1);
    expect(reply.conflicts[0]).toMatchObject({ yours: 410, theirs: 400, version: 1, by: '一小填报员', own: false });
    expect(reply.conflicts[0]!.sentence).toContain('一小填报员改为 400');
    expect(reply.cells.小学在校生数).toEqual({ v: 400, n: 1 });
    expect((await scene.read(scene.app.as('clerk'), 'first')).cells.图书册数).toEqual({ v: 15000, n: 1 });
  });

  it('one person in two windows gets both values too, and is not named as a colleague', async () => {
    const reply = await save('clerk', [{ field: '小学在校生数', value: 420, version: 0 }]);
    expect(reply.conflicts[0]).toMatchObject({ yours: 420, theirs: 400, own: true });
    expect(reply.conflicts[0]!.sentence).toBe(
      '“小学在校生数”已由您在另一个窗口改为 400，您在这里填的是 420，请核对后再定。',
    );
  });

  it('two at once: exactly one of them wins the cell', async () => {
    const [one, two] = await Promise.all([
      save('clerk', [{ field: '计算机台数', value: 90, version: 0 }]),
      save('countyOfficer', [{ field: '计算机台数', value: 91, version: 0 }]),
    ]);
    expect([one.conflicts.length, two.conflicts.length].sort()).toEqual([0, 1]);
  });

  it('a batch sent twice does no harm', async () => {
    const changes = [{ field: '运动场地面积', value: 6500.5, version: 0 }];
    await save('clerk', changes);
    const again = await save('clerk', changes);
    expect(again.conflicts).toEqual([]);
    expect(again.cells.运动场地面积).toEqual({ v: 6500.5, n: 1 });
  });

  it('refuses fields of other schools, computed ones, and people elsewhere', async () => {
    const at = (field: string) => ({
      params: { filingId: scene.ids.first },
      body: { changes: [{ field, value: 1, version: 0 }] },
    });
    const clerk = scene.app.as('clerk');
    expect((await clerk.refused(filings.saveCells, at('初中在校生数'))).code).toBe('filing.unknownField');
    expect((await clerk.refused(filings.saveCells, at('小学高于规定学历教师数'))).code).toBe('filing.unknownField');
    const foreign = scene.app.as('otherOfficer');
    expect((await foreign.refused(filings.saveCells, at('小学在校生数'))).code).toBe('thing.notFound');
    expect((await scene.app.as('cityOfficer').refused(filings.saveCells, at('小学在校生数'))).code).toBe(
      'access.denied',
    );
  });

  it('a county reads the 市直 school in its place and does not write it', async () => {
    const officer = scene.app.as('otherOfficer');
    const filing = await scene.read(officer, 'cityManaged');
    expect(filing.school.managedBy).toBe('city');
    expect(filing.can).toMatchObject({ fill: false, return: false, remind: false });
    const refusal = await officer.refused(filings.saveCells, {
      params: { filingId: scene.ids.cityManaged },
      body: { changes: [{ field: '图书册数', value: 1, version: 0 }] },
    });
    expect(refusal.code).toBe('flow.notYours');
  });
});

describe('beside the cells', () => {
  it('the history of a cell names who, when and both values', async () => {
    const head = scene.app.as('head');
    await head.call(filings.saveCells, {
      params: { filingId: scene.ids.first },
      body: { changes: [{ field: '小学在校生数', value: 405, explanation: '转入五人', version: 1 }] },
    });
    const { entries } = await head.call(filings.cellHistory, {
      params: { filingId: scene.ids.first, field: '小学在校生数' },
    });
    expect(entries.map((entry) => [entry.actorName, entry.before, entry.after, entry.explanation])).toEqual([
      ['一小校长', 400, 405, '转入五人'],
      ['一小填报员', null, 400, null],
    ]);
    // By the account, not by the name, which two people may share.
    expect(entries.map(({ own }) => own)).toEqual([true, false]);
  });

  it('a comment is written, seen and dealt with', async () => {
    const at = { params: { filingId: scene.ids.first } };
    const written = await scene.app.as('countyOfficer').call(filings.comment, {
      ...at,
      body: { field: '图书册数', body: '请核对台账' },
    });
    const seen = await scene.read(scene.app.as('clerk'), 'first');
    expect(seen.comments.map((comment) => [comment.body, comment.authorName])).toEqual([['请核对台账', '鲤城督导']]);
    const resolved = await scene.app.as('clerk').call(filings.resolveComment, {
      params: { filingId: scene.ids.first, commentId: written.id },
    });
    expect(resolved.resolvedAt).not.toBeNull();
    const refusal = await scene.app.as('otherOfficer').refused(filings.comment, {
      ...at,
      body: { field: '图书册数', body: '路过' },
    });
    expect(refusal.code).toBe('thing.notFound');
    const empty = { ...at, body: { field: '图书册数', body: '\u200b' } };
    expect((await scene.app.as('countyOfficer').refused(filings.comment, empty)).code).toBe('request.invalid');
    const elsewhere = { ...at, body: { field: '初中在校生数', body: '请核对' } };
    expect((await scene.app.as('countyOfficer').refused(filings.comment, elsewhere)).code).toBe('filing.unknownField');
  });

  it('last year is copied into empty cells that change little, and only there', async () => {
    await scene.app.owner.query(
      `update filings set reference = '{"教学及辅助用房面积": 4300, "图书册数": 14000, "小学专任教师数": 29}' where id = $1`,
      [scene.ids.first],
    );
    const clerk = scene.app.as('clerk');
    const reply = await clerk.call(filings.copyLastYear, { params: { filingId: scene.ids.first } });
    expect(reply.copied).toBe(1);
    expect(reply.cells).toEqual({ 教学及辅助用房面积: { v: 4300, n: 1 } });
    expect((await scene.read(clerk, 'first')).cells.图书册数?.v).toBe(15000);
  });
});

describe('the second wall', () => {
  it('a statement without any condition shows a school no neighbour and a county no other county', async () => {
    const see = async (places: string, schools: string) => {
      const client = await scene.app.services.pool.connect();
      try {
        await client.query(`begin; set local app.places = '{${places}}'; set local app.schools = '${schools}'`);
        const { rows } = await client.query('select school_id from filings order by school_id');
        return rows.map((row) => row.school_id);
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect(await see('11', '{101}')).toEqual([101]);
    expect(await see('11', '*')).toEqual([101, 102, 103]);
    expect(await see('', '*')).toEqual([]);
    expect(await see('11', '{}')).toEqual([]);
    expect(await see('11', '')).toEqual([]);
  });
});
